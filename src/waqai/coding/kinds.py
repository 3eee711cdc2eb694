"""Kinds: what the type of an event says of those who took part in it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from waqai.arabic.letters import fold
from waqai.coding.draft import BOMBING, PROTESTS, TOLD_WHERE, Draft, Lexicon
from waqai.coding.merging import near
from waqai.coding.roles import Roles, armed, named, subject_of_verb
from waqai.coding.scene import EventWord, Scene, preposition
from waqai.coding.tolls_signs import tells_of_killing
from waqai.knowledge.events import Trigger
from waqai.model.mention import Actor
from waqai.model.quick import quick, replace
from waqai.model.report import Modality, NamedActor, NamedPlace, Target, Why
from waqai.model.text import Span

OWNER = 6  # tokens from a verb to the owner of what it blew up
ON_ITS_WAY = 12  # tokens from a bomb to "before it came"
HOMES = ("residential building", "market", "bakery", "cafe", "funeral", "wedding")  # targets whose owners are civilians
STATES = ("state forces", "external forces")
BOMBS = (*BOMBING, "Suicide bomb", "Remote explosive/landmine/IED", "Chemical weapon")
RUIN = ("Looting/property destruction", "Mob violence", "Grenade", *BOMBS)


@quick
@dataclass(frozen=True, slots=True)
class Met:
    """What an event was done with, what it hit, where (at most one place), and the day the article speaks from."""

    weapon: str | None
    target: Target | None
    places: tuple[NamedPlace, ...]
    day: dt.date | None


def of_its_kind(kind: str, trigger: Trigger, roles: Roles, met: Met, lexicon: Lexicon) -> Roles:
    """The parties of an event, once its type is known: rioters, protesters, those whose homes were hit."""
    people = (NamedActor(lexicon.civilians, None),)
    if kind == "Peaceful protest":
        return replace(roles, patients=())  # nobody stood against it
    if kind == "Violent demonstration" and not any(armed(a.actor) for a in roles.agents):
        roles = replace(roles, agents=people, agent_rule="rioters")
    if kind == "Excessive force against protesters" and trigger.frame in ("kill", "attack"):
        roles = replace(roles, agents=people, patients=tuple(a for a in roles.agents if armed(a.actor)))
    if kind in BOMBS and not any(armed(a.actor) for a in roles.agents):
        roles = replace(roles, agents=())  # no civilian bombs: who stands before the verb suffers it
    if kind in BOMBING:
        roles = _by_its_weapon(roles, met, lexicon)
    if kind == BOMBING[0]:
        roles = _alone_in_the_air(roles, met, lexicon)
    if kind in RUIN and met.target is not None and met.target.kind in HOMES and not roles.patients:
        owners = (NamedActor(lexicon.civilians, met.target.span),)
        roles = replace(roles, patients=owners, patient_rule="whose homes they are")
    return roles


def from_the_air(kind: str, trigger: Trigger, roles: Roles, met: Met, lexicon: Lexicon, lately: bool) -> str:
    """The type of a bombing told without a weapon, by those who bomb from the air there ("قصف إسرائيلي على مطار دمشق"), or
    by an air force ("شنت طائرات النظام غارات على حيط. وطال القصف تسيل"); of one told before only where it bombed `lately`.
    """
    if kind != "Shelling/artillery/missile attack" or trigger.id != "shelling" or met.weapon or not roles.agents:
        return kind
    if (lately or roles.agent_rule != TOLD_WHERE) and all(_flies(a.actor, lexicon) for a in roles.agents):
        return BOMBING[0]
    country = met.places[0].place.country if met.places else None
    where = [lexicon.bombs_by_air.get(a.actor.camp) for a in roles.agents]
    return BOMBING[0] if all(w is not None and (not w or country in w) for w in where) else kind


def _flies(actor: Actor, lexicon: Lexicon) -> bool:
    """Whether an actor is an air force, by its name."""
    return any(word in fold(actor.name_ar) for word in lexicon.events.small["aircraft"])


def _by_its_weapon(roles: Roles, met: Met, lexicon: Lexicon) -> Roles:
    """A bombing whose author is not named, with what only one party has used in the country (barrel bombs in Syria)."""
    if met.weapon is None or not met.places or any(a.actor.camp != "unknown" for a in roles.agents):
        return roles
    user = lexicon.only_used_by.get((met.weapon, met.places[0].place.country or ""))
    if user is None:
        return roles
    rule = f"nobody else has used a {met.weapon} there"
    return replace(roles, agents=(NamedActor(user, None),), agent_rule=rule)


def _alone_in_the_air(roles: Roles, met: Met, lexicon: Lexicon) -> Roles:
    """An air strike whose author is not named, with who alone bombs places of the country from the air (Gaza)."""
    place = met.places[0].place if met.places else None
    user, since = lexicon.alone_in_the_air.get(place.country or "", (None, None)) if place else (None, None)
    if user is None or any(a.actor.camp != "unknown" for a in roles.agents):
        return roles
    if since is not None and (met.day is None or met.day < since):
        return roles
    return replace(roles, agents=(NamedActor(user, None),), agent_rule="nobody else bombs there from the air")


def fell(draft: Draft) -> Draft:
    """Who only says of which side the fallen were has not done it: he was hit ("قنص جندي سعودي")."""
    if draft.frame not in ("attack", "kill") or len(draft.actor1) != 1 or draft.actor2:
        return draft
    said = draft.actor1[0].span
    if said is None or not any(_of_those(said, t.span) for t in draft.tolls if t.who == "combatants"):
        return draft
    why = tuple(
        replace(w, field="actor2", rule="of which side the fallen were") if w.field == "actor1" else w
        for w in draft.why
    )
    return replace(draft, actor1=(), actor2=draft.actor1, why=why)


def _of_those(span: Span, people: Span) -> bool:
    """Whether words are those of people who are counted, or stand right after them."""
    return span.part == people.part and people.start <= span.start <= people.end + 1


def between_armed(draft: Draft) -> Draft:
    """Fire on a party alone is fighting: "إطلاق نار على دورية"; the killing of captives stays an attack on them."""
    fallen = [t.who for t in draft.tolls] if draft.trigger.assault and not draft.actor2 else []
    hit = bool(draft.actor2) and all(armed(a.actor) for a in draft.actor2)
    hit = hit or (bool(fallen) and all(who == "combatants" for who in fallen))  # "قنص جندي"
    killed_in_it = draft.trigger.assault or (draft.frame == "kill" and draft.trigger.outcome)
    if draft.type != "Attack" or not hit or not killed_in_it:
        return draft
    return replace(draft, type="Armed clash", why=(*draft.why, Why("sub_event_type", "those it hit bear arms")))


def deadly(draft: Draft) -> Draft:
    """A protest broken up, or a scuffle of protesters with armed men, in which protesters were killed is one met with
    excessive force.
    """
    killed = any(t.outcome == "killed" and t.who != "combatants" for t in draft.tolls)
    scuffle = draft.type == "Violent demonstration" and draft.frame == "clash"
    scuffle = scuffle and bool(draft.actor2) and all(armed(a.actor) for a in draft.actor2)
    if not killed or not (scuffle or draft.type == "Protest with intervention"):
        return draft
    why = Why("sub_event_type", "protesters were killed in it")
    return replace(draft, type=PROTESTS[0], why=(*draft.why, why))


def bloodless(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts of a sentence, of several towns where people protested only those with dead or wounded met with force."""
    hit = {d.first for d in drafts if d.of_list and d.tolls}
    return [replace(d, type="Peaceful protest") if d.first in hit and _only_as_listed(d) else d for d in drafts]


