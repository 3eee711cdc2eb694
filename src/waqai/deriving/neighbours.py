"""Neighbours: the reports of the record that lie in the windows of those that wait, found by place and day."""

import datetime as dt
import math
from collections.abc import Iterable, Iterator

from sqlalchemy import ColumnElement, Connection, String, column, or_, select, values

from waqai.incidents.candidates import Window
from waqai.incidents.places import CELL, breadth, may_meet, province
from waqai.knowledge.incidents import IncidentKnowledge
from waqai.model.mention import Place
from waqai.store.schema import places, reports
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
_LONG = 3  # date_prec from which a span has more than six days
_SHORT_DAYS = 7

Spans = dict[str, list[tuple[int, int]]]


class PlaceIndex:
    """The places that reports of the record name, and which of them may be one happening's with another."""

    def __init__(self, connection: Connection, knowledge: IncidentKnowledge) -> None:
        """Read all places of the record."""
        self._knowledge = knowledge
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
        cell = _cell(place)
        if cell is not None:
            keys += [(cell[0] + north, cell[1] + east) for north in (-1, 0, 1) for east in (-1, 0, 1)]
        for number in sorted({number for key in keys for number in self._cells.get(key, ())}):
            other = self._all[number]
            if may_meet(place, other, self._knowledge):
                yield other.id


def _cell(place: Place) -> tuple[int, int] | None:
    if place.lat is None or place.lon is None:
        return None
    return math.floor(place.lat / CELL), math.floor(place.lon / CELL)


def spans_of(windows: Iterable[Window], index: PlaceIndex) -> Spans:
    """For each place the days (counted from year 1) that are looked at there, those that touch put together."""
    found: Spans = {}
    for window in windows:
        for place in index.near(window.place):
            found.setdefault(place, []).append((window.start.toordinal(), window.end.toordinal()))
    return {place: _united(spans) for place, spans in found.items()}


def _united(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    spans.sort()
    found = [spans[0]]
    for start, end in spans[1:]:
        if start <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def reports_within(connection: Connection, spans: Spans, longest: int, *conditions: ColumnElement[bool]) -> set[int]:
    """The numbers of the reports at these places in these days that meet all conditions."""
    rows = [(place, start, end) for place in sorted(spans) for start, end in spans[place]]
    found: set[int] = set()
    for some in chunks(rows, _AT_ONCE):
        given = [
            (place, _day(start), _day(start - _SHORT_DAYS), _day(start - longest), _day(end))
            for place, start, end in some
        ]
        table = values(*(column(name, String) for name in ("at", "first", "short", "long", "last")), name="spans")
        held = table.data(given).cte("spans")
        here = (reports.c.place == held.c.at) & (reports.c.start <= held.c.last) & (reports.c.end >= held.c.first)
        asked = select(reports.c.number).where(*conditions)
        found.update(connection.scalars(asked.join(held, here & (reports.c.start >= held.c.short))))
        lasting = here & (reports.c.start >= held.c.long) & or_(*(reports.c.date_precision == p for p in (_LONG, 4, 5)))
        found.update(connection.scalars(asked.join(held, lasting)))
    return found


def _day(number: int) -> str:
    return dt.date.fromordinal(max(1, min(number, dt.date.max.toordinal()))).isoformat()
