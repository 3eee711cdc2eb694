"""Who held which place when, with the evidence for and against."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Annotated, Any, TypeVar, cast, get_args

import orjson
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlalchemy import Connection

from waqai.control.areas import add_up
from waqai.deriving.control import control_as_of
from waqai.model.control import Status
from waqai.queries.asking import day_of
from waqai.queries.control import Brief, Spot, control_in_brief, control_lines, fits, places_asked
from waqai.queries.cursors import packed, unpacked
from waqai.queries.errors import QueryError
from waqai.queries.filters import Filter
from waqai.queries.listing import Counted
from waqai.records_control import CONTROL_COLUMNS, area_json, brief_json, control_row, interval_from, interval_json
from waqai.sentences import (
    AT_OR_BETWEEN,
    BOTH_DAYS,
    BY_HAS_NO_PAGES,
    BY_NEEDS_AT,
    NO_CHOICE,
    NO_SUCH_CURSOR,
    ORDER_OF_PAGES,
)
from waqai.serving.answers import Item, Table, file_answer, geojson_bytes, json_bytes, page_bytes
from waqai.serving.control_pages import page_by
from waqai.serving.errors import not_found
from waqai.serving.evidence import with_words
from waqai.serving.params import Holding
from waqai.serving.served import Record, Served
from waqai.serving.shapes import ERRORS
from waqai.serving.shapes_map import ControlPoints, PlaceControl
from waqai.serving.shown import shown_in
from waqai.serving.totals import total
from waqai.store.control import places_by_id

T = TypeVar("T")
ROUTER = APIRouter(tags=["control"], responses=ERRORS)
_TABLE = Table("control", CONTROL_COLUMNS, points=True)
_AREAS = Table(
    "areas", ("unit", "name", "country", "day", "places", "holders", "divided", "contested", "besieged", "unknown")
)
_STATUSES: tuple[str, ...] = get_args(Status)


@ROUTER.get("/control", response_model=ControlPoints)
def control(request: Request, served: Record, query: Annotated[Holding, Query()]) -> Response:
    """Who holds what on a day (`at`), on any day between two (`from`, `to`), or all that is known; as GeoJSON points.

    With `by` the places of each governorate, district or subdistrict are added up. A place without a line was never told of.
    `format=json` gives pages, by place and day or in another `order`.
    """
    if query.order is not None and (query.by is not None or query.format != "json"):
        raise QueryError(ORDER_OF_PAGES())
    if query.by is not None:
        return _areas(served, query)
    if query.format in ("jsonl", "csv"):
        with served.read() as connection:
            return file_answer(_TABLE, query.format, map(_item, _cut(_intervals(served, connection, query), query)))
    make = (lambda: _page(served, query)) if query.format == "json" else (lambda: _points(served, query))
    body = served.memory.answer(f"control {served.today} {request.url.query}", make)
    return (
        json_bytes(body)
        if query.format == "json"
        else geojson_bytes(body, _TABLE, file="format" in query.model_fields_set)
    )


def _cut(rows: Iterator[T], query: Holding) -> Iterator[T]:
    return islice(rows, query.limit)


def _points(served: Served, query: Holding) -> bytes:
    with served.read() as connection:
        features = b",".join(_features(_cut(_in_brief(served, connection, query), query)))
    return b'{"type":"FeatureCollection","features":[%s]}' % features


def _page(served: Served, query: Holding) -> bytes:
    with served.read() as connection:
        if query.order is not None:
            return _page_by(served, connection, query, query.order)
        found = list(islice(_intervals(served, connection, query), query.rows + 1))
        rows = found[: query.rows]
        after = _cursor(rows[-1]) if len(found) > len(rows) else None
        more = total(served, "control", query, lambda: _counted(served, connection, query))
    return page_bytes([orjson.dumps(record) for record in rows], after, more)


def _page_by(served: Served, connection: Connection, query: Holding, order: str) -> bytes:
    whole = query.model_copy(update={"after": None})
    briefs = list(_in_brief(served, connection, whole))
    part = page_by(briefs, order, query.rows, query.after, served.labels)
    some = sorted({place for place, _ in part.spots})
    held = {_spot_of(record): record for record in _intervals(served, connection, whole, some)} if some else {}
    rows = [orjson.dumps(held[spot]) for spot in part.spots if spot in held]
    return page_bytes(rows, part.after, {"total": len(briefs), "total_more": False})


def _spot_of(record: dict[str, Any]) -> Spot:
    return record["place"]["id"], record["from"]


def _counted(served: Served, connection: Connection, query: Holding) -> Counted:
    whole = query.model_copy(update={"after": None})
    return Counted(sum(1 for _ in _in_brief(served, connection, whole)), more=False)


def _cursor(record: dict[str, Any]) -> str:
    return packed(["control", *_spot_of(record)])


def _spot(after: str | None) -> Spot | None:
    """Where the page before ended; QueryError for a cursor that no page gave."""
    if after is None:
        return None
    match unpacked(after):
        case ["control", str(place), str(start)] if "\0" not in place + start:
            return place, start
    raise QueryError(NO_SUCH_CURSOR())


def _features(found: Iterator[Brief]) -> Iterator[bytes]:
    """Intervals as points: of what each rests on the first few, and how many there are."""
    for one in found:
        point = None if one.lat is None or one.lon is None else {"type": "Point", "coordinates": [one.lon, one.lat]}
        shape = orjson.dumps({"type": "Feature", "id": one.place, "geometry": point})
        yield b'%s,"properties":%s}' % (shape[:-1], one.json.encode())


def _item(record: dict[str, Any]) -> Item:
    return Item(lambda: orjson.dumps(record), lambda: control_row(record) | {"id": record["place"]["id"]})


def _days(query: Holding) -> tuple[dt.date | None, tuple[dt.date, dt.date] | None]:
    if query.at is not None and (query.from_ or query.to):
        raise QueryError(AT_OR_BETWEEN())
    if query.from_ is None and query.to is None:
        return (day_of(query.at) if query.at else None), None
    if query.from_ is None or query.to is None:
        raise QueryError(BOTH_DAYS())
    return None, (day_of(query.from_), day_of(query.to, last=True))


def _filter(served: Served, connection: Connection, query: Holding) -> Filter:
    days = {"from_": None, "to": None}
    return served.filter(connection, query.model_copy(update=days))


def _statuses(query: Holding) -> tuple[Status, ...]:
    for status in query.status:
        if status not in _STATUSES:
            raise QueryError(NO_CHOICE(name="status", value=status[:40], known=", ".join(_STATUSES)))
    return cast(tuple[Status, ...], tuple(query.status))


def _in_brief(served: Served, connection: Connection, query: Holding) -> Iterator[Brief]:
    filter, (at, between), statuses = _filter(served, connection, query), _days(query), _statuses(query)
    if filter.as_of is None and filter.held_back is None:
        after = _spot(query.after)
        yield from control_in_brief(connection, filter, at=at, between=between, statuses=statuses, after=after)
        return
    for record in _intervals(served, connection, query):
        place = record["place"]
        brief = orjson.dumps(brief_json(record)).decode()
        yield Brief(place["id"], record["from"], place["lat"], place["lon"], brief)


def _intervals(
    served: Served, connection: Connection, query: Holding, places: Sequence[str] = ()
) -> Iterator[dict[str, Any]]:
    """The intervals asked for (of these places), as JSON; as they were known on a day where that is asked for."""
    filter, (at, between), statuses = _filter(served, connection, query), _days(query), _statuses(query)
    if places:
        filter = replace(filter, places=tuple(places))
    day, after = filter.as_of or filter.held_back, _spot(query.after)
    if day is None:
        for line in control_lines(connection, filter, at=at, between=between, statuses=statuses, after=after):
            yield orjson.loads(line)
        return
    place, start = after or ("", "")
    asked = [id for id in places_asked(connection, filter) if id >= place]
    for intervals, references in control_as_of(connection, asked, day):
        for interval in intervals:
            behind = (interval.place.id, interval.start.isoformat()) > (place, start)
            if behind and fits(interval, filter, at, between, statuses):
                yield served.care.interval(interval_json(interval, references))


def _areas(served: Served, query: Holding) -> Response:
    at, _ = _days(query)
    if at is None or query.by is None:
        raise QueryError(BY_NEEDS_AT())
    if query.limit is not None or query.after is not None:
        raise QueryError(BY_HAS_NO_PAGES())
    with served.read() as connection:
        found = [interval_from(orjson.loads(one.json)) for one in _in_brief(served, connection, query)]
    rows = [area_json(area) for area in add_up(found, at, query.by)]
    if query.format in ("json", "geojson"):
        return json_bytes(page_bytes(map(orjson.dumps, rows), None))
    items = (Item(lambda row=row: orjson.dumps(row), lambda row=row: _area_row(row)) for row in rows)  # type: ignore[misc]
    return file_answer(_AREAS, cast(Any, query.format), items)


def _area_row(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"holders": "; ".join(f"{held['actor']['camp']} {held['places']}" for held in row["holders"])}


@ROUTER.get("/control/{place:path}", response_model=PlaceControl)
def place(served: Record, place: str) -> Response:
    """All intervals of one place (its id), with the words of the reports that bear each out or speak against it."""
    with served.read() as connection:
        known = places_by_id(connection, [place]) if 0 < len(place) <= 200 else {}
        if place not in known or not shown_in(connection, served.care)("place", place):
            raise not_found("place", place)
        query = Holding.model_validate({"place": [place]})
        found = list(_intervals(served, connection, query))
        shown = with_words(served, connection, found)
    return json_bytes(orjson.dumps({"place": found[0]["place"] if found else None, "rows": shown}))
