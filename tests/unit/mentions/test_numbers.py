"""Numbers: the executed corpus, and properties over every size of number."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import sentence
from waqai.knowledge.files import DATA, load_files, parse_yaml
from waqai.knowledge.numbers import load_numbers
from waqai.knowledge.people import load_people
from waqai.mentions.numbers import find_numbers
from waqai.model.mention import Mention, Quantity

FILES = load_files()
NUMBERS, PEOPLE = load_numbers(FILES), load_people(FILES)
CORPUS: Any = parse_yaml("corpus_numbers.yaml", (DATA / "corpus_numbers.yaml").read_bytes())
MASCULINE = ["-", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة"]
FEMININE = ["-", "واحدة", "اثنتان", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثماني", "تسع", "عشر"]
TENS = ["-", "-", "عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون"]
HUNDREDS = ["-", "مئة", "مئتان", "ثلاثمئة", "أربعمائة", "خمسمئة", "ستمائة", "سبعمئة", "ثمانمئة", "تسعمائة"]


def figure(value: float | str | None) -> float | None:
    """A figure of the corpus, as YAML gives it."""
    return None if value in (None, "null") else float(value)


def figures(value: Quantity) -> tuple[float, float | None, str | None]:
    return value.low, value.high, value.unit


def find(text: str) -> tuple[Mention[Quantity], ...]:
    return find_numbers(sentence(text), NUMBERS, PEOPLE)


@pytest.mark.parametrize(("text", "span", "low", "high", "unit"), CORPUS["yes"])
def test_corpus(text: str, span: str, low: str, high: str | None, unit: str | None) -> None:
    first = find(text)[0]
    assert (first.span.text, *figures(first.value)) == (
        span,
        figure(low),
        figure(high),
        unit if unit != "null" else None,
    )


@pytest.mark.parametrize("text", CORPUS["no"])
def test_nothing_counted(text: str) -> None:
    text = text.replace("ـ", "")
    assert [m for m in find(text) if m.value.unit != "ordinal" and not str(m.value.unit).endswith("?")] == []


def test_several_in_order() -> None:
    found = find("قتل طفلان وجندي، وأصيب مدنيان اثنان و3 نساء و20 آخرون في 12 غارة")
    assert [(m.span.text, m.value.low, m.value.unit, m.prefix) for m in found] == [
        ("طفلان", 2, "child", ""),
        ("مدنيان اثنان", 2, "civilian", ""),
        ("3", 3, "woman", ""),
        ("20", 20, "other", ""),
        ("12", 12, "strike", ""),
    ]


def test_percent_is_not_read_twice() -> None:
    assert [(m.span.text, m.value.unit) for m in find("70 بالمئة و80 في المئة")] == [
        ("70", "percent"),
        ("80", "percent"),
    ]


def test_adjectives_of_a_dual_are_not_counted_again() -> None:
    assert [m.span.text for m in find("مقتل جنديان سوريان")] == ["جنديان"]


@pytest.mark.parametrize(("text", "value"), [("الثالثة عشرة", 13), ("الخامس والعشرون", 25), ("الأول", 1), ("ال11", 11)])
def test_ordinals(text: str, value: int) -> None:
    (found,) = find(text)
    assert (found.span.text, found.value, found.rule) == (text, Quantity(value, value, "ordinal"), "number/ordinal")


def small(n: int, words: list[str], feminine: bool) -> str:
    """1 to 999 in words."""
    parts = [HUNDREDS[n // 100]] if n >= 100 else []
    n %= 100
    if n in (11, 12):
        pair = ("إحدى عشرة", "اثنتا عشرة") if feminine else ("أحد عشر", "اثنا عشر")
        parts.append(pair[n - 11])
    elif 12 < n < 20:
        parts.append(f"{words[n - 10]} {'عشرة' if feminine else 'عشر'}")
    elif 0 < n <= 10:
        parts.append(words[n])
    elif n:
        parts += [words[n % 10]] if n % 10 else []
        parts.append(TENS[n // 10])
    return " و".join(parts)


def spell(n: int, feminine: bool) -> str:
    """0 to 999999 in words."""
    if n == 0:
        return "صفر"
    words = FEMININE if feminine else MASCULINE
    thousands, rest = divmod(n, 1000)
    parts = []
    if thousands in (1, 2):
        parts.append(("ألف", "ألفان")[thousands - 1])
    elif thousands:
        few = 3 <= thousands % 100 <= 10
        parts.append(f"{small(thousands, MASCULINE, False)} {'آلاف' if few else 'ألفا'}")
    if rest:
        parts.append(small(rest, words, feminine))
    return " و".join(parts)


@given(st.integers(0, 999_999), st.booleans())
def test_spelt_out_numbers_come_back(n: int, feminine: bool) -> None:
    text = spell(n, feminine)
    found = [(m.span.text, m.value) for m in find(text)]
    assert found == [(text, Quantity(n, n))]


@given(st.integers(1, 999_999))
def test_spelt_out_numbers_in_a_sentence(n: int) -> None:
    text = spell(n, False)
    (found,) = find(f"قال إنه أحصى أكثر من {text} في المدينة")
    assert (found.span.text, found.value) == (f"أكثر من {text}", Quantity(n + 1, None))


WORDS = [
    *("و", "ب", "ال", "من", "إلى", "بين", "أو", "أكثر", "على", "الأقل", "نحو", "عشرة", "عشرات", "آلاف", "ألف", "مليون"),
    *("ونصف", "ربع", "خمسة", "وعشرون", "الثاني", "تشرين", "12", "3.000", "10-15", "-", "%", ".", "،", "2013", "طفلين"),
    *("قتيل", "جنود", "واحد", "واحدا", "اثنين", "مئة", "مئتي", "ميتين", "بضعة", "فاصلة", "أرباع", "0", "1/0"),
    *("99999999999999999999", "27/11/2024", "بالمئة", "الـ"),
]


@given(st.one_of(st.text(), st.lists(st.sampled_from(WORDS)).map(" ".join)))
def test_any_text(text: str) -> None:
    end = 0
    for mention in find(text):
        assert text[mention.span.start : mention.span.end] == mention.span.text != ""
        assert mention.span.start >= end
        assert mention.value.high is None or mention.value.low <= mention.value.high
        end = mention.span.end
