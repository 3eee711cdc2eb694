"""furniture.yaml and mending.yaml load, and refuse what is wrong by file and line."""

from pathlib import Path

import pytest

from waqai.knowledge.errors import KnowledgeError
from waqai.knowledge.files import DATA, KnowledgeFiles, load_files, parse_yaml
from waqai.knowledge.furniture import load_furniture, words_of
from waqai.knowledge.mending import load_mending


def files_with(tmp_path: Path, name: str, old: str, new: str) -> KnowledgeFiles:
    text = (DATA / name).read_text(encoding="utf-8")
    assert old in text
    changed = text.replace(old, new, 1)
    (tmp_path / name).write_text(changed, encoding="utf-8")
    return KnowledgeFiles({name: parse_yaml(name, changed.encode())}, "", tmp_path)


def test_furniture_loads_folded_phrases() -> None:
    known = load_furniture(load_files())
    assert "الرييسيه" in known.menu
    assert known.openings["شاهد"][0].words == ("شاهد", "ايضا")
    assert known.inline and known.general


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("- rule: box\n  where: whole", "- rule: box\n  where: somewhere", "'somewhere' is not one of whole"),
        ("covers: tail", "covers: all", "'all' is not one of line"),
        ("longest: 40", "longest: many", "longest is a number"),
        ("- rule: share\n", "- rule: share\n  colour: red\n", "unknown key 'colour'"),
        ("inline: [", 'inline: ["..", ', "has no word in it"),
        ("\ninline: [", "\nextra: []\ninline: [", "has to have the keys"),
    ],
)
def test_furniture_refuses(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(KnowledgeError, match=message) as error:
        load_furniture(files_with(tmp_path, "furniture.yaml", old, new))
    assert str(error.value).startswith("furniture.yaml:")


def test_mending_has_words_enough() -> None:
    known = load_mending(load_files())
    assert len(known.forms) >= 250
    assert not known.forms & known.clitics


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[قتل,", "[kill,", "'kill' is not a word in Arabic letters"),
        ('"1": ا', '"12": ا', "is not one digit"),
        ("\nclitics:", "\nclitic:", "has to have the keys"),
    ],
)
def test_mending_refuses(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(KnowledgeError, match=message) as error:
        load_mending(files_with(tmp_path, "mending.yaml", old, new))
    assert str(error.value).startswith("mending.yaml")


def test_words_of_drops_signs() -> None:
    assert words_of("(اقرا): ايضا..") == ("اقرا", "ايضا")
