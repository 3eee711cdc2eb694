"""Counting reports by their columns: how many there are under each value, and what their tolls add up to."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from waqai.queries.columns import Bools, Column, Columns, Ints
from waqai.queries.conditions import Kind

_NARROW = 200_000_000  # marks, one byte each: so many at most are laid out to count what is there once
_MARKS = 2_000_000  # at a time
_FEW = 2**62


@dataclass(frozen=True, slots=True)
class Named:
    """Reports, or pairs, under names: `names[codes[i]]`."""

    names: Sequence[Any]
    codes: Ints


def named(column: Column, name: Callable[[Any], Hashable]) -> Named:
    """The values of a column put together under what stands for each."""
    names: dict[Hashable, int] = {}
    place = np.array([names.setdefault(name(value), len(names)) for value in column.values] or [0], dtype=np.int64)
    return Named(list(names), place[column.codes])


def number_of_each(found: Named, fits: Bools, rows: Ints | None = None) -> dict[Any, int]:
    """How many reports that fit there are under each name; of pairs each report once, whatever its pairs."""
    width = max(1, len(found.names))
    codes, every = found.codes, bool(fits.all())
    if rows is None:
        counted = np.bincount(codes if every else codes[fits], minlength=width)
    else:
        kept = slice(None) if every else fits[rows]
        counted = _distinct(rows[kept], codes[kept], len(fits), width)
    return {name: number for name, number in zip(found.names, counted.tolist(), strict=False) if number}


def _distinct(rows: Ints, codes: Ints, height: int, width: int) -> Ints:
    """How many different rows there are under each code. The rows are in order."""
    if height * width > _NARROW:
        pairs = np.sort(rows * width + codes)  # np.unique is ten times as slow here
        once = pairs[np.flatnonzero(np.diff(pairs, prepend=-1))]
        return np.bincount(once % width, minlength=width)
    counted = np.zeros(width, dtype=np.int64)
    step = max(1, _MARKS // width)
    for first in range(0, height, step):
        begin, end = np.searchsorted(rows, (first, first + step))
        marks = np.zeros(width * step, dtype=np.bool_)
        marks[codes[begin:end] * step + (rows[begin:end] - first)] = True
        counted += np.count_nonzero(marks.reshape(width, step), axis=1)
    return counted


def reach_of_each(
    found: Named, fits: Bools, held: Columns, rows: Ints | None = None
) -> dict[Any, tuple[str | None, str | None]]:
    """The first start and the last end of the reports under each name (None: none is dated)."""
    at = np.flatnonzero(fits) if rows is None else rows[fits[rows]]
    codes = found.codes[fits] if rows is None else found.codes[fits[rows]]
    bounds = []
    for name, least in (("start", True), ("end", False)):
        column = held[name]
        days = sorted((day for day in column.values if day is not None), reverse=not least)
        rank = {day: place for place, day in enumerate(days)} | {None: len(days)}
        place = np.array([rank[day] for day in column.values] or [0], dtype=np.int64)
        best = np.full(max(1, len(found.names)), len(days), dtype=np.int64)
        np.minimum.at(best, codes, place[column.codes[at]])
        bounds.append([[*days, None][one] for one in best.tolist()])
    return {name: bounds_of for name, *bounds_of in zip(found.names, *bounds, strict=False)}  # type: ignore[misc]


@dataclass(frozen=True, slots=True)
class Sums:
    """What is added up: the rows of reports, one for each of their actors or sources that counts, under names."""

    rows: Ints
    dimensions: tuple[Named, ...] = ()

    def by(self, found: Named) -> "Sums":
        """The same by one thing more, of which every report has one."""
        return Sums(self.rows, (*self.dimensions, Named(found.names, found.codes[self.rows])))

    def by_each(self, found: Named, owners: Ints, height: int) -> "Sums":
        """The same by one thing more, of which a report may have several or none: it counts for each. `owners` are the
        reports of what is found, in order; there are `height` reports."""
        counts = np.bincount(owners, minlength=height)
        starts = np.cumsum(counts) - counts
        times = counts[self.rows]
        within = np.arange(int(times.sum())) - np.repeat(np.cumsum(times) - times, times)
        codes = found.codes[np.repeat(starts[self.rows], times) + within]
        before = tuple(Named(one.names, np.repeat(one.codes, times)) for one in self.dimensions)
        return Sums(np.repeat(self.rows, times), (*before, Named(found.names, codes)))

    def added(self, numbers: Sequence[Ints]) -> dict[tuple[Any, ...], list[int]]:
        """How many rows there are under each combination of names, and what each of these numbers of reports adds up to."""
        key = np.zeros(len(self.rows), dtype=np.int64)
        room = 1
        for one in self.dimensions:
            width = max(1, len(one.names))
            if room * width >= _FEW:
                raise OverflowError("more combinations than can be counted")
            key, room = key * width + one.codes, room * width
        groups, at, counts = _grouped(key, room)
        sums = [np.rint(np.bincount(at, weights=number[self.rows], minlength=len(groups))) for number in numbers]
        table = np.stack([counts.astype(np.int64), *(one.astype(np.int64) for one in sums)], axis=1).tolist()
        return dict(zip(self._names(groups), table, strict=True))

    def _names(self, groups: Ints) -> list[tuple[Any, ...]]:
        names: list[list[Any]] = []
        for one in reversed(self.dimensions):
            width = max(1, len(one.names))
            groups, codes = groups // width, groups % width
            names.append([one.names[code] for code in codes.tolist()])
        return list(zip(*reversed(names), strict=True))


def _grouped(key: Ints, room: int) -> tuple[Ints, Ints, Ints]:
    """The different keys in order, the place of each key among them, and how often each is there."""
    if room <= max(1_000_000, len(key)):  # so few that they need not be sorted
        counts = np.bincount(key, minlength=1)
        groups = np.flatnonzero(counts)
        place = np.zeros(len(counts), dtype=np.int64)
        place[groups] = np.arange(len(groups))
        return groups, place[key], counts[groups]
    order = np.argsort(key, kind="stable")
    sorted_keys = key[order]
    starts = np.flatnonzero(np.diff(sorted_keys, prepend=-1))
    counts = np.diff(starts, append=len(key))
    at = np.empty(len(key), dtype=np.int64)
    at[order] = np.repeat(np.arange(len(starts)), counts)
    return sorted_keys[starts], at, counts


def tolls(held: Columns) -> list[Ints]:
    """Of killed and then of injured: the lowest number, the likeliest, the highest, and 1 where no upper end is known."""
    found: list[Ints] = []
    for toll in ("killed", "injured"):
        low, high = held[f"{toll}_low"], held[f"{toll}_high"]
        best = held[f"{toll}_best"] if held.kind == "incidents" else low
        least = _numbers(low)
        likely = np.where(best.where(known), _numbers(best), least)
        told, bounded = low.where(known), high.where(known)
        found += [least, likely, np.where(bounded, _numbers(high), likely), (told & ~bounded).astype(np.int64)]
    return found


def toll_columns(kind: Kind) -> list[str]:
    """The columns that `tolls` needs."""
    ends = ("low", "best", "high") if kind == "incidents" else ("low", "high")
    return [f"{toll}_{end}" for toll in ("killed", "injured") for end in ends]


def known(value: Any) -> bool:
    """Whether a value is told."""
    return value is not None


def _numbers(column: Column) -> Ints:
    return np.array([value or 0 for value in column.values] or [0], dtype=np.int64)[column.codes]


def order_of(counted: Mapping[Any, int]) -> list[tuple[Any, int]]:
    """The commonest first, of those as common the unknown last."""
    return sorted(counted.items(), key=lambda item: (-item[1], item[0] is None, item[0] or ""))
