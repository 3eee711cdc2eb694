"""What a record names: its places, actors and sources, with how often."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol, TypeVar

from sqlalchemy import Connection, select

from waqai.queries.columns import columns, fitting, needed
from waqai.queries.counting import Named, named, number_of_each, reach_of_each
from waqai.queries.errors import QueryError
from waqai.queries.filters import Filter
from waqai.queries.listing import Page
from waqai.queries.naming import name_key
from waqai.sentences import EMPTY
from waqai.store.counted import ACTORS, SOURCES
from waqai.store.schema import actors, places, sources

What = Literal["place", "actor", "source"]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many reports and incidents there are, and the days from the first start to the last end (None: none is dated)."""

    reports: int = 0
    incidents: int = 0
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """A place of the record. `lat` and `lon` are degrees, None where the record has no point of its own for it."""

    id: str
    name_ar: str
    name_en: str
    level: str
    country: str | None
    governorate: str | None
    pcode: str | None
    lat: float | None
    lon: float | None
    counts: Counts


@dataclass(frozen=True, slots=True)
class ActorCount:
    """An actor of the record: counted once for each report, whatever its parts in it."""

    id: str
    name_ar: str
    name_en: str
    camp: str
    kind: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class SourceCount:
    """A source of the record; `denies` are the reports in which it denies or doubts."""

    id: str
    name_ar: str
    name_en: str
    kind: str
    denies: int
    counts: Counts


class _Counted(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def name_ar(self) -> str: ...
    @property
    def name_en(self) -> str: ...
    @property
    def counts(self) -> Counts: ...


C = TypeVar("C", bound=_Counted)


def places_in(connection: Connection, filter: Filter, name: str | None = None) -> list[PlaceCount]:
    """The places of the reports and incidents that fit, most reported first; only those whose names hold `name`."""
    counted = _both(connection, filter, "place")
    found = [
        PlaceCount(
            row.id, row.name_ar, row.name_en, row.level, row.country, row.governorate, row.pcode, row.lat, row.lon,
            counted[row.id],
        )
        for row in connection.execute(select(places))
        if row.id in counted
    ]  # fmt: skip
    return _sorted(found, name)


def actors_in(connection: Connection, filter: Filter, name: str | None = None) -> list[ActorCount]:
    """The actors of the reports and incidents that fit, most reported first; only those whose names hold `name`."""
    counted = _both(connection, filter, "actor")
    rows = connection.execute(select(actors)).all()
    found = [
        ActorCount(row.id, row.name_ar, row.name_en, row.camp, row.kind, counted[row.id])
        for row in rows
        if row.id in counted
    ]
    return _sorted(found, name)


def sources_in(connection: Connection, filter: Filter, name: str | None = None) -> list[SourceCount]:
    """The sources of the reports and incidents that fit, most quoted first; only those whose names hold `name`."""
    counted = _both(connection, filter, "source")
    held = columns(connection, {SOURCES, *needed(filter)})
    quoted = held[SOURCES]
    against = quoted.where(lambda pair: pair[1] != "asserts")
    each = named(quoted, _first)
    denying = number_of_each(
        Named(each.names, each.codes[against]), fitting(connection, filter, held), quoted.owners[against]
    )
    found = [
        SourceCount(row.key, row.name_ar, row.name_en, row.kind, denying.get(row.key, 0), counted[row.key])
        for row in connection.execute(select(sources))
        if row.key in counted
    ]
    return _sorted(found, name)


def _first(pair: Any) -> Any:
    return pair[0]


def _both(connection: Connection, filter: Filter, what: What) -> Mapping[str, Counts]:
    """The counts of reports and of incidents put together, by id."""
    told, merged = _of_reports(connection, filter, what), _of_incidents(connection, filter, what)
    return {id: replace(told.get(id, Counts()), incidents=merged.get(id, 0)) for id in told.keys() | merged.keys()}


def _of_reports(connection: Connection, filter: Filter, what: What) -> Mapping[str, Counts]:
    name = {"actor": ACTORS, "source": SOURCES}.get(what, what)
    held = columns(connection, {name, "start", "end", *needed(filter)})
    fits, column = fitting(connection, filter, held), held[name]
    each = Named(column.values, column.codes) if column.rows is None else named(column, _first)
    reach = reach_of_each(each, fits, held, column.rows)
    found = number_of_each(each, fits, column.rows)
    return {id: Counts(number, 0, *reach[id]) for id, number in found.items() if id is not None}


def _of_incidents(connection: Connection, filter: Filter, what: What) -> Mapping[str, int]:
    name = {"actor": ACTORS, "source": SOURCES}.get(what, what)
    held = columns(connection, {name, *needed(filter, "incidents")}, "incidents")
    column = held[name]
    each = Named(column.values, column.codes) if column.rows is None else named(column, _first)
    found = number_of_each(each, fitting(connection, filter, held), column.rows)
    return {id: number for id, number in found.items() if id is not None}


def _sorted(found: Iterable[C], name: str | None) -> list[C]:
    wanted = name_key(name) if name else ""
    if name is not None and not name.strip():
        raise QueryError(EMPTY(name="name"))
    if name and not wanted:
        return []
    held = [one for one in found if any(wanted in name_key(said) for said in (one.name_ar, one.name_en, one.id))]
    return sorted(held, key=lambda one: (-one.counts.reports, -one.counts.incidents, one.id))


def part_of(found: Sequence[C], limit: int, after: str | None = None) -> Page[C]:
    """A page of such a list; the cursor is the id of the last row of the page before (one that is gone: from the start)."""
    begin = next((place for place, one in enumerate(found, 1) if one.id == after), 0) if after else 0
    rows = tuple(found[begin : begin + limit])
    return Page(rows, rows[-1].id if rows and begin + limit < len(found) else None)
