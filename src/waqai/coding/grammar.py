"""The default coder: a grammar of event words, deterministic and offline, that explains each field."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from waqai.arabic.phrases import PhraseTables
from waqai.coding.attaching import gathered, with_sides
from waqai.coding.attribution import attribute
from waqai.coding.claims import Speech, authors, claimed, denials
from waqai.coding.draft import Draft, Lexicon, Memory, Toll
from waqai.coding.drafting import draft_sentence
from waqai.coding.merging import merge_drafts, same_place
from waqai.coding.quiet import kept
from waqai.coding.reporting import HARMS, Stamp, origin_of, report_of
from waqai.coding.roles import armed
from waqai.coding.scene import Scene, build_scene, find_events
from waqai.coding.timing import carried
from waqai.coding.tolls_places import fits, place_of
from waqai.knowledge.load import Knowledge
from waqai.model.annotated import Annotated
from waqai.model.attribution import Attribution
from waqai.model.mention import Mention, Place
from waqai.model.report import Report

V = TypeVar("V")
COSTS_LIVES = HARMS | {
    "Armed clash", "Excessive force against protesters", "Protest with intervention", "Violent demonstration", "Mob violence",
    "Government regains territory", "Non-state actor overtakes territory",
}  # fmt: skip
NAME, VERSION = "grammar", "1"


class Coder(Protocol):
    """What a coder is: an annotated article in, reports out. Others are found by name through the entry point "waqai.coders"."""

    def code(self, annotated: Annotated) -> tuple[Report, ...]:
        """The reports of one article, in the order of its text."""
        ...


class GrammarCoder:
    """The coder of this package: event words, their clauses and parties, read sentence by sentence and merged at the end."""

    def __init__(self, knowledge: Knowledge) -> None:
        events = knowledge.events
        civilians = knowledge.actors.entries["civilians"].actor
        self._knowledge = knowledge
        self._deeds = knowledge.events.small["denied_deeds"]
        self._sides = {e.source.name_en: e.side for e in knowledge.sources.named.values() if e.side}
        self._lexicon = Lexicon(knowledge.events, knowledge.targets, civilians, knowledge.actors.only_used_by)
        self._tables = PhraseTables(events.triggers, events.marks, events.supports, knowledge.people.table)
        self._stamp = Stamp(NAME, VERSION, knowledge.hash[:12], civilians)

    def code(self, annotated: Annotated) -> tuple[Report, ...]:
        """The reports of one article, in the order of its text; never raises on any text."""
        scenes = self.scenes(annotated)  # 1. the sentences that tell events, with what they name
        drafts = self._drafts(scenes, annotated)  # 2. an event for each event word that stands the tests
        attributions = self._attributions(annotated) if drafts else ()  # 3. who says so
        named = authors(attributions, annotated, self._knowledge.sources, self._deeds)
        drafts = [claimed(draft, named) for draft in drafts] if named else drafts
        events = kept(
            merge_drafts(drafts), annotated, self._knowledge.quiet
        )  # 4. each event once, none that is no conflict
        events = carried(events, annotated.anchor)
        if not events:
            return ()
        speech = Speech(attributions, denials(attributions, annotated, events, self._sides, self._deeds), named)
        reports, origin = [], origin_of(annotated.document.article)
        ordinals: dict[tuple[object, ...], int] = defaultdict(int)
        for event in sorted(gathered(events), key=lambda d: (d.sentence, d.first, d.listed)):
            mark = (event.sentence, event.evidence, event.type, event.place and event.place.place.id)
            reports.append(report_of(event, annotated, origin, speech, self._stamp, ordinals[mark]))
            ordinals[mark] += 1
        return tuple(reports)

    def scenes(self, annotated: Annotated) -> list[Scene]:
        """The sentences that hold an event word or a number of people, as scenes."""
        mentions, known = annotated.mentions, self._knowledge
        actors, places = _by_sentence(mentions.actors), _by_sentence(mentions.places)
        dates, numbers = _by_sentence(mentions.dates), _by_sentence(mentions.numbers)
        weapons = _by_sentence(mentions.weapons)
        out = []
        for sentence in annotated.document.sentences:
            n = sentence.number
            lit = self._tables.lit(sentence.words)
            found = find_events(sentence, known.events, lit[0])
            if found or n in places or n in actors or n in numbers:
                named = (actors.get(n, ()), places.get(n, ()), dates.get(n, ()), numbers.get(n, ()), weapons.get(n, ()))
                out.append(build_scene(sentence, found, named, known.events, known.people, lit[1:]))
        return out

    def _drafts(self, scenes: Sequence[Scene], annotated: Annotated) -> list[Draft]:
        memory = Memory(self._knowledge.codebook.allies)
        drafts: list[Draft] = []
        for scene in scenes:
            made, left = draft_sentence(scene, self._lexicon, memory, annotated.anchor)
            if left and drafts:
                drafts, left = _give_to_places(scene, drafts, left)
            if left and drafts:
                drafts = _give_back(scene, drafts, left)
            drafts += made
            _remember(memory, scene, made)
        return [with_sides(draft, memory) for draft in drafts]  # now that the whole article is known

    def _attributions(self, annotated: Annotated) -> tuple[Attribution, ...]:
        return attribute(annotated.document, annotated.mentions.sources, self._knowledge.sources)


def _by_sentence(mentions: Sequence[Mention[V]]) -> dict[int, tuple[Mention[V], ...]]:
    out: dict[int, list[Mention[V]]] = defaultdict(list)
    for m in mentions:
        out[m.sentence].append(m)
    return {number: tuple(group) for number, group in out.items()}


def _give_to_places(scene: Scene, drafts: list[Draft], left: Sequence[Toll]) -> tuple[list[Draft], list[Toll]]:
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


def _give_back(scene: Scene, drafts: list[Draft], left: Sequence[Toll]) -> list[Draft]:
    """Tolls of a sentence without events belong to the event told just before, when the sentence speaks of its outcome."""
    last = next((d for d in drafts if d.tolls and not d.in_title), drafts[-1]) if _whole(scene, left) else drafts[-1]
    index = drafts.index(last)
    gap = scene.sentence.number - last.sentence
    if last.background or last.listed or last.type not in COSTS_LIVES or last.paragraph < 0:
        return drafts
    said = {(t.outcome, t.low) for t in last.tolls}
    again = any((t.outcome, t.low) in said for t in left)
    speaks = any("result" in s.roles for s in scene.supports) or any(t.rises for t in left)
    elsewhere = any(m.value.level not in ("country", "site") for m in scene.places) or bool(scene.dates)
    if gap > 3 and not _whole(scene, left):
        return drafts
    if not again and not _whole(scene, left) and ((elsewhere and not speaks) or gap > 2 or (last.tolls and not speaks)):
        return drafts
    return [*drafts[:index], replace(last, tolls=(*last.tolls, *left)), *drafts[index + 1 :]]


def _whole(scene: Scene, left: Sequence[Toll]) -> bool:
    """Whether a sentence without a place gives the toll of all that was told ("ارتفعت الحصيلة إلى 11")."""
    placed = any(m.value.level not in ("country", "site") for m in scene.places)
    return not placed and scene.found("tolls.total", 0, left[0].first) is not None


def _remember(memory: Memory, scene: Scene, made: Sequence[Draft]) -> None:
    memory.places += scene.places
    memory.fighters += [m.value for m in scene.actors if armed(m.value) and m.value.camp != "unknown"]
    number = scene.sentence.number
    for draft in made:
        if draft.place is not None and draft.own_place:
            memory.event_place, memory.event_sentence = draft.place, number
            memory.event_paragraph = scene.sentence.paragraph
        if draft.actor1 and draft.actor2 and armed(draft.actor1[0].actor) and armed(draft.actor2[0].actor):
            memory.parties, memory.parties_sentence = (draft.actor1, draft.actor2), number
        if draft.actor1 and armed(draft.actor1[0].actor):
            memory.agent, memory.agent_sentence = draft.actor1, number
