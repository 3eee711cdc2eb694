"""The API's own page: every path, its parameters and the form of its answer, without a script or anything from elsewhere."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

ROUTER = APIRouter(include_in_schema=False)
_STYLE = "/api/v1/docs.css"
_CSS = """body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}
h2{margin-top:2.5rem}code,pre{font:14px/1.45 ui-monospace,monospace}table{border-collapse:collapse;width:100%}
td,th{text-align:start;vertical-align:top;padding:.2rem .8rem .2rem 0;border-bottom:1px solid #8884}
details{margin:.5rem 0}section{border-top:1px solid #8886;padding:.5rem 0 1rem}"""
Json = Mapping[str, Any]


@ROUTER.get("/docs.css")
def style() -> Response:
    """How the page looks."""
    return Response(_CSS, headers={"Cache-Control": "no-cache"}, media_type="text/css")


@ROUTER.get("/docs")
def docs(request: Request) -> Response:
    """The page, made from the schema."""
    schema = request.app.openapi()
    title = escape(f"{schema['info']['title']} API, version {schema['info']['version']}")
    head = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title><link rel="stylesheet" href="{_STYLE}">'
    lead = (
        "<p>Every list takes the conditions of the command line under the same names. What is wrong with a question is one "
        'sentence: <code>{"error": "…", "error_ar": "…"}</code>. The schema itself: <a href="openapi.json">openapi.json</a>.'
    )
    paths = (_path(path, method, held) for path, methods in schema["paths"].items() for method, held in methods.items())
    forms = (_form(name, held) for name, held in sorted(schema["components"]["schemas"].items()))
    body = "".join([head, f"<h1>{title}</h1>", lead, "<h2>Paths</h2>", *paths, "<h2>Forms</h2>", *forms])
    return HTMLResponse(body, headers={"Cache-Control": "no-cache"})


def _path(path: str, method: str, held: Json) -> str:
    rows = "".join(_row(one["name"], one["schema"], one.get("required", False)) for one in held.get("parameters", ()))
    table = f"<details><summary>parameters</summary><table>{rows}</table></details>" if rows else ""
    content = held["responses"].get("200", {}).get("content", {})
    answer = next((_type(one.get("schema", {})) for one in content.values()), "")
    about = escape(held.get("description", ""))
    shown = f"<p>answers {answer}" if answer else ""
    return f"<section><h3><code>{method.upper()} {escape(path)}</code></h3><p>{about}{shown}{table}</section>"


def _form(name: str, held: Json) -> str:
    needed = set(held.get("required", ()))
    rows = "".join(_row(field, one, field in needed) for field, one in held.get("properties", {}).items())
    about = escape(str(held.get("description", "")))
    return f'<section id="{escape(name)}"><h3><code>{escape(name)}</code></h3><p>{about}<table>{rows}</table></section>'


def _row(name: str, schema: Json, required: bool) -> str:
    told = [str(schema.get("description", "")), *_example(schema), "required" if required else ""]
    about = "; ".join(escape(part) for part in told if part)
    return f"<tr><td><code>{escape(name)}</code><td>{_type(schema)}<td>{about}"


def _example(schema: Json) -> Iterator[str]:
    for example in schema.get("examples", ())[:1]:
        yield f"such as {example[0] if isinstance(example, list) and example else example}"


def _type(schema: Json) -> str:
    """The type of a value in words, with a link to its form."""
    if "$ref" in schema:
        name = escape(schema["$ref"].rpartition("/")[2])
        return f'<a href="#{name}">{name}</a>'
    if "anyOf" in schema:
        return " or ".join(_type(one) for one in schema["anyOf"])
    if "enum" in schema:
        return ", ".join(escape(str(one)) for one in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {})) or 'values'}"
    return escape(str(schema.get("const", schema.get("type", ""))))
