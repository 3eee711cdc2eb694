"""The default coder: a grammar of event words, deterministic and offline, that explains each field."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Protocol, TypeVar

from waqai.arabic.letters import fold
from waqai.arabic.phrases import Lookups
from waqai.coding.attaching import gathered, with_attacked, with_sides
from waqai.coding.attribution import attribute
from waqai.coding.candidates import Sides
from waqai.coding.choosing import Chooser, chosen
from waqai.coding.claims import Speech, authors, claimed, denials
from waqai.coding.draft import Draft, Lexicon, Memory, Toll
from waqai.coding.drafting import draft_sentence
from waqai.coding.headings import Heading, headings
from waqai.coding.kinds import between_armed, deadly, fell, on_days_of_protest
from waqai.coding.merging import merge_drafts
from waqai.coding.named_later import named_later
from waqai.coding.quiet import kept
from waqai.coding.reporting import Stamp, origin_of, report_of, with_victims
from waqai.coding.roles import armed
from waqai.coding.scene import Scene, build_scene, find_events
from waqai.coding.timing import carried
from waqai.coding.tolls_later import handed_back, handed_on
from waqai.knowledge.load import Knowledge
from waqai.model.annotated import Annotated
from waqai.model.attribution import Attribution
from waqai.model.mention import Actor, Mention, Place, Source
from waqai.model.report import NamedDate, NamedPlace, Report

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
        events = knowledge.events
        civilians = knowledge.actors.entries["civilians"].actor
        self._knowledge = knowledge
        self._deeds = knowledge.events.small["denied_deeds"]
        self._sides = {e.source.name_en: e.side for e in knowledge.sources.named.values() if e.side}
        actors = knowledge.actors
        air = (actors.bombs_by_air, actors.alone_in_the_air)
        self._lexicon = Lexicon(events, knowledge.targets, civilians, actors.only_used_by, *air)
        tables = (events.marks, events.supports, knowledge.people.table)
        self._words = Lookups(tables, (events.triggers.readings,))
        sides = _sides(knowledge, civilians)
        self.chooser = Chooser(knowledge.choice, sides, events)
        self._stamp = Stamp(NAME, VERSION, knowledge.hash[:12])

    def code(self, annotated: Annotated) -> tuple[Report, ...]:
        """The reports of one article, in the order of its text; never raises on any text."""
        scenes = self.scenes(annotated)  # 1. the sentences that tell events, with what they name
        events, speech = self.events(scenes, annotated)  # 2. to 4. each event once, as the rules read it
        events = chosen(events, scenes, annotated.mentions.sources, self.chooser)  # 5. who fills each role
        return self.reports(events, speech, annotated)

    def events(self, scenes: Sequence[Scene], annotated: Annotated) -> tuple[list[Draft], Speech]:
        """The events of an article in the order of its text, as the rules alone read them, and who says what of them."""
        drafts, memory = self._drafts(scenes, annotated)  # 2. an event for each event word that stands the tests
        attributions = self._attributions(annotated) if drafts else ()  # 3. who says so
        named = authors(attributions, annotated, self._knowledge.sources, self._deeds)
        drafts = claimed(drafts, named)
        drafts = on_days_of_protest(drafts, scenes, self._lexicon.civilians)
        drafts = [deadly(draft) for draft in drafts]  # told so twice they merge; once merged, their tolls are together
        allies = self._knowledge.codebook.allies
        told = [deadly(between_armed(fell(event))) for event in merge_drafts(drafts, allies)]  # 4. each event once
        events = kept(told, annotated, self._knowledge.quiet)  # none that is no conflict
        by_number = {scene.sentence.number: scene for scene in scenes}
        events = [with_attacked(event, memory, by_number.get(event.sentence)) for event in events]
        events = carried(events, annotated.anchor)
        speech = Speech(attributions, denials(attributions, annotated, events, self._sides, self._deeds), named)
        events = [with_victims(event, self._lexicon.civilians) for event in gathered(events)]
        return sorted(events, key=lambda d: (d.sentence, d.first, d.listed)), speech

    def reports(self, events: Sequence[Draft], speech: Speech, annotated: Annotated) -> tuple[Report, ...]:
        """The reports of events that stand in the order of the text."""
        reports, origin = [], origin_of(annotated.document.article)
        ordinals: dict[tuple[object, ...], int] = defaultdict(int)
        for event in events:
            mark = (event.sentence, event.evidence, event.type, event.place and event.place.place.id)
            reports.append(report_of(event, annotated, origin, speech, self._stamp, ordinals[mark]))
            ordinals[mark] += 1
        return tuple(reports)

    def scenes(self, annotated: Annotated) -> list[Scene]:
        """The sentences that hold an event word or a name, a day or a number, as scenes."""
        mentions, known = annotated.mentions, self._knowledge
        actors, places = _by_sentence(mentions.actors), _by_sentence(mentions.places)
        dates, numbers = _by_sentence(mentions.dates), _by_sentence(mentions.numbers)
        weapons, sources = _by_sentence(mentions.weapons), _by_sentence(mentions.sources)
        out = []
        for sentence in annotated.document.sentences:
            n = sentence.number
            *lit, triggers = self._words.lit(sentence.words)
            found = find_events(sentence, known.events, triggers)
            if found or n in places or n in actors or n in numbers or n in dates:
                sites = _no_outlets(places.get(n, ()), sources.get(n, ()))
                named = (actors.get(n, ()), sites, dates.get(n, ()), numbers.get(n, ()), weapons.get(n, ()))
                out.append(build_scene(sentence, found, named, known.events, known.people, lit))
        return out

    def _drafts(self, scenes: Sequence[Scene], annotated: Annotated) -> tuple[list[Draft], Memory]:
        memory = Memory(self._knowledge.codebook.allies)
        drafts: list[Draft] = []
        pending: list[tuple[Scene, Toll]] = []  # of a lead, before the event they count the dead of
        for scene, heading in zip(scenes, headings(scenes, annotated.anchor), strict=True):
            made, left = draft_sentence(scene, self._lexicon, memory, annotated.anchor)
            drafts, made = named_later(scene, drafts, made)
            drafts, left = handed_back(scene, drafts, left)
            if pending and made:
                made, pending = handed_on(pending, made), []
            if left and scene.sentence.paragraph >= 0 and all(d.in_title for d in (*drafts, *made)):
                pending += [(scene, toll) for toll in left]
            drafts += made
            _remember(memory, scene, made, heading)
        return [with_sides(draft, memory) for draft in drafts], memory  # now that the whole article is known

    def _attributions(self, annotated: Annotated) -> tuple[Attribution, ...]:
        return attribute(annotated.document, annotated.mentions.sources, self._knowledge.sources)


def _sides(knowledge: Knowledge, civilians: Actor) -> Sides:
    """What is known of parties, as choosing among them asks for it."""
    entries, aircraft = knowledge.actors.entries, knowledge.events.small["aircraft"]
    countries = {id: entry.country for id, entry in entries.items() if entry.country is not None}
    flying = {id: entry for id, entry in entries.items() if any(word in fold(entry.actor.name_ar) for word in aircraft)}
    masters = {id: entry.parents[0].id for id, entry in flying.items() if entry.parents}
    of_ground = {id: entries[masters.get(master, master)].actor for id, master in masters.items()}
    return Sides(knowledge.codebook.allies, frozenset(knowledge.actors.bombs_by_air), countries, of_ground, civilians)


def _by_sentence(mentions: Sequence[Mention[V]]) -> dict[int, tuple[Mention[V], ...]]:
    out: dict[int, list[Mention[V]]] = defaultdict(list)
    for m in mentions:
        out[m.sentence].append(m)
    return {number: tuple(group) for number, group in out.items()}


def _no_outlets(places: tuple[Mention[Place], ...], sources: Sequence[Mention[Source]]) -> tuple[Mention[Place], ...]:
    """The places without names that are quoted as an outlet's ("وأوضح مصدر للميادين", and not the town)."""
    quoted = {m.last for m in sources if m.value.kind == "outlet"}
    return tuple([m for m in places if m.last not in quoted]) if quoted and places else places


def _remember(memory: Memory, scene: Scene, made: Sequence[Draft], heading: Heading) -> None:
    place, day = heading
    if place is not None and any(m.value.country == place.value.country for m in memory.places):
        memory.event_place, memory.event_sentence = NamedPlace(place.value, place.span), scene.sentence.number
        memory.event_paragraph = scene.sentence.paragraph
    if day is not None:
        memory.day = NamedDate(day.value, day.span)
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
