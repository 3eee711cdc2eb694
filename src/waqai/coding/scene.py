"""A scene: one sentence with its mentions, its clauses and the words that tell events."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from waqai.arabic.inflection import Tense
from waqai.knowledge.events import Events, Support, Trigger
from waqai.knowledge.people import PersonNoun
from waqai.model.mention import Actor, DateRange, Mention, Place, Quantity, Weapon
from waqai.model.text import Sentence

ClauseKind = Literal["main", "and", "sub", "after", "result", "relative"]
V = TypeVar("V")
Marks = Mapping[str, Sequence[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Clause:
    """Tokens `start` (in) to `end` (out) of a sentence; `opener` is the word that opened it ("" for the first)."""

    start: int
    end: int
    kind: ClauseKind
    opener: str


@dataclass(frozen=True, slots=True)
class EventWord:
    """A trigger found at tokens `first` to `last`; `readings` are its lexicon entries in the order to be tried.

    `article` says that the phrase itself begins with the article ("القصف المدفعي").
    """

    first: int
    last: int
    prefix: str
    article: bool
    readings: tuple[tuple[Trigger, Tense, bool], ...]

    @property
    def definite(self) -> bool:
        """Whether the word carries the article or a pronoun: it may point back to an event already told."""
        return self.article or self.prefix.endswith("ال") or self.prefix.endswith("لل") or self.readings[0][2]


@dataclass(frozen=True, slots=True)
class SupportWord:
    """A verb that carries an event noun ("شن", "شهدت", "تعرضت"), with the roles it can give its subject."""

    first: int
    last: int
    prefix: str
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
    marks: Marks
    small: Mapping[str, frozenset[str]]

    def found(self, name: str, start: int, end: int) -> tuple[int, int] | None:
        """The first words of a list (see Events.marks) that lie between two tokens, as (first, last), or None."""
        for mark in self.marks.get(name, ()):
            if start <= mark[0] and mark[1] <= end:
                return mark
        return None

    def at(self, name: str, token: int) -> int | None:
        """The token after the longest words of a list that begin at a token, or None."""
        return max((last for first, last in self.marks.get(name, ()) if first == token), default=None)

    def ends_at(self, name: str, token: int) -> bool:
        """Whether words of a list end right before a token."""
        return any(last == token for _, last in self.marks.get(name, ()))

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


def preposition(prefix: str) -> str:
    """The one-letter preposition among the clitics of a word ("ب", "ل", "ك"), or "".

    >>> preposition("وبال"), preposition("ال"), preposition("لل")
    ('ب', '', 'ل')
    """
    bare = prefix[:-2] + "ل" if prefix.endswith("لل") else prefix.removesuffix("ال")
    return bare[-1] if bare[-1:] in ("ب", "ل", "ك") else ""


def within(mentions: Sequence[Mention[V]], start: int, end: int) -> list[Mention[V]]:
    """The mentions that lie between two tokens."""
    return [m for m in mentions if m.first >= start and m.last <= end]


def find_marks(words: Sequence[str], events: Events) -> Marks:
    """Where the words of every list stand in a sentence: (first, last) by the list's name, in reading order."""
    marks: dict[str, list[tuple[int, int]]] = {}
    for i in range(len(words)):
        for match in events.marks.all_at(words, i):
            for name in match.entry:
                marks.setdefault(name, []).append((i, match.last))
    return marks


def find_events(sentence: Sentence, events: Events) -> tuple[EventWord, ...]:
    """Every word of the lexicon in a sentence, longest first at each token, not overlapping."""
    words, out, i = sentence.words, [], 0
    while i < len(words):
        match = events.triggers.at(words, i)
        if match is None:
            i += 1
            continue
        readings = tuple((f.trigger, f.tense, f.pronoun) for f in match.entry if _may_carry(match.prefix, f.tense))
        if readings:
            article = words[i].startswith(match.prefix + "ال")
            out.append(EventWord(i, match.last, match.prefix, article, readings))
        i = match.last
    return tuple(out)


def _may_carry(prefix: str, tense: Tense) -> bool:
    """A verb takes neither the article nor a preposition but the ل of purpose before its present."""
    if tense == "noun":
        return True
    return not prefix.endswith(("ال", "لل")) and preposition(prefix) in ("", "ل" if tense == "present" else "")


def find_supports(sentence: Sentence, events: Events) -> tuple[SupportWord, ...]:
    """Every supporting verb of a sentence."""
    out = []
    for i in range(len(sentence.words)):
        match = events.supports.at(sentence.words, i)
        if match is not None and not preposition(match.prefix) and not match.prefix.endswith(("ال", "لل")):
            roles = tuple(dict.fromkeys(role for role, _ in match.entry))
            out.append(SupportWord(i, match.last, match.prefix, roles, match.entry[0][1].tense))
    return tuple(out)


CLAUSES: tuple[tuple[str, ClauseKind], ...] = (
    ("clauses.result", "result"),
    ("clauses.main", "main"),
    ("clauses.after", "after"),
    ("clauses.sub", "sub"),
    ("clauses.relative", "relative"),
)


def find_clauses(
    words: Sequence[str], marks: Marks, verbs: Iterable[int], named: Container[int] = ()
) -> tuple[Clause, ...]:
    """The clauses of a sentence: cut before conjunctions, relatives, "and" with a verb, and after the end of a relative.

    `verbs` are the finite verbs that "and" is written onto; `named` are tokens of places, before which "وسط" means "in
    the middle of".
    """
    openers: dict[int, ClauseKind] = {i: "and" for i in verbs if i > 0}
    for name, kind in reversed(CLAUSES):
        for first, _ in marks.get(name, ()):
            if words[first][:1] in ("ب", "ل", "ك") and words[first] not in (
                "بينما",
                "لكن",
                "لان",
                "كما",
                "كذلك",
                "بعد",
                "بعدما",
                "بسبب",
                "بهدف",
                "بالتزامن",
            ):
                continue
            if words[first] in ("حين", "وقت") and (first == 0 or words[first - 1] not in ("في", "وفي")):
                continue
            if words[first] == "قبل" and first and words[first - 1] == "من":
                continue
            if words[first].endswith("وسط") and (
                first + 1 >= len(words) or words[first + 1].startswith("ال") or first + 1 in named
            ):
                continue
            openers[first] = kind
    starts: dict[int, tuple[ClauseKind, str]] = {0: ("main", "")}
    current: ClauseKind = "main"
    for i, word in enumerate(words):
        if i in openers:
            current = openers[i]
            starts[i] = (current, word)
        elif word == "،" and current == "relative" and i + 1 < len(words):
            current = "main"
            starts[i] = (current, word)
    order = sorted(starts)
    ends = [*order[1:], len(words)]
    return tuple(Clause(s, e, *starts[s]) for s, e in zip(order, ends, strict=True))
