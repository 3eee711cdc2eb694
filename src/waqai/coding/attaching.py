"""Attaching: the tolls of a sentence to its events, and the sides that another event or the article names."""

from collections.abc import Sequence
from itertools import pairwise

from waqai.coding.draft import FROM_ABROAD, Draft, Memory, Toll
from waqai.coding.merging import camps as camps_of
from waqai.coding.merging import same_place
from waqai.coding.roles import armed, named
from waqai.coding.scene import Scene
from waqai.coding.tolls_places import fits, place_of
from waqai.model.mention import Place
from waqai.model.quick import replace
from waqai.model.report import NamedActor, Why

SAID = ("tolls.killed_verbs", "tolls.killed_nouns", "tolls.injured_verbs", "tolls.injured_nouns")

UNSPECIFIED = ("armed-men", "extremists")  # actors that are no more than "gunmen"
AMBUSHES = ("Suicide bomb", "Remote explosive/landmine/IED")
BLOODLESS = ("Agreement", "Change to group/activity")
SELDOM = (
    "Peaceful protest",
    "Arrests",
    "Disrupted weapons use",
    "Other",
    "Headquarters or base established",
    "Non-violent transfer of territory",
    "Looting/property destruction",
)
JOINED = 20  # tokens from a bombing to the one that goes on with it
OBJECT = 30  # tokens by which a killing is nearer to those who stand right after its word ("اغتيال أحد القضاة")
BY_IT = (
    12  # tokens by which an event is nearer to the toll before it, when a preposition leads to it ("قتل 30 في هجوم")
)


def with_tolls(scene: Scene, drafts: list[Draft], tolls: Sequence[Toll]) -> tuple[list[Draft], list[Toll]]:
    """The drafts, each with the tolls that stand nearest to it; and the tolls for which the sentence has no event."""
    left: list[Toll] = []
    tolls = [t for t in tolls if not _split_up(scene, drafts, tolls, t)]
    for toll in tolls:
        candidates = _costly(scene, drafts, toll)
        best = min(candidates, key=lambda d: _far(scene, d, toll, tolls), default=None)
        if best is None:
            left.append(toll)
            continue
        if _everywhere(scene, best, toll) or _nowhere(scene, best):
            continue
        if _apart(scene, best, toll):
            left.append(toll)
            continue
        best = _taken_in(scene, best, candidates)
        toll = replace(
            toll, history=toll.history or _history(scene, best), joint=best.of_list and place_of(scene, toll) is None
        )
        drafts[drafts.index(best)] = _hit(scene, replace(best, tolls=(*best.tolls, toll)), toll)
    return drafts, left


def _split_up(scene: Scene, drafts: Sequence[Draft], tolls: Sequence[Toll], toll: Toll) -> bool:
    """Whether a toll gives way to its parts, that the text gives to towns; a part of a town without an event gives way."""
    if toll.part:
        at = place_of(scene, toll)
        whole = next((t for t in reversed(tolls) if t.last <= toll.first and not t.part), None)
        return at is not None and not (whole and _town_told(scene, drafts, whole, toll))
    part = next((t for t in tolls if t.first > toll.last and t.outcome == toll.outcome), None)
    return part is not None and part.part and _town_told(scene, drafts, toll, part)


def _town_told(scene: Scene, drafts: Sequence[Draft], whole: Toll, part: Toll) -> bool:
    """Whether a part fell in a town of a list of events, or of an event where the whole fell all over."""
    at = place_of(scene, part)
    there = [d for d in drafts if at and d.place and same_place(d.place.place, at)]
    everywhere = scene.found("tolls.everywhere", whole.last, part.first) is not None
    return any(everywhere or d.of_list for d in there)


def _history(scene: Scene, draft: Draft) -> bool:
    """Whether an event is told as history; what only came before the news ("after fighting that cost") belongs to it."""
    return draft.background and scene.clause_at(draft.first).kind != "after"


