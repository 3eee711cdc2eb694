"""Evidence: what reports and statements say of who holds their place, weighed by who says it and how closely.

An attempted or denied taking never says that anybody took a place: it says that it is fought for, and who holds it.
A planned one says nothing. A taking told as history counts for its own day, and for nothing when it has none.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from waqai.arabic.letters import fold
from waqai.knowledge.control import ControlKnowledge
from waqai.model.account import Account
from waqai.model.control import ControlEvidence, Effect, Holding
from waqai.model.mention import Actor, DateRange, Place, Source

OFFICIAL = frozenset({"official", "military", "party", "police"})
TURNS = frozenset({"takes", "loses"})
WIDE = ("area", "governorate")
UNARMED = frozenset({"civilians", "protesters", "rioters"})


@dataclass(frozen=True, slots=True)
class Telling:
    """The article a statement stands in: `copy_of` as in Account, `known` the day from which it can be known."""

    article_key: str
    copy_of: str
    outlet: str | None
    known: dt.date


@dataclass(frozen=True, slots=True)
class Sides:
    """The camp that a source speaks for, by its English name; outlets and parties alike."""

    camps: Mapping[str, str]

    def of(self, source: Source) -> str | None:
        """The camp a source speaks for, None when it is none or not known."""
        return self.camps.get(source.name_en)


def evidence_of_account(account: Account, known: ControlKnowledge, sides: Sides) -> tuple[ControlEvidence, ...]:
    """What one report says of who holds its place: () for most reports, several when it names several parties."""
    roles = known.events.get((account.sub_event_type, account.modality))
    place, date = account.place, account.date
    if roles is None or place is None or date is None or date.start is None or date.end is None:
        return ()
    effects = _effects(account, roles, known)
    told_part = _part_told(account, known)
    reached = _reached(place, {effect for _, effect in effects}, known, told_part)
    if reached is None or not effects:
        return ()
    place, part = reached
    told = Telling(account.article_key, account.copy_of, account.outlet, account.known)
    chains = [c.chain for c in account.claims if c.stance == "asserts"] or [c.chain for c in account.claims] or [()]
    out = []
    for actor, effect in effects:
        side = actor.camp if actor else None
        for voice, share in _voices(chains, told, side, effect, sides, known):
            weight = known.effects[effect] * share * known.dates[str(date.precision)]
            out.append(_evidence(account.report_id, told, place, actor, _plain(effect), part, date, voice, weight))
    return tuple(out)


def evidence_of_holding(
    holding: Holding, told: Telling, known: ControlKnowledge, sides: Sides
) -> tuple[ControlEvidence, ...]:
    """What one statement says; () without a day, when it is denied, or when it speaks of the surroundings of a place."""
    date = holding.date
    if date is None or date.start is None or date.end is None:
        return ()
    if (
        date.precision > 2 and date.end == told.known
    ):  # "since 2014": sure of the day it is said, vague of the first one
        date = replace(date, start=date.end, precision=1)
    reached = _reached(holding.place, {holding.effect}, known, None)
    chains = [tuple(s.source for s in c.chain) for c in holding.claims if c.stance == "asserts"]
    if reached is None or not chains:
        return ()
    place, part = reached
    side = holding.actor.camp if holding.actor else None
    return tuple(
        _evidence(
            holding.id,
            told,
            place,
            holding.actor,
            holding.effect,
            holding.part or part,
            date,
            voice,
            known.effects[holding.effect] * share * known.dates[str(date.precision)],
        )
        for voice, share in _voices(chains, told, side, holding.effect, sides, known)
    )


def within(evidence: Iterable[ControlEvidence], place: Place, known: ControlKnowledge) -> Iterator[ControlEvidence]:
    """Evidence of an area or governorate as it reaches a place in it: the same, with less weight; only who holds it."""
    for one in evidence:
        if one.effect in ("takes", "loses", "holds"):
            share = known.areas["governorate" if one.place.level == "governorate" else "area"]
            yield replace(one, weight=one.weight * share)


def of_part(evidence: Iterable[ControlEvidence], part: Place, whole: Place) -> Iterator[ControlEvidence]:
    """Evidence of a quarter as evidence of a part of its town."""
    for one in evidence:
        yield replace(one, place=whole, part=part.name_ar)


def _effects(
    account: Account, roles: tuple[str | None, str | None], known: ControlKnowledge
) -> list[tuple[Actor | None, str]]:
    """The parties with what the report says of each; an attack that was beaten off only shows who holds the place."""
    first, second = roles
    if account.words & known.repelled and first in ("clash", "contests"):
        first, second = None, second if second == "holds" else None
    elif first is None and second == "holds" and not account.words & (known.attacks | known.repelled):
        first, second = "clash", "clash"
    if first == "loses" and account.words & known.entered and not account.words & known.left:
        first, second = "takes", "loses"
    if account.lent:  # no article says of this party that it had or lost the place
        second = None
    if first == "takes" and any(claim.stance == "denies" for claim in account.claims):
        first, second = "contests", "holds" if second else None
    if first == "takes" and account.words & known.lost and not account.actor2:
        first, second = "loses", None
    if account.background and first in ("clash", "deploys", "contests"):
        return []
    out: list[tuple[Actor | None, str]] = []
    for actors, effect in ((account.actor1, first), (account.actor2, second)):
        if effect:
            out += [(actor, effect) for actor in holders(actors, known)]
    if first == "truce":
        return [(None, "truce")]
    if first == "takes" and not any(effect == "takes" for _, effect in out):
        out.append((None, "takes"))
    if first == "contests" and account.modality == "denied" and not out:
        out.append((None, "contests"))  # whoever is denied to have taken it, it speaks against the taking
    if {a.camp for a, e in out if a and e == "takes"} & {a.camp for a, e in out if a and e == "loses"}:
        out = [(a, e) for a, e in out if e != "loses"]
    return out


def holders(actors: Iterable[Actor], known: ControlKnowledge) -> list[Actor]:
    """The armed actors that can hold ground: those that help another of them are left out."""
    bearing = [a for a in actors if a.kind not in UNARMED]
    camps = {a.camp for a in bearing}
    return [a for a in bearing if known.helps.get(a.camp) not in camps]


def _part_told(account: Account, known: ControlKnowledge) -> str | None:
    """The part of its place that the words of a report tell: "parts of it", "half of it"; None for all of it."""
    told = sorted(known.partial[word] for word in account.words & known.partial.keys())
    return told[0] if told and not account.words & known.entire else None


def _reached(
    place: Place, effects: set[str], known: ControlKnowledge, part: str | None
) -> tuple[Place, str | None] | None:
    """The place that evidence bears on, and the part of it; None when it speaks of the surroundings, or of a country."""
    if place.level == "country":
        return None
    if place.relation is None:
        return place, part
    if place.relation == "site in" and part is not None and place.level == "settlement":
        return replace(place, relation=None), part
    if place.relation == "site in" and is_centre(place, known):
        return replace(place, id=place.id.partition("/")[0], level="settlement", relation=None), None
    if place.relation == "site in" and place.level in ("site", "neighbourhood"):
        return place, None
    if place.relation == "around" and place.level not in WIDE and effects <= {"clash", "contests", "holds"}:
        return place, None
    return None


def is_centre(place: Place, known: ControlKnowledge) -> bool:
    """Whether a site is the centre of its town, which stands for the town; its id begins with the town's."""
    return "/" in place.id and place.level == "site" and fold(place.name_ar).split(" ")[0] in known.centre


