"""The places of an event that a later sentence only names: "سيطروا على خمس قرى. والقرى هي حمو وتويمية وحردان"."""

from collections.abc import Sequence

from waqai.coding.draft import Draft
from waqai.coding.merging import camps
from waqai.coding.scene import Scene
from waqai.coding.settings import usable
from waqai.coding.settings_lists import FINE, with_list
from waqai.model.mention import Mention, Place
from waqai.model.quick import replace
from waqai.model.report import NamedPlace, Why

BEGINNING = 14  # tokens from the beginning of a sentence in which "the villages … are" stands
LEAST = 2  # places that it must name
ADJECTIVE = 1  # token between "the villages" and "are" that tells of no deed
BACK = 6  # sentences back to the event
SEVERAL = ("take", "leave", "attack", "fall", "clash")  # frames of events that are told of several places at once


def named_later(scene: Scene, drafts: Sequence[Draft], made: Sequence[Draft]) -> tuple[list[Draft], list[Draft]]:
    """What was told before without what is told anew, and an event for each place that the sentence names.

    Takes a sentence, the drafts before it and its own; gives both unchanged where the sentence is no such list, or no
    event before it was told of places in the plural.
    """
    these = scene.found("the_places", 0, BEGINNING)
    are = scene.found("they_are", these[1], BEGINNING) if these is not None else None
    if these is None or are is None:
        return list(drafts), list(made)
    places = _places(scene, are[1])
    told = _told(scene, drafts, these[1], are[0]) if places else None
    if told is None:
        return list(drafts), list(made)
    kept = [draft for draft in drafts if not (_alike(draft, told) and _general(draft))]
    return kept, [_at(scene, told, m, n) for n, m in enumerate(places)]


def _places(scene: Scene, start: int) -> list[Mention[Place]]:
    """The places that stand right behind "the villages are"; [] where none do, or one alone."""
    after = [m for m in usable(scene) if m.first >= start]
    if not after or after[0].first - start > 3:
        return []
    listed = [m for m in with_list(scene, after[0], after) if m.value.level in FINE]
    return listed if len(listed) >= LEAST else []


def _told(scene: Scene, drafts: Sequence[Draft], start: int, end: int) -> Draft | None:
    """The event that these places are of: the last told, or the last of the deed that stands between "the villages" and "are"
    ("which they took"); None where other words stand there ("which are still held", "hit worst").
    """
    near = [d for d in drafts if scene.sentence.number - d.sentence <= BACK and d.frame in SEVERAL and not d.background]
    if end - start > ADJECTIVE:
        verbs = {t.frame for event in scene.events if start <= event.first < end for t, _, _ in event.readings}
        denied = any(scene.words[at] in scene.small["not"] for at in range(start, end))
        doers = {m.value.camp for m in scene.actors if start <= m.first < end}
        same = [d for d in near if d.frame in verbs and not denied and doers <= camps(d.actor1)]
    else:
        last = max((d.sentence for d in near), default=0)
        same = [d for d in near if d.sentence == last]
        same = [d for d in same if d.frame in ("take", "leave")] or same
    return same[-1] if same else None


def _alike(draft: Draft, told: Draft) -> bool:
    """Whether a draft tells the same deed of the same party, in the title or in a sentence near it."""
    doers = camps(draft.actor1) == camps(told.actor1)
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
