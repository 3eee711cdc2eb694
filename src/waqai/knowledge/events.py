"""The event lexicon: which words tell an event, of which type, and how its parties stand around them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from waqai.arabic.inflection import Form, Tense, noun_forms, verb_forms
from waqai.arabic.letters import fold
from waqai.arabic.phrases import PhraseTable
from waqai.knowledge.files import KnowledgeFiles, need

Frame = Literal[
    "attack", "hit", "blast", "clash", "take", "fall", "leave", "kill", "seize",
    "protest", "protesters", "agree", "move", "form", "displaced", "other",
]  # fmt: skip
FRAMES = frozenset(Frame.__args__)  # type: ignore[attr-defined]
NEEDS = frozenset({"place", "agent", "armed", "parties", "place-or-parties", "armed-or-place"})
Support = Literal["agent", "place", "patient", "happen", "aim", "result"]
FILES = ("clash", "civilians", "protest", "remote", "strategic", "territory")
OPTIONAL = ("verbs", "nouns", "weak", "with", "without", "needs", "refine", "aim", "assault", "generic")


@dataclass(frozen=True, slots=True)
class Refinement:
    """A more exact type, and the words (folded phrases) that tell it."""

    name: str
    type: str
    words: PhraseTable[str]


@dataclass(frozen=True, slots=True)
class Trigger:
    """One entry of the event lexicon; see knowledge/data/events/README.md for what each field says."""

    id: str
    type: str
    frame: Frame
    weak: bool
    with_: PhraseTable[str] | None
    without: PhraseTable[str] | None
    needs: frozenset[str]
    refine: tuple[Refinement, ...]
    aim: bool
    assault: bool
    generic: bool


@dataclass(frozen=True, slots=True)
class TriggerForm:
    """A written form of a trigger."""

    trigger: Trigger
    tense: Tense
    pronoun: bool


@dataclass(frozen=True, slots=True)
class Events:
    """The event lexicon and the small words of its grammar."""

    triggers: PhraseTable[tuple[TriggerForm, ...]]
    supports: PhraseTable[tuple[tuple[Support, Form], ...]]
    words: Mapping[str, PhraseTable[str]]
    governments: frozenset[str]
    verbs: PhraseTable[str]

    def __getitem__(self, name: str) -> PhraseTable[str]:
        """The list of small words called "section.name" in grammar.yaml."""
        return self.words[name]


def table(phrases: Iterable[str], label: str = "") -> PhraseTable[str]:
    """A phrase table of plain words and of verbs written "past/present"; the entry is the label or the phrase itself."""
    rows: list[tuple[str, str]] = []
    for phrase in phrases:
        forms = verb_forms(phrase) if "/" in phrase else [Form(fold(phrase), "noun")]
        rows += [(form.text, label or phrase) for form in forms]
    return PhraseTable(rows)


def load_events(files: KnowledgeFiles, types: frozenset[str]) -> Events:
    """The event lexicon; KnowledgeError names file and line of an unknown key, frame, type or a repeated id."""
    refinements = _refinements(files, types)
    rows: dict[str, list[TriggerForm]] = {}
    seen: set[str] = set()
    for stem in FILES:
        name = f"events/{stem}.yaml"
        for entry in files.get(name)["triggers"]:
            if entry.get("id") in seen:
                raise files.error(name, f"id: {entry['id']}", f"the id {entry['id']!r} stands in the lexicon twice.")
            trigger = _trigger(files, name, entry, types, refinements)
            seen.add(trigger.id)
            for form in _forms(entry):
                rows.setdefault(form.text, []).append(TriggerForm(trigger, form.tense, form.pronoun))
    grammar = files.get("events/grammar.yaml")
    words = {f"{section}.{key}": table(value) for section, lists in grammar.items() if isinstance(lists, dict)
             for key, value in lists.items() if section != "supports"}  # fmt: skip
    words |= {key: table(value) for key, value in grammar.items() if isinstance(value, list)}
    return Events(
        triggers=PhraseTable((text, tuple(forms)) for text, forms in rows.items()),
        supports=_supports(grammar["supports"]),
        words=words,
        governments=frozenset(files.get("events/territory.yaml")["governments"]),
        verbs=PhraseTable((text, text) for text, forms in rows.items() if any(f.tense != "noun" for f in forms)),
    )


def _forms(entry: Mapping[str, Any]) -> list[Form]:
    found = [form for verb in entry.get("verbs", ()) for form in verb_forms(verb)]
    return found + [form for noun in entry.get("nouns", ()) for form in noun_forms(noun)]


def _trigger(
    files: KnowledgeFiles, name: str, entry: Mapping[str, Any], types: frozenset[str], refinements: Mapping[str, Refinement]
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
                raise files.error(name, f"id: {entry['id']}", f"{value!r} in the entry {entry['id']!r} is no known {what}.")
    return Trigger(
        id=entry["id"],
        type=entry["type"],
        frame=entry["frame"],
        weak=bool(entry.get("weak")),
        with_=table(entry["with"]) if entry.get("with") else None,
        without=table(entry["without"]) if entry.get("without") else None,
        needs=frozenset(entry.get("needs", ())),
        refine=tuple(refinements[r] for r in entry.get("refine", ())),
        aim=bool(entry.get("aim")),
        assault=bool(entry.get("assault")),
        generic=bool(entry.get("generic")),
    )


def _refinements(files: KnowledgeFiles, types: frozenset[str]) -> dict[str, Refinement]:
    found = {}
    for name, entry in files.get("events/refine.yaml")["refinements"].items():
        if entry["type"] not in types:
            raise files.error("events/refine.yaml", entry["type"], f"{entry['type']!r} is no sub-event type.")
        found[name] = Refinement(name, entry["type"], table(entry["words"]))
    return found


def _supports(lists: Mapping[str, list[str]]) -> PhraseTable[tuple[tuple[Support, Form], ...]]:
    rows: dict[str, list[tuple[Support, Form]]] = {}
    for role, verbs in lists.items():
        for verb in verbs:
            for form in verb_forms(verb):
                rows.setdefault(form.text, []).append((role, form))  # type: ignore[arg-type]
    return PhraseTable((text, tuple(found)) for text, found in rows.items())
