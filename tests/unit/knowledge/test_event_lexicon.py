"""The event lexicon: what is loaded, and the mistakes that an editor is told of."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from waqai.knowledge.codebook import load_codebook
from waqai.knowledge.errors import KnowledgeError
from waqai.knowledge.events import NEEDS, Events, load_events
from waqai.knowledge.files import KnowledgeFiles, load_files

FILES = load_files()
TYPES = frozenset(load_codebook(FILES).event_types)


@pytest.fixture(scope="module")
def events() -> Events:
    return load_events(FILES, TYPES)


def edited(change: Callable[[dict[str, Any]], None]) -> KnowledgeFiles:
    """The knowledge files with one change in a copy."""
    content = {name: copy.deepcopy(FILES.get(name)) for name in FILES.content if name.startswith("events/")}
    change(content)
    return KnowledgeFiles({**FILES.content, **content}, "changed", FILES.root)


@pytest.mark.parametrize(
    ("words", "type", "tense"),
    [
        ("سيطرت", "Non-state actor overtakes territory", "past"),
        ("سيطره", "Non-state actor overtakes territory", "noun"),
        ("اشتباكات", "Armed clash", "noun"),
        ("غارات", "Air/drone strike", "noun"),
        ("انسحبت", "Non-violent transfer of territory", "past"),
        ("اعتقلت", "Arrests", "past"),
        ("اختطف", "Abduction/forced disappearance", "past"),
        ("سياره مفخخه", "Remote explosive/landmine/IED", "noun"),
    ],
)
def test_a_word_and_its_type(events: Events, words: str, type: str, tense: str) -> None:
    match = events.triggers.at(words.split(), 0)
    assert match is not None
    assert (type, tense) in {(form.trigger.type, form.tense) for form in match.entry}


@pytest.mark.parametrize("word", ["حلب", "الرييس", "كتاب", "في"])
def test_no_event_word(events: Events, word: str) -> None:
    assert events.triggers.at([word], 0) is None


def test_every_type_can_be_told() -> None:
    told = {entry["type"] for name in FILES.folder("events").values() for entry in name.get("triggers", ())}
    refined = {entry["type"] for entry in FILES.get("events/refine.yaml")["refinements"].values()}
    by_the_taker = {"Government regains territory"}
    assert told | refined | by_the_taker == TYPES


def test_supports_give_roles(events: Events) -> None:
    match = events.supports.at(["شنت"], 0)
    assert match is not None
    assert {role for role, _ in match.entry} == {"agent"}


def test_marks_lead_from_a_phrase_to_its_lists(events: Events) -> None:
    match = events.marks.at(["من", "قبل", "قوات", "النظام"], 0)
    assert match is not None
    assert match.last == 2
    assert "agent_markers" in match.entry


def test_governments_take_back(events: Events) -> None:
    assert {"regime", "iraq-army"} <= events.governments
    assert not {"isis", "opposition", "houthis", "rsf"} & events.governments


def first_entry(content: dict[str, Any]) -> dict[str, Any]:
    entry: dict[str, Any] = content["events/territory.yaml"]["triggers"][0]
    return entry


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("type", "Air strike", "no known type"),
        ("frame", "grab", "no known frame"),
        ("needs", ["luck"], "no known need"),
        ("refine", ["loudness"], "no known refinement"),
        ("verb", ["سيطر/يسيطر"], "unknown key 'verb'"),
        ("id", "clash", "twice"),
    ],
)
def test_a_wrong_entry_is_refused_with_its_file(key: str, value: Any, said: str) -> None:
    def spoil(content: dict[str, Any]) -> None:
        first_entry(content)[key] = value
        if key == "id":
            content["events/clash.yaml"]["triggers"][0]["id"] = value

    with pytest.raises(KnowledgeError, match=said) as raised:
        load_events(edited(spoil), TYPES)
    assert "events/" in str(raised.value)


def test_an_entry_without_a_type_is_refused() -> None:
    with pytest.raises(KnowledgeError, match="lacks 'type'"):
        load_events(edited(lambda content: first_entry(content).pop("type")), TYPES)


def test_the_manual_names_every_need() -> None:
    manual = (FILES.root / "events" / "README.md").read_text(encoding="utf-8")
    assert not [name for name in NEEDS if f"`{name}`" not in manual]