def _only_as_listed(draft: Draft) -> bool:
    return draft.frame == "protest" and draft.type == PROTESTS[0] and not draft.tolls


def on_days_of_protest(drafts: Sequence[Draft], scenes: Sequence[Scene], people: Actor) -> list[Draft]:
    """Drafts in which those whom a state's forces kill, in an article of protests and of no fighting, are protesters: where
    people protested, or wherever those forces are named, but in no raid, prison or at a checkpoint.
    """
    news = [d for d in drafts if not d.background]
    protests = [d for d in news if d.type in PROTESTS]
    fought = any(d.type in BOMBING or d.type == "Armed clash" for d in news)
    if not protests or fought:
        return list(drafts)
    apart = {s.sentence.number for s in scenes if not s.small["no_protest"].isdisjoint(s.words)}
    ours = [d.sentence not in apart and _by_the_state(d) and (d.actor1 or _where(d, protests)) for d in drafts]
    return [_of_protest(d, people) if of_it else d for d, of_it in zip(drafts, ours, strict=True)]


def _where(draft: Draft, protests: Sequence[Draft]) -> bool:
    """Whether a draft has no place, or one where people protested."""
    place = draft.place.place if draft.place is not None else None
    places = [p.place.place for p in protests if p.place is not None]
    return place is None or any(near(place, other) for other in places)


