from pathlib import Path
from typing import Any

import pytest

from waqai.knowledge.dates import load_dates
from waqai.knowledge.errors import KnowledgeError
from waqai.knowledge.files import DATA, KnowledgeFiles, load_files, parse_yaml

FILES = load_files()


def changed(tmp_path: Path, name: str, old: str, new: str) -> KnowledgeFiles:
    """The knowledge files with one of them edited."""
    text = (DATA / name).read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    content: dict[str, Any] = {**FILES.content, name: parse_yaml(name, path.read_bytes())}
    return KnowledgeFiles(content, "", tmp_path)


@pytest.mark.parametrize(
    ("words", "kind", "value"),
    [
        (("تشرين", "الثاني"), "month", 11),
        (("ت", "2"), "month", 11),
        (("ذي", "الحجه"), "month", 12),
        (("الاثنين",), "weekday", 0),
        (("الاحد",), "weekday", 6),
        (("الحادي", "والثلاثين"), "ordinal", 31),
        (("خمسه", "وعشرين"), "cardinal", 25),
        (("اول", "امس"), "offset", -2),
        (("الساعه",), "clock", 0),
    ],
)
def test_terms(words: tuple[str, ...], kind: str, value: int) -> None:
    found = load_dates(FILES).terms.at(words, 0)
    assert found is not None
    assert (found.entry.kind, found.entry.value, found.last) == (kind, value, len(words))


def test_the_years_are_ordered() -> None:
    first, last = load_dates(FILES).years
    assert first < last


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            "dates/months.yaml",
            "calendar: gregorian, words: [ش",
            "kalendar: gregorian, words: [ش",
            "unknown key 'kalendar'",
        ),
        (
            "dates/months.yaml",
            "calendar: gregorian, words: [ش",
            "calendar: julian, words: [ش",
            "'julian' is not one of",
        ),
        ("dates/months.yaml", "words: [شباط", "words: [نيسان", "two meanings"),
        ("dates/weekdays.yaml", "bare: [سبت]", "naked: [سبت]", "unknown key 'naked'"),
        ("dates/phrases.yaml", "time: dawn", "time: dusk", "'dusk' is not one of"),
        ("dates/phrases.yaml", "since: [", "sinse: [", "unknown key 'sinse'"),
        ("dates/phrases.yaml", "unit: hour", "unit: blink", "'blink' is not one of"),
        ("dates/numbers.yaml", "cardinals:", "cardinales:", "unknown key 'cardinales'"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, name: str, old: str, new: str, message: str) -> None:
    with pytest.raises(KnowledgeError, match=message) as caught:
        load_dates(changed(tmp_path, name, old, new))
    assert str(caught.value).startswith(f"{name}:")
