"""Questions about control: who held which place on a day, one place's whole timeline, what changed between two days."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Any, NamedTuple

import orjson
from sqlalchemy import ColumnElement, Connection, Select, or_, select

from waqai.model.control import Interval, Status
from waqai.queries.errors import QueryError
from waqai.queries.filters import Filter
from waqai.records_control import interval_from
from waqai.sentences import CONTROL_LIMITS, NOTHING_BETWEEN
from waqai.store.schema import control, control_brief, places

_ASKED = frozenset(
    {"actors", "camps", "places", "box", "area", "country", "governorates", "pcode", "as_of", "held_back"}
)
_AT_ONCE = 2000


Spot = tuple[str, str]
"""Where an interval stands in the order of all: the id of its place and its first day."""


class Brief(NamedTuple):
    """An interval in brief: the id of its place, its first day, where that lies (None: nobody knows), and its JSON."""

    place: str
    start: str
    lat: float | None
    lon: float | None
    json: str


def control_lines(
    connection: Connection,
    filter: Filter,
    *,
    at: dt.date | None = None,
    between: tuple[dt.date, dt.date] | None = None,
    statuses: Sequence[Status] = (),
    after: Spot | None = None,
) -> Iterator[bytes]:
    """The intervals as lines of JSON, by place and day: those of day `at`, those of any day `between` two (both in), or all;
    those behind `after`.

    The filter may ask for places, actors, camps, a box, an area, a country, governorates and a p-code; its `as_of` and
    `held_back` are not looked at. Raises QueryError for a filter that asks for anything else, and when `between` runs backwards.
    """
    for row in _rows(connection, filter, at, between, statuses, after=after):
        yield row.json.encode() + b"\n"


def control_in_brief(
    connection: Connection,
    filter: Filter,
    *,
    at: dt.date | None = None,
    between: tuple[dt.date, dt.date] | None = None,
    statuses: Sequence[Status] = (),
    after: Spot | None = None,
) -> Iterator[Brief]:
    """The same with the first few references of each and their number: of a large record all of them are most of a day."""
    for row in _rows(connection, filter, at, between, statuses, brief=True, after=after):
        yield Brief(row.place, row.start, row.lat, row.lon, row.json)


def control_intervals(
    connection: Connection,
    filter: Filter,
    *,
    at: dt.date | None = None,
    between: tuple[dt.date, dt.date] | None = None,
    statuses: Sequence[Status] = (),
) -> Iterator[Interval]:
    """The same as records."""
    for row in _rows(connection, filter, at, between, statuses):
        yield interval_from(orjson.loads(row.json))


def check_filter(filter: Filter) -> None:
    """Raise QueryError when a filter asks what control cannot be asked: a type, a source, words, ..."""
    plain = Filter()
    wrong = [
        one.name
        for one in fields(Filter)
        if one.name not in _ASKED and getattr(filter, one.name) != getattr(plain, one.name)
    ]
    if wrong:
        raise QueryError(CONTROL_LIMITS(names=" or ".join(wrong)))


def _rows(
    connection: Connection,
    filter: Filter,
    at: dt.date | None,
    between: tuple[dt.date, dt.date] | None,
    statuses: Sequence[Status],
    brief: bool = False,
    after: Spot | None = None,
) -> Iterator[Any]:
    check_filter(filter)
    if between is not None and between[1] < between[0]:
        raise QueryError(NOTHING_BETWEEN(begin=str(between[0]), end=str(between[1])))
    first, last = between or (at, at)
    form = control_brief if brief else control
    found = select(control.c.place, control.c.start, form.c.json, control.c.lat, control.c.lon)
    if brief:
        found = found.join(form, (form.c.place == control.c.place) & (form.c.start == control.c.start))
    found = found.where(*_conditions(filter), *_days(first, last))
    if statuses:
        found = found.where(control.c.status.in_(statuses))
    wanted = set(filter.actors)
    begin = after or ("", "")
    for row in _of_days(connection, found, begin) if last is not None else _paged(connection, found, begin):
        if filter.area is not None and (row.lat is None or not filter.area.holds(row.lat, row.lon)):
            continue
        if wanted and not wanted & {holder["actor"]["id"] for holder in orjson.loads(row.json)["holders"]}:
            continue
        yield row


def _days(first: dt.date | None, last: dt.date | None) -> Iterator[ColumnElement[bool]]:
    if last is not None:
        yield control.c.start <= last.isoformat()
    if first is not None:
        yield or_(control.c.end.is_(None), control.c.end > first.isoformat())


def _conditions(filter: Filter, *, holders: bool = True) -> Iterator[ColumnElement[bool]]:
    held = control.c
    if filter.places:
        yield held.place.in_(filter.places)
    if filter.country:
        yield held.country == filter.country.upper()
    if filter.governorates:
        yield held.governorate.in_(filter.governorates)
    if filter.pcode:
        yield held.place.in_(select(places.c.id).where(places.c.pcode.startswith(filter.pcode, autoescape=True)))
    if filter.camps and holders:
        bounded = "|" + held.camps + "|"
        yield or_(*[bounded.contains(f"|{camp}|", autoescape=True) for camp in filter.camps])
    box = filter.box or (filter.area.box if filter.area else None)
    if box is not None:
        yield held.lat.between(box.south, box.north)
        yield held.lon.between(box.west, box.east)


def _of_days(connection: Connection, found: Select[Any], after: Spot) -> Iterator[Any]:
    """The rows of some days, which are not many more than there are places: found by their days, then put in order.

    Asked for in order, the database would walk through all intervals of all places.
    """
    rows = (row for row in connection.execute(found) if (row.place, row.start) > after)
    yield from sorted(rows, key=lambda row: (row.place, row.start))


def _paged(connection: Connection, found: Select[Any], spot: Spot) -> Iterator[Any]:
    """The rows in pages, so that no cursor stays open while they are written out."""
    found = found.order_by(control.c.place, control.c.start)
    place, start = spot
    while True:
        after = or_(control.c.place > place, (control.c.place == place) & (control.c.start > start))
        rows = connection.execute(found.where(after).limit(_AT_ONCE)).all()
        yield from rows
        if len(rows) < _AT_ONCE:
            return
        place, start = rows[-1].place, rows[-1].start


def places_asked(connection: Connection, filter: Filter) -> list[str]:
    """The ids of the places that the filter asks for and of which anything is known at any time, in order.

    Raises QueryError as `control_lines` does.
    """
    check_filter(filter)
    found = select(control.c.place, control.c.lat, control.c.lon).where(*_conditions(filter, holders=False)).distinct()
    rows = connection.execute(found.order_by(control.c.place)).all()
    area = filter.area
    return [row.place for row in rows if area is None or (row.lat is not None and area.holds(row.lat, row.lon))]


def fits(
    interval: Interval,
    filter: Filter,
    at: dt.date | None,
    between: tuple[dt.date, dt.date] | None,
    statuses: Sequence[Status],
) -> bool:
    """Whether an interval has the holders, days and status asked for (its place is not looked at)."""
    first, last = between or (at, at)
    if (last and interval.start > last) or (first and interval.end is not None and interval.end <= first):
        return False
    camps = {holder.actor.camp for holder in interval.holders}
    ids = {holder.actor.id for holder in interval.holders}
    held = (not filter.camps or camps & set(filter.camps)) and (not filter.actors or ids & set(filter.actors))
    return bool(held) and (not statuses or interval.status in statuses)
