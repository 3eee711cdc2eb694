"""Choosing: who fills a role of an event, decided once over everybody who may.

What the rules say is one fact among others. Each candidate's facts are weighed and the sums made chances; whoever is likelier
by a margin than those of the rules, and whom the words tie to the deed, stands in their place. Weights are learned
(`knowledge/choice.py`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp

from waqai.coding.candidates import (
    REMOTE,
    Candidate,
    Role,
    Sides,
    at_home,
    camps_of,
    candidates,
    cast_of,
    elsewhere,
    holders,
    named_for,
)
from waqai.coding.draft import CARRIED_ON, LIKELIEST, TOLD_WHERE, Draft
from waqai.coding.manner import settled_type
from waqai.coding.merging import NO_AIRCRAFT
from waqai.coding.roles import armed, with_fellows
from waqai.coding.scene import Scene
from waqai.coding.standing import BARS, SPEAKING, Company, speakers, tied
from waqai.knowledge.choice import ChoiceKnowledge
from waqai.knowledge.events import Events
from waqai.model.mention import Actor, Mention, Source
from waqai.model.quick import quick, replace
from waqai.model.report import NamedActor, Why

ROLES: tuple[Role, ...] = ("actor1", "actor2")
CLASH = "Armed clash"  # its sides have no direction: the rules name both or neither
# Frames of who marches or flees and of arms that are found: the rules know.
LEFT = ("protest", "protesters", "displaced", "disrupt", "other")
# Frames of places that somebody takes: control rests on stated words.
CHANGES_HANDS = ("take", "expel", "fall", "leave")
UNDERSTOOD = (CARRIED_ON, TOLD_WHERE)  # rules of doers whom no words of the event's sentence name
REASONS = 3  # facts that it tells of whoever was chosen
SHOWN = 4  # candidates that the trace tells


@dataclass(frozen=True, slots=True)
class Chooser:
    """What choosing needs to know."""

    choice: ChoiceKnowledge
    sides: Sides
    events: Events


@quick
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
    company, casts, out = Company(speakers(sources)), {role: cast_of(drafts, role) for role in ROLES}, []
    for number, draft in enumerate(drafts):
        made, scene = draft, numbered.get(draft.sentence)
        asked = [role for role in ROLES if weighed(draft, role) and chooser.choice.weights.get(role)]
        named = named_for(draft, numbered, company, chooser.sides) if asked else []
        for role in asked:
            held = camps_of(holders(draft, role))
            if only_understood(draft, role) or any(one.here and one.mention.value.camp not in held for one in named):
                found = candidates(draft, role, named, elsewhere(casts[role], number), scene, chooser.sides)
                made = _decided(made, role, chances(found, chooser.choice.weights[role]), scene, chooser)
        out.append(_agreed(draft, made, chooser.events) if made is not draft else draft)
    return out


def weighed(draft: Draft, role: Role) -> bool:
    """Whether who fills a role of an event is weighed, or left to the rules alone: who did it where their words name anybody (also
    one whom nobody knows) or a place is taken, and all of clashes, protests, flights and finds of arms."""
    named = bool(draft.actor1) and not only_understood(draft, role)
    known = role == "actor1" and (named or draft.frame in CHANGES_HANDS)
    return not known and draft.type != CLASH and draft.frame not in LEFT


def only_understood(draft: Draft, role: Role) -> bool:
    """Whether the rules only understood who did it from what was told before: he may be nobody."""
    return role == "actor1" and any(w.field == role and w.rule in UNDERSTOOD for w in draft.why)


def chances(found: Sequence[Candidate], weights: Mapping[str, float]) -> list[Chance]:
    """The camps of the candidates, likeliest first; the chances of all add up to 1."""
    weight = weights.get
    sums = [sum([weight(fact, 0.0) for fact in dict.fromkeys(c.facts)]) for c in found]  # in one order: the same bytes
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
    `least` so likely and by `margin` likelier than they.
    """
    best, held = found[0], sum(c.chance for c in found if c.camp in ruled)
    kept = best.camp in ruled or not best.best.here or best.chance < least or best.chance - held < margin
    return None if kept else best


def put_in(draft: Draft, role: Role, found: Sequence[Chance], scene: Scene | None, chooser: Chooser) -> Chance | None:
    """Who is put into a role of an event in the place of those whom the rules name; None when these stay, the camp "" when
    nobody is meant.

    In: the event, its sentence, and what `chances` gives. He is likelier than they by the margin, does not only say so, and may
    have done it or been met. Where the rules only understood a doer he may be taken out, and nobody is put in his place.
    """
    choice = chooser.choice
    if only_understood(draft, role):
        return found[0] if not found[0].camp and found[0].chance >= choice.nobody else None
    ruled = camps_of(holders(draft, role)) or frozenset(("",))
    best = likelier(found, ruled, choice.least[role], choice.margin)
    if best is None or not SPEAKING.isdisjoint(best.best.facts):
        return None
    if role == "actor2":
        return best if _may_be_met(best.best, draft) else None
    facts = frozenset(best.best.facts)
    sure = tied(facts) or (
        best.chance >= choice.untied and BARS.isdisjoint(facts) and "before|other clause" not in facts
    )
    return best if sure and _may_have_done(best.best, draft, scene, chooser.sides) else None


def _decided(draft: Draft, role: Role, found: Sequence[Chance], scene: Scene | None, chooser: Chooser) -> Draft:
    """An event with whoever is put into a role."""
    best = put_in(draft, role, found, scene, chooser)
    m = best.best.mention if best is not None else None
    if best is None or (m is None and best.camp):
        return draft
    actors = _with_fellows(m, draft, scene, chooser.sides) if m is not None else ()
    told = (_reasons(best, chooser.choice.weights[role]), *(_shown(c) for c in found[:SHOWN] if c is not best))
    why = (*(w for w in draft.why if w.field != role), Why(role, LIKELIEST, m.span if m is not None else None, told))
    return replace(draft, actor1=actors, why=why) if role == "actor1" else replace(draft, actor2=actors, why=why)


def _shown(chance: Chance) -> str:
    """A candidate by name, with his chance."""
    actor = chance.best.actor
    return f"{actor.actor.name_en if actor is not None else 'nobody'} {chance.chance:.2f}"


def _reasons(chance: Chance, weights: Mapping[str, float]) -> str:
    """Whoever was chosen, with his chance and the facts that spoke for him most."""
    facts = sorted(set(chance.best.facts), key=lambda fact: (-weights.get(fact, 0.0), fact))
    return f"chosen: {_shown(chance)} ({'; '.join(facts[:REASONS])})"


def _may_be_met(best: Candidate, draft: Draft) -> bool:
    """Whether somebody may be whom the deed met: no other clause names him, and who loses a place bears arms."""
    if best.mention is None or any("|other clause" in fact for fact in best.facts):
        return False
    return draft.frame not in CHANGES_HANDS or armed(best.mention.value)


def _may_have_done(best: Candidate, draft: Draft, scene: Scene | None, sides: Sides) -> bool:
    """Whether somebody may be named as who did it, however likely: the sentence does not say that nobody knows, who
    has no aircraft has not bombed from the air, and a foreign army has not bombed its own country from afar.
    """
    if best.mention is None or scene is None or scene.found("modality.unclaimed", 0, len(scene.words)) is not None:
        return False
    actor = best.mention.value
    flown = draft.type == "Air/drone strike" and actor.kind in NO_AIRCRAFT
    home = draft.type in REMOTE and actor.kind == "external forces" and at_home(actor, draft, sides) is True
    return not flown and not home


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
