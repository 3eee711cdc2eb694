"""Kinds: what the type of an event says of those who took part in it."""

from dataclasses import dataclass, replace

from waqai.coding.draft import BOMBING, Lexicon
from waqai.coding.roles import Roles, armed
from waqai.coding.scene import EventWord, Scene
from waqai.knowledge.events import Trigger
from waqai.model.report import Modality, NamedActor, NamedPlace, Target

HOMES = ("residential building", "market", "camp", "bakery")  # targets whose owners are civilians
BOMBS = (*BOMBING, "Suicide bomb", "Remote explosive/landmine/IED", "Chemical weapon")
RUIN = ("Looting/property destruction", "Mob violence", *BOMBING)


@dataclass(frozen=True, slots=True)
class Met:
    """What an event was done with, what it hit, and where (at most one place)."""

    weapon: str | None
    target: Target | None
    places: tuple[NamedPlace, ...]


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
    if kind in RUIN and met.target is not None and met.target.kind in HOMES and not roles.patients:
        owners = (NamedActor(lexicon.civilians, met.target.span),)
        roles = replace(roles, patients=owners, patient_rule="whose homes they are")
    return roles


def _by_its_weapon(roles: Roles, met: Met, lexicon: Lexicon) -> Roles:
    """A bombing whose author is not named, with what only one party has used in the country (barrel bombs in Syria)."""
    if met.weapon is None or not met.places or any(a.actor.camp != "unknown" for a in roles.agents):
        return roles
    user = lexicon.only_used_by.get((met.weapon, met.places[0].place.country or ""))
    if user is None:
        return roles
    rule = f"nobody else has used a {met.weapon} there"
    return replace(roles, agents=(NamedActor(user, None),), agent_rule=rule)


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
