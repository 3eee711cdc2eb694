"""What the decisions measure: the coder's precision in a random sample, and how far two reviewers agree."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from sqlalchemy import Connection, func, select

from waqai.queries.conditions import REPORTS, conditions
from waqai.queries.filters import Filter
from waqai.queries.review_verdicts import VERDICTS, Said, Verdict, Verdicts
from waqai.store.decisions import seed_of
from waqai.store.schema import reports

CONFIDENCE = 0.95
_Z = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Share:
    """A share of right ones with its Wilson interval; None where nothing was judged."""

    right: int
    judged: int
    share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Precision:
    """What a random sample says of the coder: how many reports tell an event that the article reports, over all and by type (as it
    was coded), and for each field how many of these needed no correction.

    `unsure` were looked at and are in no share; `skipped` lie in the walked part of the sample and were not judged.
    """

    seed: str
    events: Share
    by_type: Mapping[str, Share]
    fields: Mapping[str, Share]
    unsure: int
    skipped: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two persons agree on the reports that both have judged: how often raw, and Cohen's kappa, which takes away what
    chance gives (None: both said one and the same of all). `table` counts each pair of verdicts."""

    one: str
    other: str
    both: int
    agreed: int
    raw: float
    kappa: float | None
    table: Mapping[tuple[Verdict, Verdict], int]


def wilson(right: int, judged: int) -> Share:
    """A share with its Wilson interval at 95 per cent.

    >>> wilson(9, 10)
    Share(right=9, judged=10, share=0.9, low=0.5958, high=0.9821)
    """
    if not judged:
        return Share(0, 0, None, None, None)
    share, z2 = right / judged, _Z * _Z
    middle = share + z2 / (2 * judged)
    wide = _Z * math.sqrt(share * (1 - share) / judged + z2 / (4 * judged * judged))
    low, high = ((middle - wide) / (1 + z2 / judged), (middle + wide) / (1 + z2 / judged))
    return Share(right, judged, round(share, 4), round(max(0.0, low), 4), round(min(1.0, high), 4))


def precision(
    connection: Connection, filter: Filter, sample: str, said: Verdicts, editable: Iterable[str]
) -> Precision:
    """The precision of the coder by the verdicts given in the random order of this sample; `filter` is what it was drawn from.

    Where several persons judged a report, what was said last holds.
    """
    seed = seed_of(connection)
    drawn: dict[str, Said] = {}
    for id, by_person in said.by_report.items():
        last = said.last(id)
        if last is not None and any(sample in one.samples for one in by_person.values()):
            drawn[id] = last
    sure = {id: one for id, one in drawn.items() if one.verdict != "unsure"}
    right = {id: one for id, one in sure.items() if one.verdict == "accept"}
    types = {id: said.here[id].sub_event_type for id in sure}
    by_type = {
        name: wilson(sum(types[id] == name for id in right), count)
        for name, count in sorted(Counter(types.values()).items(), key=lambda held: (-held[1], held[0]))
    }
    corrected = Counter(name for id in right for name in _edited(said, id))
    fields = {name: wilson(len(right) - corrected[name], len(right)) for name in editable}
    walked = _walked(connection, filter, seed, drawn)
    return Precision(seed, wilson(len(right), len(sure)), by_type, fields, len(drawn) - len(sure), walked - len(drawn))


def _edited(said: Verdicts, report: str) -> set[str]:
    return {name for one in said.by_report[report].values() for name in one.edits}


def _walked(connection: Connection, filter: Filter, seed: str, drawn: Mapping[str, Said]) -> int:
    """How many reports lie in the random order from its beginning to the furthest one that was judged."""
    if not drawn:
        return 0
    behind = [id for id in drawn if id < seed]
    last = max(behind or drawn)
    id = reports.c.id
    within = (id >= seed) | (id <= last) if behind else id.between(seed, last)
    fitting = select(reports.c.number).where(*conditions(connection, filter, REPORTS), within)
    return max(len(drawn), connection.scalar(select(func.count()).select_from(fitting.subquery())) or 0)


def agreements(said: Verdicts) -> tuple[Agreement, ...]:
    """Each pair of persons who have judged the same reports, those with the most of them first."""
    tables: dict[tuple[str, str], Counter[tuple[Verdict, Verdict]]] = {}
    for by_person in said.by_report.values():
        for one, other in combinations(sorted(by_person), 2):
            tables.setdefault((one, other), Counter())[by_person[one].verdict, by_person[other].verdict] += 1
    found = [_agreement(one, other, table) for (one, other), table in tables.items()]
    return tuple(sorted(found, key=lambda held: (-held.both, held.one, held.other)))


def _agreement(one: str, other: str, table: Mapping[tuple[Verdict, Verdict], int]) -> Agreement:
    both = sum(table.values())
    agreed = sum(count for (first, second), count in table.items() if first == second)
    return Agreement(one, other, both, agreed, round(agreed / both, 4), kappa(table), dict(table))


def kappa(table: Mapping[tuple[Verdict, Verdict], int]) -> float | None:
    """Cohen's kappa of a table of pairs of verdicts; None when chance alone would give full agreement.

    >>> kappa({("accept", "accept"): 20, ("accept", "reject"): 5, ("reject", "accept"): 10, ("reject", "reject"): 15})
    0.4
    """
    both = sum(table.values())
    seen = sum(count for (first, second), count in table.items() if first == second) / both
    chance = 0.0
    for verdict in VERDICTS:
        rows = sum(count for (first, _), count in table.items() if first == verdict)
        columns = sum(count for (_, second), count in table.items() if second == verdict)
        chance += rows * columns / (both * both)
    return None if chance >= 1 else round((seen - chance) / (1 - chance), 4)
