"""Adding the reports and holdings of articles that stand in the record, and whom, where and whose words they name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from waqai.model.mention import Actor, Place
from waqai.store.counted import PIECE, forget
from waqai.store.preparing import Named, Prepared, once
from waqai.store.rows import (
    ACTOR_COLUMNS,
    PLACE_COLUMNS,
    REPORT_COLUMNS,
    SOURCE_COLUMNS,
    PlaceNamed,
    actor_row,
    place_row,
)
from waqai.store.schema import actors, holdings, pending, places, report_actors, report_sources, reports, sources
from waqai.store.statements import chunks, insert_new, insert_or_fill, insert_rows, insert_values

_REPORT = ("number", "article", "known", "superseded", *REPORT_COLUMNS)


@dataclass(frozen=True, slots=True)
class Stored:
    """An article by its number in the record, with the day (ISO) from which the record knows it and what is put into it.

    `superseded` is the day from which a newer version of it was known, None while it counts.
    """

    number: int
    known: str
    superseded: str | None
    made: Prepared


def add_reports(connection: Connection, found: Sequence[Stored]) -> int:
    """Add the reports of these articles, which have none; they wait to be clustered. How many there are."""
    first = (connection.scalar(select(func.max(reports.c.number))) or 0) + 1
    rows: list[tuple[Any, ...]] = []
    roles: list[tuple[str, int, str]] = []
    quoted: list[tuple[str, int, str, bool]] = []
    told = ((one, report) for one in found for report in one.made.reports)
    for number, (one, report) in enumerate(told, first):
        rows.append((number, one.number, one.known, one.superseded, *report.report))
        roles += [(actor, number, role) for actor, role in report.actors]
        quoted += [(key, number, stance, furthest) for key, stance, furthest in report.sources]
    _name(connection, [one.made.named for one in found])
    forget(connection, range(first // PIECE, (first + len(rows) - 1) // PIECE + 1) if rows else ())
    insert_values(connection, reports, _REPORT, rows)
    insert_values(connection, report_actors, ("actor", "report", "role"), roles)
    insert_values(connection, report_sources, ("source", "report", "stance", "furthest"), quoted)
    waiting = [report.id for one in found if one.superseded is None for report in one.made.reports]
    insert_new(connection, pending, [{"kind": "report", "what": id} for id in waiting])
    return len(rows)


def add_holdings(connection: Connection, found: Sequence[Stored]) -> int:
    """Add the holdings of these articles, which have none; the control of their places waits to be told. How many there are."""
    rows = [
        holding | {"article": one.number, "known": one.known, "superseded": one.superseded}
        for one in found
        for holding in one.made.holdings
    ]
    if not rows:
        return 0
    _name(connection, [one.made.held for one in found])
    insert_rows(connection, holdings, rows)
    waiting = sorted({row["place"] for row in rows if row["superseded"] is None})
    insert_new(connection, pending, [{"kind": "place", "what": place} for place in waiting])
    return len(rows)


def add_names(connection: Connection, named_places: Iterable[Place], named_actors: Iterable[Actor]) -> None:
    """Add places and actors that a person named in a correction, where the record does not name them yet."""
    rows = tuple(actor_row(actor) for actor in named_actors)
    _name(connection, [Named(tuple(map(place_row, named_places)), rows)])


def _name(connection: Connection, found: Sequence[Named]) -> None:
    """Those whom reports or holdings name, in their own tables."""
    _add_places(connection, once(place for one in found for place in one.places))
    for table, columns, rows in (
        (actors, ACTOR_COLUMNS, {row[0]: row for one in found for row in one.actors}),
        (sources, SOURCE_COLUMNS, {row[0]: row for one in found for row in one.sources}),
    ):
        insert_new(connection, table, [dict(zip(columns, rows[key], strict=True)) for key in sorted(rows)])


def _add_places(connection: Connection, found: Mapping[str, PlaceNamed]) -> None:
    """Places, by their ids, and what their being known changes."""
    known = select(places.c.id).where(places.c.lat.is_not(None))
    placed = {
        id for some in chunks(sorted(found), 5000) for id in connection.scalars(known.where(places.c.id.in_(some)))
    }
    rows = [dict(zip(PLACE_COLUMNS, found[id].row, strict=True)) for id in sorted(found)]
    insert_or_fill(connection, places, rows, ("lat", "lon"))
    new = sorted(id for id, place in found.items() if place.town and id not in placed)
    waiting = [{"kind": "place", "what": id} for id in new]  # a quarter may be theirs, and no other town's any more
    insert_new(connection, pending, waiting)
