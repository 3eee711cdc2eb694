"""Clitics: every reading that may be right, the uncut word first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.arabic.clitics import splits


@pytest.mark.parametrize(
    ("word", "reading"),
    [
        ("وحلب", ("و", "حلب")),
        ("بحلب", ("ب", "حلب")),
        ("وبحلب", ("وب", "حلب")),
        ("فقصفت", ("ف", "قصفت")),
        ("الرستن", ("ال", "رستن")),
        ("بالرستن", ("ب", "الرستن")),
        ("للنظام", ("ل", "النظام")),
        ("وللنظام", ("ول", "النظام")),
        ("للنظام", ("لل", "نظام")),
        ("كالنظام", ("كال", "نظام")),
    ],
)
def test_reading_is_offered(word: str, reading: tuple[str, str]) -> None:
    assert reading in splits(word)


@pytest.mark.parametrize("word", ["وا", "بل", "في", "ال", "12", "و", "", "t4"])
def test_short_words_stay_whole(word: str) -> None:
    assert splits(word) == (("", word),)


def test_a_word_may_begin_with_a_letter_that_looks_like_a_clitic() -> None:
    assert splits("بغداد") == (("", "بغداد"), ("ب", "غداد"))


@given(st.text(alphabet="وفبلكامنظ", min_size=1, max_size=9))
def test_readings_hold_the_words_letters(word: str) -> None:
    found = splits(word)
    assert found[0] == ("", word)
    assert len(set(found)) == len(found)
    for prefix, rest in found[1:]:
        assert len(rest) >= 2
        assert prefix + rest == word or (prefix.endswith("ل") and prefix[:-1] + "ل" + "ل" + rest[2:] == word)