def _by_the_state(draft: Draft) -> bool:
    """Whether a draft tells a killing of civilians by a state's forces, or by nobody whom it names."""
    killed = draft.type == "Attack" and draft.frame == "kill" and draft.trigger.outcome
    hit = {a.actor.camp for a in draft.actor2} <= {"civilians"}
    return killed and hit and all(a.actor.kind in STATES for a in draft.actor1)


def _of_protest(draft: Draft, people: Actor) -> Draft:
    why = Why("sub_event_type", "a killing on a day of protests")
    protesters = (NamedActor(people, None),)
    return replace(draft, type=PROTESTS[0], actor1=protesters, actor2=draft.actor1, why=(*draft.why, why))


def moved_to(scene: Scene, event: EventWord, kind: str, place: NamedPlace | None) -> str:
    """The type of a withdrawal that names only where to ("انسحبوا إلى فليطة"): forces moved, no place given up by name."""
    if kind != "Non-violent transfer of territory" or event.readings[0][0].id != "withdraw" or place is None:
        return kind
    at = next((m for m in scene.places if m.span == place.span and m.first >= event.last), None)
    if at is None or at.value.relation is not None or scene.words[at.first] in scene.small["outskirts"]:
        return kind  # "انسحبوا إلى أطراف البلدة": they gave the town up
    whither = scene.words[at.first - 1] == "الي"  # "باتجاه" only says which way they left
    whence = any(m.first >= event.last and scene.words[m.first - 1] == "من" for m in scene.places)
    back = any(word in scene.small["from_it"] for word in scene.words[event.last :])
    return "Change to group/activity" if whither and not whence and not back else kind


def stopped(scene: Scene, event: EventWord, kind: str, roles: Roles) -> tuple[str, Roles]:
    """A vehicle bomb that others blew up on its way is a weapon taken away ("فجروا عربة مفخخة لداعش قبل وصولها").

    Its owner must be named with it, and nobody may be told to have died of it.
    """
    words, reach = scene.words, range(event.last, min(event.last + ON_ITS_WAY, len(scene.words) - 1))
    early = any(words[i] in ("قبل", "قبيل") and _before_it_came(scene, i) for i in reach)
    if kind not in ("Suicide bomb", "Remote explosive/landmine/IED") or not early or event.readings[0][1] == "noun":
        return kind, roles
    subject, rule = subject_of_verb(scene, event.first, event.last)
    mine = {m.value.camp for m in subject}
    near = range(event.last, event.last + OWNER)
    owners = [m for m in scene.actors if m.first in near and preposition(m.prefix) == "ل" and m.value.camp not in mine]
    if not subject or not armed(subject[0].value) or not owners or tells_of_killing(scene):
        return kind, roles
    roles = replace(
        roles, agents=named(subject), patients=named(owners[:1]), agent_rule=rule, patient_rule="whose bomb it was"
    )
    return "Disrupted weapons use", roles


def _before_it_came(scene: Scene, token: int) -> bool:
    """Whether "before" leads to its arrival ("قبل وصولها", "قبل أن تصل")."""
    following = scene.words[token + 1 : token + 3]
    word = following[1:] if following[:1] == ("ان",) else following[:1]
    return bool(word) and word[0] in scene.small["stopped_before"]


def foiled(
    scene: Scene, event: EventWord, kind: str, mode: Modality, mode_at: int | None, roles: Roles
) -> tuple[str, Modality, Roles]:
    """A bomb found out in time is a weapon taken away, by those who found it."""
    if mode != "attempted" or mode_at is None or scene.at("modality.repel", mode_at) is None:
        return kind, mode, roles
    bomb = kind in ("Suicide bomb", "Remote explosive/landmine/IED")
    if not (
        bomb and scene.words[mode_at] in scene.small["foiled"] and scene.words[event.first] in scene.small["bombing"]
    ):
        return kind, mode, roles
    roles = replace(
        roles,
        agents=roles.patients,
        patients=roles.agents,
        agent_rule="who foiled it",
        patient_rule="whose bomb it was",
    )
    return "Disrupted weapons use", "happened", roles