def _voices(
    chains: Iterable[tuple[Source, ...]],
    told: Telling,
    side: str | None,
    effect: str,
    sides: Sides,
    known: ControlKnowledge,
) -> list[tuple[str, float]]:
    """The voices of a report with their share: the sources furthest back, one for all that speak for the same camp."""
    found: dict[str, float] = {}
    for chain in chains:
        source = chain[-1] if chain else None
        camp = sides.of(source) if source else sides.camps.get(told.outlet or "")
        if camp is not None:
            own = camp == side if effect != "loses" else camp != side
            name, key = ("party" if own else "against_interest"), f"side:{camp}"
        elif source is not None and source.kind in OFFICIAL:
            name, key = "official", f"source:{source.name_en or source.name_ar}"
        else:
            name = "neutral"
            key = f"source:{source.name_en or source.name_ar}" if source else f"outlet:{told.outlet or told.copy_of}"
        found[key] = max(found.get(key, 0.0), known.voices[name])
    return sorted(found.items())


def _plain(effect: str) -> Effect:
    """The effect that a weak one stands for."""
    return {"deploys": "holds", "clash": "contests"}.get(effect, effect)  # type: ignore[return-value]


def _evidence(
    reference: str,
    told: Telling,
    place: Place,
    actor: Actor | None,
    effect: Effect,
    part: str | None,
    date: DateRange,
    voice: str,
    weight: float,
) -> ControlEvidence:
    start, end = date.start, date.end
    assert start is not None and end is not None
    last = min(end, told.known) if start <= told.known else end
    weight = round(min(max(weight, 0.001), 1.0), 4)
    return ControlEvidence(
        reference, told.article_key, place, actor, effect, part, start, last, told.known, voice, weight
    )
