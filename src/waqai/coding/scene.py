"""A scene: one sentence with its mentions, its clauses and the words that tell events."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from waqai.arabic.inflection import Tense
from waqai.arabic.phrases import PhraseTable
from waqai.knowledge.events import Events, Support, Trigger
from waqai.knowledge.people import PersonNoun
from waqai.model.mention import Actor, DateRange, Mention, Place, Quantity, Weapon
from waqai.model.text import Sentence

ClauseKind = Literal["main", "and", "sub", "after", "result", "relative"]
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Clause:
    """Tokens `start` (in) to `end` (out) of a sentence; `opener` is the word that opened it ("" for the first)."""

    start: int
    end: int
    kind: ClauseKind
    opener: str


@dataclass(frozen=True, slots=True)
class EventWord:
    """A trigger found at tokens `first` to `last`; `readings` are its lexicon entries in the order to be tried."""

    first: int
    last: int
    prefix: str
    readings: tuple[tuple[Trigger, Tense, bool], ...]

    @property
    def definite(self) -> bool:
        """Whether the word carries the article or a pronoun: it may point back to an event already told."""
        return self.prefix.endswith("ال") or self.prefix.endswith("لل") or self.readings[0][2]


@dataclass(frozen=True, slots=True)
class SupportWord:
    """A verb that carries an event noun ("شن", "شهدت", "تعرضت"), with the roles it can give its subject."""

    first: int
    last: int
    roles: tuple[Support, ...]
    tense: Tense


@dataclass(frozen=True, slots=True)
class PersonWord:
    """A noun for people at token `first` to `last`."""

    first: int
    last: int
    noun: PersonNoun


@dataclass(frozen=True, slots=True)
class Scene:
    """One sentence, everything the coder looks at in it. Mentions are those of this sentence, in order."""

    sentence: Sentence
    actors: tuple[Mention[Actor], ...]
    places: tuple[Mention[Place], ...]
    dates: tuple[Mention[DateRange], ...]
    numbers: tuple[Mention[Quantity], ...]
    weapons: tuple[Mention[Weapon], ...]
    people: tuple[PersonWord, ...]
    clauses: tuple[Clause, ...]
    events: tuple[EventWord, ...]
    supports: tuple[SupportWord, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The folded tokens."""
        return self.sentence.words

    def clause_at(self, token: int) -> Clause:
        """The clause a token stands in."""
        for clause in reversed(self.clauses):
            if clause.start <= token:
                return clause
        return self.clauses[0]

    def verb_between(self, start: int, end: int) -> bool:
        """Whether a finite event verb or supporting verb stands between two tokens."""
        return any(start <= e.first < end and e.readings[0][1] != "noun" for e in self.events) or any(
            start <= s.first < end for s in self.supports
        )


def within(mentions: Sequence[Mention[V]], start: int, end: int) -> list[Mention[V]]:
    """The mentions that lie between two tokens."""
    return [m for m in mentions if m.first >= start and m.last <= end]


def found(table: PhraseTable[str], words: Sequence[str], start: int, end: int) -> tuple[int, int] | None:
    """The first place between two tokens where a phrase of the table stands, as (first, last), or None."""
    for i in range(max(start, 0), min(end, len(words))):
        match = table.at(words, i)
        if match is not None and match.last <= end:
            return i, match.last
    return None


def ends_at(table: PhraseTable[str], words: Sequence[str], end: int) -> str | None:
    """The entry of the table that ends right before token `end` (one to three words), or None."""
    for length in (3, 2, 1):
        if end >= length:
            match = table.at(words, end - length)
            if match is not None and match.last == end:
                return match.entry
    return None


def find_events(sentence: Sentence, events: Events) -> tuple[EventWord, ...]:
    """Every word of the lexicon in a sentence, longest first at each token, not overlapping."""
    words, out, i = sentence.words, [], 0
    while i < len(words):
        match = events.triggers.at(words, i)
        if match is None:
            i += 1
            continue
        readings = tuple((f.trigger, f.tense, f.pronoun) for f in match.entry)
        out.append(EventWord(i, match.last, match.prefix, readings))
        i = match.last
    return tuple(out)


def find_supports(sentence: Sentence, events: Events) -> tuple[SupportWord, ...]:
    """Every supporting verb of a sentence."""
    out = []
    for i in range(len(sentence.words)):
        match = events.supports.at(sentence.words, i)
        if match is not None and not set(match.prefix) & set("بكال"):
            roles = tuple(dict.fromkeys(role for role, _ in match.entry))
            out.append(SupportWord(i, match.last, roles, match.entry[0][1].tense))
    return tuple(out)


def find_clauses(words: Sequence[str], events: Events, verbs: Iterable[int]) -> tuple[Clause, ...]:
    """The clauses of a sentence: cut before conjunctions, relatives, "and" with a verb, and after the end of a relative."""
    starts: dict[int, tuple[ClauseKind, str]] = {0: ("main", "")}
    verb_starts = set(verbs)
    for i, word in enumerate(words):
        kind = _opens(words, i, events, verb_starts)
        if kind is not None:
            starts[i] = (kind, word)
        elif word == "،" and i + 1 < len(words) and _inside_relative(starts, i):
            starts[i] = ("main", "،")
    order = sorted(starts)
    ends = [*order[1:], len(words)]
    return tuple(Clause(s, e, *starts[s]) for s, e in zip(order, ends, strict=True))


def _inside_relative(starts: dict[int, tuple[ClauseKind, str]], i: int) -> bool:
    return starts[max(s for s in starts if s <= i)][0] == "relative"


def _opens(words: Sequence[str], i: int, events: Events, verbs: set[int]) -> ClauseKind | None:
    lists: tuple[tuple[str, ClauseKind], ...] = (
        ("clauses.result", "result"),
        ("clauses.main", "main"),
        ("clauses.sub", "sub"),
        ("clauses.relative", "relative"),
    )
    for name, kind in lists:
        match = events[name].at(words, i)
        if match is not None and not set(match.prefix) & set("بلك"):
            if words[i] in ("حين", "وقت") and (i == 0 or words[i - 1] not in ("في", "وفي")):
                continue
            after = kind == "sub" and match.entry in ("بعد", "بعدما", "عقب", "بعد أن", "قبل", "قبيل")
            return "after" if after else kind
    if i in verbs and words[i][:1] in ("و", "ف") and i > 0:
        return "and"
    return None
