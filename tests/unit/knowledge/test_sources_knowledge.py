"""Knowledge of sources, weapons and targets: what the files hold, and what the loaders refuse."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import waqai.knowledge
from waqai.arabic.letters import fold
from waqai.arabic.tokens import tokenize
from waqai.knowledge.errors import KnowledgeError
from waqai.knowledge.files import KnowledgeFiles, load_files, parse_yaml
from waqai.knowledge.sources import load_sources
from waqai.knowledge.targets import load_targets
from waqai.knowledge.weapons import load_weapons

CORPUS = Path(waqai.knowledge.__file__).parent / "data/corpus_targets.yaml"
EXAMPLES: list[dict[str, Any]] = parse_yaml(CORPUS.name, CORPUS.read_bytes())
AGENCIES = "sources/agencies.yaml"


@pytest.fixture(scope="module")
def files() -> KnowledgeFiles:
    return load_files()


@pytest.mark.parametrize("example", EXAMPLES, ids=[row["text"] for row in EXAMPLES])
def test_target_corpus(example: dict[str, Any], files: KnowledgeFiles) -> None:
    table, words = load_targets(files).phrases, tokenize(fold(example["text"]))[0]
    kinds, i = [], 0
    while i < len(words):
        match = table.at(words, i)
        kinds += [match.entry] if match else []
        i = match.last if match else i + 1
    assert kinds == example["found"]


def test_there_is_enough(files: KnowledgeFiles) -> None:
    knowledge = load_sources(files)
    assert len(knowledge.named) >= 180
    assert len(knowledge.names) >= 300
    assert sum(len(phrases) for phrases in files.get("weapons.yaml").values()) >= 150
    assert len(EXAMPLES) >= 50


def changed(files: KnowledgeFiles, name: str, content: Any) -> KnowledgeFiles:
    return replace(files, content={**files.content, name: content})


@pytest.mark.parametrize(
    "row",
    [
        {"id": "afp", "name_en": "X", "name_ar": "ك", "kind": "agency"},
        {"id": "new", "name_en": "X", "name_ar": "رويترز", "kind": "agency"},
        {"id": "new", "name_en": "X", "name_ar": "كلمة", "kind": "newspaper"},
        {"id": "new", "name_en": "X", "name_ar": "كلمة", "kind": "agency", "side": "nobody"},
        {"id": "new", "name_en": "X", "name_ar": "كلمة", "kind": "agency", "colour": "red"},
        {"id": "new", "name_en": "X", "kind": "agency"},
    ],
)
def test_wrong_entries_are_refused(row: dict[str, str], files: KnowledgeFiles) -> None:
    with pytest.raises(KnowledgeError, match=AGENCIES):
        load_sources(changed(files, AGENCIES, [*files.get(AGENCIES), row]))


def test_a_code_outside_the_codebook_is_refused(files: KnowledgeFiles) -> None:
    with pytest.raises(KnowledgeError, match=r"weapons\.yaml"):
        load_weapons(changed(files, "weapons.yaml", {"catapult": ["منجنيق"]}))
    with pytest.raises(KnowledgeError, match=r"targets\.yaml"):
        load_targets(changed(files, "targets.yaml", {"moon": ["قمر"]}))


def test_a_phrase_under_two_codes_is_refused(files: KnowledgeFiles) -> None:
    with pytest.raises(KnowledgeError, match="already stands"):
        load_weapons(changed(files, "weapons.yaml", {"tank": ["دبابة"], "missile": ["دبابة"]}))
