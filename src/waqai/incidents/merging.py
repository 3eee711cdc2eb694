"""Merging: outlines in, incidents out, and told from their accounts. `link` tells what is thought of two accounts alone."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from waqai.incidents.clustering import SAID_BY_A_PERSON, Cluster, Edge, Judged, Ties, components, judged
from waqai.incidents.comparing import Judge, Pairs
from waqai.incidents.features import Features, Maker, Told, features
from waqai.incidents.places import APART, place_level
from waqai.incidents.reconciling import reconcile
from waqai.incidents.rulings import Rulings, edited
from waqai.incidents.strongest import Links, Strongest, strongest
from waqai.knowledge.incidents import IncidentKnowledge
from waqai.model.account import Account
from waqai.model.incident import Incident, Merge

NO_RULINGS = Rulings()
NOWHERE: Mapping[str, str] = {}
A_PERSON = "a person said that they tell one happening"


@dataclass(frozen=True, slots=True)
class Link:
    """Why two reports may tell one happening: bits above the threshold as a score from 0 to 1 (0.5 at the threshold), and the
    reasons for and against, strongest first."""

    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """The strongest link of a report: its bits, and the id of the report to which it leads."""

    bits: float
    to: str

    def exceeds(self, other: "Tie | None") -> bool:
        """Whether it is the stronger of the two, or as strong and to a smaller id."""
        return other is None or (-self.bits, self.to) < (-other.bits, other.to)


@dataclass(frozen=True, slots=True)
class Meeting:
    """The reports that met, the new ones first; all judged pairs with one that is new, and those of them that are links."""

    outlines: Sequence[Told]
    new: int
    pairs: Links
    links: Links
    top: Strongest
    threshold: float

    def ties(self) -> dict[str, Tie]:
        """The strongest of these links for each report that has one: of one that is new the strongest of all it has."""
        found = {}
        for row in np.flatnonzero(self.top.to >= 0).tolist():
            to = self.outlines[int(self.top.to[row])].report_id
            found[self.outlines[row].report_id] = Tie(float(self.top.bits[row]), to)
        return found

    def joined(self, ties: Mapping[str, Tie]) -> set[str]:
        """The reports near the new ones that a link joins to one of them, where these are the strongest ties of all."""
        return self._near(self.links.where(_strongest(self.outlines, ties).joining(self.links, self.threshold)))

    def judged(self, outlines: Sequence[Told], was: Mapping[str, str]) -> Judged:
        """What was judged of these reports, which have to be all that are new and any of the others, by their rows; each of
        the others `was` in a component, which is given by its id."""
        row = {outline.report_id: number for number, outline in enumerate(outlines)}
        rows = np.array([row.get(outline.report_id, -1) for outline in self.outlines], dtype=np.int32)
        fresh = np.zeros(len(outlines), dtype=np.bool_)
        fresh[rows[: self.new]] = True
        one, other = rows[self.pairs.one], rows[self.pairs.other]
        here = (one >= 0) & (other >= 0)
        one, other = one[here], other[here]
        numbers: dict[str, int] = {}
        own = [numbers.setdefault(was.get(told.report_id, told.report_id), len(numbers)) for told in outlines]
        links = Links(np.minimum(one, other), np.maximum(one, other), self.pairs.bits[here])
        return Judged(links, fresh, np.array(own, dtype=np.int64))

    def linked(self) -> set[str]:
        """The reports near the new ones that are linked to one of them at all."""
        return self._near(self.links)

    def _near(self, links: Links) -> set[str]:
        rows = np.unique(np.concatenate([links.one, links.other]))
        return {self.outlines[row].report_id for row in rows.tolist() if row >= self.new}


@dataclass(frozen=True, slots=True)
class Members:
    """The reports of one incident, the earliest first, and why each of the others is in it: by their places here."""

    outlines: tuple[Told, ...]
    edges: tuple[Edge, ...]

    @property
    def id(self) -> str:
        """The id of the incident: that of its earliest report."""
        return self.outlines[0].report_id


@dataclass(frozen=True, slots=True)
class Group:
    """A component: the reports of each of its incidents."""

    incidents: tuple[Members, ...]

    @property
    def outlines(self) -> Iterator[Told]:
        """All reports of the component."""
        return (outline for members in self.incidents for outline in members.outlines)


class Merger:
    """Merges reports into incidents; holds the knowledge in the forms that this needs, and nothing that changes."""

    def __init__(self, knowledge: IncidentKnowledge) -> None:
        """Take the knowledge of `load_incidents`."""
        self.knowledge = knowledge
        self._judge = Judge(knowledge)

    def link(self, one: Account, other: Account) -> Link | None:
        """The link between two accounts; None when they are not linked: too little agrees, or one article tells both."""
        found = features((one, other), Maker(self.knowledge))
        if one.place is None or other.place is None or one.article_key == other.article_key:
            return None
        level = place_level(one.place, other.place, self.knowledge.distances)
        if level == APART:
            return None
        compared = self._judge.compare(found, _pairs([(0, 1, level)]))
        if not len(compared.bits) or compared.bits[0] < self.knowledge.threshold:
            return None
        bits = float(compared.bits[0])
        return Link(self.score(bits), next(self._reasons(found, [Edge(0, 1, bits)])))

    def meet(self, new: Sequence[Told], near: Sequence[Told], maker: Maker | None = None) -> Meeting:
        """The links of reports that are new, among themselves and with those near them."""
        f = features((*new, *near), maker or Maker(self.knowledge))
        threshold, fresh = self.knowledge.threshold, np.arange(len(f)) < len(new)
        pairs = judged(f, self._judge, fresh, ~fresh)
        links = pairs.where(pairs.bits >= threshold)
        return Meeting(f.outlines, len(new), pairs, links, strongest(f.outlines, links, threshold), threshold)

    def score(self, bits: float) -> float:
        """Bits as a score from 0 to 1: 0.5 at the threshold, and double the odds for every `scale` bits above."""
        return round(1 / (1 + 2 ** ((self.knowledge.threshold - bits) / self.knowledge.scale)), 3)

    def groups(
        self,
        outlines: Iterable[Told],
        rulings: Rulings = NO_RULINGS,
        maker: Maker | None = None,
        known: Mapping[str, Tie] | None = None,
        met: Meeting | None = None,
        was: Mapping[str, str] = NOWHERE,
    ) -> list[Group]:
        """The reports as components and incidents, whatever their order. Rejected reports are in none; what a person corrected
        has to be corrected already.

        A `maker` that was given to `meet` before spares looking at the same reports again, and what came of that, `met`,
        judging them again: then all others have to be whole components, and which `was` that of each. `known` has to be
        given where reports are linked to others that are not here: the strongest tie of each that has one, by its id.
        """
        held = [outline for outline in outlines if outline.report_id not in rulings.rejected]
        f = features(held, maker or Maker(self.knowledge))
        found = components(
            f,
            self._judge,
            _ties(held, rulings),
            None if known is None else _strongest(held, known),
            None if met is None else met.judged(held, was),
        )
        return [Group(tuple(_members(f, cluster) for cluster in one.clusters)) for one in found]

    def told(
        self,
        parted: Sequence[Members],
        accounts: Mapping[str, Account],
        rulings: Rulings = NO_RULINGS,
        maker: Maker | None = None,
    ) -> Iterator[tuple[Incident, list[Account]]]:
        """The incidents of these reports, each with the accounts that tell it, which are given by the reports' ids."""
        f = features([outline for one in parted for outline in one.outlines], maker or Maker(self.knowledge))
        starts = accumulate((len(one.outlines) for one in parted), initial=0)
        edges = [
            Edge(first + edge.row, first + edge.to, edge.bits)
            for first, one in zip(starts, parted, strict=False)
            for edge in one.edges
        ]
        reasons = self._reasons(f, edges)
        for one in parted:
            merges = tuple(self._merge(one, edge, next(reasons)) for edge in one.edges)
            held = [accounts[outline.report_id] for outline in one.outlines]
            gradings = [rulings.grades[a.report_id] for a in held if a.report_id in rulings.grades]
            yield reconcile(held, merges, self.knowledge, gradings[-1] if gradings else None), held

    def incidents(self, accounts: Iterable[Account], rulings: Rulings = NO_RULINGS) -> list[Incident]:
        """The incidents that the accounts tell, as persons corrected them, by id."""
        held = {a.report_id: edited(a, rulings.edits.get(a.report_id, ()), self.knowledge) for a in accounts}
        parted = [members for group in self.groups(held.values(), rulings) for members in group.incidents]
        return sorted((incident for incident, _ in self.told(parted, held, rulings)), key=lambda incident: incident.id)

    def incidents_as_of(
        self, accounts: Iterable[Account], day: dt.date, rulings: Rulings = NO_RULINGS
    ) -> list[Incident]:
        """The incidents as they were known on `day`: from the accounts known by then, and by today's decisions."""
        return self.incidents((account for account in accounts if account.known <= day), rulings)

    def _merge(self, members: Members, edge: Edge, reasons: tuple[str, ...]) -> Merge:
        one, other = members.outlines[edge.row], members.outlines[edge.to]
        return Merge(one.report_id, other.report_id, self.score(edge.bits), reasons)

    def _reasons(self, f: Features, edges: Sequence[Edge]) -> Iterator[tuple[str, ...]]:
        """The reasons of each edge, in their order."""
        judged = [edge for edge in edges if edge.bits < SAID_BY_A_PERSON]
        levels: dict[tuple[int, int], int] = {}
        pairs = []
        for edge in judged:
            key = int(f.place[edge.row]), int(f.place[edge.to])
            if key not in levels:
                places = f.places.places[key[0]], f.places.places[key[1]]
                levels[key] = place_level(*places, self.knowledge.distances)
            pairs.append((min(edge.row, edge.to), max(edge.row, edge.to), levels[key]))
        compared = self._judge.compare(f, _pairs(pairs))
        fields = list(compared.levels)
        rows = iter(np.stack([compared.levels[field] for field in fields], axis=1).tolist())
        known: dict[tuple[object, ...], tuple[str, ...]] = {}
        names = list(self.knowledge.same)
        for edge in edges:
            if edge.bits >= SAID_BY_A_PERSON:
                yield (A_PERSON,)
                continue
            levels_of = next(rows)
            types = names[f.type[edge.row]], names[f.type[edge.to]]
            same = (*types, *levels_of)
            found = known.get(same)
            if found is None:
                found = known[same] = self._words(types, dict(zip(fields, levels_of, strict=True)))
            yield found

    def _words(self, types: tuple[str, str], levels: dict[str, int]) -> tuple[str, ...]:
        """The reasons of a pair of these types, on these levels (-1: none), strongest first."""
        names = self.knowledge.fields
        told = [tuple(names[field].values())[level] for field, level in levels.items() if level >= 0]
        weights = [(level.weight, level.reason) for level in told]
        weights.append(self._type_reason(*types))
        return tuple(reason for _, reason in sorted(weights, key=lambda held: (-abs(held[0]), held[1])))

    def _type_reason(self, one: str, other: str) -> tuple[float, str]:
        if one == other:
            return self.knowledge.same[one], "the same type of event"
        level = self.knowledge.together[one, other]
        return level.weight, level.reason


