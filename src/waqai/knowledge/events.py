"""The event lexicon: which words tell an event, of which type, and how its parties stand around them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from waqai.arabic.inflection import TENSES, Form, Tense, noun_forms, verb_forms
from waqai.arabic.letters import fold
from waqai.arabic.phrases import PhraseTable
from waqai.knowledge.files import KnowledgeFiles, need

Frame = Literal[
    "attack", "hit", "blast", "clash", "take", "fall", "leave", "kill", "seize",
    "protest", "protesters", "disrupt", "agree", "move", "form", "displaced", "other",
]  # fmt: skip
FRAMES = frozenset(Frame.__args__)  # type: ignore[attr-defined]
NEEDS = frozenset(
    {"place", "agent", "armed", "parties", "place-or-parties", "place-or-agent", "armed-or-place", "near-place"}
)
Support = Literal["agent", "place", "patient", "happen", "aim", "result"]
FILES = ("property", "clash", "civilians", "protest", "remote", "strategic", "territory")
DEED = 4  # letters of the first word of a longer phrase that tells a deed by itself ("وقفات احتجاجية")
OPTIONAL = (
    "verbs",
    "nouns",
    "not_forms",
    "weak",
    "near",
    "with",
    "without",
    "needs",
    "refine",
    "aim",
    "assault",
    "generic",
    "outcome",
    "indefinite",
    "owned",
    "loses",
    "for_people",
    "carried",
    "downs",
    "arrives",
    "despite",
)


@dataclass(frozen=True, slots=True)
class Refinement:
    """A more exact type; its words are marks of a scene."""

    name: str
    type: str

    @property
    def mark(self) -> str:
        """The list of words that tell it, as a mark of a scene."""
        return f"refine.{self.name}"


@dataclass(frozen=True, slots=True)
class Trigger:
    """One entry of the event lexicon; see knowledge/data/events/README.md for what each field says."""

    id: str
    type: str
    frame: Frame
    weak: bool
    near: bool
    with_: str | None
    without: str | None
    needs: frozenset[str]
    refine: tuple[Refinement, ...]
    aim: bool
    assault: bool
    generic: bool
    outcome: bool = False
    indefinite: bool = False
    owned: bool = False
    loses: bool = False
    for_people: bool = False
    carried: bool = False
    downs: bool = False
    arrives: bool = False
    despite: str | None = None


@dataclass(frozen=True, slots=True)
class TriggerForm:
    """A written form of a trigger."""

    trigger: Trigger
    tense: Tense
    pronoun: bool


@dataclass(frozen=True, slots=True)
class Events:
    """The event lexicon and the small words of its grammar.

    `marks` leads from a word or phrase to the names of the lists it stands in: "modality.plan" of grammar.yaml,
    "with.<trigger>" and "without.<trigger>" of the lexicon, "refine.<name>". `small` holds single folded words by what
    they do, `by_weapon` the type that a weapon gives a generic word, `deeds` every form of one word
    that the lexicon or the supporting verbs hold.
    """

    triggers: PhraseTable[tuple[TriggerForm, ...]]
    supports: PhraseTable[tuple[tuple[Support, Form], ...]]
    marks: PhraseTable[tuple[str, ...]]
    governments: frozenset[str]
    small: Mapping[str, frozenset[str]]
    by_weapon: Mapping[str, str]
    deeds: frozenset[str]


class Lists:
    """Gathers lists of words under names, and makes the one table in which all of them are looked up."""

    def __init__(self) -> None:
        self._names: dict[str, list[str]] = {}

    def add(self, name: str, phrases: Iterable[str], tanween: bool = False) -> str:
        """Take plain words and verbs written "past/present" under a name; gives the name back.

        `tanween` adds the accusative of single nouns ("مستودعا" to "مستودع").
        """
        for phrase in phrases:
            for form in verb_forms(phrase) if "/" in phrase else _written(phrase, tanween):
                names = self._names.setdefault(form.text, [])
                if name not in names:
                    names.append(name)
        return name

    def table(self) -> PhraseTable[tuple[str, ...]]:
        """All lists as one table."""
        return PhraseTable((text, tuple(names)) for text, names in self._names.items())


def load_events(files: KnowledgeFiles, types: frozenset[str]) -> Events:
    """The event lexicon; KnowledgeError names file and line of an unknown key, frame, type or a repeated id."""
    lists = Lists()
    refinements = _refinements(files, types, lists)
    rows: dict[str, list[TriggerForm]] = {}
    seen: set[str] = set()
    for stem in FILES:
        name = f"events/{stem}.yaml"
        for entry in files.get(name)["triggers"]:
            if entry.get("id") in seen:
                raise files.error(name, f"id: {entry['id']}", f"the id {entry['id']!r} stands in the lexicon twice.")
            trigger = _trigger(files, name, entry, types, refinements, lists)
            seen.add(trigger.id)
            kinds = {(t, p): TriggerForm(trigger, t, p) for t in TENSES for p in (False, True)}
            for text, tense, pronoun in _forms(entry):
                rows.setdefault(text, []).append(kinds[tense, pronoun])
    grammar = files.get("events/grammar.yaml")
    supports = _supports(grammar["supports"])
    for section, content in grammar.items():
        if isinstance(content, list):
            lists.add(section, content)
        elif section not in ("supports", "small"):
            for key, words in content.items():
                lists.add(f"{section}.{key}", words)
    return Events(
        triggers=PhraseTable((text, tuple(forms)) for text, forms in rows.items()),
        supports=PhraseTable((text, tuple(found)) for text, found in supports.items()),
        marks=lists.table(),
        governments=frozenset(files.get("events/territory.yaml")["governments"]),
        small={name: frozenset(map(fold, words)) for name, words in grammar["small"].items()},
        by_weapon=_by_weapon(files, types),
        deeds=_deeds(rows, supports),
    )


def _deeds(forms: Iterable[str], supports: Iterable[str]) -> frozenset[str]:
    told = {form for form in forms if " " not in form}
    told |= {first for first, _, more in (form.partition(" ") for form in forms) if more and len(first) >= DEED}
    return frozenset(told.union(supports))


def _written(phrase: str, tanween: bool) -> list[Form]:
    forms = noun_forms(phrase, dual=False) if tanween and not phrase.startswith("ال") else [Form(fold(phrase), "noun")]
    return [form for form in forms if not form.pronoun]


def _forms(entry: Mapping[str, Any]) -> list[Form]:
    found = [form for verb in entry.get("verbs", ()) for form in verb_forms(verb)]
    found += [form for noun in entry.get("nouns", ()) for form in noun_forms(noun)]
    unwanted = {fold(word) for word in entry.get("not_forms", ())}
    own = {fold(noun) for noun in entry.get("nouns", ())}
    return [f for f in found if f.text not in unwanted and not (f.text in own and f.tense != "noun" and f.pronoun)]


def _trigger(
    files: KnowledgeFiles,
    name: str,
    entry: Mapping[str, Any],
    types: frozenset[str],
    refinements: Mapping[str, Refinement],
    lists: Lists,
) -> Trigger:
    need(files, name, entry, ("id", "type", "frame"), OPTIONAL)
    checks = (
        ([entry["type"]], types, "type"),
        ([entry["frame"]], FRAMES, "frame"),
        (entry.get("needs", ()), NEEDS, "need"),
        (entry.get("refine", ()), refinements, "refinement"),
    )
    for values, known, what in checks:
        for value in values:
            if value not in known:
                raise files.error(
                    name, f"id: {entry['id']}", f"{value!r} in the entry {entry['id']!r} is no known {what}."
                )
    return Trigger(
        id=entry["id"],
        type=entry["type"],
        frame=entry["frame"],
        weak=bool(entry.get("weak")),
        near=bool(entry.get("near")),
        with_=lists.add(f"with.{entry['id']}", entry["with"], tanween=True) if entry.get("with") else None,
        without=lists.add(f"without.{entry['id']}", entry["without"]) if entry.get("without") else None,
        needs=frozenset(entry.get("needs", ())),
        refine=tuple(refinements[r] for r in entry.get("refine", ())),
        aim=bool(entry.get("aim")),
        assault=bool(entry.get("assault")),
        generic=bool(entry.get("generic")),
        outcome=bool(entry.get("outcome")),
        indefinite=bool(entry.get("indefinite")),
        owned=bool(entry.get("owned")),
        loses=bool(entry.get("loses")),
        for_people=bool(entry.get("for_people")),
        carried=bool(entry.get("carried")),
        downs=bool(entry.get("downs")),
        arrives=bool(entry.get("arrives")),
        despite=lists.add(f"despite.{entry['id']}", entry["despite"]) if entry.get("despite") else None,
    )


def _refinements(files: KnowledgeFiles, types: frozenset[str], lists: Lists) -> dict[str, Refinement]:
    found = {}
    for name, entry in files.get("events/refine.yaml")["refinements"].items():
        if entry["type"] not in types:
            raise files.error("events/refine.yaml", entry["type"], f"{entry['type']!r} is no sub-event type.")
        found[name] = Refinement(name, entry["type"])
        lists.add(found[name].mark, entry["words"], tanween=True)
    return found


def _by_weapon(files: KnowledgeFiles, types: frozenset[str]) -> dict[str, str]:
    name, weapons = "events/refine.yaml", files.get("codebook.yaml")["weapons"]
    found: dict[str, str] = files.get(name)["by_weapon"]
    for weapon, kind in found.items():
        if weapon not in weapons or kind not in types:
            raise files.error(
                name, f"{weapon}:", f"{weapon!r} is no weapon of the codebook, or {kind!r} no sub-event type."
            )
    return found


def _supports(lists: Mapping[str, list[str]]) -> dict[str, list[tuple[Support, Form]]]:
    rows: dict[str, list[tuple[Support, Form]]] = {}
    for role, verbs in lists.items():
        for verb in verbs:
            for form in verb_forms(verb):
                rows.setdefault(form.text, []).append((role, form))  # type: ignore[arg-type]
    return rows
