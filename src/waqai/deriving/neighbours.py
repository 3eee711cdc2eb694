"""Neighbours: the reports of the record that lie in the windows of those that wait, found by place and day."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, func, select

from waqai.incidents.candidates import Window
from waqai.incidents.places import (
    AREA_PRECISION,
    GOVERNORATE_PRECISION,
    KM_OF_A_DEGREE,
    NEAR_PRECISION,
    breadth,
    province,
)
from waqai.knowledge.incidents import IncidentKnowledge
from waqai.model.mention import Place
from waqai.store.schema import places, reports
from waqai.store.statements import chunks

_AT_ONCE = 250
_PLACES_AT_ONCE = 5000
_EXACT = 1
_PRECISIONS = (_EXACT, NEAR_PRECISION, AREA_PRECISION, GOVERNORATE_PRECISION)
"""How exactly a report may name its place, as far as it decides which others may be one happening's."""
_WIDE = ("area", "wide_area")
_MARGIN = 0.1  # kilometres by which a distance may come out differently here
_LONG = (3, 4, 5)  # date_prec of spans that may have more than six days
_SHORT_DAYS = 7

Bools = npt.NDArray[np.bool_]
Near = tuple[tuple[str, int], ...]
"""Ids of places, each with the least number by which a report names it so loosely that it may be linked."""
Span = tuple[int, int]


class PlaceIndex:
    """The places that reports of the record name, and which of them may be one happening's with another."""

    def __init__(self, connection: Connection, knowledge: IncidentKnowledge) -> None:
        """Read all places of the record, and how loosely reports name each."""
        self.knowledge = knowledge
        rows = connection.execute(select(places)).all()
        loosest = func.max(reports.c.place_precision).label("loosest")
        asked = select(reports.c.place, loosest).where(reports.c.place.is_not(None)).group_by(reports.c.place)
        named = {row.place: row.loosest for row in connection.execute(asked)}
        self._ids = [row.id for row in rows]
        self._numbers: dict[object, int] = {}
        self._near: dict[tuple[object, ...], Near] = {}
        self._id = np.array([self._number(row.id) for row in rows], dtype=np.int64)
        self._root = np.array([self._number(_root(row.id)) for row in rows], dtype=np.int64)
        self._lat = np.array([np.nan if row.lat is None else row.lat for row in rows], dtype=np.float64)
        self._lon = np.array([np.nan if row.lon is None else row.lon for row in rows], dtype=np.float64)
        self._level = np.array([row.level or "" for row in rows], dtype=np.str_)
        provinces = [province(_bare(row)) for row in rows]
        self._province = np.array([self._number(one) for one in provinces], dtype=np.int64)
        self._vague = np.array([None in one for one in provinces], dtype=np.bool_)
        self._loosest = np.array([named.get(row.id, 0) for row in rows], dtype=np.int64)
        unplaced = {row.id for row in rows if row.lat is None or row.lon is None} & named.keys()
        adrift = _with_points(connection, sorted(unplaced))
        self._adrift = np.array([row.id in adrift for row in rows], dtype=np.bool_)
        self._governed = np.array([row.governorate is not None for row in rows], dtype=np.bool_)

    def _number(self, name: object) -> int:
        return self._numbers.setdefault(name, len(self._numbers))

    def near(self, place: Place) -> Near:
        """The places of the record whose reports may be linked to a report of this place, and some more."""
        key = (place.id, place.precision, place.level, place.lat, place.lon)
        found = self._near.get(key)
        if found is None:
            found = self._near[key] = self._meeting(place)
        return found

    def _meeting(self, place: Place) -> Near:
        if not self._ids or breadth(place) == "country":
            return ()
        least = np.zeros(len(self._ids), dtype=np.int64)
        away = self._kilometres(place)
        for precision in reversed(_PRECISIONS):
            least[self._may_meet(place, away, precision)] = precision
        told = (least > 0) & (least <= self._loosest)
        return tuple((self._ids[row], int(least[row])) for row in np.flatnonzero(told).tolist())

    def _may_meet(self, place: Place, away: npt.NDArray[np.float64], precision: int) -> Bools:
        """Which places, where a report names them with this precision, may be one happening's with `place`; no fewer than
        `place_level` says, and some more."""
        own: str = breadth(place)
        same = self._id == self._numbers.get(place.id, -1)
        mine = province(place)
        within = self._province == self._numbers.get(mine, -1)
        governed = same | (within & self._governed)
        if own == "governorate" or precision >= GOVERNORATE_PRECISION:
            return np.asarray(governed)
        shares = within | self._vague | (None in mine)
        reach = self.knowledge.distances
        pointed = max(km for name, km in reach.items() if name not in _WIDE)
        area = own == "area" or precision == AREA_PRECISION
        wide = max(reach[name] for name in _WIDE)
        found = same | (shares & (away <= (wide if area else pointed)))
        found |= (self._level == "area") & shares & (away <= wide)
        found |= (self._level == "governorate") & governed
        if own == "point":
            found |= shares & (self._root == self._numbers.get(_root(place.id), -1))
        return np.asarray(found & (self._level != "country"))

    def _kilometres(self, place: Place) -> npt.NDArray[np.float64]:
        """How far off the places are; `kilometres` says the same of two. A place that reports only tell "near" to has no point of
        its own in the record: it may be anywhere."""
        if place.lat is None or place.lon is None:
            return np.full(len(self._ids), np.inf)
        east = (self._lon - place.lon) * np.cos(np.radians((self._lat + place.lat) / 2))
        away = KM_OF_A_DEGREE * np.hypot(self._lat - place.lat, east) - _MARGIN
        return np.where(self._adrift, 0.0, np.where(np.isnan(away), np.inf, away))


