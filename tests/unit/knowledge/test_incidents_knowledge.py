"""The weights of merging and the rules of grades: what the loader refuses, and what holds of the package's own."""

import shutil
from pathlib import Path

import pytest

from waqai.knowledge.errors import KnowledgeError
from waqai.knowledge.files import DATA, KnowledgeFiles, load_files
from waqai.knowledge.incidents import LEVELS, load_incidents

KNOWLEDGE = load_incidents()


def changed(folder: Path, name: str, old: str, new: str) -> KnowledgeFiles:
    """The package's files with words of one replaced."""
    for needed in ("codebook.yaml", "incidents", "sources", "actors", "events"):
        (shutil.copytree if (DATA / needed).is_dir() else shutil.copy)(DATA / needed, folder / needed)
    path = folder / "incidents" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return load_files(folder)


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("links.yaml", "threshold: 7.5", "threshold: much", "'threshold' must be a number"),
        ("links.yaml", "  Grenade: 3\n", "", "'Grenade' has no weight in 'same'"),
        ("links.yaml", "  Grenade: 3\n", "  Granade: 3\n", "'Granade' in 'same' is no sub-event type"),
        ("links.yaml", "[aircraft, drone,", "[aircraft, dron,", "'dron' in 'weapons' is not one of weapons"),
        ("links.yaml", "  text:\n    copy:", "  text:\n    copies:", "the field 'text' needs the levels copy"),
        ("links.yaml", "types: [Armed clash, Attack]", "types: [Attack, Attack]", "two different sub-event types"),
        (
            "links.yaml",
            "types: [Armed clash, Attack]",
            "types: [Armed clash, Suicide bomb]",
            "stands here a second time",
        ),
        ("grades.yaml", "own: [correspondent]", "own: [blogger]", "'blogger' in 'own' is not one of source_kinds"),
        ("grades.yaml", "  - Mob violence\n", "  - Mobs\n", "'Mobs' in 'harm' is no sub-event type"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, name: str, old: str, new: str, message: str) -> None:
    with pytest.raises(KnowledgeError, match=message):
        load_incidents(changed(tmp_path, name, old, new))


def test_every_field_has_its_levels_and_words() -> None:
    assert {field: tuple(held) for field, held in KNOWLEDGE.fields.items()} == LEVELS
    assert all(level.reason for held in KNOWLEDGE.fields.values() for level in held.values())


def test_pairs_are_the_same_both_ways() -> None:
    assert all(KNOWLEDGE.together[b, a] == level for (a, b), level in KNOWLEDGE.together.items())
    assert all(b in KNOWLEDGE.partners[a] and a in KNOWLEDGE.partners[b] for a, b in KNOWLEDGE.together)
    assert all((b, a) in KNOWLEDGE.alike for a, b in KNOWLEDGE.alike)
    assert all(camp in KNOWLEDGE.allies[ally] for camp, allies in KNOWLEDGE.allies.items() for ally in allies)


def test_mouthpieces_have_sides_and_names_by_every_spelling() -> None:
    sana = KNOWLEDGE.names["سانا"]
    assert KNOWLEDGE.sides[sana] == "regime"
    assert "organisation" in KNOWLEDGE.nameless
