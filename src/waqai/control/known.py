"""What is known of a place while its evidence is read day by day: its holder, its parts, fights and sieges."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from waqai.control.moments import Moment
from waqai.knowledge.control import ControlKnowledge
from waqai.model.control import Holder, Interval, Status
from waqai.model.mention import Actor, Place

DAY = dt.timedelta(days=1)
Actors = dict[str, Actor]  # by camp


@dataclass(slots=True)
class Whole:
    """Who holds the place, since when, on what, and until when that is believed."""

    actors: Actors
    weight: float
    last: dt.date
    lapses: dt.date
    rule: str
    references: list[str]


@dataclass(slots=True)
class Part:
    """Who holds a part."""

    actors: Actors
    last: dt.date
    lapses: dt.date
    references: list[str]


@dataclass(slots=True)
class Fight:
    """Who contends for the place, with the weight of each, and until when."""

    until: dt.date
    rule: str
    actors: Actors = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=dict)
    references: list[str] = field(default_factory=list)
    against: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Siege:
    """Who besieges, and until when."""

    camps: set[str]
    until: dt.date
    references: list[str]


class Known:
    """What is known of one place at one day. Days must come in order."""

    def __init__(self, known: ControlKnowledge) -> None:
        self._rules = known
        self._whole: Whole | None = None
        self._left: list[str] = []  # the references by which nobody is known to hold it
        self._why = "nothing said who holds it"
        self._parts: dict[str, Part] = {}
        self._dark: dt.date | None = None  # since when nothing is known of a part that was another's
        self._fight: Fight | None = None
        self._siege: Siege | None = None
        self._before: Actors = {}  # who held it when the day began
        self._fresh: list[str] = []  # what this day brought for, and against what is known
        self._against: list[str] = []

    def learn(self, day: dt.date, moments: Sequence[Moment]) -> None:
        """Take in what a day brings."""
        self.age(day)
        self._fresh, self._against = [], []
        self._before = self._whole.actors if self._whole is not None else {}
        by = _by_effect(moments)
        self._implied([m for m in moments if m.implied])
        taken = self._take(day, by("takes"), by("holds"), by("loses"))
        if not taken:
            self._leave(day, by("loses"))
        for m in by("takes"):
            if m.evidence.part is not None:
                self._take_part(day, m)
        self._hold(day, [m for m in by("holds") if m.evidence.part is None], taken)
        for m in by("holds"):
            if m.evidence.part is not None:
                self._hold_part(m)
        self._fought(day, by("contests"), taken)
        self._besieged(by("besieges"), by("lifts_siege"))
        if by("truce") and self._fight is not None:
            self._fight = None
            self._fresh += [m.evidence.reference for m in by("truce")]

    def age(self, day: dt.date) -> None:
        """Forget what is too old on a day."""
        if self._fight is not None and self._fight.until <= day:
            self._fight = None
        if self._siege is not None and self._siege.until <= day:
            self._siege = None
        if self._whole is not None and self._whole.lapses <= day:
            self._left, self._whole, self._why = [], None, "what was known is too old"
        whole, old = self._whole, [part for part in self._parts.values() if part.lapses <= day]
        for part in old:
            if whole is not None and not part.actors.keys() <= whole.actors.keys() and whole.last <= part.last:
                self._dark = part.lapses
        if whole is None or (self._dark is not None and whole.last >= self._dark):
            self._dark = None
        self._parts = {name: part for name, part in self._parts.items() if part.lapses > day}

    def next_change(self, day: dt.date) -> dt.date | None:
        """The first day after `day` on which something grows too old; None when nothing will."""
        days = [part.lapses for part in self._parts.values()]
        days += [x for x in (self._fight and self._fight.until, self._siege and self._siege.until) if x]
        days += [self._whole.lapses] if self._whole else []
        return min((d for d in days if d > day), default=None)

    def interval(self, place: Place, start: dt.date, end: dt.date | None) -> Interval:
        """What is known, as an interval."""
        status, holders, rule, references = self._view()
        supporting = tuple(dict.fromkeys((*references, *self._fresh)))
        fight = self._fight.against if self._fight else []
        against = tuple(r for r in dict.fromkeys((*fight, *self._against)) if r not in supporting)
        self._fresh, self._against = [], []
        return Interval(place, start, end, status, holders, supporting, against, rule)

    # What is shown

    def _view(self) -> tuple[Status, tuple[Holder, ...], str, list[str]]:
        whole, fight = self._whole, self._fight
        if fight is not None:
            return "contested", self._contenders(fight), fight.rule, fight.references
        apart = {
            name: part
            for name, part in self._parts.items()
            if whole is None or not part.actors.keys() <= whole.actors.keys()
        }
        shown = [Holder(actor) for _, actor in sorted(whole.actors.items())] if whole else []
        shown += [Holder(a, name) for name, part in sorted(apart.items()) for _, a in sorted(part.actors.items())]
        references = [r for part in apart.values() for r in part.references]
        if len({holder.actor.camp for holder in shown}) > 1 and apart:
            return (
                "divided",
                tuple(shown),
                "parts are held by others",
                [*(whole.references if whole else []), *references],
            )
        if whole is None:
            return (
                "unknown",
                tuple(shown),
                "only a part is known" if apart else self._why,
                references or self._left,
            )
        if self._dark is not None and whole.last < self._dark:
            return "unknown", tuple(shown), "what was known of a part is too old", whole.references
        if self._siege is not None and not self._siege.camps & whole.actors.keys():
            return "besieged", tuple(shown), "besieged", [*whole.references, *self._siege.references]
        return "held", tuple(shown), whole.rule, whole.references

    def _contenders(self, fight: Fight) -> tuple[Holder, ...]:
        actors = dict(fight.actors)
        if self._whole is not None:
            actors = {**self._whole.actors, **actors}
        ranked = sorted(actors.items(), key=lambda item: (-fight.weights.get(item[0], 1.0), item[0]))
        return tuple(Holder(actor) for _, actor in ranked)

    # What changes it

    def _implied(self, moments: Sequence[Moment]) -> None:
        camps = {m.camp for m in moments}
        if self._whole is None and len(camps) == 1 and None not in camps:
            self._set(moments, "held until it was taken", self._rules.rules["fills"])

    def _set(self, moments: Sequence[Moment], rule: str, weight: float) -> None:
        """A new holder."""
        actors = _actors(moments, self._rules)
        day = moments[0].day
        lasts = max(_lasts(m, self._rules) for m in moments)
        if self._siege is not None and self._whole is not None and not actors.keys() & self._whole.actors.keys():
            self._siege = None
        self._whole = Whole(actors, weight, day, day + lasts * DAY, rule, _references(moments))

    def _support(self, moments: Sequence[Moment], weight: float) -> None:
        """More for the holder that is known."""
        whole = self._whole
        assert whole is not None
        whole.weight = 1 - (1 - self._standing(moments[0].day)) * (1 - weight)
        whole.last = moments[0].day
        whole.lapses = max(whole.lapses, moments[0].day + max(_lasts(m, self._rules) for m in moments) * DAY)
        self._fresh += _references(moments)

    def _standing(self, day: dt.date) -> float:
        """The weight of what is known of the holder, less with each day."""
        whole = self._whole
        if whole is None:
            return 0.0
        span = (whole.lapses - whole.last).days
        return whole.weight * max(0.0, 1 - (day - whole.last).days / span) if span else whole.weight

    def _take(self, day: dt.date, takes: Sequence[Moment], holds: Sequence[Moment], loses: Sequence[Moment]) -> bool:
        """The place is taken: the side with more weight behind it holds it; what speaks against it makes it contested."""
        whole = [m for m in takes if m.evidence.part is None and m.camp is not None]
        for m in whole:
            if not _specific(m):
                self._area_claim(day, m)
        sides = self._sides([m for m in whole if _specific(m)])
        if not sides:
            return False
        winner = max(sides, key=lambda s: (_weight(s), sorted(str(m.camp) for m in s)))
        camps = {m.camp for m in winner}
        weight = _weight(winner)
        others = [m for s in sides if s is not winner for m in s]
        opposed = [
            m for m in (*holds, *others) if m.camp not in camps and m.camp is not None and m.evidence.part is None
        ]
        opposed = [m for m in opposed if not self._same_side(m.camp, camps) and _specific(m)]
        before = self._whole
        if before is not None and camps & before.actors.keys() and not opposed:
            self._support(winner, weight)
            self._fight = None
            before.actors = before.actors | {
                c: a for c, a in _actors(winner, self._rules).items() if c not in before.actors and len(camps) > 1
            }
            return True
        self._fight = self._siege = None
        losers = {str(m.camp) for m in loses} | set(before.actors if before else ())
        if losers - {str(c) for c in camps}:
            self._sweep(day, losers, {str(c) for c in camps})
        else:
            self._parts = {}  # it was parted, and one side now has all of it
        self._set(winner, "taken", weight)
        if opposed and _weight(opposed) >= self._rules.rules["disputes"] * weight:
            self._dispute(day, winner, opposed, before)
        else:
            self._against += _references(opposed)
        return True

    def _sides(self, moments: Sequence[Moment]) -> list[list[Moment]]:
        """Takings of one day by side: those of one voice in an article are together, and those that share a camp."""
        groups: list[tuple[set[str | None], list[Moment]]] = []
        by: dict[tuple[str, str], list[Moment]] = {}
        for m in moments:
            by.setdefault((m.evidence.article_key, m.evidence.voice), []).append(m)
        for _, rows in sorted(by.items()):
            camps = {m.camp for m in rows}
            joined = [g for g in groups if g[0] & camps]
            groups = [g for g in groups if not g[0] & camps]
            groups.append((camps.union(*(g[0] for g in joined)), [*(m for g in joined for m in g[1]), *rows]))
        return [rows for _, rows in groups]

    def _sweep(self, day: dt.date, losers: set[str], takers: set[str]) -> None:
        """The parts that still stand after a taking: a third side's, when it was seen there not long before."""
        fresh = day - self._rules.days("part_stays_days") * DAY
        self._parts = {
            name: part
            for name, part in self._parts.items()
            if not part.actors.keys() & (losers | takers) and part.last >= fresh
        }

    def _area_claim(self, day: dt.date, m: Moment) -> None:
        """A taking of a whole area: it fills what is not known, and makes contested what is old."""
        whole, weight = self._whole, m.evidence.weight
        if whole is None:
            if weight >= self._rules.rules["fills"]:
                self._set([m], "taken with its area", weight)
        elif m.camp in whole.actors:
            self._support([m], weight)
        elif weight >= self._rules.rules["disputes"] * self._standing(day):
            self._dispute(day, [], [m], whole)
        else:
            self._against.append(m.evidence.reference)

    def _leave(self, day: dt.date, loses: Sequence[Moment]) -> None:
        left = {m.camp for m in loses if m.evidence.part is None and not m.implied and _specific(m)}
        rows = [m for m in loses if m.camp in left and not m.implied]
        self._siege = None if left else self._siege
        if self._whole is not None and left & self._whole.actors.keys():
            remaining = {c: a for c, a in self._whole.actors.items() if c not in left}
            if remaining:
                self._whole.actors = remaining
            else:
                self._whole, self._left, self._why = None, _references(rows), "left, and nobody named after"
            self._siege = None
        self._parts = {n: p for n, p in self._parts.items() if not p.actors.keys() & left} if left else self._parts
        self._fresh += _references(rows)

    def _hold(self, day: dt.date, holds: Sequence[Moment], taken: bool) -> None:
        """Somebody is named as the holder: the known one is borne out, an unknown one filled in, another one disputed."""
        for camp in sorted({m.camp for m in holds if m.camp is not None}):
            rows = [m for m in holds if m.camp == camp]
            weight = _weight(rows)
            whole = self._whole
            if whole is None:
                if weight >= self._rules.rules["fills"]:
                    self._set(rows, "named as the holder", weight)
                    self._forget_unnamed(day, camp)
            elif self._same_side(camp, whole.actors.keys()):
                self._support(rows, weight)
                self._forget_unnamed(day, camp)
                self._settle(day, camp, rows)
            elif taken:
                continue  # weighed against the taking already
            elif weight >= self._rules.rules["disputes"] * self._standing(day):
                self._dispute(day, [], rows, whole)
            else:
                self._against += _references(rows)

    def _forget_unnamed(self, day: dt.date, camp: str) -> None:
        """Parts that nobody named ("parts of it") and that others held are forgotten when somebody has all of it later."""
        fresh = day - self._rules.days("part_stays_days") * DAY
        unnamed = {self._rules.parts[code] for code in ("some", "half")}
        self._parts = {
            name: part
            for name, part in self._parts.items()
            if name not in unnamed or camp in part.actors or part.last >= fresh
        }

    def _same_side(self, camp: str | None, camps: Iterable[str | None]) -> bool:
        """Whether a camp is among these, helps one of them, or is a general word for one."""
        held = set(camps)
        return (
            camp in held
            or self._rules.helps.get(camp or "") in held
            or any(self._rules.umbrella.get(c or "") == camp for c in held)
        )

    def _dispute(self, day: dt.date, winner: Sequence[Moment], rows: Sequence[Moment], whole: Whole | None) -> None:
        """Another holder is named than the one that is known: contested, until one side has much more for it."""
        fight = self._fight
        if fight is None or fight.rule != "disputed":
            fight = Fight(day, "disputed")
            for camp in whole.actors if whole else ():
                fight.weights[camp] = self._standing(day)
        for m in (*winner, *rows):
            camp = str(m.camp)
            fight.weights[camp] = 1 - (1 - fight.weights.get(camp, 0.0)) * (1 - m.evidence.weight)
            if m.evidence.actor is not None:
                fight.actors.setdefault(camp, m.evidence.actor)
        fight.until = day + self._rules.lasts["disputed"] * DAY
        fight.references += [r for r in _references([*winner, *rows]) if r not in fight.references]
        self._fight = fight
        if rows and not winner:
            self._settle(day, str(rows[0].camp), rows)

    def _settle(self, day: dt.date, camp: str, rows: Sequence[Moment]) -> None:
        """End a dispute when one side has enough more for it than the other."""
        fight = self._fight
        if fight is None or fight.rule != "disputed":
            return
        mine = fight.weights.get(camp, 0.0)
        if self._whole is not None and camp in self._whole.actors:
            mine = max(mine, self._whole.weight)
        others = max((w for c, w in fight.weights.items() if c != camp), default=0.0)
        if mine >= self._rules.rules["settles"] * others:
            self._fight = None
            if self._whole is None or camp not in self._whole.actors:
                self._set(rows, "named by later sources", mine)

    def _take_part(self, day: dt.date, m: Moment) -> None:
        """A part is taken: its holder changes, and for some days the whole is fought for."""
        whole, actor = self._whole, m.evidence.actor
        if actor is None or m.camp is None or not m.evidence.part:
            return
        self._hold_part(m)
        if whole is not None and m.camp not in whole.actors:
            until = day + self._rules.days("part_fight_days") * DAY
            fight = self._fight or Fight(until, "a part of it was taken")
            fight.until = max(fight.until, until)
            fight.actors.setdefault(m.camp, actor)
            fight.references.append(m.evidence.reference)
            self._fight = fight

    def _hold_part(self, m: Moment) -> None:
        part, actor, camp = m.evidence.part, m.evidence.actor, m.camp
        if part is None or actor is None or camp is None:
            return
        if part == "most":
            self._hold(m.day, [_without_part(m)], False)
            return
        name = self._rules.parts.get(part, part)
        name = f"{name} ({actor.name_ar})" if part == "shared" else name
        lapses = m.day + _lasts(m, self._rules) * DAY
        held = self._parts.get(name)
        if held is not None and camp in held.actors:
            held.last, held.lapses = m.day, max(held.lapses, lapses)
            held.references.append(m.evidence.reference)
        else:
            self._parts[name] = Part({camp: actor}, m.day, lapses, [m.evidence.reference])
        if part == "shared":
            self._whole = None

    def _fought(self, day: dt.date, contests: Sequence[Moment], taken: bool) -> None:
        """A fight for the place that is strong enough, or that leads to a taking, makes it contested."""
        rules = self._rules.rules
        needed = rules["fights"] * self._whole.weight if taken and self._whole else rules["contests"]
        if not contests or _weight(contests) < needed:
            self._against += _references(contests)
            return
        until = max(m.until or day for m in contests)
        fight = self._fight or Fight(until, "fought for", dict(self._before))
        fight.until = max(fight.until, until)
        for m in contests:
            if m.camp is not None and m.evidence.actor is not None and self._rules.helps.get(m.camp) is None:
                fight.actors.setdefault(m.camp, m.evidence.actor)
        fight.references += [r for r in _references(contests) if r not in fight.references]
        self._fight = fight

    def _besieged(self, besieges: Sequence[Moment], lifted: Sequence[Moment]) -> None:
        if besieges:
            camps = {m.camp for m in besieges if m.camp is not None}
            until = max(m.until or m.day for m in besieges)
            known = self._siege
            references = _references(besieges)
            if known is not None:
                camps, until, references = (
                    camps | known.camps,
                    max(until, known.until),
                    [*known.references, *references],
                )
            self._siege = Siege(camps, until, list(dict.fromkeys(references)))
        if lifted:
            self._siege = None
            self._fresh += _references(lifted)


