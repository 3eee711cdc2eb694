"""The path of an article, top to bottom: cleaning, mentions, coding. Reading comes before it, writing after."""

import functools
from collections.abc import Iterable, Sequence
from typing import TypeVar

from waqai.arabic.phrases import Lookups
from waqai.cleaning.clean import clean
from waqai.coding.grammar import NAME, VERSION, Coder, GrammarCoder
from waqai.coding.holding import find_holdings
from waqai.knowledge.files import load_files
from waqai.knowledge.load import Knowledge, load_knowledge
from waqai.mentions.actors import find_actors
from waqai.mentions.dates import find_dates
from waqai.mentions.numbers import find_numbers
from waqai.mentions.persons import find_persons
from waqai.mentions.places import find_places
from waqai.mentions.sources import find_sources
from waqai.mentions.weapons import find_weapons
from waqai.model.annotated import Annotated
from waqai.model.article import Article, Document
from waqai.model.control import Holding
from waqai.model.found import Found
from waqai.model.mention import Actor, Mention, Mentions, Place
from waqai.model.report import Report

V = TypeVar("V", covariant=True)


class Pipeline:
    """The stages with their knowledge. One article in, its document, mentions or reports out; nothing is kept between articles."""

    def __init__(self, knowledge: Knowledge, coder: Coder) -> None:
        self.knowledge = knowledge
        self.coder = coder
        self.words = word_questions(knowledge)

    def clean(self, article: Article) -> Document:
        """The article cleaned: offsets kept, furniture set apart, prose in sentences."""
        return clean(article, self.knowledge.furniture, self.knowledge.mending)

    def annotate(self, document: Document) -> Annotated:
        """The document with everything it names, and the day it speaks from."""
        known = self.knowledge
        lit = self.words.every([s.words for s in document.sentences])
        cues, names, introductions, speech, said, weapons, named, dated, counted = lit
        actors = find_actors(document, known.actors, cues, names)
        persons = find_persons(document, known.persons, actors, introductions, speech)
        places = find_places(document, known.gazetteer, blocked((*actors, *persons)), known.events.deeds, named)
        actors = outside(actors, places)
        takers = takes_places(document, actors, known.actors.taking)
        active = [known.actors.dating_span(id, id in takers) for id in sorted({m.value.id for m in actors})]
        timeline = find_dates(document, known.dates, active, dated)
        numbers = [
            m
            for s, begins in zip(document.sentences, counted, strict=True)
            for m in find_numbers(s, known.numbers, known.people, begins)
        ]
        mentions = Mentions(
            numbers=tuple(numbers),
            dates=timeline.mentions,
            places=places,
            actors=actors,
            persons=persons,
            weapons=find_weapons(document, known.weapons, weapons),
            sources=find_sources(document, known.sources, actors, persons, said),
        )
        return Annotated(document, mentions, timeline.anchor)

    def mentions(self, document: Document) -> Mentions:
        """Everything a document names."""
        return self.annotate(document).mentions

    def reports(self, article: Article) -> tuple[Report, ...]:
        """The coded events of an article, in the order of its text."""
        return self.coder.code(self.annotate(self.clean(article)))

    def holdings(self, article: Article) -> tuple[Holding, ...]:
        """What an article says in passing of who holds, besieges or contests a place, in the order of its text."""
        return find_holdings(self.annotate(self.clean(article)), self.knowledge)

    def reports_and_holdings(self, article: Article) -> tuple[tuple[Report, ...], tuple[Holding, ...]]:
        """Both at the price of one reading."""
        annotated = self.annotate(self.clean(article))
        return self.coder.code(annotated), find_holdings(annotated, self.knowledge)

    def found(self, article: Article) -> Found:
        """What the record keeps of an article: its reports, its holdings, and its day also where only its words tell it."""
        annotated = self.annotate(self.clean(article))
        published = article.published or annotated.anchor
        return Found(self.coder.code(annotated), find_holdings(annotated, self.knowledge), published)


def word_questions(known: Knowledge) -> Lookups:
    """What the finders of mentions ask of every word, asked at once: see `Pipeline.annotate` for the order."""
    tables = (
        *(known.actors.cues, known.actors.table, known.persons.introductions, known.persons.speech),
        *(known.sources.cues, known.weapons.phrases),
    )
    counts = functools.partial(known.numbers.begins_with, people=known.people)
    return Lookups(tables, (known.gazetteer.reading, known.dates.begins_with, counts))


def takes_places(document: Document, actors: Sequence[Mention[Actor]], stems: Sequence[str]) -> set[str]:
    """The actors in whose sentence a word with one of the stems of taking a place stands."""
    named = {m.sentence for m in actors}
    told = {s.number: " ".join(s.words) for s in document.sentences if s.number in named}
    taking = {number for number, words in told.items() if any(stem in words for stem in stems)}
    return {m.value.id for m in actors if m.sentence in taking}


def blocked(mentions: Iterable[Mention[V]]) -> dict[int, list[tuple[int, int]]]:
    """Token ranges by sentence that belong to names which are no places."""
    ranges: dict[int, list[tuple[int, int]]] = {}
    for m in mentions:
        if not (isinstance(m.value, Actor) and m.value.camp == "civilians"):
            ranges.setdefault(m.sentence, []).append((m.first, m.last))
    return ranges


def outside(actors: tuple[Mention[Actor], ...], places: Iterable[Mention[Place]]) -> tuple[Mention[Actor], ...]:
    """The actors but for civilians read into the name of a place ("ود مدني", "مزارع شبعا")."""
    held = {(m.sentence, i) for m in places for i in range(m.first, m.last)}
    return tuple([m for m in actors if m.value.camp != "civilians" or (m.sentence, m.first) not in held])


def coder_names() -> Sequence[str]:
    """The coders that are installed, by name."""
    from importlib.metadata import entry_points  # slow to import, and most runs need none

    return sorted({point.name for point in entry_points(group="waqai.coders")})


def coder_mark(coder: str = "grammar") -> str:
    """Which coder with which knowledge this is: articles whose mark differs are coded again. LookupError when there is none."""
    knowledge = load_files().hash[:12]
    if coder == NAME:
        return f"{NAME} {VERSION} {knowledge}"
    from importlib.metadata import entry_points

    for point in entry_points(group="waqai.coders", name=coder):
        return f"{coder} {point.dist.version if point.dist else '?'} {knowledge}"
    raise LookupError(f"There is no coder named {coder!r}; installed are {', '.join(coder_names())}.")


def open_pipeline(coder: str = "grammar") -> Pipeline:
    """Load the knowledge (once for a process) and the coder of that name; LookupError when no such coder is installed."""
    knowledge = load_knowledge()
    if coder == "grammar":
        return Pipeline(knowledge, GrammarCoder(knowledge))
    from importlib.metadata import entry_points

    for point in entry_points(group="waqai.coders", name=coder):
        return Pipeline(knowledge, point.load()(knowledge))
    raise LookupError(f"There is no coder named {coder!r}; installed are {', '.join(coder_names())}.")