def _costly(scene: Scene, drafts: Sequence[Draft], toll: Toll) -> list[Draft]:
    """The events that a toll may belong to: those that cost lives before all others, and none at another place."""
    place = place_of(scene, toll)
    able = [d for d in drafts if d.type not in BLOODLESS and _may_be(d, place) and not _set_against(scene, d, toll)]
    there = [d for d in able if place and d.place and same_place(d.place.place, place) and d.type not in SELDOM]
    if there:
        return there
    return [d for d in able if d.type not in SELDOM] or able


def _set_against(scene: Scene, draft: Draft, toll: Toll) -> bool:
    """Whether a clause set against that of an event tells a toll of another place ("بينما قتل مدني برصاص في الهول")."""
    mains = [c for c in scene.clauses if c.kind == "main"]
    own = next((c for c in reversed(mains) if c.start <= toll.first), None)
    if own is None or own.opener not in scene.small["meanwhile"] or draft.last > own.start:
        return False
    end = next((c.start for c in mains if c.start > own.start), len(scene.words))
    there = [m.value for m in scene.places if own.start <= m.first < end]
    at = draft.place.place if draft.place else None
    return bool(there) and not any(fits(p, at) for p in there)


def _may_be(draft: Draft, place: Place | None) -> bool:
    """Whether an event may have a toll told of a place; of a list only the first, unless the toll names another."""
    at = draft.place.place if draft.place else None
    if draft.listed:
        return place is not None and at is not None and same_place(place, at)
    return fits(place, at)


def _everywhere(scene: Scene, draft: Draft, toll: Toll) -> bool:
    """Whether a toll of another clause counts those of the whole country and not of the event beside it."""
    gap = scene.words[min(toll.last, draft.last) : max(toll.first, draft.first)]
    if scene.clause_at(toll.first) == scene.clause_at(draft.first) and "،" not in gap:
        return False
    return scene.found("tolls.everywhere", toll.last, toll.last + 20) is not None


def _nowhere(scene: Scene, draft: Draft) -> bool:
    """Whether an event first told far down, with no place, only stands for a day's fighting; its toll is a day's toll."""
    new = not draft.definite and not draft.own_place and not draft.in_title and draft.frame == "clash"
    return new and scene.sentence.number > 2 and not scene.places


def gathered(events: Sequence[Draft]) -> list[Draft]:
    """Events with the tolls of several places told in one list left to the first of them."""
    out = list(events)
    for i, lead in enumerate(out):
        rest = [
            j for j, e in enumerate(out) if j != i and e.listed and (e.sentence, e.first) == (lead.sentence, lead.first)
        ]
        if lead.listed or not rest:
            continue
        for j in rest:
            moved = tuple(
                t for t in out[j].tolls if t.low >= 5 and t.joint and t.sentence == lead.sentence and not t.part
            )
            kept = tuple(t for t in out[j].tolls if t not in moved)
            out[i], out[j] = replace(out[i], tolls=(*out[i].tolls, *moved)), replace(out[j], tolls=kept)
    return out


def _taken_in(scene: Scene, draft: Draft, drafts: Sequence[Draft]) -> Draft:
    """The place taken "in an attack" stands for the attack, and has its toll."""
    if draft.trigger.id != "assault" or draft.first == 0 or scene.words[draft.first - 1] not in ("في", "خلال", "اثر"):
        return draft
    taken = [d for d in drafts if d.frame == "take" and 0 < draft.first - d.last <= 8 and d.modality == "happened"]
    return taken[-1] if taken else draft


def _hit(scene: Scene, draft: Draft, toll: Toll) -> Draft:
    """Those a toll counts are the other side of the event, when the text names them ("53 من أفراد المخابرات")."""
    if toll.who == "civilians" and draft.trigger.assault and not draft.actor2 and draft.type == "Armed clash":
        return replace(draft, type="Attack")
    if draft.actor2 or toll.side is None or toll.side in {a.actor.camp for a in draft.actor1} or draft.frame == "clash":
        return draft
    near = [m for m in scene.actors if m.value.camp == toll.side and toll.first <= m.first <= toll.last + 5]
    return (
        replace(draft, actor2=named(near), why=(*draft.why, Why("actor2", "those the toll counts", near[0].span)))
        if near
        else draft
    )