def _by_effect(moments: Sequence[Moment]) -> Callable[[str], list[Moment]]:
    def of(effect: str) -> list[Moment]:
        return [m for m in moments if m.evidence.effect == effect and not m.implied]

    return of


def _specific(m: Moment) -> bool:
    return m.evidence.place.level not in ("area", "governorate")


def _references(moments: Iterable[Moment]) -> list[str]:
    return list(dict.fromkeys(m.evidence.reference for m in moments))


def _actors(moments: Sequence[Moment], known: ControlKnowledge) -> Actors:
    """The actors by camp, the one with most weight for each; those that only help another are left out."""
    best: dict[str, Moment] = {}
    for m in sorted(
        moments,
        key=lambda m: (
            -m.evidence.weight,
            m.evidence.actor.generic if m.evidence.actor else True,
            m.evidence.reference,
        ),
    ):
        if m.camp is not None:
            best.setdefault(m.camp, m)
    return {c: m.evidence.actor for c, m in sorted(best.items()) if m.evidence.actor and known.helps.get(c) not in best}


def _weight(moments: Iterable[Moment]) -> float:
    """The weight of evidence together: each voice counts once, with its strongest word."""
    voices: dict[str, float] = {}
    for m in moments:
        voices[m.evidence.voice] = max(voices.get(m.evidence.voice, 0.0), m.evidence.weight)
    rest = 1.0
    for weight in voices.values():
        rest *= 1 - weight
    return 1 - rest


def _lasts(m: Moment, known: ControlKnowledge) -> int:
    if m.implied:
        return known.days("implied_days")
    if not _specific(m):
        return known.lasts["area"]
    return known.lasts["takes" if m.evidence.effect == "takes" else "holds"]


def _without_part(m: Moment) -> Moment:
    return replace(m, evidence=replace(m.evidence, part=None))
