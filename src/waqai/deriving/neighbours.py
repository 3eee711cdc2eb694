"""Neighbours: the reports of the record that lie in the windows of those that wait, found by place and day."""

import datetime as dt
import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace

from sqlalchemy import Connection, select

from waqai.incidents.candidates import Window
from waqai.incidents.places import APART, CELL, KM_OF_A_DEGREE, NEAR_PRECISION, breadth, place_level, province
from waqai.knowledge.incidents import IncidentKnowledge
from waqai.model.mention import Place
from waqai.store.schema import places
from waqai.store.statements import chunks

_AT_ONCE = 250
_LOOSER = {
    "country": (),
    "governorate": (4,),
    "area": (2, 3, 4),
    "settlement": (2, 3),
    "neighbourhood": (2, 3),
    "site": (2, 3),
}
"""The least and most exact that a report can be about a place of each level, by where_prec."""
_LONG = (3, 4, 5)  # date_prec of spans that may have more than six days
_SHORT_DAYS = 7

FOREVER = dt.date.max.toordinal()

Spans = dict[str, list[tuple[int, int]]]


class PlaceIndex:
    """The places that reports of the record name, and which of them may be one happening's with another."""

    def __init__(self, connection: Connection, knowledge: IncidentKnowledge) -> None:
        """Read all places of the record."""
        self.knowledge = knowledge
        self._all: list[Place] = []
        self._cells: dict[object, list[int]] = {}
        self._near: dict[tuple[object, ...], tuple[str, ...]] = {}
        for row in connection.execute(select(places)):
            for precision in _LOOSER.get(row.level, (2,)):
                self._add(
                    Place(
                        row.id, row.name_ar, row.name_en, row.lat, row.lon, row.level, precision, None, row.country,
                        row.governorate,
                    )
                )  # fmt: skip

    def _add(self, place: Place) -> None:
        number = len(self._all)
        self._all.append(place)
        wide = breadth(place) == "governorate"
        for key in (("id", place.id.split("/")[0]), ("province", province(place)), _cell(place)):
            self._cells.setdefault(key, []).append(number)
        if wide:
            self._cells.setdefault(("wide", province(place)), []).append(number)

    def near(self, place: Place) -> tuple[str, ...]:
        """The ids of the places of the record whose reports may be linked to a report of this place."""
        key = (place.id, place.precision, place.level, place.lat, place.lon)
        found = self._near.get(key)
        if found is None:
            found = self._near[key] = tuple(sorted({place.id, *self._meeting(place)}))
        return found

    def _meeting(self, place: Place) -> Iterator[str]:
        keys: list[object] = [("id", place.id.split("/")[0]), ("wide", province(place))]
        if breadth(place) == "governorate":
            keys.append(("province", province(place)))
        loose = replace(place, precision=max(place.precision, NEAR_PRECISION))
        distances = self.knowledge.distances
        sure = {number for key in keys for number in self._cells.get(key, ())}
        for number in sure.union(self._around(place)):
            other = self._all[number]
            if place_level(loose, other, distances) != APART or place_level(place, other, distances) != APART:
                yield other.id

    def _around(self, place: Place) -> Iterator[int]:
        """The places that are no farther off than any distance that is compared; most in the cells around are."""
        cell = _cell(place)
        if cell is None or place.lat is None or place.lon is None:
            return
        north = 1.1 * max(self.knowledge.distances.values()) / KM_OF_A_DEGREE
        east = north / max(0.1, math.cos(math.radians(min(89.0, abs(place.lat) + 1))))
        for key in ((cell[0] + up, cell[1] + right) for up in (-1, 0, 1) for right in (-1, 0, 1)):
            for number in self._cells.get(key, ()):
                other = self._all[number]
                if other.lat is None or other.lon is None:
                    continue
                if abs(other.lat - place.lat) <= north and abs(other.lon - place.lon) <= east:
                    yield number


def _cell(place: Place) -> tuple[int, int] | None:
    if place.lat is None or place.lon is None:
        return None
    return math.floor(place.lat / CELL), math.floor(place.lon / CELL)


