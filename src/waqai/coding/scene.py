"""A scene: one sentence with its mentions, its clauses and the words that tell events."""

from bisect import bisect_right
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Literal, TypeVar

from waqai.arabic.inflection import Tense
from waqai.arabic.phrases import Lit
from waqai.knowledge.events import Events, Support, Trigger
from waqai.knowledge.people import PeopleKnowledge, PersonNoun
from waqai.model.mention import Actor, DateRange, Mention, Place, Quantity, Weapon
from waqai.model.quick import quick, replace
from waqai.model.text import Sentence

ClauseKind = Literal["main", "and", "sub", "after", "result", "relative"]
V = TypeVar("V")
Marks = dict[str, dict[int, int]]  # never changed once it is made; a compiler knows more of a dict than of a mapping
Named = tuple[
    tuple[Mention[Actor], ...],
    tuple[Mention[Place], ...],
    tuple[Mention[DateRange], ...],
    tuple[Mention[Quantity], ...],
    tuple[Mention[Weapon], ...],
]


@quick
@dataclass(frozen=True, slots=True)
class Clause:
    """Tokens `start` (in) to `end` (out) of a sentence; `opener` is the word that opened it ("" for the first)."""

    start: int
    end: int
    kind: ClauseKind
    opener: str


@quick
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


@quick
@dataclass(frozen=True, slots=True)
class SupportWord:
    """A verb that carries an event noun ("شن", "شهدت", "تعرضت"), with the roles it can give its subject."""

    first: int
    last: int
    prefix: str
    roles: tuple[Support, ...]
    tense: Tense


@quick
@dataclass(frozen=True, slots=True)
class PersonWord:
    """A noun for people at token `first` to `last`."""

    first: int
    last: int
    noun: PersonNoun


@quick
@dataclass(frozen=True, slots=True)
class Scene:
    """One sentence, everything the coder looks at in it: its folded tokens (`words`), and its mentions in order."""

    sentence: Sentence
    words: tuple[str, ...]
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
    steps: tuple[int, ...] = ()

    def ahead(self, token: int, steps: int) -> int:
        """The furthest token so many steps after one; a name, a date or a number is one step, however many its words."""
        return bisect_right(self.steps, self.steps[token] + steps) - 1

    def found(self, name: str, start: int, end: int) -> tuple[int, int] | None:
        """The first words of a list (see Events.marks) that lie between two tokens, as (first, last), or None."""
        marks = self.marks.get(name)
        if marks is not None:  # most sentences have no word of most lists
            for first, last in marks.items():
                if start <= first and last <= end:
                    return first, last
        return None

    def at(self, name: str, token: int) -> int | None:
        """The token after the longest words of a list that begin at a token, or None."""
        marks = self.marks.get(name)
        return None if marks is None else marks.get(token)

    def ends_at(self, name: str, token: int) -> bool:
        """Whether words of a list end right before a token."""
        marks = self.marks.get(name)
        return marks is not None and token in marks.values()

    def spans(self, name: str, start: int, end: int) -> list[tuple[int, int]]:
        """Every place between two tokens where words of a list stand, as (first, last), in order."""
        marks = self.marks.get(name)
        return [] if marks is None else [(f, last) for f, last in marks.items() if start <= f and last <= end]

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


def find_marks(words: Sequence[str], events: Events, lit: Lit[Any] | None = None) -> Marks:
    """Where the words of every list stand in a sentence: first token to the one after the last, by the list's name."""
    marks: dict[str, dict[int, int]] = {}
    for first, last, names in events.marks.every(words, lit):
        for name in names:
            known = marks.get(name)
            if known is None:
                marks[name] = {first: last}
            elif first not in known:  # the longest phrase comes first, and stays
                known[first] = last
    return marks


def find_events(sentence: Sentence, events: Events, lit: Lit[Any] | None = None) -> tuple[EventWord, ...]:
    """Every word of the lexicon in a sentence, longest first at each token, not overlapping."""
    words, out, free = sentence.words, [], 0
    for first, last, prefix, forms in events.triggers.longest(words, lit):
        if first < free:
            continue
        readings = tuple([(f.trigger, f.tense, f.pronoun) for f in forms if not prefix or _may_carry(prefix, f.tense)])
        if words[first].endswith("ا") or (first and words[first - 1] in events.small["before_noun"]):
            nouns = tuple([reading for reading in readings if reading[1] == "noun"])
            readings = nouns if first and words[first - 1] in events.small["only_noun"] else nouns or readings
        if readings:
            article = words[first].startswith(prefix + "ال")
            out.append(EventWord(first, last, prefix, article, readings))
        free = last
    return tuple(out)


def in_company(event: EventWord, marks: Marks) -> EventWord | None:
    """The event word without the readings whose company ("with") is nowhere in the sentence; None when none is left."""
    article = event.prefix.endswith(("ال", "لل"))
    readings = tuple(
        [r for r in event.readings if (r[0].with_ is None or r[0].with_ in marks) and not (article and r[0].indefinite)]
    )
    if len(readings) == len(event.readings):
        return event
    return replace(event, readings=readings) if readings else None


