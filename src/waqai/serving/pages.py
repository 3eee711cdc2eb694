"""The built pages: files with hashed names, kept by browsers for a year, and one page for every view's address."""

import mimetypes
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, Response

from waqai.sentences import NOT_HERE
from waqai.serving.errors import Refused

ROUTER = APIRouter(include_in_schema=False)
VIEWS = ("incident", "article", "place")
_YEAR = "public, max-age=31536000, immutable"
_HASHED = "assets"  # the folder whose files bear a hash in their names
_MISSING = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Waqai</title>
<p>The pages of the explorer are not built in this checkout. The API answers: <a href="/api/v1/docs">/api/v1/docs</a>."""
_TYPES = {
    ".mjs": "text/javascript",
    ".js": "text/javascript",
    ".woff2": "font/woff2",
    ".pmtiles": "application/octet-stream",
}


@ROUTER.api_route("/", methods=["GET", "HEAD"])
def index(request: Request) -> Response:
    """The page of every view."""
    page = _root(request) / "index.html"
    if not page.is_file():
        return HTMLResponse(_MISSING, 200, {"Cache-Control": "no-cache"})
    return FileResponse(page, headers={"Cache-Control": "no-cache"}, media_type="text/html")


@ROUTER.api_route("/{path:path}", methods=["GET", "HEAD"])
def page(request: Request, path: str) -> Response:
    """A file of the built pages, or the page of a view whose address this is."""
    first, _, rest = path.partition("/")
    if first in VIEWS and rest:
        return index(request)
    file = _file(_root(request), path)
    if file is None:
        raise Refused(404, NOT_HERE())
    kind = _TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    kept = _YEAR if first == _HASHED else "no-cache"
    return FileResponse(file, headers={"Cache-Control": kept}, media_type=kind)


def _root(request: Request) -> Path:
    found: Path = request.app.state.served.settings.static
    return found


def _file(root: Path, path: str) -> Path | None:
    """The file below the root that a path names; None when there is none, or it would lead elsewhere."""
    parts = path.split("/")
    if "\\" in path or "\0" in path or any(part in ("", ".", "..") or part.startswith(".") for part in parts):
        return None
    try:
        found = root.joinpath(*parts).resolve()
        return found if found.is_file() and found.is_relative_to(root.resolve()) else None
    except OSError:
        return None
