"""Candidates: the pairs of reports that are compared at all, by place and day; and the window in which a report's partners lie."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from waqai.incidents.comparing import Pairs
from waqai.incidents.features import NO_DAY, Bools, Features, Ints, span
from waqai.incidents.places import breadth, may_meet
from waqai.knowledge.incidents import IncidentKnowledge
from waqai.model.account import Outline
from waqai.model.mention import Place


@dataclass(frozen=True, slots=True)
class Window:
    """Where all reports lie that could be linked to one: of these types (its own is the first), near `place`, on days that
    touch `start` to `end`."""

    types: tuple[str, ...]
    start: dt.date
    end: dt.date
    place: Place

    def holds(self, outline: Outline, knowledge: IncidentKnowledge) -> bool:
        """Whether a report lies in the window."""
        date, place = outline.date, outline.place
        if date is None or date.start is None or date.end is None or place is None:
            return False
        days = date.start <= self.end and date.end >= self.start
        return days and outline.sub_event_type in self.types and may_meet(self.place, place, knowledge)


def window(outline: Outline, knowledge: IncidentKnowledge) -> Window | None:
    """The window of a report; None when it has no place or day by which another could be found to tell the same."""
    start, end = span(outline, knowledge.longest)
    if outline.place is None or breadth(outline.place) == "country" or start == NO_DAY:
        return None
    first, last = dt.date.fromordinal(max(1, start - 1)), dt.date.fromordinal(min(dt.date.max.toordinal(), end + 1))
    return Window(knowledge.partners[outline.sub_event_type], first, last, outline.place)


def candidate_pairs(
    f: Features, knowledge: IncidentKnowledge, among: Bools | None = None, beside: Bools | None = None
) -> Iterator[Pairs]:
    """All pairs whose places are not apart and whose days touch, in batches; every pair once.

    Where it is told `among` which rows, only theirs, and their pairs with the rows `beside` them.
    """
    told = (f.place >= 0) & (f.start >= 0)
    some = _grouped(f, np.flatnonzero(told if among is None else told & among), knowledge.short)
    others = _grouped(f, np.flatnonzero(told & beside if beside is not None else ~told & told), knowledge.short)
    waiting: list[Pairs] = []
    held = 0
    here = [bool(len(one)) for one in some]
    for first, second, level in f.places.related():
        if not here[first] and not here[second]:
            continue
        for one, other in _met(f, some, others, (first, second), knowledge.short):
            waiting.append(Pairs(np.minimum(one, other), np.maximum(one, other), np.full(len(one), level)))
            held += len(one)
        if held > BATCH:
            yield _joined(waiting)
            waiting, held = [], 0
    if waiting:
        yield _joined(waiting)


BATCH = 200_000


@dataclass(frozen=True, slots=True)
class _At:
    """The reports at one place by first day: those of a few days, and those of longer spans."""

    short: Ints
    wide: Ints

    def __len__(self) -> int:
        return len(self.short) + len(self.wide)


def _grouped(f: Features, rows: Ints, short: int) -> Sequence[_At]:
    rows = rows[np.lexsort((rows, f.start[rows], f.place[rows]))]
    wide = f.end[rows] - f.start[rows] >= short
    groups = []
    bounds = np.arange(len(f.places.places) + 1)
    for held in (rows[~wide], rows[wide]):
        cuts = np.searchsorted(f.place[held], bounds)
        groups.append([held[cuts[i] : cuts[i + 1]] for i in range(len(bounds) - 1)])
    return [_At(one, other) for one, other in zip(*groups, strict=True)]


def _met(
    f: Features, some: Sequence[_At], others: Sequence[_At], places: tuple[int, int], short: int
) -> Iterator[tuple[Ints, Ints]]:
    """Pairs of `some` among themselves at two places, and with the others."""
    first, second = places
    yield from _touching(f, some[first], some[second], short, first == second)
    yield from _touching(f, some[first], others[second], short, False)
    if first != second:
        yield from _touching(f, others[first], some[second], short, False)


def _touching(f: Features, one: _At, other: _At, short: int, same: bool) -> Iterator[tuple[Ints, Ints]]:
    if not len(one) or not len(other):
        return
    yield from _sweep(f, one.short, other.short, short, same)
    yield from _sweep(f, one.wide, other.short, short, False)
    if not same:
        yield from _sweep(f, other.wide, one.short, short, False)
    yield from _sweep(f, one.wide, other.wide, LONGEST, same)


LONGEST = 1_000  # days: more than the longest span that is compared


def _sweep(f: Features, one: Ints, other: Ints, reach: int, same: bool) -> Iterator[tuple[Ints, Ints]]:
    """Pairs of `one` and `other` (by first day, spans of `other` shorter than `reach`) at most a day apart."""
    if not len(one) or not len(other):
        return
    starts = f.start[other]
    low = np.searchsorted(starts, f.start[one] - reach)
    high = np.searchsorted(starts, f.end[one] + 1, side="right")
    if same:  # each pair once: the later row of the sorted column
        low = np.arange(1, len(one) + 1)
        high = np.maximum(high, low)
    counts = high - low
    total = int(counts.sum())
    if not total:
        return
    left = np.repeat(one, counts)
    offsets = np.arange(total) - np.repeat(np.cumsum(counts) - counts, counts)
    right = other[np.repeat(low, counts) + offsets]
    near = np.maximum(f.start[left], f.start[right]) - np.minimum(f.end[left], f.end[right]) <= 1
    if near.any():
        yield left[near], right[near]


def _joined(pairs: Sequence[Pairs]) -> Pairs:
    one, other, place = (np.concatenate([getattr(p, name) for p in pairs]) for name in ("one", "other", "place"))
    return Pairs(one, other, place)
