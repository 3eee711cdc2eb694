"""A real browser before a real server: what the tests of the pages share."""

import os
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, Response

from waqai.serving.app import make_app
from waqai.serving.settings import Settings

GIVEN = "WAQAI_TEST_BROWSER"
SCREENSHOTS = "WAQAI_TEST_SCREENSHOTS"
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
Scheme = Literal["light", "dark"]
PATIENCE = 15_000


def chromium() -> str | None:
    """The browser that is given by WAQAI_TEST_BROWSER, else the Chromium of this machine; None when there is none."""
    return os.environ.get(GIVEN) or shutil.which("chromium")


@contextmanager
def served(settings: dict[str, Any]) -> Iterator[str]:
    """The address of a server with these settings, on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        app = make_app(Settings(port=port, **settings))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        running = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        running.start()
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.should_exit = True
            running.join(10)


@dataclass
class Visit:
    """One reader: pages opened here share a window; what goes wrong in them is kept."""

    base: str
    context: BrowserContext
    wrong: list[str] = field(default_factory=list)

    def open(self, address: str) -> Page:
        """A page at this address."""
        page = self.context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        page.on("console", lambda said: self.wrong.append(f"console: {said.text}") if said.type == "error" else None)
        page.on("request", lambda asked: self._ours(asked.url))
        page.on("response", self._answered)
        page.goto(self.base + address)
        return page

    def _ours(self, url: str) -> None:
        if not url.startswith((self.base + "/", "blob:" + self.base, "data:")):
            self.wrong.append(f"asked of another server: {url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self.wrong.append(f"{response.status}: {response.url}")


@contextmanager
def visit(browser: Browser, base: str, *, viewport: dict[str, int] = WIDE, scheme: Scheme = "light") -> Iterator[Visit]:
    """A reader whose pages must have asked nobody else, and thrown no error."""
    context = browser.new_context(viewport=viewport, color_scheme=scheme)  # type: ignore[arg-type]
    reader = Visit(base, context)
    try:
        yield reader
    finally:
        context.close()
    assert not reader.wrong, "\n".join(reader.wrong)


def drawn(page: Page) -> None:
    """Wait until the map stands still with everything on it."""
    page.locator("[data-drawn]").wait_for(state="attached")
    page.wait_for_load_state("networkidle")


_BEYOND = """() => {
  const scrolls = node => node.parentElement
    && (['auto', 'scroll'].includes(getComputedStyle(node.parentElement).overflowX) || scrolls(node.parentElement));
  return [...document.querySelectorAll('#content *')].filter(node => {
    const box = node.getBoundingClientRect();
    const out = box.width > 0 && (box.left < -1 || box.right > innerWidth + 1);
    return out && !node.closest('.unseen, svg, .maplibregl-map') && !scrolls(node);
  }).map(node => node.outerHTML.slice(0, 150)).slice(0, 5);
}"""
_UNBROKEN = """() => {
  const walk = document.createTreeWalker(document.getElementById('content'), NodeFilter.SHOW_TEXT);
  let longest = 0;
  while (walk.nextNode()) for (const word of walk.currentNode.data.split(/[ \\n\\t]/)) longest = Math.max(longest, word.length);
  return longest;
}"""


def beyond(page: Page) -> list[str]:
    """What stands outside the window, at either side, and cannot be scrolled to."""
    return list(page.evaluate(_BEYOND))


def unbroken(page: Page) -> int:
    """The letters of the longest word of the page in which no line can end."""
    return int(page.evaluate(_UNBROKEN))


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong with the page for people who do not see it, hear it or use a mouse."""
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("async () => (await axe.run()).violations")
    return [f"{one['id']}: {node['html'][:150]}" for one in found for node in one["nodes"]]


def keep(page: Page, name: str) -> bytes:
    """A picture of the page, also written where WAQAI_TEST_SCREENSHOTS says."""
    folder = os.environ.get(SCREENSHOTS)
    picture = page.screenshot(path=Path(folder) / f"{name}.png" if folder else None)
    assert len(picture) > 5000, "an empty picture"
    return picture
