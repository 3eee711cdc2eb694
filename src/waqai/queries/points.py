"""What a map and the clock under it need of incidents: points with few properties, and bars by day, week, month or year."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select

from waqai.queries.areas import Box
from waqai.queries.conditions import INCIDENTS, conditions
from waqai.queries.filters import Filter
from waqai.queries.stats import Time, coverage, period
from waqai.store.schema import incidents


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
    """The incidents that fit and have a point (in the box), at most `most`, in no order that means anything."""
    held = incidents.c
    fitting = [*conditions(connection, filter, INCIDENTS), held.lat.is_not(None), held.lon.is_not(None)]
    if box is not None:
        fitting += [held.lat.between(box.south, box.north), held.lon.between(box.west, box.east)]
    columns = (
        held.id, held.lat, held.lon, held.sub_event_type, held.start, held.end, held.killed_low, held.killed_best,
        held.killed_high, held.voices, held.grade, held.disputed, held.modality, held.background, held.place_precision,
    )  # fmt: skip
    return [
        Point(
            id, lat, lon, type, start, end, None if low is None else (low, best, high), voices, grade, bool(disputed),
            modality, bool(background), precision,
        )
        for id, lat, lon, type, start, end, low, best, high, voices, grade, disputed, modality, background, precision
        in connection.execute(select(*columns).where(*fitting).limit(most))
    ]  # fmt: skip


def unplaced(connection: Connection, filter: Filter) -> Sequence[tuple[str | None, str | None]]:
    """The first and last days of the incidents that fit and have no point."""
    fitting = conditions(connection, replace(filter, placed=False), INCIDENTS)
    return [
        (start, end) for start, end in connection.execute(select(incidents.c.start, incidents.c.end).where(*fitting))
    ]


def histogram(connection: Connection, filter: Filter, step: Time) -> Sequence[Bar]:
    """The bars that are not empty, in the order of time; what has no day is in none."""
    happened = _incidents(connection, filter, step)
    beside = coverage(connection, filter, step)
    return [
        Bar(name, *days_of(name), *happened.get(name, (0, 0, 0)), *beside.get(name, (0, 0)))
        for name in sorted(happened.keys() | beside.keys())
    ]


def _incidents(connection: Connection, filter: Filter, step: Time) -> dict[str, tuple[int, int, int]]:
    held = incidents.c
    killed = func.sum(func.coalesce(held.killed_best, held.killed_low, 0))
    asked = select(held.start, held.end, func.count(), killed).where(
        held.start.is_not(None), *conditions(connection, filter, INCIDENTS)
    )
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for start, end, number, dead in connection.execute(asked.group_by(held.start, held.end)):
        name = str(period(start, step))
        sums = found[name]
        sums[0] += number
        sums[1] += number if period(end, step) != name else 0
        sums[2] += dead
    return {name: (sums[0], sums[1], sums[2]) for name, sums in found.items()}


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
