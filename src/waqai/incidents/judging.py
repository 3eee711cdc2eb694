"""Judging: the bits of very many pairs. What two reports agree on hangs on few kinds of them: of sides, of days, of numbers.

Where there are fewer pairs of kinds than pairs of reports, each pair of kinds is compared once and then looked up.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from waqai.incidents.comparing import AGAINST, NUMBER, WIDE, Judge, Pairs
from waqai.incidents.features import Bools, Features, Floats, Ints

Columns = Mapping[str, npt.NDArray[Any]]
_Tell = Callable[[Features, Ints, Ints], Columns]


@dataclass(frozen=True, slots=True)
class _Kinds:
    """For each row the number of its kind, and for each kind a row that is of it."""

    of: Ints
    first: Ints

    @property
    def cells(self) -> int:
        """How many pairs of kinds there are."""
        return len(self.first) ** 2


@dataclass(frozen=True, slots=True)
class Weighed:
    """Pairs that may be one happening, and their bits."""

    one: Ints
    other: Ints
    bits: Floats


class Judging:
    """Judges pairs of these reports, piece by piece; says what `Judge.compare` says of their bits."""

    def __init__(self, judge: Judge, f: Features) -> None:
        """Take the weights, and the reports."""
        self._judge, self._f = judge, f
        self._tell: Mapping[str, _Tell] = {
            "told": self._told,
            "sides": self._sides,
            "dates": self._dates,
            "tolls": self._tolls,
        }
        told, side1, side2, _, date, tolls = f.parts.T
        width = int(f.parts[:, 1:3].max(initial=0)) + 1
        self._kinds = {
            "told": _kinds(told),
            "sides": _kinds((f.type * width + side1) * width + side2),
            "dates": _kinds(date),
            "tolls": _kinds(tolls),
        }
        self._tables: dict[str, Columns] = {}
        self._place = judge.weights("place")
        self._wide = np.isin(np.arange(len(self._place)), [NUMBER["place"][name] for name in WIDE])

    def weigh(self, pairs: Pairs) -> Weighed:
        """Those of the pairs that may be one happening, with their bits; order is kept."""
        f, judge = self._f, self._judge
        told, dates = self._of("told", pairs), self._of("dates", pairs)
        on = told["may"] & dates["may"]
        if not on.all():
            pairs, told, dates = pairs.where(on), _some(told, on), _some(dates, on)
        a, b = pairs.one, pairs.other
        sides, tolls = self._of("sides", pairs), self._killed(pairs)
        taken = told["taking"] & (pairs.place == NUMBER["place"]["inside"])
        place = np.where(taken, NUMBER["place"]["part_taken"], pairs.place)
        bits = told["bits"] + dates["bits"] + sides["bits"] + tolls["bits"] + self._place[place]
        bits += judge.weights("words")[judge.words(f, a, b)]
        bits += judge.weights("text")[judge.text(f, a, b)]
        against = told["against"] | dates["against"] | sides["against"] | tolls["against"]
        wide = self._wide[place] & against
        bits[wide] = np.minimum(bits[wide], judge.knowledge.apart)
        return Weighed(a, b, bits.astype(np.float32))

    def _of(self, name: str, pairs: Pairs) -> Columns:
        """What is told of each of the pairs by this part of them."""
        kinds, tell = self._kinds[name], self._tell[name]
        table = self._tables.get(name)
        if table is None:
            if kinds.cells > len(pairs.one):
                return tell(self._f, pairs.one, pairs.other)
            count = len(kinds.first)
            table = self._tables[name] = tell(self._f, np.repeat(kinds.first, count), np.tile(kinds.first, count))
        at = kinds.of[pairs.one] * len(kinds.first) + kinds.of[pairs.other]
        return {name: column[at] for name, column in table.items()}

    def _killed(self, pairs: Pairs) -> Columns:
        """What the numbers say: of those that may have risen it hangs on which of the two was known first."""
        found = dict(self._of("tolls", pairs))
        may = np.flatnonzero(found.pop("rises"))
        if len(may):
            risen = may[self._judge.later(self._f, pairs.one[may], pairs.other[may])]
            found["bits"][risen] = found["risen_bits"][risen]
            found["against"][risen] = found["risen_against"][risen]
        return found

    def _told(self, f: Features, a: Ints, b: Ints) -> Columns:
        judge = self._judge
        types = judge.types[f.type[a], f.type[b]]
        found = self._weighed(judge.told(f, a, b))
        found["bits"] = found["bits"] + types
        return found | {"may": judge.may(f, a, b), "taking": judge.takings[f.type[a]] & judge.takings[f.type[b]]}

    def _sides(self, f: Features, a: Ints, b: Ints) -> Columns:
        return self._weighed(self._judge.parties(f, a, b))

    def _dates(self, f: Features, a: Ints, b: Ints) -> Columns:
        levels = self._judge.dates(f, a, b)
        return self._weighed(levels) | {"may": levels["date"] >= 0}

    def _tolls(self, f: Features, a: Ints, b: Ints) -> Columns:
        never, risen = (self._weighed(self._judge.tolls(f, a, b, np.full(len(a), later))) for later in (False, True))
        rises = (never["bits"] != risen["bits"]) | (never["against"] != risen["against"])
        return never | {"rises": rises, "risen_bits": risen["bits"], "risen_against": risen["against"]}

    def _weighed(self, levels: Mapping[str, Ints]) -> dict[str, npt.NDArray[Any]]:
        """The bits of these levels, and whether one of them speaks against."""
        length = len(next(iter(levels.values())))
        bits, against = np.zeros(length), np.zeros(length, dtype=np.bool_)
        for field, found in levels.items():
            bits += self._judge.weights(field)[found]
        for field, name in AGAINST:
            if field in levels:
                against |= levels[field] == NUMBER[field][name]
        return {"bits": bits, "against": against}


def _kinds(numbers: Ints) -> _Kinds:
    _, first, of = np.unique(numbers, return_index=True, return_inverse=True)
    return _Kinds(of.reshape(-1), first)


def _some(columns: Columns, on: Bools) -> Columns:
    return {name: column[on] for name, column in columns.items()}
