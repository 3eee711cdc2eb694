"""Moments: evidence put on the day on which it counts."""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from waqai.knowledge.control import ControlKnowledge
from waqai.model.control import ControlEvidence

DAY = dt.timedelta(days=1)
Taken = tuple[dt.date, ControlEvidence]  # a taking of the whole place, on its day


@dataclass(frozen=True, slots=True)
class Moment:
    """Evidence on its day. `until` is the day on which a fight or siege it tells ends at the latest (out), None for others.

    `implied` marks what only follows from evidence of another day: who lost a place held it before.
    """

    day: dt.date
    evidence: ControlEvidence
    until: dt.date | None = None
    implied: bool = False

    @property
    def camp(self) -> str | None:
        """The side it speaks of: the camp, or the actor itself where its camp is not known; None when it names nobody."""
        return side(self.evidence)


def side(evidence: ControlEvidence) -> str | None:
    """The camp of the evidence's actor; None for nobody, or somebody of no known camp."""
    actor = evidence.actor
    return None if actor is None or actor.camp == "unknown" else actor.camp


def moments_of(evidence: Iterable[ControlEvidence], known: ControlKnowledge) -> list[Moment]:
    """The evidence on its days, in an order that does not depend on the one it came in."""
    rows = sorted(set(evidence), key=_order)
    turns = [e for e in rows if e.effect == "takes" and e.part is None and _specific(e)]
    taken = sorted(((_day(e, turns, known), e) for e in turns), key=lambda row: (row[0], _order(row[1])))
    out: list[Moment] = []
    for e in rows:
        out += _moments(e, turns, taken, known)
    out += _followed(out, {day for day, _ in taken}, known)
    out += _implied(out, known)
    return sorted(out, key=lambda m: (m.day, m.implied, _order(m.evidence)))


def _order(e: ControlEvidence) -> tuple[object, ...]:
    actor = e.actor.id if e.actor else ""
    return (e.end, e.start, e.effect, e.part or "", actor, e.place.id, e.reference, e.voice, e.weight)


def _specific(e: ControlEvidence) -> bool:
    return e.place.level not in ("area", "governorate")


def _day(e: ControlEvidence, turns: Sequence[ControlEvidence], known: ControlKnowledge) -> dt.date:
    """The day of a turn: the last of its days, or, told vaguely, that of a closer report of the same turn within them."""
    if (e.end - e.start).days < known.days("vague_days"):
        return e.end
    closer = [
        t for t in turns if side(t) == side(e) and e.start <= t.end <= e.end and (t.end - t.start) < (e.end - e.start)
    ]
    return min((t.end for t in closer), default=e.end)


def _moments(
    e: ControlEvidence, turns: Sequence[ControlEvidence], taken: Sequence[Taken], known: ControlKnowledge
) -> list[Moment]:
    if e.effect in ("takes", "loses"):
        if (e.end - e.start).days > known.days("widest_days"):
            return []
        return [Moment(_day(e, turns, known), e)]
    if e.effect == "holds":
        return [Moment(day, e) for day in ((e.start, e.end) if (e.end - e.start).days > 1 else (e.end,))]
    if e.effect == "besieges":
        return [Moment(e.start, e, e.end + known.lasts["besieges"] * DAY)]
    if e.effect == "contests":
        return _fight(e, taken, known)
    return [Moment(e.end, e)]


def _fight(e: ControlEvidence, taken: Sequence[Taken], known: ControlKnowledge) -> list[Moment]:
    """A fight lasts to the taking that it leads to, by which the taker is known, too; else it lasts some days.

    A clash is a fight for the place only when it leads to a taking, or when many tell of it.
    """
    start = e.start if (e.end - e.start).days > 1 else e.end
    if bisect_left(taken, e.end, key=_when) < bisect_right(taken, e.end, key=_when):
        return [Moment(start, e, e.end + DAY)]
    after = bisect_right(taken, start, key=_when)
    lead = taken[after][0] if after < len(taken) else None
    if lead is None or (lead - e.end).days > known.days("lead_days"):
        return [Moment(start, e, e.end + known.lasts["contests"] * DAY)]
    strong = replace(e, weight=max(e.weight, known.rules["contests"]))
    takers = {t.actor: t for day, t in taken[after:] if day == lead and t.actor is not None}
    return [Moment(start, strong, lead), *(Moment(start, replace(strong, actor=actor), lead) for actor in takers)]


def _when(row: Taken) -> dt.date:
    return row[0]


def _followed(moments: Sequence[Moment], taken: set[dt.date], known: ControlKnowledge) -> list[Moment]:
    """Whoever is named in a place soon after another side left it came on the day on which that one left."""
    held = sorted((m for m in moments if m.evidence.effect == "holds" and m.evidence.part is None), key=lambda m: m.day)
    days = [m.day for m in held]
    out = []
    for left in moments:
        if left.evidence.effect != "loses" or left.evidence.part is not None or not _specific(left.evidence):
            continue
        if left.day in taken:
            continue
        first = bisect_right(days, left.day)
        last = bisect_right(days, left.day + known.days("follow_days") * DAY)
        later = [m for m in held[first:last] if m.camp not in (None, left.camp)]
        if later:
            out += [replace(m, day=left.day) for m in later if m.day == later[0].day]
    return list(dict.fromkeys(out))


def _implied(moments: Sequence[Moment], known: ControlKnowledge) -> list[Moment]:
    """Who lost a place held it before, some time back, unless it changed hands in that time."""
    turns = sorted({m.day for m in moments if m.evidence.effect in ("takes", "loses") and m.evidence.part is None})
    out = []
    for m in moments:
        e = m.evidence
        if e.effect != "loses" or e.part is not None or not _specific(e):
            continue
        start = m.day - known.days("implied_days") * DAY
        if bisect_left(turns, m.day) == bisect_left(turns, start):
            out.append(Moment(start, e, None, True))
    return out