def _members(f: Features, cluster: Cluster) -> Members:
    at = {row: number for number, row in enumerate(cluster.rows)}
    edges = tuple([Edge(at[edge.row], at[edge.to], edge.bits) for edge in cluster.edges])
    return Members(tuple([f.outlines[row] for row in cluster.rows]), edges)


def _strongest(outlines: Sequence[Told], ties: Mapping[str, Tie]) -> Strongest:
    """The ties as rows of these reports; a tie to a report that is not among them leads to none of them."""
    row = {outline.report_id: number for number, outline in enumerate(outlines)}
    bits = np.full(len(outlines), -np.inf, dtype=np.float32)
    to = np.full(len(outlines), -1, dtype=np.int64)
    for number, outline in enumerate(outlines):
        tie = ties.get(outline.report_id)
        if tie is not None:
            bits[number], to[number] = tie.bits, row.get(tie.to, -1)
    return Strongest(bits, to)


def _pairs(rows: Sequence[tuple[int, int, int]]) -> Pairs:
    columns = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return Pairs(columns[:, 0], columns[:, 1], columns[:, 2])


def _ties(outlines: Sequence[Told], rulings: Rulings) -> Ties:
    if not rulings.merged and not rulings.split:
        return Ties()
    row = {outline.report_id: number for number, outline in enumerate(outlines)}
    must, never = (
        tuple((row[one], row[other]) for one, other in pairs if one in row and other in row and one != other)
        for pairs in (rulings.merged, rulings.split)
    )
    return Ties(must, never)
