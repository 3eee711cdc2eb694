"""The nouns of people that tolls count: "مدنيين", "طفلان", "قتلى", with who they are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, Literal, TypeVar, cast

from waqai.arabic.clitics import splits
from waqai.arabic.letters import fold
from waqai.arabic.phrases import MEMORY, PhraseTable
from waqai.knowledge.files import KnowledgeFiles, need

T = TypeVar("T")
FILE = "people.yaml"
GrammaticalNumber = Literal["singular", "dual", "plural"]
Forms = Iterator[tuple[str, GrammaticalNumber]]
OWNERS = ("ه", "ها", "هم", "هما", "نا")
LISTS = ("plural", "dual", "also_singular", "feminine_plural")
INFLECTED = ("masculine", "feminine", "sound", *LISTS)


@dataclass(frozen=True, slots=True)
class PersonNoun:
    """A noun of people in one grammatical number.

    `who` is "civilians", "combatants" or "unknown"; `outcome` is "killed" or "injured" when the noun itself says so
    (قتلى, جرحى); `group` marks nouns that count families and not persons; `adjective` marks words that also describe
    other nouns (سوريان, عسكريان).
    """

    id: str
    number: GrammaticalNumber
    who: str
    outcome: str | None = None
    group: bool = False
    adjective: bool = False


class Duals(Generic[T]):
    """Nouns whose form alone says "two", looked up with clitics; immutable but for a bounded memo."""

    def __init__(self, nouns: Mapping[str, T]) -> None:
        """Take folded forms, without the article, with their nouns."""
        self._nouns = nouns
        self.memo: dict[str, tuple[str, T] | None] = {}

    def find(self, word: str) -> tuple[str, T] | None:
        """The clitics and the noun of a folded word, or None."""
        if word in self.memo:
            return self.memo[word]
        if len(self.memo) >= MEMORY:
            self.memo.clear()
        nouns, found = self._nouns, None
        for prefix, rest in splits(word):
            if rest in nouns:
                found = (prefix, nouns[rest])
                break
        self.memo[word] = found
        return found


@dataclass(frozen=True, slots=True)
class PeopleKnowledge:
    """Every form of every noun of people, without the article; `duals` holds the forms that say "two" by themselves."""

    table: PhraseTable[PersonNoun]
    duals: Duals[PersonNoun]


def inflect(entry: Mapping[str, Any]) -> Forms:
    """The forms of a noun as a person spells them, plurals first: what may be dual or plural is a plural.

    >>> [form for form, number in inflect({"masculine": "طفل", "plural": ["أطفال"]}) if number == "dual"]
    ['طفلان', 'طفلين']
    """
    masculine, feminine = entry.get("masculine"), entry.get("feminine")
    for word in entry.get("plural") or ():
        yield from _with_accusative(word, "plural")
    if entry.get("sound"):
        for ending in ("ون", "ين", "و", "ي"):
            yield f"{masculine}{ending}", "plural"
    if entry.get("feminine_plural") is not None:
        for word in entry["feminine_plural"]:
            yield word, "plural"
    elif feminine:
        yield (feminine[:-1] if feminine[-1] == "ة" else feminine) + "ات", "plural"
    for word in filter(None, (masculine, feminine, *(entry.get("also_singular") or ()))):
        yield from _with_accusative(word, "singular")
    if entry.get("dual") is not None:
        for word in entry["dual"]:
            yield word, "dual"
        return
    for word in filter(None, (masculine, feminine)):
        stem = word[:-1] + "ت" if word[-1] == "ة" else word
        yield f"{stem}ان", "dual"
        yield f"{stem}ين", "dual"


def possessives(entry: Mapping[str, Any]) -> Iterator[str]:
    """The plurals with an owner: "عناصره", "مقاتليها", "أطفالهم"."""
    stems = list(entry.get("plural") or ())
    if entry.get("sound"):
        stems += [f"{entry['masculine']}ي", f"{entry['masculine']}و"]
    for stem in stems:
        if " " in stem or stem.endswith(("ين", "ون")):
            continue
        for base in _before_suffix(stem):
            for owner in OWNERS:
                yield base + owner


def _before_suffix(stem: str) -> tuple[str, ...]:
    if stem.endswith("اء"):
        return stem[:-1] + "ئ", stem[:-1] + "ؤ"
    return (stem[:-1] + {"ة": "ت", "ى": "ا"}.get(stem[-1], stem[-1]),)


def _with_accusative(word: str, number: GrammaticalNumber) -> Forms:
    yield word, number
    if word[-1] not in "ةاىء" and " " not in word:
        yield f"{word}ا", number


def load_people(files: KnowledgeFiles) -> PeopleKnowledge:
    """Read people.yaml; KnowledgeError names the line of an unknown key, a repeated id or a form of two nouns."""
    content = files.get(FILE)
    need(files, FILE, content, ("nouns",))
    standings = set(files.get("codebook.yaml")["standings"])
    outcomes = {None, *files.get("codebook.yaml")["outcomes"]}
    ids: set[str] = set()
    phrases: dict[str, tuple[str, PersonNoun]] = {}
    for entry in content["nouns"]:
        check_noun(files, FILE, entry, ("id", "who"), ("outcome", "group", "adjective"), ids)
        if entry["who"] not in standings or entry.get("outcome") not in outcomes:
            raise files.error(FILE, f"id: {entry['id']},", f"{entry['id']!r} has a `who` or `outcome` not in codebook.")
        for form, number in inflect(entry):
            noun = _noun(entry, number)
            held = phrases.setdefault(fold(form), (form, noun))[1]
            if held.id != noun.id:
                raise files.error(FILE, f"id: {noun.id},", f"{form!r} is a form of both {held.id!r} and {noun.id!r}.")
    for entry in content["nouns"]:
        if entry.get("adjective"):
            continue
        for form in possessives(entry):
            phrases.setdefault(fold(form), (form, _noun(entry, "plural")))
    duals = {folded: noun for folded, (_, noun) in phrases.items() if noun.number == "dual" and " " not in folded}
    return PeopleKnowledge(PhraseTable(phrases.values()), Duals(duals))


def _noun(entry: Mapping[str, Any], number: GrammaticalNumber) -> PersonNoun:
    flags = bool(entry.get("group")), bool(entry.get("adjective"))
    return _shared(entry["id"], number, entry["who"], entry.get("outcome"), *flags)


@lru_cache(maxsize=4096)
def _shared(
    id: str, number: GrammaticalNumber, who: str, outcome: str | None, group: bool, adjective: bool
) -> PersonNoun:
    return PersonNoun(id, number, who, outcome, group, adjective)


def check_noun(
    files: KnowledgeFiles,
    name: str,
    entry: Mapping[str, Any],
    required: tuple[str, ...],
    optional: tuple[str, ...],
    ids: set[str],
) -> None:
    """Check one entry of nouns and add its id to `ids`; KnowledgeError says what is wrong with it."""
    need(files, name, entry, required, (*optional, *INFLECTED))
    needle = f"id: {entry['id']},"
    if entry["id"] in ids:
        raise files.error(name, needle, f"the id {entry['id']!r} stands here a second time.")
    ids.add(cast(str, entry["id"]))
    if not any(entry.get(key) for key in ("masculine", "feminine", "plural", "also_singular")):
        raise files.error(name, needle, f"{entry['id']!r} has no form; give `masculine`, `feminine` or `plural`.")
    if entry.get("sound") and not entry.get("masculine"):
        raise files.error(name, needle, f"{entry['id']!r} is `sound`, which needs `masculine`.")
    for key in LISTS:
        if not isinstance(entry.get(key, []), list):
            raise files.error(name, needle, f"{key!r} of {entry['id']!r} must be a list: [one, two].")
