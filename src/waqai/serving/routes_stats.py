"""Counts: facets to narrow a question down, and tables by up to three dimensions."""

from dataclasses import fields
from typing import Annotated, Any, get_args

import orjson
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlalchemy import Connection, select

from waqai.queries.conditions import SUBJECTS
from waqai.queries.errors import QueryError
from waqai.queries.facets import FACETS, Facet, FacetName, facets
from waqai.queries.stats import Dimension, Stats, StatsRow, stats
from waqai.sentences import NO_FACET
from waqai.serving.answers import Table, json_bytes, rows_answer
from waqai.serving.params import Faceting, Stating
from waqai.serving.served import Record, Served
from waqai.serving.shapes import ERRORS
from waqai.serving.shapes_map import Facets, StatsTable
from waqai.store.schema import actors, places

ROUTER = APIRouter(tags=["counts"], responses=ERRORS)
_SUMS = ("low", "best", "high", "open")
_COLUMNS = (
    "events", "across", *(f"{toll}_{name}" for toll in ("killed", "injured") for name in _SUMS), "articles", "outlets",
)  # fmt: skip
_FACETS = Table("facets", ("facet", "value", "label", "label_ar", "number"))
_NAMED = {"actor": actors, "place": places}
_HIDDEN = "[…]"


@ROUTER.get("/facets", response_model=Facets)
def all_facets(request: Request, served: Record, query: Annotated[Faceting, Query()]) -> Response:
    """The commonest values of each field among what fits, with their numbers."""
    names = _names(query.names)

    def found() -> list[dict[str, Any]]:
        with served.read() as connection:
            filter = served.filter(connection, query)
            counted = facets(connection, filter, SUBJECTS[query.of], names, query.most)
            return [_facet(served, connection, facet) for facet in counted]

    def make() -> bytes:
        return orjson.dumps({"facets": found()})

    if query.format != "json":
        rows = ({"facet": facet["name"], **value} for facet in found() for value in facet["values"])
        return rows_answer(_FACETS, query.format, rows)
    return json_bytes(served.memory.answer(f"facets {served.today} {request.url.query}", make))


def _names(asked: list[str]) -> tuple[FacetName, ...]:
    names = tuple(name for name in FACETS if name in asked)
    wrong = [name for name in asked if name not in FACETS]
    if wrong:
        raise QueryError(NO_FACET(name=wrong[0][:40], known=", ".join(FACETS)))
    return names or FACETS


def _facet(served: Served, connection: Connection, facet: Facet) -> dict[str, Any]:
    values = [value for value in facet.values if value.value]
    hidden = (
        served.care.private_sources(connection, [v.value for v in values if v.value]) if facet.name == "source" else ()
    )
    named = _both_names(connection, facet.name, [value.value for value in values if value.value])
    rows = []
    for value in facet.values:
        if value.value in hidden:
            continue
        arabic, english = named.get(value.value or "", (None, value.label))
        label = english or arabic or value.label
        rows.append({"value": value.value, "label": label, "label_ar": arabic or None, "number": value.number})
    return {"name": facet.name, "values": rows, "more": facet.more}


def _both_names(connection: Connection, name: str, ids: list[str]) -> dict[str, tuple[str | None, str | None]]:
    table = _NAMED.get(name)
    if table is None or not ids:
        return {}
    asked = select(table.c.id, table.c.name_ar, table.c.name_en).where(table.c.id.in_(ids))
    return {row.id: (row.name_ar, row.name_en) for row in connection.execute(asked)}


@ROUTER.get("/stats", response_model=StatsTable)
def table_of_counts(request: Request, served: Record, query: Annotated[Stating, Query()]) -> Response:
    """Counts by time, type, actor, place and more, with the killed and injured, beside the articles and outlets of the time.

    Unless they are asked for, what was planned or denied and what is only recalled is not counted: `modality` and
    `background` in the answer say what was.
    """

    def make() -> bytes:
        return orjson.dumps(_json(served, query, _found(served, query)))

    if query.format == "json":
        return json_bytes(served.memory.answer(f"stats {served.today} {request.url.query}", make))
    found = _found(served, query)
    return rows_answer(Table("counts", [*found.by, *_COLUMNS]), query.format, (_flat(found, row) for row in found.rows))


def _found(served: Served, query: Stating) -> Stats:
    by: Any = [name.strip() for name in query.by.split(",")]
    with served.read() as connection:
        found = stats(connection, served.filter(connection, query), by, SUBJECTS[query.of])
        if "source" not in found.by:
            return found
        at = found.by.index("source")
        hidden = served.care.private_sources(connection, [key for row in found.rows if (key := row.keys[at])])
    rows = tuple(_without(row, at, hidden) for row in found.rows)
    return Stats(found.by, rows, found.labels, found.filter)


def _without(row: StatsRow, at: int, hidden: set[str]) -> StatsRow:
    if row.keys[at] not in hidden:
        return row
    keys = (*row.keys[:at], _HIDDEN, *row.keys[at + 1 :])
    return StatsRow(keys, *(getattr(row, field.name) for field in fields(row)[1:]))


def _json(served: Served, query: Stating, found: Stats) -> dict[str, Any]:
    return {
        "by": list(found.by),
        "of": query.of,
        "modality": list(found.filter.modalities),
        "background": found.filter.background,
        "labels": dict(found.labels),
        "rows": [
            {"keys": list(row.keys), "events": row.events, "across": row.across, "killed": row.killed,
             "injured": row.injured, "articles": row.articles, "outlets": row.outlets}
            for row in found.rows
        ],
    }  # fmt: skip


def _flat(found: Stats, row: StatsRow) -> dict[str, Any]:
    flat: dict[str, Any] = dict(zip(found.by, row.keys, strict=True))
    flat |= {"events": row.events, "across": row.across, "articles": row.articles, "outlets": row.outlets}
    for toll in ("killed", "injured"):
        flat |= {f"{toll}_{name}": getattr(getattr(row, toll), name) for name in _SUMS}
    return flat


DIMENSIONS = get_args(Dimension)
