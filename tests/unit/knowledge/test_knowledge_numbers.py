"""numbers.yaml and people.yaml: what they hold, and how they refuse what is wrong."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from waqai.arabic.letters import fold
from waqai.knowledge.errors import KnowledgeError
from waqai.knowledge.files import DATA, load_files, parse_yaml
from waqai.knowledge.numbers import load_numbers
from waqai.knowledge.people import load_people

CORPUS: Any = parse_yaml("corpus_people.yaml", (DATA / "corpus_people.yaml").read_bytes())
PEOPLE = load_people(load_files())


@pytest.mark.parametrize(("word", "id", "number"), CORPUS["yes"])
def test_people_forms(word: str, id: str, number: str) -> None:
    match = PEOPLE.table.at((fold(word),), 0)
    assert match is not None
    assert (match.entry.id, match.entry.number) == (id, number)


@pytest.mark.parametrize("word", CORPUS["no"])
def test_not_people(word: str) -> None:
    assert PEOPLE.table.at((fold(word),), 0) is None


def test_outcomes_and_groups() -> None:
    entry = {word: PEOPLE.table.at((fold(word),), 0) for word in ("قتلى", "جرحى", "عائلات", "جنود", "مدنيين")}
    found = {word: (m.entry.who, m.entry.outcome, m.entry.group) for word, m in entry.items() if m}
    assert found == {
        "قتلى": ("unknown", "killed", False),
        "جرحى": ("unknown", "injured", False),
        "عائلات": ("civilians", None, True),
        "جنود": ("combatants", None, False),
        "مدنيين": ("civilians", None, False),
    }


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("people.yaml", "{id: soldier, masculine", "{id: soldier, colour: red, masculine", "unknown key 'colour'"),
        ("people.yaml", "{id: soldier,", "{id: fighter,", "second time"),
        ("people.yaml", "plural: [جنود, أجناد]", "plural: [مقاتلين]", "is a form of both"),
        ("people.yaml", "{id: dead, masculine: قتيل,", "{id: dead, masculine: قتيل, dual: two,", "must be a list"),
        ("people.yaml", "outcome: killed}", "outcome: gone}", "not in codebook"),
        ("numbers.yaml", "zero: [صفر]", "zero: [صفر]\nnought: [صفر]", "unknown key 'nought'"),
        ("numbers.yaml", "few: [بضعة, بضع]", "few: [بضعة, ستين]", "is both"),
        ("numbers.yaml", "  more than: [", "  rather more: [", "is not one of"),
        ("numbers.yaml", "  20: [عشرون", "  score: [عشرون", "number is expected"),
        ("numbers.yaml", "{id: tank, feminine: دبابة}", "{id: tank, feminine: قرية}", "is a form of both"),
    ],
)
def test_refuses(tmp_path: Path, name: str, old: str, new: str, message: str) -> None:
    for file in ("numbers.yaml", "people.yaml", "codebook.yaml"):
        shutil.copy(DATA / file, tmp_path / file)
    text = (tmp_path / name).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / name).write_text(text.replace(old, new), encoding="utf-8")
    files = load_files(tmp_path)
    with pytest.raises(KnowledgeError, match=message) as error:
        load_people(files)
        load_numbers(files)
    assert f"{name}:" in str(error.value)