def _far(scene: Scene, draft: Draft, toll: Toll, tolls: Sequence[Toll]) -> tuple[int, int]:
    """How far a toll stands from an event: another clause counts much, a background or attempted event some."""
    distance = toll.first - draft.last if toll.first >= draft.last else draft.first - toll.last
    other_clause = scene.clause_at(toll.first) != scene.clause_at(draft.first)
    aside = scene.clause_at(draft.first).kind == "relative" and other_clause
    cost = (30 if _apart(scene, draft, toll) else 8 if other_clause else 0) + (15 if draft.background else 0)
    added = scene.ends_at("besides", draft.first)  # "as well as the shelling of ...": another event, and not its cause
    by_it = draft.first >= toll.last and not added and scene.words[draft.first - 1] in scene.small["before_noun"]
    cost += 30 if added and draft.first >= toll.last else 20 if _another_told(scene, draft, toll, tolls) else 0
    if by_it and any(t.part and toll.last <= t.first < draft.first for t in tolls):
        by_it, cost = False, cost + BY_IT  # it is the cause of those of a part only
    if draft.frame == "kill" and 0 <= toll.first - draft.last <= 1:
        cost -= OBJECT
    return cost + (15 if aside else 0) - (BY_IT if by_it else 0) + max(distance, 0), draft.first


def _another_told(scene: Scene, draft: Draft, toll: Toll, tolls: Sequence[Toll]) -> bool:
    """Whether a clause between a toll and an event has a toll of the same kind ("5 قتلوا ، كما قتل 3 خلال المعارك")."""
    between = [t for t in tolls if toll.last < t.first <= draft.first and t.outcome == toll.outcome and not t.part]
    starts = [c.start for c in scene.clauses if c.kind in ("main", "and") and toll.last <= c.start <= draft.first]
    return any(start <= t.first for t in between for start in starts)


def _apart(scene: Scene, draft: Draft, toll: Toll) -> bool:
    """Whether an event is told after a toll in a clause of its own ("قتل 5 مدنيين ، وقصفت ...")."""
    if draft.first <= toll.last:
        return False
    clause = scene.clause_at(draft.first)
    cuts = [
        i + 1 for i, pair in enumerate(pairwise(scene.words[: draft.first])) if pair[0] == "،" and pair[1][:1] == "و"
    ]
    cause = clause.kind == "and" and scene.words[draft.first - 1] in scene.small["before_noun"]
    if clause.kind in ("main", "and") and clause != scene.clause_at(toll.first) and not cause:
        cuts.append(clause.start)  # but "4 were killed and 12 arrested in an attack" all in the attack
    others = (c.start for c in scene.clauses if c.opener in scene.small["contrast"] and c.opener != "،")
    cuts += [start for start in others if start <= draft.first]
    return any(cut >= toll.last and not any(scene.at(name, cut) for name in SAID) for cut in cuts)


def with_parties(scene: Scene, draft: Draft, drafts: Sequence[Draft]) -> Draft:
    """A deed that names nobody goes on with another of its sentence: a clash with any other, a bombing with the one that
    "and" joins it to ("شن التحالف غارة على الرقة، وغارتين على البوكمال").
    """
    if draft.actor1 or draft.actor2:
        return draft
    if draft.frame == "attack":
        before = next((d for d in drafts if 0 < draft.first - d.last <= JOINED and d.trigger is draft.trigger), None)
        if before is None or draft.tense != "noun" or scene.words[draft.first][0] != "و":
            return draft
        one_clause = scene.clause_at(before.first) == scene.clause_at(draft.first)
        return replace(draft, actor1=before.actor1, actor2=before.actor2) if one_clause else draft
    if draft.frame != "clash":
        return draft
    known = next((d for d in drafts if d.frame == "clash" and d.actor1 and d.actor2), None)
    return replace(draft, actor1=known.actor1, actor2=known.actor2) if known else draft


