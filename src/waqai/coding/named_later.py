"""The places of an event that a later sentence only names: "سيطروا على خمس قرى. والقرى هي حمو وتويمية وحردان"."""

from collections.abc import Sequence
from dataclasses import replace

from waqai.coding.draft import Draft
from waqai.coding.scene import Scene
from waqai.coding.settings import FINE, usable, with_list
from waqai.model.mention import Mention, Place
from waqai.model.report import NamedPlace, Why

BEGINNING = 14  # tokens from the beginning of a sentence in which "the villages … are" stands
LEAST = 2  # places that it must name
BACK = 6  # sentences back to the event
SEVERAL = ("take", "leave", "attack", "fall", "clash")  # frames of events that are told of several places at once


def named_later(scene: Scene, drafts: Sequence[Draft], made: Sequence[Draft]) -> tuple[list[Draft], list[Draft]]:
    """What was told before without what is told anew, and an event for each place that the sentence names.

    Takes a sentence, the drafts before it and its own; gives both unchanged where the sentence is no such list, or no
    event before it was told of places in the plural.
    """
    places = _places(scene)
    told = _told(scene, drafts) if places else None
    if told is None:
        return list(drafts), list(made)
    kept = [draft for draft in drafts if not (_alike(draft, told) and _general(draft))]
    return kept, [_at(scene, told, m, n) for n, m in enumerate(places)]


def _places(scene: Scene) -> list[Mention[Place]]:
    """The places of a sentence that says no more than which they are; [] for any other."""
    these = scene.found("the_places", 0, BEGINNING)
    are = scene.found("they_are", these[1], BEGINNING) if these is not None else None
    if are is None:
        return []
    after = [m for m in usable(scene) if m.first >= are[1]]
    if not after or after[0].first - are[1] > 3:
        return []
    listed = [m for m in with_list(scene, after[0], after) if m.value.level in FINE]
    return listed if len(listed) >= LEAST else []


def _told(scene: Scene, drafts: Sequence[Draft]) -> Draft | None:
    """The event that these places are of: the last of the article's body, a taking before others."""
    near = [d for d in drafts if scene.sentence.number - d.sentence <= BACK and d.frame in SEVERAL and not d.background]
    verbs = {trigger.frame for event in scene.events for trigger, _, _ in event.readings}
    same = [d for d in near if d.frame in verbs] or [d for d in near if d.frame in ("take", "leave")] or near
    return same[-1] if same else None


def _alike(draft: Draft, told: Draft) -> bool:
    """Whether a draft tells the same deed of the same party, in the title or in a sentence near it."""
    doers = {a.actor.camp for a in draft.actor1} == {a.actor.camp for a in told.actor1}
    return draft.frame == told.frame and doers and (draft.in_title or told.sentence - draft.sentence <= BACK)


def _general(draft: Draft) -> bool:
    """Whether a draft is told of no town by its name: what is told anew stands for it."""
    place = draft.place.place if draft.place is not None else None
    return place is None or place.level not in FINE or place.relation is not None or not draft.own_place


def _at(scene: Scene, told: Draft, m: Mention[Place], number: int) -> Draft:
    why = Why("place", "named in a list of its places", m.span)
    return replace(
        told, sentence=scene.sentence.number, paragraph=scene.sentence.paragraph, first=m.first, last=m.last,
        place=NamedPlace(m.value, m.span), own_place=True, tolls=(), listed=number, of_list=True,
        evidence=(m.first, m.last), why=(*(w for w in told.why if w.field != "place"), why),
    )  # fmt: skip