def _may_carry(prefix: str, tense: Tense) -> bool:
    """A verb takes neither the article nor a preposition but the ل of purpose before its present."""
    if tense == "noun":
        return True
    return not prefix.endswith(("ال", "لل")) and preposition(prefix) in ("", "ل" if tense == "present" else "")


def find_supports(sentence: Sentence, events: Events, lit: Lit[Any] | None = None) -> tuple[SupportWord, ...]:
    """Every supporting verb of a sentence."""
    out = []
    for first, last, prefix, entry in events.supports.longest(sentence.words, lit):
        if not prefix or (not preposition(prefix) and not prefix.endswith(("ال", "لل"))):
            roles = tuple(dict.fromkeys([role for role, _ in entry]))
            out.append(SupportWord(first, last, prefix, roles, entry[0][1].tense))
    return tuple(out)


IN_COMPANY = ("with.", "refine.")  # lists of words that an event word asks for
RESUMED = 16  # tokens from a verb of managing to what was managed
TO_DO = ("من", "في")  # what stands before it ("تمكن من", "نجح في")
CLAUSES: tuple[tuple[str, ClauseKind], ...] = (
    ("clauses.result", "result"),
    ("clauses.main", "main"),
    ("clauses.after", "after"),
    ("clauses.sub", "sub"),
    ("clauses.relative", "relative"),
)


# Conjunctions that begin like a word with a preposition on it.
NO_PREPOSITION = frozenset(
    {"بينما", "لكن", "لان", "كما", "كذلك", "بعد", "بعدما", "بسبب", "بهدف", "بالتزامن"},
)


def find_resumed(words: Sequence[str], marks: Marks, events: Sequence[EventWord]) -> set[int]:
    """The tokens between a verb of managing and what was managed ("تمكنوا بعد معارك دامت يومين من السيطرة"): one clause."""
    found: set[int] = set()
    for last in marks.get("able", {}).values():
        for e in events:
            if last < e.first <= last + RESUMED and words[e.first - 1] in TO_DO and e.readings[0][1] == "noun":
                found.update(range(last, e.first))
                break
    return found


def find_clauses(
    words: Sequence[str],
    marks: Marks,
    verbs: Iterable[int],
    named: Container[int] = (),
    resumed: Container[int] = (),
    timed: Container[int] = (),
) -> tuple[Clause, ...]:
    """The clauses of a sentence: cut before conjunctions, relatives, "and" with a verb, and after the end of a relative.

    `verbs` are the finite verbs that "and" is written onto; `named` are tokens of places, before which "وسط" means "in
    the middle of". No clause begins at a token of `resumed`, nor a subordinate one at one of `timed`, where only a time stands.
    """
    openers: dict[int, ClauseKind] = {i: "and" for i in verbs if i > 0}
    said = [i for i in marks.get("saying", ()) if i and words[i - 1] == "،" and words[i][0] == "و"]
    openers |= {i: "and" for i in said if words[i] not in ("وفق", "وفقا")}  # "، وأكد مصدر أن"
    times = marks.get("clauses.time_of_day", {})
    for name, kind in reversed(CLAUSES):
        for first in marks.get(name, ()):
            word = words[first]
            if (
                first in times
                or (kind == "sub" and first in timed)
                or (word[0] in "بلك" and word not in NO_PREPOSITION)
            ):
                continue
            if word in ("حين", "وقت") and (first == 0 or words[first - 1] not in ("في", "وفي")):
                continue
            if word == "قبل" and first and words[first - 1] == "من":
                continue
            if word.endswith("وسط") and (
                first + 1 >= len(words) or words[first + 1].startswith("ال") or first + 1 in named
            ):
                continue
            later = word == "قبل" and words[first + 1 : first + 2] == ("ان",)
            openers[first] = "and" if later else kind  # "قبل أن تستعيده القوات": it came next
    opened = sorted((i, kind) for i, kind in openers.items() if i not in resumed)
    starts: dict[int, tuple[ClauseKind, str]] = {0: ("main", "")}
    for n, (first, kind) in enumerate(opened):
        starts[first] = kind, words[first]
        end = opened[n + 1][0] if n + 1 < len(opened) else len(words) - 1
        if kind == "relative" and "،" in words[first + 1 : end]:
            comma = words.index("،", first + 1)
            starts[comma] = "main", "،"
    order = sorted(starts)
    ends = [*order[1:], len(words)]
    return tuple(Clause(s, e, *starts[s]) for s, e in zip(order, ends, strict=True))


def find_people(sentence: Sentence, people: PeopleKnowledge, lit: Lit[Any] | None = None) -> tuple[PersonWord, ...]:
    """Every noun for people in a sentence."""
    found = people.table.longest(sentence.words, lit)
    return tuple([PersonWord(first, last, noun) for first, last, _, noun in found])


