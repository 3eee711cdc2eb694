"""Tolls of sentences that tell no event of theirs: of what was told before, or, in a lead, of what is told next."""

from collections.abc import Sequence

from waqai.coding.draft import Draft, Toll
from waqai.coding.merging import same_place
from waqai.coding.reporting import HARMS
from waqai.coding.scene import Scene
from waqai.coding.tolls_places import fits, place_of
from waqai.model.mention import Place
from waqai.model.quick import replace

COSTS_LIVES = HARMS | {
    "Armed clash", "Excessive force against protesters", "Protest with intervention", "Violent demonstration", "Mob violence",
    "Government regains territory", "Non-state actor overtakes territory",
}  # fmt: skip
NEXT = 3  # sentences after a lead in which the event it counts the dead of may be told
SEVERAL = 3  # from which a source's count in the next sentence is another count of the same people
NOWHERE = ("country", "site")  # levels of places that may be named beside a toll of another place


def handed_back(scene: Scene, drafts: list[Draft], left: Sequence[Toll]) -> tuple[list[Draft], list[Toll]]:
    """The drafts with the tolls of a later sentence given to those they count the dead of; and the tolls still left."""
    if not left or not drafts:
        return drafts, list(left)
    drafts, left = _to_their_places(scene, drafts, left)
    return _to_the_last(scene, drafts, left) if left else (drafts, [])


def handed_on(pending: Sequence[tuple[Scene, Toll]], made: list[Draft]) -> list[Draft]:
    """The drafts of a sentence, the first that may cost lives with the tolls that the lead told before any event."""
    fit = [
        i
        for i, d in enumerate(made)
        if d.type in COSTS_LIVES and not d.background and not d.listed and d.modality == "happened"
    ]
    if not fit or not pending:
        return made
    at = made[fit[0]]
    tolls = [t for scene, t in pending if at.sentence - t.sentence <= NEXT and _fits_here(scene, at)]
    return [*made[: fit[0]], replace(at, tolls=(*at.tolls, *tolls)), *made[fit[0] + 1 :]]


def _fits_here(scene: Scene, draft: Draft) -> bool:
    """Whether every place that a lead names may be that of an event; a day's toll of a country is of no single event."""
    at = draft.place.place if draft.place else None
    if any(scene.marks.get(name) for name in ("tolls.everywhere", "unspecific")):
        return False
    return all(m.value.level not in ("country", "governorate") and fits(m.value, at) for m in scene.places)


def _to_their_places(scene: Scene, drafts: list[Draft], left: Sequence[Toll]) -> tuple[list[Draft], list[Toll]]:
    """Tolls that name their own place go to the event told last of that place; the others are given back."""
    out, rest = list(drafts), list[Toll]()
    for toll in left:
        place = place_of(scene, toll)
        at = None if place is None else next((i for i in range(len(out) - 1, -1, -1) if _at(out[i], place)), None)
        if at is not None:
            out[at] = replace(out[at], tolls=(*out[at].tolls, toll))
        elif fits(place, drafts[-1].place.place if drafts[-1].place else None):
            rest.append(toll)
    return out, rest


def _at(draft: Draft, place: Place) -> bool:
    costly = draft.type in COSTS_LIVES and not draft.background and not draft.in_title
    return costly and draft.own_place and draft.place is not None and same_place(draft.place.place, place)


def _to_the_last(scene: Scene, drafts: list[Draft], left: Sequence[Toll]) -> tuple[list[Draft], list[Toll]]:
    """Tolls of a sentence without events belong to the event told just before, when the sentence speaks of its outcome."""
    whole = whole_toll(scene, left)
    last = _told_last(drafts, left, whole)
    if last is None or not (whole or _is_of(scene, last, left)):
        return drafts, list(left)
    index = drafts.index(last)
    return [*drafts[:index], replace(last, tolls=(*last.tolls, *left)), *drafts[index + 1 :]], []


def _told_last(drafts: Sequence[Draft], left: Sequence[Toll], whole: bool) -> Draft | None:
    """The event a later toll may be of: the first with a toll for the sum of all; else the last, one that costs lives."""
    if whole:
        first = next((d for d in drafts if d.tolls and not d.in_title), drafts[-1])
        return first if _costly(first) else None
    last = drafts[-1]
    beside = [d for d in drafts if d.sentence == last.sentence and _costly(d)]
    if beside:
        return next((d for d in reversed(beside) if d.tolls), beside[-1])
    again = [d for d in drafts if (_costly(d) or d.in_title) and _told_in(d, left)]
    return again[-1] if again else None


def _costly(draft: Draft) -> bool:
    return draft.type in COSTS_LIVES and not draft.background and not draft.listed and not draft.in_title


def _told_in(draft: Draft, left: Sequence[Toll]) -> bool:
    """Whether an event has one of these tolls already."""
    said = {(t.outcome, t.low) for t in draft.tolls}
    return any((t.outcome, t.low) in said for t in left)


def _is_of(scene: Scene, last: Draft, left: Sequence[Toll]) -> bool:
    """Whether a sentence gives the toll of an event: it tells one again, speaks of an outcome, or stands right after it."""
    gap = scene.sentence.number - last.sentence
    if gap > 3:
        return False
    if _told_in(last, left):
        return True
    speaks = any("result" in s.roles for s in scene.supports) or any(t.rises or t.earlier for t in left)
    elsewhere = any(m.value.level not in NOWHERE for m in scene.places) or bool(scene.dates)
    disputed = gap == 1 and bool(scene.marks.get("saying")) and all(t.low >= SEVERAL for t in left)
    return gap <= 2 and (speaks or (not elsewhere and (disputed or not last.tolls)))


def whole_toll(scene: Scene, left: Sequence[Toll]) -> bool:
    """Whether a sentence without a place gives the toll of all that was told ("ارتفعت الحصيلة إلى 11")."""
    placed = any(m.value.level not in NOWHERE for m in scene.places)
    return not placed and scene.found("tolls.total", 0, left[0].first) is not None
