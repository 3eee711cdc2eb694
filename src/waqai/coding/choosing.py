"""Choosing: who fills a role of an event, decided once over everybody who may.

What the rules say is one fact among others. Each candidate's facts are weighed, the sums made chances, and whoever is
likelier by a margin than those of the rules stands in their place. Weights are learned (`knowledge/choice.py`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp

from waqai.coding.candidates import REMOTE, Candidate, Role, Sides, at_home, camps_of, candidates, elsewhere, holders
from waqai.coding.draft import Draft
from waqai.coding.manner import settled_type
from waqai.coding.merging import NO_AIRCRAFT
from waqai.coding.roles import with_fellows
from waqai.coding.scene import Scene
from waqai.coding.standing import Company, speakers
from waqai.knowledge.choice import ChoiceKnowledge
from waqai.knowledge.events import Events
from waqai.model.mention import Actor, Mention, Source
from waqai.model.report import NamedActor, Why

ROLES: tuple[Role, ...] = ("actor1", "actor2")
CLASH = "Armed clash"  # its sides have no direction: the rules name both or neither
CROWDS = ("protest", "protesters", "displaced")  # frames of those who march or flee: nobody else is the doer
CHANGES_HANDS = (
    "take",
    "expel",
    "fall",
    "leave",
)  # frames of places that somebody takes: control rests on stated words
LIKELIEST = "likeliest of those who may be meant"  # the rule that the trace names
SHOWN = 4  # candidates that the trace tells


@dataclass(frozen=True, slots=True)
class Chooser:
    """What choosing needs to know."""

    choice: ChoiceKnowledge
    sides: Sides
    events: Events


@dataclass(frozen=True, slots=True)
class Chance:
    """How likely a camp ("" for nobody) is to fill a role, 0 to 1, and the candidate that speaks best for it."""

    camp: str
    chance: float
    best: Candidate


def chosen(
    drafts: Sequence[Draft], scenes: Sequence[Scene], sources: Iterable[Mention[Source]], chooser: Chooser
) -> list[Draft]:
    """The events of an article, in the order of the text, with whoever is likeliest in each role."""
    numbered = {s.sentence.number: s for s in scenes}
    company, out = Company(speakers(sources)), []
    for number, draft in enumerate(drafts):
        made = draft
        for role in ROLES:
            weights = chooser.choice.weights.get(role, {})
            if weights and weighed(draft, role):
                found = candidates(draft, role, elsewhere(drafts, number, role), numbered, company, chooser.sides)
                made = _decided(made, role, chances(found, weights), numbered.get(draft.sentence), chooser)
        out.append(_agreed(draft, made, chooser.events) if made is not draft else draft)
    return out


def weighed(draft: Draft, role: Role) -> bool:
    """Whether who fills a role of an event is weighed, or left to the rules alone."""
    taker = role == "actor1" and draft.frame in CHANGES_HANDS
    return not taker and draft.type != CLASH and draft.frame not in CROWDS


def chances(found: Sequence[Candidate], weights: Mapping[str, float]) -> list[Chance]:
    """The camps of the candidates, likeliest first; the chances of all add up to 1."""
    sums = [sum([weights.get(fact, 0.0) for fact in dict.fromkeys(c.facts)]) for c in found]
    top = max(sums)
    powers = [exp(s - top) for s in sums]
    whole = sum(powers)
    by_camp: dict[str, Chance] = {}
    for c, power in sorted(zip(found, powers, strict=True), key=lambda pair: -pair[1]):
        held = by_camp.get(c.camp)
        by_camp[c.camp] = Chance(c.camp, power / whole + (held.chance if held else 0.0), held.best if held else c)
    return sorted(by_camp.values(), key=lambda chance: -chance.chance)


def likelier(found: Sequence[Chance], ruled: frozenset[str], least: float, margin: float) -> Chance | None:
    """Who stands in the place of those whom the rules name (camps, "" for nobody); None when these stay.

    `found` is what `chances` gives. Only somebody whom a sentence of the event names is put in, and only when he is at
    `least` so likely; nobody is taken out.
    """
    best, held = found[0], sum(c.chance for c in found if c.camp in ruled)
    kept = best.camp in ruled or not best.best.here or best.chance < least or best.chance - held < margin
    return None if kept else best


def _decided(draft: Draft, role: Role, found: Sequence[Chance], scene: Scene | None, chooser: Chooser) -> Draft:
    """An event with the likeliest in a role, where he is likelier than those of the rules."""
    ruled = camps_of(holders(draft, role)) or frozenset(("",))
    best = likelier(found, ruled, chooser.choice.least[role], chooser.choice.margin)
    if best is None or (role == "actor1" and _impossible(best.best, draft, chooser.sides)):
        return draft
    m = best.best.mention
    actors = _with_fellows(m, draft, scene, chooser.sides) if m is not None else ()
    told = tuple(f"{c.camp or 'nobody'} {c.chance:.2f}" for c in found[:SHOWN])
    why = (*(w for w in draft.why if w.field != role), Why(role, LIKELIEST, m.span if m is not None else None, told))
    return replace(draft, actor1=actors, why=why) if role == "actor1" else replace(draft, actor2=actors, why=why)


def _impossible(best: Candidate, draft: Draft, sides: Sides) -> bool:
    """Whether he cannot have done it: who has no aircraft from the air, a foreign army to its own country from afar."""
    kind = best.actor.actor.kind if best.actor is not None else ""
    flown = draft.type == "Air/drone strike" and kind in NO_AIRCRAFT
    return flown or (draft.type in REMOTE and kind == "external forces" and at_home(best.actor, draft, sides) is True)


def _with_fellows(m: Mention[Actor], draft: Draft, scene: Scene | None, sides: Sides) -> tuple[NamedActor, ...]:
    """Whoever was chosen, with those "and" joins to him; without words where another sentence names him.

    A deed without aircraft is that of those whose air force was named.
    """
    here = scene is not None and m.sentence == draft.sentence
    group = with_fellows(scene, m, scene.actors) if scene is not None and here else [m]
    by_air = draft.type == "Air/drone strike"
    named = [
        NamedActor(g.value if by_air else sides.masters.get(g.value.id, g.value), g.span if here else None)
        for g in group
    ]
    return tuple({n.actor.id: n for n in named}.values())


def _agreed(before: Draft, draft: Draft, events: Events) -> Draft:
    """An event whose parties changed: nobody stands on both sides, and the type follows who takes a place or meets whom."""
    if draft.actor1 != before.actor1:
        own = camps_of(draft.actor1) - {"civilians"}
        draft = replace(draft, actor2=tuple(a for a in draft.actor2 if a.actor.camp not in own))
    kind = settled_type(draft.type, draft.trigger, draft.actor1, draft.actor2, events)
    return replace(draft, type=kind) if kind != draft.type else draft
