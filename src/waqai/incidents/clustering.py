"""Clustering: reports that links join form a component; a component is parted into incidents, the same in any order."""

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from waqai.incidents.candidates import candidate_pairs
from waqai.incidents.comparing import Judge
from waqai.incidents.features import Bools, Features, Floats, Ints
from waqai.incidents.judging import Judging
from waqai.incidents.strongest import Links, Strongest, joined, strongest

Narrow = npt.NDArray[np.int32]
Doubles = npt.NDArray[np.float64]
SAID_BY_A_PERSON = 100.0  # bits
SLACK = 2.0  # bits by which a tie may be weaker than the strongest and still decide
_FEW = 128  # pairs that are sooner added up one by one than in columns


@dataclass(frozen=True, slots=True)
class Edge:
    """Why a report (by row) is in an incident: its strongest tie to one that was there before it."""

    row: int
    to: int
    bits: float


@dataclass(frozen=True, slots=True)
class Cluster:
    """The rows of one incident, the earliest report first, and a tie for each of the others."""

    rows: tuple[int, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class Component:
    """Reports that links join, directly or over others, and the incidents they are parted into."""

    clusters: tuple[Cluster, ...]


@dataclass(frozen=True, slots=True)
class Ties:
    """What a person said: pairs of rows that are one happening, and pairs that are not."""

    must: tuple[tuple[int, int], ...] = ()
    never: tuple[tuple[int, int], ...] = ()


NO_TIES = Ties()


@dataclass(frozen=True, slots=True)
class Judged:
    """Pairs that were judged before: all those of the rows `of`, among themselves and with the others; and for each row the
    number of the component in which it was: whatever joins rows of two of them now is among these pairs, or a person's word."""

    links: Links
    of: Bools
    was: Ints


def components(
    f: Features,
    judge: Judge,
    ties: Ties = NO_TIES,
    known: Strongest | None = None,
    before: Judged | None = None,
) -> list[Component]:
    """The reports parted into incidents, component by component; a pure function of the set of reports and of `ties`.

    `known` is to be given where reports that are not here are linked to these: the strongest links among all of them. What
    was judged `before` is not judged again.
    """
    if not len(f):
        return []
    threshold = judge.knowledge.threshold
    if before is None or known is None:
        links = judged(f, judge)
    else:
        joining = before.links.where(known.joining(before.links, threshold))
        may_join = _roots(len(f), joined([joining, _chained(before.was)]), ties)
        links = joined([before.links, judged(f, judge, ~before.of, parts=may_join)])
    top = strongest(f.outlines, links, threshold) if known is None else known
    roots = _roots(len(f), links.where(top.joining(links, threshold)), ties)
    within = roots[links.one] == roots[links.other]
    links = links.where(within)
    order = _order(f)
    members = order[np.argsort(roots[order], kind="stable")]  # component by component, the most exact first
    cuts = np.flatnonzero(np.diff(roots[members])) + 1
    bounds = [0, *cuts.tolist(), len(members)]
    parter = _Parter(f, judge, ties, members, links, top.bits)
    parts = [parter.part(first, last) for first, last in pairwise(bounds)]
    return parter.clusters(parts)


def _order(f: Features) -> Ints:
    """Rows from the most exact to the vaguest; ties by the day they were known, then by id: never by where they stand."""
    days = np.where(f.start >= 0, f.end - f.start, 10_000)
    precision = np.array([p.precision for p in f.places.places] or [0], dtype=np.int64)
    told = np.count_nonzero(f.side1, axis=1).astype(bool).astype(np.int64) + (f.killed[:, 0] >= 0) + (f.target >= 0)
    ids = np.array([one.report_id for one in f.outlines])
    return np.lexsort((ids, f.known, -told, np.where(f.place >= 0, precision[f.place], 9), days, f.background))


def _chained(numbers: Ints) -> Links:
    """Links that join the rows with the same number."""
    order = np.argsort(numbers, kind="stable")
    same = numbers[order][1:] == numbers[order][:-1]
    one, other = order[:-1][same], order[1:][same]
    return Links(one, other, np.zeros(len(one), dtype=np.float32))


def judged(
    f: Features, judge: Judge, among: Bools | None = None, beside: Bools | None = None, parts: Ints | None = None
) -> Links:
    """Judged pairs that speak for more than being apart, of the rows that `candidate_pairs` takes; pairs of one article are
    not among them, nor, where rows are given `parts`, those of two parts."""
    held: list[Links] = []
    judging = Judging(judge, f)
    for pairs in candidate_pairs(f, judge.knowledge, among, beside):
        if parts is not None:
            pairs = pairs.where(parts[pairs.one] == parts[pairs.other])
        found = judging.weigh(pairs)
        keep = (found.bits > judge.knowledge.apart) & (f.article[found.one] != f.article[found.other])
        one, other = found.one[keep].astype(np.int32), found.other[keep].astype(np.int32)
        held.append(Links(one, other, found.bits[keep]))
    return joined(held)


def _roots(count: int, links: Links, ties: Ties) -> Ints:
    """For each row the smallest row of its component: labels fall along the links until none changes."""
    must = np.array(ties.must, dtype=np.int64).reshape(-1, 2)
    one = np.concatenate([links.one, must[:, 0]])
    other = np.concatenate([links.other, must[:, 1]])
    labels = np.arange(count)
    while len(one):
        low = np.minimum(labels[one], labels[other])
        before = labels.copy()
        np.minimum.at(labels, labels[one], low)
        np.minimum.at(labels, labels[other], low)
        while True:
            shorter = labels[labels]
            if np.array_equal(shorter, labels):
                break
            labels = shorter
        if np.array_equal(before, labels):
            break
    return labels


@dataclass(frozen=True, slots=True)
class _Sum:
    """What the compared pairs of two incidents add up to above `apart`, and the strongest of them."""

    total: float
    most: float

    def plus(self, other: "_Sum") -> "_Sum":
        """Both together."""
        return _Sum(self.total + other.total, max(self.most, other.most))


_Between = dict[int, dict[int, _Sum]]
_Fit = tuple[
    float, float, int
]  # what pairs add up to above `apart`, the most of one, and the first position that has it


class _Group:
    """An incident in the making: its positions and their articles."""

    __slots__ = ("articles", "members")

    def __init__(self) -> None:
        self.members: list[int] = []
        self.articles: set[int] = set()


class _Parter:
    """Parts components. A position is the place of a row in the order of components and, within one, of exactness."""

    def __init__(self, f: Features, judge: Judge, ties: Ties, members: Ints, links: Links, top: Floats) -> None:
        """Take the rows in the order of their positions, all judged pairs, and the strongest link of each row."""
        self._rows: list[int] = members.tolist()
        self._articles: list[int] = f.article[members].tolist()
        self._known: list[int] = f.known[members].tolist()
        self._ids = [f.outlines[row].report_id for row in self._rows]
        knowledge = judge.knowledge
        self._threshold, self._joins, self._apart = knowledge.threshold, knowledge.joins, knowledge.apart
        position = np.empty(len(f), dtype=np.int64)
        position[members] = np.arange(len(members))
        x, y = position[links.one], position[links.other]
        later, earlier = np.maximum(x, y).astype(np.int32), np.minimum(x, y).astype(np.int32)
        order = np.lexsort((earlier, later))
        self._later, self._earlier, self._bits = later[order], earlier[order], links.bits[order]
        self._top: list[float] = top[members].tolist()
        self._over = self._bits.astype(np.float64) - self._apart
        self._starts: list[int] = np.searchsorted(self._later, np.arange(len(f) + 1)).tolist()
        self._must = _both_ways(ties.must, position)
        self._never = _both_ways(ties.never, position)

    def part(self, first: int, last: int) -> list[list[int]]:
        """The positions `first` (in) to `last` (out), which are one component, as incidents."""
        if last - first == 1:
            return [[first]]
        of = np.empty(last - first, dtype=np.int32)
        numbers: list[int] = []  # the same: one is read fast in bits, the other in bulk
        groups: list[_Group] = []
        for position in range(first, last):
            start, end = self._starts[position], self._starts[position + 1]
            few = end - start <= _FEW
            fits = self._fits_of(start, end, first, numbers) if few else self._many_fits(start, end, first, of)
            best = self._best(position, fits, groups) if fits else None
            if best is None:
                best = len(groups)
                groups.append(_Group())
            of[position - first] = best
            numbers.append(best)
            groups[best].members.append(position)
            groups[best].articles.add(self._articles[position])
        return self._joined([group.members for group in self._merge(first, last, of, groups)])

    def _joined(self, groups: list[list[int]]) -> list[list[int]]:
        """The incidents with those put together of which a person said that reports of theirs tell one happening."""
        if not self._must:
            return groups
        number = {position: each for each, members in enumerate(groups) for position in members}
        for one in sorted(number):
            for other in self._must.get(one, ()):
                into, gone = sorted((number[one], number[other]))
                if into != gone:
                    number |= dict.fromkeys(groups[gone], into)
                    groups[into] = groups[into] + groups[gone]
                    groups[gone] = []
        return [members for members in groups if members]

    def clusters(self, parts: Sequence[Sequence[Sequence[int]]]) -> list[Component]:
        """The components with their rows and ties. The ties of an incident are a function of its reports alone."""
        ties = self._ties([members for part in parts for members in part])
        found = []
        for part in parts:
            made = []
            for members in part:
                rows = sorted(members, key=lambda position: (self._known[position], self._ids[position]))
                edges = tuple(self._edge(position, *ties[position]) for position in sorted(members) if position in ties)
                made.append(Cluster(tuple(self._rows[position] for position in rows), edges))
            found.append(Component(tuple(made)))
        return found

    def _ties(self, groups: Sequence[Sequence[int]]) -> dict[int, tuple[int, float]]:
        """For each position but the first of its incident the strongest tie there: to an earlier position if there is any."""
        number = np.empty(len(self._rows), dtype=np.int64)
        for each, members in enumerate(groups):
            number[members] = each
        within = number[self._later] == number[self._earlier]
        later, earlier, bits = self._later[within], self._earlier[within], self._bits[within]
        ties = _strongest(earlier, later, bits)
        lonely = np.ones(len(number), dtype=np.bool_)
        lonely[later] = False
        lonely = lonely[earlier]
        later, earlier, bits = later[lonely], earlier[lonely], bits[lonely]
        order = np.argsort(earlier, kind="stable")
        ties |= _strongest(later[order], earlier[order], bits[order])
        found = {}
        for members in groups:
            first = min(members)
            for position in members:
                said = (
                    min((p for p in self._must.get(position, ()) if p < position), default=None) if self._must else None
                )
                if said is not None:
                    found[position] = (said, SAID_BY_A_PERSON)
                elif position != first:
                    found[position] = ties.get(position) or (first, SAID_BY_A_PERSON)
        return found

    def _edge(self, position: int, to: int, bits: float) -> Edge:
        return Edge(self._rows[position], self._rows[to], bits)

    def _best(self, position: int, fits: dict[int, _Fit], groups: list[_Group]) -> int | None:
        """The incident that a report fits best; None when it fits none, or another report, which comes later, far better:
        then incidents are joined as wholes."""
        needed = max(self._threshold, self._top[position] - SLACK) - self._apart
        best: tuple[float, float, int] | None = None
        for number, (total, most, at) in fits.items():
            if most < needed or most < self._top[at] - SLACK - self._apart:
                continue
            group = groups[number]
            found = (total / len(group.members) + self._apart, most, -number)
            if found[0] < self._joins or self._articles[position] in group.articles:
                continue
            if (best is None or found > best) and not self._kept_apart([position], group.members):
                best = found
        return None if best is None else -best[2]

    def _fits_of(self, start: int, end: int, first: int, of: Sequence[int]) -> dict[int, _Fit]:
        """What the pairs from `start` to `end` add up to with each incident; `of` holds those of the positions from `first`."""
        found: dict[int, _Fit] = {}
        for at, over in zip(self._earlier[start:end].tolist(), self._over[start:end].tolist(), strict=True):
            number = of[at - first]
            held = found.get(number)
            if held is None:
                found[number] = (over, over, at)
            else:
                total, most, to = held
                found[number] = (total + over, over, at) if over > most else (total + over, most, to)
        return found

    def _many_fits(self, start: int, end: int, first: int, of: Narrow) -> dict[int, _Fit]:
        """The same of many pairs, by columns."""
        over, earlier = self._over[start:end], self._earlier[start:end]
        numbers = of[earlier - first]
        order = np.argsort(numbers, kind="stable")
        numbers, over, earlier = numbers[order], over[order], earlier[order]
        cuts = np.flatnonzero(np.diff(numbers, prepend=-1))
        totals, at = np.add.reduceat(over, cuts).tolist(), _first_of_most(numbers, over, cuts)
        ends = zip(totals, over[at].tolist(), earlier[at].tolist(), strict=True)
        return dict(zip(numbers[cuts].tolist(), ends, strict=True))

    def _kept_apart(self, one: Iterable[int], other: Iterable[int]) -> bool:
        if not self._never:
            return False
        members = set(other)
        return any(not members.isdisjoint(self._never.get(position, ())) for position in one)

    def _merge(self, first: int, last: int, of: Narrow, groups: list[_Group]) -> list[_Group]:
        """Incidents that fit each other as wholes become one, the best fitting pair first."""
        if len(groups) == 1:
            return groups
        pairs, totals, most = self._between(first, last, of, len(groups))
        sizes = np.array([len(group.members) for group in groups])
        fits = totals / (sizes[pairs[:, 0]] * sizes[pairs[:, 1]]) + self._apart
        fitting = (most >= self._threshold) & (fits >= self._joins)
        if not fitting.any():
            return groups
        waiting = [(-fit, a, b) for (a, b), fit in zip(pairs[fitting].tolist(), fits[fitting].tolist(), strict=True)]
        heapq.heapify(waiting)
        between: _Between = {a: {} for a in range(len(groups))}
        for (a, b), total, bits in zip(pairs.tolist(), totals.tolist(), most.tolist(), strict=True):
            between[a][b] = between[b][a] = _Sum(total, bits)
        while waiting:
            fit, a, b = heapq.heappop(waiting)
            held = between.get(a, {}).get(b)
            if held is None or self._fit(held, groups[a], groups[b]) != -fit:
                continue
            one, other = groups[a], groups[b]
            if not one.articles.isdisjoint(other.articles) or self._kept_apart(one.members, other.members):
                continue
            one.members += other.members
            one.articles |= other.articles
            groups[b] = _Group()
            _fold(between, a, b)
            for c, summed in between[a].items():
                self._wait(waiting, summed, min(a, c), max(a, c), groups)
        return [group for group in groups if group.members]

    def _wait(self, waiting: list[tuple[float, int, int]], held: _Sum, a: int, b: int, groups: list[_Group]) -> None:
        if held.most >= self._threshold:
            fit = self._fit(held, groups[a], groups[b])
            if fit >= self._joins:
                heapq.heappush(waiting, (-fit, a, b))

    def _fit(self, held: _Sum, one: _Group, other: _Group) -> float:
        return held.total / (len(one.members) * len(other.members) or 1) + self._apart

    def _between(self, first: int, last: int, number: Narrow, count: int) -> tuple[Ints, Doubles, Floats]:
        """Pairs of incidents by their numbers, the smaller first, what their compared pairs add up to, and the most of one."""
        start, end = self._starts[first], self._starts[last]
        x, y = number[self._later[start:end] - first], number[self._earlier[start:end] - first]
        apart = np.flatnonzero(x != y)
        x, y = x[apart], y[apart]
        key = np.minimum(x, y).astype(np.int64) * count + np.maximum(x, y)
        order = np.argsort(key, kind="stable")
        key, places = key[order], start + apart[order]
        cuts = np.flatnonzero(np.diff(key, prepend=-1))
        if not len(cuts):
            return np.zeros((0, 2), dtype=np.int64), np.zeros(0), np.zeros(0, dtype=np.float32)
        pairs = np.stack(np.divmod(key[cuts], count), axis=1)
        return pairs, np.add.reduceat(self._over[places], cuts), np.maximum.reduceat(self._bits[places], cuts)


def _first_of_most(of: Narrow, bits: Floats | Doubles, cuts: Ints) -> Ints:
    """For each stretch of equal `of`, which begin at the `cuts`, the first place of the most bits there."""
    most = np.repeat(np.maximum.reduceat(bits, cuts), np.diff(cuts, append=len(of)))
    found = np.flatnonzero(bits == most)
    return found[np.flatnonzero(np.diff(of[found], prepend=-1))]


def _strongest(to: Narrow, of: Narrow, bits: Floats) -> dict[int, tuple[int, float]]:
    """For each position in `of`, which stand in order, the one in `to` with most bits, the first of several."""
    if not len(of):
        return {}
    best = _first_of_most(of, bits, np.flatnonzero(np.diff(of, prepend=-1)))
    return dict(zip(of[best].tolist(), zip(to[best].tolist(), bits[best].tolist(), strict=True), strict=True))


def _fold(between: _Between, a: int, b: int) -> None:
    """Add what stands between b and others to what stands between a and them; b is no more."""
    for c, held in between.pop(b).items():
        del between[c][b]
        if c != a:
            old = between[a].get(c)
            between[a][c] = between[c][a] = held if old is None else old.plus(held)


def _both_ways(pairs: Iterable[tuple[int, int]], position: Ints) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for one, other in pairs:
        a, b = int(position[one]), int(position[other])
        found.setdefault(a, []).append(b)
        found.setdefault(b, []).append(a)
    return found