class Around:
    """The days at each place, and of which types, in which reports may be linked to one that waits."""

    def __init__(self, windows: Iterable[Window], index: PlaceIndex) -> None:
        """Put the windows of the reports that wait together."""
        self._partners = index.knowledge.partners
        wanted: dict[tuple[str, str], set[tuple[int, int]]] = {}
        for place, type, start, end in self._each(windows):
            for near in index.near(place):
                wanted.setdefault((near, type), set()).add((start, end))
        self._spans = {key: _united(spans) for key, spans in wanted.items()}

    @staticmethod
    def _each(windows: Iterable[Window]) -> Iterable[tuple[Place, str, int, int]]:
        """Each place, type and span of days once: a day's news tells one happening many times."""
        found: dict[tuple[object, ...], tuple[Place, str, int, int]] = {}
        for one in windows:
            place, start, end = one.place, one.start.toordinal(), one.end.toordinal()
            key = (place.id, place.precision, place.lat, place.lon, one.types[0], start, end)
            found.setdefault(key, (place, one.types[0], start, end))
        return found.values()

    def spans(self) -> Spans:
        """For each place the days that are looked at there, whatever the type."""
        found: dict[str, set[tuple[int, int]]] = {}
        for (place, _), spans in self._spans.items():
            found.setdefault(place, set()).update(spans)
        return {place: _united(spans) for place, spans in found.items()}

    def holds(self, place: str, type: str, start: str, end: str) -> bool:
        """Whether a report of this place, type and days may be linked to one that waits."""
        first, last = dt.date.fromisoformat(start).toordinal(), dt.date.fromisoformat(end).toordinal()
        for partner in self._partners[type]:
            spans = self._spans.get((place, partner))
            if spans is not None:
                at = bisect_right(spans, (last, FOREVER)) - 1
                if at >= 0 and spans[at][1] >= first:
                    return True
        return False


def _united(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans of days that overlap or touch put together, in order."""
    ordered = sorted(spans)
    found = [ordered[0]]
    for start, end in ordered[1:]:
        if start <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def reports_around(connection: Connection, around: Around, longest: int, then: dt.date | None = None) -> set[int]:
    """The numbers of the clustered reports that count and may be linked to one that waits; spans have up to `longest` days.

    Where a day is given, of all that were known and counted then.
    """
    spans = around.spans()
    rows = [(place, start, end) for place in sorted(spans) for start, end in spans[place]]
    found: set[int] = set()
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    for some in chunks(rows, _AT_ONCE):
        given: list[str] = []
        for place, start, end in some:
            given += [place, *map(_day, (start, start - _SHORT_DAYS, start - longest, end))]
        marks = ", ".join([f"({', '.join([mark] * _PARTS)})"] * len(some))
        days = [] if then is None else [then.isoformat()] * 2
        counts = _NOW if then is None else _THEN.format(day=mark)
        for asked in _QUESTIONS:
            sql = asked.format(spans=marks) + counts
            for report, *told in connection.exec_driver_sql(sql, (*given, *days)):
                if report not in found and around.holds(*told):
                    found.add(report)
    return found


_PARTS = 5
_NOW = "reports.superseded IS NULL AND reports.component IS NOT NULL"
_THEN = "reports.known <= {day} AND (reports.superseded IS NULL OR reports.superseded > {day})"
_QUESTIONS = tuple(
    "WITH spans (place, first, short, long, last) AS (VALUES {spans}) "
    'SELECT reports.number, reports.place, reports.sub_event_type, reports.start, reports."end" '
    "FROM spans JOIN reports ON reports.place = spans.place AND reports.start <= spans.last "
    f'AND reports."end" >= spans.first AND {lasting} '
    "WHERE "
    for lasting in (
        "reports.start >= spans.short",
        f"reports.start >= spans.long AND reports.date_precision IN {_LONG}",
    )
)
"""Reports of a few days, and the few of long spans, which begin long before. Written out, since SQLAlchemy puts a list of
rows together anew each time, which took longer than the search."""


def _day(number: int) -> str:
    return dt.date.fromordinal(max(1, min(number, dt.date.max.toordinal()))).isoformat()
