"""The forms of an answer: a page of JSON, or a file of JSON Lines, CSV or GeoJSON."""

import datetime as dt
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

import orjson
from fastapi.responses import Response, StreamingResponse

from waqai.exports.sheets import feature
from waqai.records import csv_header, csv_line
from waqai.sentences import NO_POINTS
from waqai.serving.errors import Refused
from waqai.serving.params import Format

_IN_MEMORY = 4_000_000
_CHUNK = 262_144
_FRESH = {"Cache-Control": "no-cache"}
_TYPES = {
    "jsonl": "application/jsonl", "csv": "text/csv; charset=utf-8", "geojson": "application/geo+json",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """One row of a list: its JSON, and its flat form for tables and points."""

    json: Callable[[], bytes]
    flat: Callable[[], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Table:
    """What a list is called, its columns in CSV, and whether its rows have points."""

    name: str
    columns: Sequence[str]
    points: bool = False


def json_bytes(body: bytes) -> Response:
    """An answer that is JSON already."""
    return Response(body, headers=_FRESH, media_type="application/json")


def geojson_bytes(body: bytes, table: Table, *, file: bool) -> Response:
    """An answer that is GeoJSON already, or a file of it."""
    headers = _FRESH | (_attached(table, "geojson") if file else {})
    return Response(body, headers=headers, media_type=_TYPES["geojson"])


def _attached(table: Table, ending: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="waqai-{table.name}.{ending}"'}


def json_answer(value: Any) -> Response:
    """A value as JSON."""
    return json_bytes(orjson.dumps(value, default=plain))


def plain(value: Any) -> Any:
    """What orjson does not write by itself."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if hasattr(value, "value"):
        return value.value
    raise TypeError(type(value).__name__)


def page_bytes(rows: Iterable[bytes], after: str | None, more: Mapping[str, Any] | None = None) -> bytes:
    """A page of rows that are JSON already, and the cursor behind it."""
    rest = orjson.dumps({"after": after, **(more or {})})
    return b'{"rows":[' + b",".join(row.rstrip(b"\n") for row in rows) + b"]," + rest[1:]


def rows_answer(
    table: Table,
    format: Format,
    rows: Iterable[dict[str, Any]],
    flat: Callable[[dict[str, Any]], Mapping[str, Any]] = dict,
) -> Response:
    """Rows that are values of JSON as a file; `flat` makes what a row of a table shows of one."""
    items = (Item(lambda row=row: orjson.dumps(row, default=plain), lambda row=row: flat(row)) for row in rows)  # type: ignore[misc]
    return file_answer(table, format, items)


def file_answer(table: Table, format: Format, items: Iterable[Item]) -> Response:
    """All rows as a file. It is written whole before anything is sent, so that no slow reader holds the record."""
    if format == "geojson" and not table.points:
        raise Refused(422, NO_POINTS(name=table.name))
    spool = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  closed when it is sent
    try:
        for piece in _pieces(table, format, items):
            spool.write(piece)
    except BaseException:
        spool.close()
        raise
    spool.seek(0)
    headers = _FRESH | _attached(table, format)
    return StreamingResponse(_chunks(spool), headers=headers, media_type=_TYPES[format])


def _chunks(spool: IO[bytes]) -> Iterator[bytes]:
    with spool:
        while chunk := spool.read(_CHUNK):
            yield chunk


def _pieces(table: Table, format: Format, items: Iterable[Item]) -> Iterator[bytes]:
    if format == "csv":
        yield csv_header(table.columns)
        yield from (csv_line(dict(item.flat()), table.columns) for item in items)
    elif format == "geojson":
        yield b'{"type":"FeatureCollection","features":['
        parted = b"\n"
        for item in items:
            yield parted + orjson.dumps(feature(dict(item.flat())), default=plain)
            parted = b",\n"
        yield b"\n]}\n"
    else:
        yield from (item.json().rstrip(b"\n") + b"\n" for item in items)