def names_something(sentence: Sentence, event: EventWord, taken: set[int], marks: Marks) -> bool:
    """Whether an event word only stands in a name: of an actor or a place, or in the quoted name of an operation."""
    if event.first in taken:
        return True
    words = sentence.words
    if '"' not in words:
        return False
    opening = next((i for i in range(event.first - 1, max(event.first - 4, -1), -1) if words[i] == '"'), None)
    closing = next((i for i in range(event.last, min(event.last + 4, len(words))) if words[i] == '"'), None)
    if opening is None or closing is None:
        return False
    return opening in marks.get("naming", {}).values()


def _goes_on(event: EventWord) -> bool:
    """Whether a verb of wounding only goes on with the killing before it ("قتل اثنان وأصيب ثالث برصاص …")."""
    trigger = event.readings[0][0]
    return trigger.outcome and trigger.near


def _without_titles(
    words: Sequence[str], actors: tuple[Mention[Actor], ...], marks: Marks
) -> tuple[Mention[Actor], ...]:
    """The parties but for those in the quoted name of a march or an operation ("جمعة «تسليح الجيش الحر»")."""
    named = [last for last in marks.get("naming", {}).values() if last < len(words) and words[last] == '"']
    ranges = [(first, next((i for i in range(first + 1, len(words)) if words[i] == '"'), first)) for first in named]
    return tuple(m for m in actors if not any(first < m.first < last for first, last in ranges)) if ranges else actors


def _without_backers(actors: tuple[Mention[Actor], ...], backed: set[int]) -> tuple[Mention[Actor], ...]:
    """The parties but for those who only back one of them: they begin where words of the list `backers` end."""
    ranges = [(m.first, m.last) for m in actors if m.first in backed]
    return tuple(m for m in actors if not any(first <= m.first < last for first, last in ranges)) if ranges else actors


def build_scene(
    sentence: Sentence,
    found: tuple[EventWord, ...],
    named: Named,
    events: Events,
    people: PeopleKnowledge,
    lit: Sequence[Lit[Any] | None] = (None, None, None),
) -> Scene:
    """The scene of a sentence; one without event words and numbers keeps only what later sentences may point back to.

    `lit` says where words of the marks, the supports and the people may stand, when that is known already.
    """
    actors, places, dates, numbers, weapons = named
    words = sentence.words
    if not found and not numbers:
        whole = (Clause(0, len(words), "main", ""),)
        marks = find_marks(words, events, lit[0]) if len(places) > 1 else {}  # a list of places says which they are
        return Scene(sentence, words, actors, places, dates, numbers, weapons, (), whole, (), (), marks, events.small)
    placed = {i for m in places for i in range(m.first, m.last)}
    taken = placed.union(*[range(m.first, m.last) for m in dates])
    within_word = {m.first for m in actors for e in found if e.first <= m.first and m.last < e.last}
    taken.update(
        *[range(m.first, m.last) for m in actors if m.value.camp != "civilians" and m.first not in within_word]
    )
    marks = find_marks(words, events, lit[0])
    actors = _without_titles(words, actors, marks)
    actors = _without_backers(actors, set(marks.get("backers", {}).values()))
    told = (in_company(e, marks) for e in found if not names_something(sentence, e, taken, marks))
    found = tuple([e for e in told if e is not None])
    supports = tuple(s for s in find_supports(sentence, events, lit[1]) if s.first not in taken)
    verbs = [e.first for e in found if e.readings[0][1] != "noun" and e.prefix[:1] in ("و", "ف") and not _goes_on(e)]
    verbs += [s.first for s in supports if s.prefix[:1] in ("و", "ف")]
    carrying = {s.last for s in supports}
    carrying |= {m.last for m in actors if m.first in carrying}  # "شنت طائراتها منذ الاثنين خمس غارات"
    whens = [i for m in dates for i in (m.first - 1, m.first)]
    timed = {i for i in whens if words[i].endswith("خلال") or (words[i] == "منذ" and i in carrying)}
    clauses = find_clauses(words, marks, verbs, placed, find_resumed(words, marks, found), timed)
    persons = find_people(sentence, people, lit[2])
    steps = _steps(len(words), (*actors, *places, *dates, *numbers))
    marks = _outside_names(marks, places)
    return Scene(
        sentence, words, actors, places, dates, numbers, weapons,
        persons, clauses, found, supports, marks, events.small, steps,
    )  # fmt: skip


def _steps(size: int, mentions: Iterable[Mention[Any]]) -> tuple[int, ...]:
    """For each token, and the end, how many steps lie before it: the words of a mention after its first are none."""
    inner = {i for m in mentions for i in range(m.first + 1, m.last)}
    return tuple(accumulate((i not in inner for i in range(size)), initial=0))


def _outside_names(marks: Marks, places: Iterable[Mention[Place]]) -> Marks:
    """Marks without the company of an event word that is only a further word of a place's name ("ميدان الشهداء")."""
    inner = {i for m in places for i in range(m.first + 1, m.last)}
    company = [name for name in marks if name.startswith(IN_COMPANY)] if inner else []
    own = [name for name in company if not inner.isdisjoint(marks[name])]
    if not own:
        return marks
    return marks | {name: {first: last for first, last in marks[name].items() if first not in inner} for name in own}
