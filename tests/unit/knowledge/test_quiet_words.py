"""Words of quiet subjects."""

from pathlib import Path

import pytest

from waqai.knowledge.errors import KnowledgeError
from waqai.knowledge.files import KnowledgeFiles, load_files
from waqai.knowledge.quiet import load_quiet


def files(folder: Path, text: str) -> KnowledgeFiles:
    (folder / "quiet.yaml").write_text(text, encoding="utf-8")
    return load_files(folder)


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ("المباراه", "sport"),
        ("النيابه العامه", "crime"),
        ("محكمه", "court"),
        ("زلزال", "disaster"),
        ("غارات", "conflict"),
    ],
)
def test_subject_of_a_word(words: str, subject: str) -> None:
    match = load_quiet(load_files()).words.at(words.split(), 0)
    assert match is not None
    assert match.entry == subject


def test_place_names_have_no_subject() -> None:
    assert load_quiet(load_files()).words.at(["دوما"], 0) is None


def test_a_word_under_two_subjects_is_refused_with_its_line(tmp_path: Path) -> None:
    given = files(tmp_path, "threshold: 5\nsubjects:\n  sport: [ملعب]\n  court: [جلسة, ملعب]\n")
    with pytest.raises(KnowledgeError, match=r"quiet.yaml:4: 'ملعب' stands under sport and under court"):
        load_quiet(given)


@pytest.mark.parametrize(
    ("text", "said"),
    [("threshold: 5\n", "lacks 'subjects'"), ("threshold: 5\nsubjects: {}\nlimit: 3\n", "unknown key 'limit'")],
)
def test_wrong_keys_are_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(KnowledgeError, match=said):
        load_quiet(files(tmp_path, text))
