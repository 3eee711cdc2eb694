"""Number words, the phrases around numbers, and counted nouns that are not people."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from waqai.arabic.clitics import splits
from waqai.arabic.letters import fold
from waqai.arabic.phrases import MEMORY, PhraseTable
from waqai.arabic.tokens import tokenize
from waqai.knowledge.files import KnowledgeFiles, need
from waqai.knowledge.people import Duals, GrammaticalNumber, PeopleKnowledge, check_noun, inflect

FILE = "numbers.yaml"
LISTS = ("zero", "ten", "hundred", "few", "point", "spelt_with_hamza", "never")
PHRASES = ("between", "from", "to", "changes", "naming", "clock", "month_heads", "months", "yesterday")
VALUED = {
    "units": "unit", "units_in_compounds": "unit", "teens": "teen", "tens": "tens", "hundreds": "hundreds",
    "hundreds_in_compounds": "hundreds", "crowds": "crowd", "parts": "parts", "ordinals": "ordinal",
    "ordinals_in_compounds": "ordinal", "fractions": "fraction",
}  # fmt: skip
KEYS = (*LISTS, *PHRASES, *VALUED, "scales", "before", "after", "one_is_no_count_after", "nouns")
BOUNDS = ("more than", "at least", "about", "less than", "at most", "up to")


@dataclass(frozen=True, slots=True)
class NumberWord:
    """What a word does in a number: its role ("unit", "tens", "scale", "ordinal", …), value and clitics.

    `compound` marks words that are numbers only together with others, `hamza` those that must be written with one.
    """

    role: str
    value: float
    compound: bool = False
    hamza: bool = False
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class UnitNoun:
    """A counted noun that is not a person, in one grammatical number; `time` marks days, hours and the like."""

    id: str
    number: GrammaticalNumber
    time: bool = False


@dataclass(frozen=True, slots=True)
class Before:
    """A phrase before a number: the folded words ahead of its last one, and the bound it sets."""

    head: tuple[str, ...]
    bound: str


@dataclass(frozen=True, slots=True)
class NumberKnowledge:
    """numbers.yaml, folded. `word` reads one token; the rest are look-ups."""

    words: Mapping[str, NumberWord]
    never: frozenset[str]
    before: Mapping[str, tuple[Before, ...]]
    after: PhraseTable[str]
    units: PhraseTable[UnitNoun]
    unit_duals: Duals[UnitNoun]
    sets: Mapping[str, frozenset[str]]
    memo: dict[str, NumberWord | None] = field(default_factory=dict)

    def word(self, token: str) -> NumberWord | None:
        """The number word in a folded token, fewest clitics first, or None; remembered."""
        if token in self.memo:
            return self.memo[token]
        if len(self.memo) >= MEMORY:
            self.memo.clear()
        found = self.memo[token] = self._read(token)
        return found

    def begins_with(self, token: str, people: PeopleKnowledge) -> bool:
        """Whether a number may begin with a folded token: a figure, a number word, or a noun whose form says "two"."""
        figure = token[0].isdigit() or self.word(token) is not None
        return figure or people.duals.find(token) is not None or self.unit_duals.find(token) is not None

    def _read(self, token: str) -> NumberWord | None:
        if token in self.never:
            return None
        words = self.words
        for prefix, rest in splits(token):
            if rest in words:
                found = words[rest]
                return NumberWord(found.role, found.value, found.compound, found.hamza, prefix)
        return None


def load_numbers(files: KnowledgeFiles) -> NumberKnowledge:
    """Read numbers.yaml; KnowledgeError names the line of an unknown key, a wrong value or a repeated word."""
    content = files.get(FILE)
    need(files, FILE, content, KEYS)
    hamza = frozenset(map(fold, content["spelt_with_hamza"]))
    words: dict[str, NumberWord] = {}
    for form, word in _words(files, content):
        folded = fold(form)
        held = words.setdefault(folded, word)
        if (held.role, held.value) != (word.role, word.value) and word.role != "fraction":
            raise files.error(
                FILE, form, f"{form!r} is both {held.role} {held.value:g} and {word.role} {word.value:g}."
            )
    for form in hamza & set(words):
        held = words[form]
        words[form] = NumberWord(held.role, held.value, held.compound, True)
    sets = {key: frozenset(map(fold, content[key])) for key in (*PHRASES, "one_is_no_count_after")}
    units = tuple(_units(files, content["nouns"]))
    duals = {fold(form): noun for form, noun in units if noun.number == "dual"}
    after = PhraseTable((phrase, bound) for phrase, bound in _phrases(files, content, "after"))
    never = frozenset(map(fold, content["never"]))
    return NumberKnowledge(words, never, _before(files, content), after, PhraseTable(units), Duals(duals), sets)


def _words(files: KnowledgeFiles, content: Mapping[str, Any]) -> Iterator[tuple[str, NumberWord]]:
    for role, value in (("zero", 0), ("ten", 10), ("hundred", 100), ("few", 3), ("point", 0)):
        for form in content[role]:
            yield form, NumberWord("unit" if role == "zero" else role, value)
    for key, role in VALUED.items():
        for figure, forms in content[key].items():
            for form in forms:
                yield form, NumberWord(role, _number(files, figure), key.endswith("_in_compounds"))
    for figure, entry in content["scales"].items():
        need(files, FILE, entry, ("singular", "dual", "plural"))
        scale = _number(files, figure)
        for role, key in (("scale", "singular"), ("dual", "dual"), ("scales", "plural")):
            for form in entry[key]:
                yield form, NumberWord(role, scale)


def _number(files: KnowledgeFiles, value: str) -> float:
    try:
        return int(value) if value.isdigit() else float(value)
    except ValueError:
        raise files.error(FILE, f"{value}:", f"{value!r} stands where a number is expected.") from None


def _phrases(files: KnowledgeFiles, content: Mapping[str, Any], key: str) -> Iterator[tuple[str, str]]:
    for bound, phrases in content[key].items():
        if bound not in BOUNDS:
            raise files.error(FILE, f"{bound}:", f"{bound!r} is not one of {', '.join(BOUNDS)}.")
        for phrase in phrases:
            yield phrase, bound


def _before(files: KnowledgeFiles, content: Mapping[str, Any]) -> dict[str, tuple[Before, ...]]:
    found: dict[str, list[Before]] = {}
    for phrase, bound in _phrases(files, content, "before"):
        *head, last = tokenize(fold(phrase))[0]
        found.setdefault(last, []).append(Before(tuple(head), bound))
    return {last: tuple(sorted(rows, key=lambda row: -len(row.head))) for last, rows in found.items()}


def _units(files: KnowledgeFiles, nouns: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, UnitNoun]]:
    ids: set[str] = set()
    claimed: dict[str, str] = {}
    for entry in nouns:
        check_noun(files, FILE, entry, ("id",), ("time",), ids)
        for form, number in inflect(entry):
            other = claimed.setdefault(fold(form), entry["id"])
            if other != entry["id"]:
                raise files.error(
                    FILE, f"id: {entry['id']},", f"{form!r} is a form of both {other!r} and {entry['id']!r}."
                )
            yield form, UnitNoun(entry["id"], number, bool(entry.get("time")))
