"""Sides: the two parties of a clash or a deal ("بين أ وب", "أ مع ب", its subject and its opponent)."""

from collections.abc import Sequence

from waqai.coding.roles import Roles, armed, named, subject_of_verb, with_fellows
from waqai.coding.roles_of_nouns import carrying_verb, genitive
from waqai.coding.scene import EventWord, Scene, within
from waqai.model.mention import Actor, Mention


def parties_of_clash(scene: Scene, event: EventWord, reach: tuple[int, int]) -> Roles:
    """The two sides of a clash: "بين أ وب", "أ مع ب", or its subject and its opponent."""
    end = reach[1]
    right = within(scene.actors, event.last, end)
    at = scene.found("between", event.last, end)
    if at is not None:
        pool = [m for m in right if m.first >= at[1]]
        if len({m.value.id for m in pool}) >= 2:
            first, second = _split_sides(scene, pool)
            return Roles(named(first), named(second), "between … and …", "between … and …")
        if pool:
            return Roles(named(pool), (), "between … and …")
    support = carrying_verb(scene, event)
    verb = event.readings[0][1] != "noun"
    subject: list[Mention[Actor]] = []
    if verb:
        subject = subject_of_verb(scene, event.first, event.last)[0]
    elif support is not None and "agent" in support.roles:
        subject = subject_of_verb(scene, support.first, support.last)[0]
    against = [m for m in right if _opposes(scene, m)]
    if not subject and against:
        before = within(scene.actors, 0, against[0].first)
        subject = [m for m in before if armed(m.value) and m.value.camp != against[0].value.camp][-1:]
    if not subject:
        subject = genitive(scene, event, right)[0]
    taken = {m.value.id for m in subject}
    patients = [m for m in with_fellows(scene, against[0], right) if m.value.id not in taken] if against else []
    return Roles(
        named(subject), named(patients), "side of the clash" if subject else "", "opponent" if patients else ""
    )


def parties_to_agreement(scene: Scene, event: EventWord) -> Roles:
    """Those who agree: "بين أ وب" after the word, else everyone armed or a state that the sentence names, the first as actor1."""
    roles = parties_of_clash(scene, event, (0, len(scene.words)))
    if roles.agents and roles.patients:
        return roles
    parties = [m for m in scene.actors if armed(m.value)]
    camps: dict[str, Mention[Actor]] = {}
    for m in parties:
        camps.setdefault(m.value.camp, m)
    group = list(camps.values())
    return Roles(named(group[:1]), named(group[1:]), "party to it" if group else "", "party to it" if group[1:] else "")


def _opposes(scene: Scene, m: Mention[Actor]) -> bool:
    return m.first > 0 and scene.at("against", m.first - 1) is not None


def _split_sides(scene: Scene, pool: Sequence[Mention[Actor]]) -> tuple[list[Mention[Actor]], list[Mention[Actor]]]:
    """Cut the parties named after "between": at "من جهة", at a second "وبين", else at the first "and"."""
    for i in range(1, len(pool)):
        gap = scene.words[pool[i - 1].last : pool[i].first]
        if "جهه" in gap or "وبين" in gap:
            return list(pool[:i]), [m for m in pool[i:] if m.first - pool[i].last < 6]
    for i in range(1, len(pool)):
        if pool[i].prefix.startswith("و") or pool[i].first < pool[i - 1].last:
            near = [m for m in pool[i:] if m.prefix.startswith("و") and m.first - pool[i].first < 8]
            return list(pool[:i]), near or [pool[i]]
    return [pool[0]], [pool[1]]
