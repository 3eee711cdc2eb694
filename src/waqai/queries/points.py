"""What a map and the clock under it need of incidents: points with few properties, and bars by day, week, month or year."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import Connection

from waqai.queries.areas import Box
from waqai.queries.columns import Column, Ints, columns, fitting, needed, within
from waqai.queries.counting import Sums, known, toll_columns, tolls
from waqai.queries.filters import Filter
from waqai.queries.stats import Time, coverage, differ, periods


class Point(NamedTuple):
    """An incident as a map draws it. `precision` is UCDP's where_prec; `voices` are the independent ones."""

    id: str
    lat: float
    lon: float
    type: str
    start: str | None
    end: str | None
    killed: tuple[int, int | None, int | None] | None
    voices: int
    grade: str | None
    disputed: bool
    modality: str
    background: bool
    precision: int | None


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a histogram: first and last day of its period, the incidents that begin in it and those of them that may
    lie in a later one, the killed by the best number of each, and the articles and outlets of the period."""

    name: str
    first: str
    last: str
    incidents: int
    across: int
    killed: int
    articles: int
    outlets: int


def points(connection: Connection, filter: Filter, most: int, box: Box | None = None) -> Sequence[Point]:
    """The incidents that fit and have a point (in the box), at most `most`, those with the lowest ids, in no order that
    means anything."""
    held = columns(connection, {*needed(filter, "incidents"), *_DRAWN}, "incidents")
    fits = fitting(connection, filter, held) & held["lat"].where(known) & held["lon"].where(known)
    if box is not None:
        fits &= within(box, held)
    rows = _first(np.flatnonzero(fits), held["id"], most)
    return [
        Point(id, lat, lon, type, start, end, None if low is None else (low, best, high), *rest)
        for id, lat, lon, type, start, end, low, best, high, *rest in zip(
            *(_values(held[name], rows) for name in _DRAWN), strict=True
        )
    ]


def _first(rows: Ints, ids: Column, most: int) -> Ints:
    """At most so many of the incidents; where there are more, those with the lowest ids."""
    if len(rows) <= most:
        return rows
    found = sorted(zip(_values(ids, rows), rows.tolist(), strict=True))
    return np.array([row for _, row in found[:most]], dtype=np.int64)


_DRAWN = (
    "id", "lat", "lon", "sub_event_type", "start", "end", "killed_low", "killed_best", "killed_high", "voices", "grade",
    "disputed", "modality", "background", "place_precision",
)  # fmt: skip


def _values(column: Column, rows: Ints) -> list[Any]:
    values = column.values
    return [values[code] for code in column.codes[rows].tolist()]


def unplaced(connection: Connection, filter: Filter) -> Sequence[tuple[str | None, str | None]]:
    """The first and last days of the incidents that fit and have no point."""
    nowhere = replace(filter, placed=False)
    held = columns(connection, {*needed(nowhere, "incidents"), "start", "end"}, "incidents")
    rows = np.flatnonzero(fitting(connection, nowhere, held))
    return list(zip(_values(held["start"], rows), _values(held["end"], rows), strict=True))


def histogram(connection: Connection, filter: Filter, step: Time) -> Sequence[Bar]:
    """The bars that are not empty, in the order of time; what has no day is in none."""
    happened = _incidents(connection, filter, step)
    beside = coverage(connection, filter, step)
    return [
        Bar(name, *days_of(name), *happened.get(name, (0, 0, 0)), *beside.get(name, (0, 0)))
        for name in sorted(happened.keys() | beside.keys())
    ]


def _incidents(connection: Connection, filter: Filter, step: Time) -> dict[str, tuple[int, int, int]]:
    asked = {*needed(filter, "incidents"), *toll_columns("incidents"), "start", "end"}
    held = columns(connection, asked, "incidents")
    fits = fitting(connection, filter, held) & held["start"].where(known)
    begin = periods(held["start"], step)
    across, likely = differ(begin, periods(held["end"], step)), tolls(held)[1]
    found = Sums(np.flatnonzero(fits)).by(begin).added([across, likely])
    return {name: (number, later, killed) for (name,), (number, later, killed) in found.items()}


def days_of(name: str) -> tuple[str, str]:
    """The first and the last day of a period.

    >>> days_of("2016-02"), days_of("2015-W53")
    (('2016-02-01', '2016-02-29'), ('2015-12-28', '2016-01-03'))
    """
    if "W" in name:
        monday = dt.date.fromisocalendar(int(name[:4]), int(name[6:]), 1)
        return monday.isoformat(), (monday + dt.timedelta(6)).isoformat()
    first = dt.date.fromisoformat(f"{name}-01-01"[:10])
    if len(name) == 10:
        return name, name
    following = (first.replace(day=28) + dt.timedelta(4)).replace(day=1) if len(name) == 7 else None
    last = (following or dt.date(first.year, 12, 31) + dt.timedelta(1)) - dt.timedelta(1)
    return first.isoformat(), last.isoformat()


def each_bar(found: Sequence[Bar]) -> Iterator[dict[str, Any]]:
    """The bars as JSON has them."""
    for bar in found:
        yield {
            "period": bar.name, "from": bar.first, "to": bar.last, "incidents": bar.incidents, "across": bar.across,
            "killed": bar.killed, "articles": bar.articles, "outlets": bar.outlets,
        }  # fmt: skip
