"""What the record is, and who is asking."""

from importlib.metadata import version
from typing import Any

import orjson
from fastapi import APIRouter
from fastapi.responses import Response
from sqlalchemy import ColumnElement, Connection, func, select

from waqai.deriving.control import control_as_of
from waqai.queries.asking import GRADES
from waqai.queries.conditions import INCIDENTS, REPORTS, conditions
from waqai.queries.control import places_asked
from waqai.queries.filters import Filter
from waqai.serving.answers import json_answer
from waqai.serving.served import Record, Served
from waqai.serving.shapes import ERRORS
from waqai.serving.shapes_articles import RecordPage
from waqai.serving.visitors import Asking
from waqai.store.opening import HEAD
from waqai.store.schema import articles, control, incidents, pending

ROUTER = APIRouter(tags=["record"], responses=ERRORS)


@ROUTER.get("/record", response_model=RecordPage)
def record(served: Record, asking: Asking) -> Response:
    """What the record is: how much it holds, from when to when, by which versions, and what may be done with it."""
    held = orjson.loads(served.memory.answer(f"record {served.today}", lambda: orjson.dumps(_counted(served))))
    last = served.care.last_day.isoformat() if served.care.public else None
    return json_answer(
        held
        | {
            "read_only": asking.role == "viewer",
            "public": served.care.public,
            "held_back_after": last,
            "today": served.today.isoformat(),
            "asking": {"name": asking.name, "role": asking.role},
            "codebook": _codebook(served),
        }
    )


def _counted(served: Served) -> dict[str, Any]:
    """What takes a look through the record; the days are those of news, not of what is only recalled."""
    with served.read() as connection:
        filter = served.care.filter(connection, Filter())
        table = articles.c
        shown: list[ColumnElement[bool]] = [table.newer.is_(None)]
        if filter.held_back:
            shown.append(table.known <= filter.held_back.isoformat())
        counts = {
            "articles": _count(connection, table.number, shown),
            "copies": _count(connection, table.number, [*shown, table.copy_of != table.key]),
            "reports": _count(connection, REPORTS.key, conditions(connection, filter, REPORTS)),
            "incidents": _count(connection, INCIDENTS.key, conditions(connection, filter, INCIDENTS)),
            "places_of_control": _places_of_control(connection, filter),
        }
        first, last = _days(connection, filter)
        synthetic = connection.scalar(select(table.number).where(table.synthetic, *shown).limit(1)) is not None
        waiting = connection.scalar(select(pending.c.kind).limit(1)) is not None
    name = served.settings.db.replace("\\", "/").rpartition("/")[2]
    versions = {"waqai": version("waqai"), "tables": HEAD}
    return {
        "name": name, "counts": counts, "first": first, "last": last, "synthetic": synthetic, "waiting": waiting,
        "versions": versions,
    }  # fmt: skip


def _count(connection: Connection, key: Any, fitting: list[Any]) -> int:
    return connection.scalar(select(func.count(key)).where(*fitting)) or 0


def _places_of_control(connection: Connection, filter: Filter) -> int:
    """The places of which somebody told who holds them, by the day up to which things are shown."""
    if filter.held_back is None:
        return connection.scalar(select(func.count(control.c.place.distinct()))) or 0
    asked = places_asked(connection, Filter())
    return sum(bool(intervals) for intervals, _ in control_as_of(connection, asked, filter.held_back))


def _days(connection: Connection, filter: Filter) -> tuple[str | None, str | None]:
    """The first start and the last end of incidents that happened."""
    held = incidents.c
    news = [
        held.background.is_(False),
        held.modality.in_(("happened", "attempted")),
        *conditions(connection, filter, INCIDENTS),
    ]
    first = connection.scalar(select(held.start).where(held.start.is_not(None), *news).order_by(held.start).limit(1))
    last = connection.scalar(select(held.end).where(held.end.is_not(None), *news).order_by(held.end.desc()).limit(1))
    return first, last


def _codebook(served: Served) -> dict[str, Any]:
    """The closed lists, for choices."""
    book = served.codebook
    types = [{"type": one.sub_event_type, "event_type": one.event_type} for one in book.event_types.values()]
    return {
        "types": types, "camps": book.camps, "modalities": book.modalities, "weapons": book.weapons,
        "targets": book.targets, "levels": book.levels, "source_kinds": book.source_kinds, "times": book.times,
        "grades": GRADES, "outcomes": book.outcomes, "standings": book.standings, "stances": book.stances,
    }  # fmt: skip
