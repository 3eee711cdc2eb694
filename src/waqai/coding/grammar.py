"""The default coder: a grammar of event words, deterministic and offline, that explains each field."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from waqai.coding.attribution import attribute
from waqai.coding.claims import claimed
from waqai.coding.draft import Draft, Lexicon, Memory, Toll
from waqai.coding.drafting import draft_sentence
from waqai.coding.merging import merge_drafts
from waqai.coding.quiet import kept
from waqai.coding.reporting import Stamp, report_of
from waqai.coding.roles import armed
from waqai.coding.scene import EventWord, Marks, PersonWord, Scene, find_clauses, find_events, find_marks, find_supports
from waqai.knowledge.load import Knowledge
from waqai.knowledge.people import PeopleKnowledge
from waqai.model.annotated import Annotated
from waqai.model.attribution import Attribution
from waqai.model.mention import Mention
from waqai.model.report import Report
from waqai.model.text import Sentence

V = TypeVar("V")
NAME, VERSION = "grammar", "1"


class Coder(Protocol):
    """What a coder is: an annotated article in, reports out. Others are found by name through the entry point "waqai.coders"."""

    def code(self, annotated: Annotated) -> tuple[Report, ...]:
        """The reports of one article, in the order of its text."""
        ...


class GrammarCoder:
    """The coder of this package: event words, their clauses and parties, read sentence by sentence and merged at the end."""

    def __init__(self, knowledge: Knowledge) -> None:
        civilians = knowledge.actors.entries["civilians"].actor
        self._knowledge = knowledge
        self._lexicon = Lexicon(knowledge.events, knowledge.targets, civilians)
        self._stamp = Stamp(NAME, VERSION, knowledge.hash[:12], civilians)

    def code(self, annotated: Annotated) -> tuple[Report, ...]:
        """The reports of one article, in the order of its text; never raises on any text."""
        scenes = self.scenes(annotated)  # 1. the sentences that tell events, with what they name
        drafts = self._drafts(scenes, annotated)  # 2. an event for each event word that stands the tests
        attributions = self._attributions(annotated) if drafts else ()  # 3. who says so
        drafts = [claimed(draft, attributions, annotated) for draft in drafts]
        events = kept(
            merge_drafts(drafts), annotated, self._knowledge.quiet
        )  # 4. each event once, none that is no conflict
        reports = []
        ordinals: dict[tuple[object, ...], int] = defaultdict(int)
        for event in sorted(events, key=lambda d: (d.sentence, d.first, d.listed)):
            mark = (event.sentence, event.evidence, event.type, event.place and event.place.place.id)
            reports.append(report_of(event, annotated, attributions, self._stamp, ordinals[mark]))
            ordinals[mark] += 1
        return tuple(reports)

    def scenes(self, annotated: Annotated) -> list[Scene]:
        """The sentences that hold an event word or a number of people, as scenes."""
        mentions, events = annotated.mentions, self._knowledge.events
        all_actors, all_places = _by_sentence(mentions.actors), _by_sentence(mentions.places)
        all_dates, all_numbers = _by_sentence(mentions.dates), _by_sentence(mentions.numbers)
        all_weapons = _by_sentence(mentions.weapons)
        out = []
        for sentence in annotated.document.sentences:
            found = find_events(sentence, events)
            number = sentence.number
            actors, places = all_actors.get(number, ()), all_places.get(number, ())
            dates, numbers, weapons = (
                all_dates.get(number, ()),
                all_numbers.get(number, ()),
                all_weapons.get(number, ()),
            )
            if not found and not places and not actors:
                continue
            taken = {i for m in (*places, *dates) for i in range(m.first, m.last)}
            taken |= {i for m in actors if armed(m.value) for i in range(m.first, m.last)}
            marks = find_marks(sentence.words, events)
            found = tuple(e for e in found if not names_something(sentence, e, taken, marks))
            supports = tuple(s for s in find_supports(sentence, events) if s.first not in taken)
            verbs = [e.first for e in found if e.readings[0][1] != "noun" and e.prefix[:1] in ("و", "ف")]
            verbs += [s.first for s in supports if s.prefix[:1] in ("و", "ف")]
            clauses = find_clauses(sentence.words, marks, verbs, {i for m in places for i in range(m.first, m.last)})
            people = find_people(sentence, self._knowledge.people)
            out.append(
                Scene(
                    sentence,
                    actors,
                    places,
                    dates,
                    numbers,
                    weapons,
                    people,
                    clauses,
                    found,
                    supports,
                    marks,
                    events.small,
                )
            )
        return out

    def _drafts(self, scenes: Sequence[Scene], annotated: Annotated) -> list[Draft]:
        memory = Memory()
        drafts: list[Draft] = []
        for scene in scenes:
            made, left = draft_sentence(scene, self._lexicon, memory, annotated.anchor)
            if left and drafts:
                drafts = _give_back(scene, drafts, left, self._lexicon)
            drafts += made
            _remember(memory, scene, made)
        return drafts

    def _attributions(self, annotated: Annotated) -> tuple[Attribution, ...]:
        return attribute(annotated.document, annotated.mentions.sources, self._knowledge.sources)


def _by_sentence(mentions: Sequence[Mention[V]]) -> dict[int, tuple[Mention[V], ...]]:
    out: dict[int, list[Mention[V]]] = defaultdict(list)
    for m in mentions:
        out[m.sentence].append(m)
    return {number: tuple(group) for number, group in out.items()}


def names_something(sentence: Sentence, event: EventWord, taken: set[int], marks: Marks) -> bool:
    """Whether an event word only stands in a name: of an actor or a place, or in the quoted name of an operation."""
    if event.first in taken:
        return True
    words = sentence.words
    opening = next((i for i in range(event.first - 1, max(event.first - 4, -1), -1) if words[i] == '"'), None)
    closing = next((i for i in range(event.last, min(event.last + 4, len(words))) if words[i] == '"'), None)
    if opening is None or closing is None:
        return False
    return any(last == opening for _, last in marks.get("naming", ()))


def find_people(sentence: Sentence, people: PeopleKnowledge) -> tuple[PersonWord, ...]:
    """Every noun for people in a sentence."""
    out = []
    for i in range(len(sentence.words)):
        match = people.table.at(sentence.words, i)
        if match is not None:
            out.append(PersonWord(i, match.last, match.entry))
    return tuple(out)


def _give_back(scene: Scene, drafts: list[Draft], left: Sequence[Toll], lexicon: Lexicon) -> list[Draft]:
    """Tolls of a sentence without events belong to the event told just before, when the sentence speaks of its outcome."""
    speaks = any("result" in s.roles for s in scene.supports) or any(t.rises for t in left)
    last = drafts[-1]
    near = scene.sentence.number - last.sentence <= 2 and last.paragraph >= 0
    if not (speaks and near) or last.tolls:
        return drafts
    return [*drafts[:-1], replace(last, tolls=(*last.tolls, *left))]


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