def with_sides(draft: Draft, memory: Memory) -> Draft:
    """What only the whole article tells of the parties: the opponent, or both sides of a clash that names none."""
    if draft.frame != "clash" or draft.actor1 or draft.actor2:
        return with_opponent(draft, memory)
    first, second = memory.sides()
    why = Why("actor1", "the two sides of the fighting in the article")
    return replace(draft, actor1=first, actor2=second, why=(*draft.why, why)) if first else draft


def with_opponent(draft: Draft, memory: Memory, scene: Scene | None = None) -> Draft:
    """Who a place was taken from, or who stood on the other side of a clash, when the article names only one such party.

    What is told as history was fought by those of its own time: for that nobody is put in from the news.
    """
    if (
        draft.background
        or not draft.actor1
        or draft.actor2
        or draft.frame not in ("take", "clash")
        or not armed(draft.actor1[0].actor)
    ):
        return draft
    return _against(draft, memory, scene)


def with_attacked(draft: Draft, memory: Memory, scene: Scene | None) -> Draft:
    """Whom an assault of one armed party on another met, when its words do not say, or say no more than "gunmen": the other
    side, as for a clash.
    """
    doers = camps_of(draft.actor1)
    if draft.actor2 and doers and all(a.actor.id in UNSPECIFIED for a in draft.actor2) and not draft.background:
        return _as_the_other_side(draft, memory)
    on_fighters = draft.target is None and all(t.who == "combatants" for t in draft.tolls)
    fought = draft.type == "Armed clash" or (draft.type in AMBUSHES and on_fighters)
    bare = fought and draft.frame != "clash" and not draft.actor2 and not draft.background
    return _against(draft, memory, scene) if bare and doers and armed(draft.actor1[0].actor) else draft


def _as_the_other_side(draft: Draft, memory: Memory) -> Draft:
    """An event against "gunmen" with the party of the other side that the article names."""
    other = memory.opponent(set(camps_of(draft.actor1)))
    a_states = bool(other) and other[0].actor.kind in ("state forces", FROM_ABROAD)  # soldiers are not called gunmen
    if not other or a_states or draft.frame == "seize" or not armed(draft.actor1[0].actor):
        return draft
    why = Why("actor2", "gunmen of the other side of the fighting in the article", draft.actor2[0].span)
    told = (*(w for w in draft.why if w.field != "actor2"), why)
    return replace(draft, actor2=(replace(other[0], span=draft.actor2[0].span),), why=told)


def _against(draft: Draft, memory: Memory, scene: Scene | None) -> Draft:
    """An event with those who stood against its doers: whom its sentence names, else the other side of the article."""
    camps = set(camps_of(draft.actor1))
    faced = _faced(scene, draft, memory, camps) if scene is not None and camps and draft.modality == "happened" else ()
    other = faced or memory.opponent(camps)
    if not other:
        return draft
    rule = "whom the sentence names on the other side" if faced else "the other side of the fighting in the article"
    return replace(draft, actor2=other, why=(*draft.why, Why("actor2", rule, other[0].span)))


def _faced(scene: Scene, draft: Draft, memory: Memory, camps: set[str]) -> tuple[NamedActor, ...]:
    """The party of the other side that the sentence of an event names, behind its word first; no backer from abroad."""
    pool = [
        m
        for m in scene.actors
        if armed(m.value) and m.value.kind != FROM_ABROAD and memory.against(camps, m.value.camp)
    ]
    pool = [m for m in pool if m.first == 0 or scene.words[m.first - 1] not in scene.small["backed_by"]]
    pool = [m for m in pool if scene.found("saying", m.first - 1, m.first) is None]  # "قالت لجان المقاومة إن"
    behind = [m for m in pool if m.first >= draft.last]
    return named((behind or pool)[:1])
