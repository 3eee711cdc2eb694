"""Knowledge of dates: months, weekdays, numbers in words and the phrases that tell time by the article's day."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from waqai.arabic.clitics import splits
from waqai.arabic.letters import fold
from waqai.arabic.phrases import PhraseTable
from waqai.arabic.tokens import tokenize
from waqai.knowledge.files import KnowledgeFiles, need

MONTHS, WEEKDAYS, NUMBERS, PHRASES = (f"dates/{name}.yaml" for name in ("months", "weekdays", "numbers", "phrases"))
LISTS = ("since", "ago", "from", "to", "this", "matching", "clock", "fillers", "vague", "few", "in_a_row", "last_night")
SETS = ("month_after", "month_after_sure", "year_after", "year_doubtful", "names", "operation", "began")
KEYS = ("years", "days", "directions", "parts", "units", "positions", "numerals", "following", "named", *LISTS, *SETS)
INNER = ("direction", "adverb", "numeral", "to", "matching", "clock", "fillers", "vague", "few", "in_a_row")
TermKind = Literal[
    "month", "weekday", "ordinal", "cardinal", "offset", "direction", "part", "adverb", "unit", "position", "following",
    "numeral", "named", "since", "ago", "from", "to", "this", "matching", "clock", "fillers", "vague", "few",
    "in_a_row", "last_night",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Term:
    """What a word or phrase is in a date: its kind, number and code, and whether it needs company (`doubtful`)."""

    kind: TermKind
    value: int = 0
    code: str = ""
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class DateKnowledge:
    """All terms in one table, the words that decide about their neighbours (folded), and the years to consider.

    `starts` are the first words of the terms at which a date can begin.
    """

    terms: PhraseTable[Term]
    month_after: frozenset[str]
    month_after_sure: frozenset[str]
    year_after: frozenset[str]
    year_doubtful: frozenset[str]
    names: frozenset[str]
    operation: frozenset[str]
    began: frozenset[str]
    years: tuple[int, int]
    starts: frozenset[str]

    def begins_with(self, word: str) -> bool:
        """Whether a date may begin with a word."""
        return word[0].isdigit() or word in ("ال", "وال") or any(rest in self.starts for _, rest in splits(word))


def load_dates(files: KnowledgeFiles) -> DateKnowledge:
    """The knowledge of dates; KnowledgeError names file and line of an unknown key or code, or of a repeated phrase."""
    seen: dict[tuple[str, ...], Term] = {}
    for name, phrase, term in _terms(files):
        words = tokenize(fold(phrase))[0]
        held = seen.setdefault(words, term)
        if held.kind == term.kind and (held.value, held.code) != (term.value, term.code):
            raise files.error(name, phrase, f"{phrase!r} stands here with two meanings; keep one.")
    phrases = files.get(PHRASES)
    sets = {key: frozenset(fold(word) for word in phrases[key]) for key in SETS}
    years = phrases["years"]
    need(files, PHRASES, years, ("first", "last"))
    table = PhraseTable((" ".join(words), term) for words, term in seen.items())
    starts = frozenset(words[0] for words, term in seen.items() if term.kind not in INNER)
    span = (int(years["first"]), int(years["last"]))
    return DateKnowledge(table, **sets, years=span, starts=starts)


def _terms(files: KnowledgeFiles) -> Iterator[tuple[str, str, Term]]:
    """Every phrase with its term, in order of precedence."""
    yield from ((PHRASES, phrase, term) for phrase, term in _phrase_terms(files))
    for entry in files.get(MONTHS):
        need(files, MONTHS, entry, ("number", "calendar", "words"), ("doubtful",))
        _choice(files, MONTHS, entry["calendar"], ("gregorian", "hijri"))
        for doubtful, words in ((False, entry["words"]), (True, entry.get("doubtful", ()))):
            for word in words:
                yield MONTHS, word, Term("month", int(entry["number"]), entry["calendar"], doubtful)
    for entry in files.get(WEEKDAYS):
        need(files, WEEKDAYS, entry, ("number", "words", "bare"))
        for doubtful, words in ((False, entry["words"]), (True, entry["bare"])):
            for word in words:
                yield WEEKDAYS, word, Term("weekday", int(entry["number"]), doubtful=doubtful)
    numbers = files.get(NUMBERS)
    need(files, NUMBERS, numbers, ("ordinals", "cardinals"))
    kinds: tuple[tuple[str, TermKind], ...] = (("ordinals", "ordinal"), ("cardinals", "cardinal"))
    for key, kind in kinds:
        for entry in numbers[key]:
            need(files, NUMBERS, entry, ("value", "words"))
            for word in entry["words"]:
                yield NUMBERS, word, Term(kind, int(entry["value"]))


def _phrase_terms(files: KnowledgeFiles) -> Iterator[tuple[str, Term]]:
    content = files.get(PHRASES)
    need(files, PHRASES, content, KEYS)
    times = tuple(files.get("codebook.yaml")["times"])
    yield from ((word, Term("named")) for word in content["named"])
    for key in LISTS:
        yield from ((word, Term(key)) for word in content[key])  # type: ignore[arg-type]
    for entry in content["following"]:
        need(files, PHRASES, entry, ("days", "words"))
        yield from ((word, Term("following", int(entry["days"]))) for word in entry["words"])
    for entry in content["days"]:
        need(files, PHRASES, entry, ("days", "words"), ("time",))
        time = entry.get("time", "")
        _choice(files, PHRASES, time, ("", *times))
        yield from ((word, Term("offset", int(entry["days"]), time)) for word in entry["words"])
    for entry in content["parts"]:
        need(files, PHRASES, entry, ("time", "before", "after"))
        _choice(files, PHRASES, entry["time"], times)
        yield from ((word, Term("part", code=entry["time"])) for word in entry["before"])
        yield from ((word, Term("adverb", code=entry["time"])) for word in entry["after"])
    for kind, key in (("direction", "directions"), ("position", "positions"), ("numeral", "numerals")):
        for code, words in content[key].items():
            yield from ((word, Term(kind, code=code)) for word in words)  # type: ignore[arg-type]
    for entry in content["units"]:
        need(files, PHRASES, entry, ("unit", "one", "two", "many"))
        _choice(files, PHRASES, entry["unit"], ("hour", "day", "week", "month", "year"))
        for number, key in enumerate(("one", "two", "many"), 1):
            yield from ((word, Term("unit", number, entry["unit"])) for word in entry[key])


def _choice(files: KnowledgeFiles, name: str, code: Any, known: tuple[str, ...]) -> None:
    if code not in known:
        raise files.error(name, str(code), f"{code!r} is not one of {', '.join(filter(None, known))}.")
