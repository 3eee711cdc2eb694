"""The record beside another dataset: which of its events are here, which are missing, which are here only.

Two events may be one when their days, points and types are near enough; of all pairs that may, the nearest is taken first,
and each event belongs to one pair at most. Rows are laid out by day and cells of a grid, so that each is set beside its
neighbours only. The result does not hang on the order of the rows.
"""

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from typing import Literal

from sqlalchemy import Connection, select

from waqai.knowledge.comparison import ComparisonKnowledge
from waqai.knowledge.gazetteer_records import distance
from waqai.queries.comparison_files import Opened, Outside
from waqai.queries.conditions import INCIDENTS, conditions
from waqai.queries.filters import Filter
from waqai.queries.stats import happened
from waqai.store.schema import incidents, places

Standing = Literal["matched", "missing", "extra"]
_NEIGHBOURS = 8
_ROUNDS = 12
_VAGUE = 4
_LONGEST = 31
_KM_OF_PRECISION = {1: 0.0, 2: 15.0, 3: 35.0}
_DEGREE_KM = 111.2


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far apart two events may be told and still be one: `km` between points that are both exact (more where one is
    not), `days` between the days told; `types`: whether their types have to go together."""

    km: float = 20.0
    days: int = 2
    types: bool = True


@dataclass(frozen=True, slots=True)
class Ours:
    """An incident as it is compared."""

    id: str
    start: dt.date
    end: dt.date
    lat: float
    lon: float
    precision: int
    type: str
    place: str
    killed: tuple[int, int | None, int | None] | None


@dataclass(frozen=True, slots=True)
class Compared:
    """A pair, or one that has none. `km` and `days` lie between the two."""

    standing: Standing
    ours: Ours | None
    theirs: Outside | None
    km: float | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The rows by day, and what could not be compared.

    `vague_theirs` and `vague_ours` have no place or day exact enough; `outside_theirs` and `outside_ours` lie outside the
    days and the area that the record and the file share (`first` to `last`); `unread` rows of the file could not be read.
    """

    dataset: str
    rows: tuple[Compared, ...]
    first: dt.date | None
    last: dt.date | None
    vague_theirs: int
    vague_ours: int
    outside_theirs: int
    outside_ours: int
    unread: int
    first_unread: str
    tolerance: Tolerance

    def number(self, standing: Standing) -> int:
        """How many rows stand so."""
        return sum(row.standing == standing for row in self.rows)


def compare(
    connection: Connection, filter: Filter, opened: Opened, known: ComparisonKnowledge, tolerance: Tolerance
) -> Comparison:
    """Set the incidents that fit the filter (of those that happened or were attempted) beside the events of a file."""
    held, vague_ours = _ours(connection, filter)
    read = [event for event in opened.events if _within(event, filter)]
    told = [event for event in read if event.precision < _VAGUE and (event.end - event.start).days <= _LONGEST]
    shared = _Shared.of(held, told, tolerance)
    mine, theirs = [one for one in held if shared.holds(one)], [one for one in told if shared.holds(one)]
    mine.sort(key=lambda one: (one.start, one.id))
    theirs.sort(key=lambda one: (one.start, one.id, one.lat, one.lon, one.end, one.type))
    pairs = _pairs(mine, theirs, opened, known, tolerance)
    return Comparison(
        opened.name,
        tuple(_rows(mine, theirs, pairs)),
        shared.first,
        shared.last,
        len(read) - len(told),
        vague_ours,
        len(told) - len(theirs),
        len(held) - len(mine),
        opened.unread.number,
        opened.unread.first,
        tolerance,
    )


def _within(event: Outside, filter: Filter) -> bool:
    """What of the filter can be asked of another dataset: days, box and polygon."""
    if (filter.start and event.end < filter.start) or (filter.end and event.start > filter.end):
        return False
    point = event.lat, event.lon
    return not (filter.box and not filter.box.holds(*point)) and not (filter.area and not filter.area.holds(*point))


def _ours(connection: Connection, filter: Filter) -> tuple[list[Ours], int]:
    """The incidents with a day and a point, and how many have none that is exact enough."""
    held = incidents.c
    names = {
        id: arabic or english
        for id, arabic, english in connection.execute(select(places.c.id, places.c.name_ar, places.c.name_en))
    }
    columns = [held.id, held.start, held.end, held.lat, held.lon, held.place_precision, held.sub_event_type, held.place,
               held.killed_low, held.killed_best, held.killed_high, held.date_precision]  # fmt: skip
    found: list[Ours] = []
    vague = 0
    for row in connection.execute(select(*columns).where(*conditions(connection, happened(filter), INCIDENTS))):
        if (
            None in (row.start, row.lat, row.lon)
            or (row.place_precision or 1) >= _VAGUE
            or (row.date_precision or 1) > _VAGUE
        ):
            vague += 1
            continue
        killed = None if row.killed_low is None else (row.killed_low, row.killed_best, row.killed_high)
        start, end = dt.date.fromisoformat(row.start), dt.date.fromisoformat(row.end or row.start)
        place = names.get(row.place, row.place or "")
        found.append(
            Ours(row.id, start, end, row.lat, row.lon, row.place_precision or 1, row.sub_event_type, place, killed)
        )
    return found, vague