def _with_points(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Those of these places to which a report gives a point."""
    found: set[str] = set()
    for some in chunks(ids, _PLACES_AT_ONCE):
        pointed = select(reports.c.place).where(reports.c.place.in_(some), reports.c.lat.is_not(None))
        found.update(connection.scalars(pointed.distinct()))
    return found


def _root(id: str) -> str:
    return id.split("/")[0]


def _bare(row: Any) -> Place:
    return Place(
        row.id, row.name_ar, row.name_en, row.lat, row.lon, row.level, _EXACT, None, row.country, row.governorate
    )


class Around:
    """The days at each place, and of which types, in which reports may be linked to one that waits."""

    def __init__(self, windows: Iterable[Window], index: PlaceIndex) -> None:
        """Put the windows of the reports that wait together."""
        self._partners = index.knowledge.partners
        wanted: dict[tuple[str, int], dict[str, set[Span]]] = {}
        for place, types in _by_place(windows):
            for near in index.near(place):
                here = wanted.setdefault(near, {})
                for type, spans in types.items():
                    here.setdefault(type, set()).update(spans)
        self._wanted = {key: {type: _united(spans) for type, spans in types.items()} for key, types in wanted.items()}
        self._days: dict[tuple[str, int, str], tuple[list[str], list[str]]] = {}

    def spans(self) -> Iterator[tuple[str, int, int, int]]:
        """Places, each with the least precision of what is looked for and the days on which it is, whatever the type."""
        for (place, least), types in sorted(self._wanted.items()):
            for start, end in _united({span for spans in types.values() for span in spans}):
                yield place, least, start, end

    def holds(self, place: str, precision: int, type: str, start: str, end: str) -> bool:
        """Whether a report of this place, named with this precision, type and days may be linked to one that waits."""
        key = (place, precision, type)
        days = self._days.get(key)
        if days is None:
            days = self._days[key] = self._days_of(*key)
        at = bisect_right(days[0], end) - 1
        return at >= 0 and days[1][at] >= start

    def _days_of(self, place: str, precision: int, type: str) -> tuple[list[str], list[str]]:
        """The first days and the last of what is looked for at a place, of reports so exact and of this type."""
        asked = [self._wanted.get((place, least), {}) for least in _PRECISIONS if least <= precision]
        spans = {span for types in asked for partner in self._partners[type] for span in types.get(partner, ())}
        united = _united(spans)
        return [_day(start) for start, _ in united], [_day(end) for _, end in united]


def _by_place(windows: Iterable[Window]) -> Iterable[tuple[Place, dict[str, list[Span]]]]:
    """Each place once, with the days of the windows there by type: a day's news tells one happening many times."""
    found: dict[tuple[object, ...], tuple[Place, dict[str, set[Span]]]] = {}
    for one in windows:
        place = one.place
        key = (place.id, place.precision, place.level, place.lat, place.lon)
        types = found.setdefault(key, (place, {}))[1]
        types.setdefault(one.types[0], set()).add((one.start.toordinal(), one.end.toordinal()))
    return [(place, {type: _united(spans) for type, spans in types.items()}) for place, types in found.values()]


def _united(spans: Iterable[Span]) -> list[Span]:
    """Spans of days that overlap or touch put together, in order."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1] + 1:
            if end > found[-1][1]:
                found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def reports_around(connection: Connection, around: Around, longest: int, then: dt.date | None = None) -> set[int]:
    """The numbers of the reports that count and may be linked to one that waits, those that wait themselves among them; spans
    have up to `longest` days.

    Where a day is given, of all that were known and counted then.
    """
    found: set[int] = set()
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    for some in chunks(list(around.spans()), _AT_ONCE):
        given = _given(some, longest)
        marks = ", ".join([f"({', '.join([mark] * _PARTS)})"] * len(some))
        days = [] if then is None else [then.isoformat()] * 2
        counts = _NOW if then is None else _THEN.format(day=mark)
        for asked in _QUESTIONS:
            rows = connection.exec_driver_sql(asked.format(spans=marks) + counts, (*given, *days))
            found.update(number for number, *told in rows.cursor.fetchall() if around.holds(*told))
    return found


def _given(spans: Sequence[tuple[str, int, int, int]], longest: int) -> list[str | int]:
    given: list[str | int] = []
    for place, least, start, end in spans:
        given += [place, least, _day(start), _day(start - _SHORT_DAYS), _day(start - longest), _day(end)]
    return given


_PARTS = 6
_NOW = "reports.superseded IS NULL"
_THEN = "reports.known <= {day} AND (reports.superseded IS NULL OR reports.superseded > {day})"
_QUESTIONS = tuple(
    "WITH spans (place, least, first, short, long, last) AS (VALUES {spans}) "
    "SELECT reports.number, reports.place, reports.place_precision, reports.sub_event_type, reports.start, "
    'reports."end" FROM spans JOIN reports ON reports.place = spans.place AND reports.start <= spans.last '
    f'AND reports."end" >= spans.first AND reports.place_precision >= spans.least AND {lasting} '
    "WHERE "
    for lasting in (
        "reports.start >= spans.short",
        f"reports.start >= spans.long AND reports.date_precision IN {_LONG}",
    )
)
"""Reports of a few days, and the few of long spans, which begin long before. Written out, since SQLAlchemy puts a list of
rows together anew each time, which took longer than the search."""


@lru_cache(maxsize=65536)
def _day(number: int) -> str:
    return dt.date.fromordinal(max(1, min(number, dt.date.max.toordinal()))).isoformat()