@dataclass(frozen=True, slots=True)
class _Shared:
    """The days and the box that both sides tell of."""

    first: dt.date | None
    last: dt.date | None
    south: float = 0.0
    north: float = 0.0
    west: float = 0.0
    east: float = 0.0

    @classmethod
    def of(cls, ours: Sequence[Ours], theirs: Sequence[Outside], tolerance: Tolerance) -> "_Shared":
        if not ours or not theirs:
            return cls(None, None)
        apart = dt.timedelta(tolerance.days)
        first = max(min(one.start for one in ours), min(one.start for one in theirs)) - apart
        last = min(max(one.end for one in ours), max(one.end for one in theirs)) + apart
        degrees = 3 * tolerance.km / _DEGREE_KM
        lats, lons = [one.lat for one in theirs], [one.lon for one in theirs]
        return cls(first, last, min(lats) - degrees, max(lats) + degrees, min(lons) - degrees, max(lons) + degrees)

    def holds(self, one: Ours | Outside) -> bool:
        if self.first is None or self.last is None:
            return True
        near = self.south <= one.lat <= self.north and self.west <= one.lon <= self.east
        return near and one.end >= self.first and one.start <= self.last


@dataclass(frozen=True, slots=True, order=True)
class _Pair:
    """The cost of taking two for one, and their places in the sorted lists, which settle what costs alike."""

    cost: float
    mine: int
    theirs: int
    km: float
    days: int


def _pairs(
    mine: Sequence[Ours],
    theirs: Sequence[Outside],
    opened: Opened,
    known: ComparisonKnowledge,
    tolerance: Tolerance,
) -> dict[int, _Pair]:
    """The pair of each of theirs that has one. Each looks at its nearest neighbours that are still free, round after round."""
    grid = _Grid(mine, tolerance)
    taken: set[int] = set()
    paired: dict[int, _Pair] = {}
    waiting = list(range(len(theirs)))
    fitting = {one.type: known.may_be(opened.name, one.type) for one in theirs}
    for _ in range(_ROUNDS):
        found: list[_Pair] = []
        left = []
        for place in waiting:
            event = theirs[place]
            near = _likely(place, event, fitting[event.type], grid, taken, tolerance)
            best = nsmallest(_NEIGHBOURS, near)
            found += best
            if best:
                left.append(place)
        for pair in sorted(found):
            if pair.mine not in taken and pair.theirs not in paired:
                taken.add(pair.mine)
                paired[pair.theirs] = pair
        waiting = [place for place in left if place not in paired]
        if not waiting:
            break
    return paired


def _likely(
    place: int, event: Outside, fitting: frozenset[str], grid: "_Grid", taken: set[int], tolerance: Tolerance
) -> Iterator[_Pair]:
    for at in grid.near(event):
        if at in taken:
            continue
        one = grid.mine[at]
        if tolerance.types and one.type not in fitting:
            continue
        days = max((one.start - event.end).days, (event.start - one.end).days, 0)
        if days > tolerance.days:
            continue
        km = distance(one.lat, one.lon, event.lat, event.lon)
        within = tolerance.km + _KM_OF_PRECISION[max(one.precision, event.precision)]
        if km <= within:
            kind = 0.0 if one.type == event.type else 0.2 if one.type in fitting else 0.6
            cost = km / within + days / (tolerance.days + 1) + kind + 0.5 * _apart(one, event)
            yield _Pair(round(cost, 9), at, place, round(km, 1), days)


def _apart(one: Ours, event: Outside) -> float:
    """How far the numbers of killed lie apart, from 0 to 1; nothing is said against two of which one tells none."""
    if one.killed is None or event.killed is None:
        return 0.3
    low, best, high = one.killed
    if event.killed[0] <= (high if high is not None else math.inf) and event.killed[2] >= low:
        return 0.0
    told = best if best is not None else low
    return min(1.0, abs(math.log((told + 1) / (event.killed[1] + 1))) / 3)


class _Grid:
    """Incidents by day and cell; `near` gives those of the days and cells around an event."""

    def __init__(self, mine: Sequence[Ours], tolerance: Tolerance) -> None:
        self.mine, self._days = mine, tolerance.days
        reach = tolerance.km + max(_KM_OF_PRECISION.values())
        self._lat = reach / _DEGREE_KM
        self._cells: dict[tuple[int, int, int], list[int]] = defaultdict(list)
        for place, one in enumerate(mine):
            for day in range(one.start.toordinal(), one.end.toordinal() + 1):
                self._cells[(day, *self._cell(one.lat, one.lon))].append(place)

    def _cell(self, lat: float, lon: float) -> tuple[int, int]:
        row = math.floor(lat / self._lat)
        return row, math.floor(lon / self._width(row))

    def _width(self, row: int) -> float:
        """Degrees of longitude of a cell; the same for a whole row, wide enough at its poleward edge."""
        edge = min(85.0, max(abs(row), abs(row + 1)) * self._lat)
        return self._lat / math.cos(math.radians(edge))

    def near(self, event: Outside) -> Iterator[int]:
        row = math.floor(event.lat / self._lat)
        seen: set[int] = set()
        for day in range(event.start.toordinal() - self._days, event.end.toordinal() + self._days + 1):
            for other in (row - 1, row, row + 1):
                column = math.floor(event.lon / self._width(other))
                for cell in ((day, other, column + step) for step in (-1, 0, 1)):
                    for place in self._cells.get(cell, ()):
                        if place not in seen:
                            seen.add(place)
                            yield place


def _rows(mine: Sequence[Ours], theirs: Sequence[Outside], pairs: dict[int, _Pair]) -> list[Compared]:
    taken = {pair.mine for pair in pairs.values()}
    rows = [Compared("extra", one, None) for place, one in enumerate(mine) if place not in taken]
    for place, event in enumerate(theirs):
        pair = pairs.get(place)
        if pair is None:
            rows.append(Compared("missing", None, event))
        else:
            rows.append(Compared("matched", mine[pair.mine], event, pair.km, pair.days))
    return sorted(rows, key=_order)


def _order(row: Compared) -> tuple[object, ...]:
    day = row.theirs.start if row.theirs else row.ours.start if row.ours else dt.date.min
    return day, row.theirs.id if row.theirs else "", row.ours.id if row.ours else "", row.standing
