"""Stems and readings: one form for all ways to write a word, no other word for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.store.words import folded_lines, folded_words, more_readings, readings, stem

LETTERS = st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهوي", min_size=3, max_size=12)


@pytest.mark.parametrize("form", ["حلب", "وحلب", "بحلب", "لحلب", "وبحلب", "فحلب", "كحلب"])
def test_clitics_do_not_tell_words_apart(form: str) -> None:
    assert stem(form) == "حلب"


@given(LETTERS, st.sampled_from(["و", "ف", "ب", "ك", "ل", "ال", "وال", "بال", "ول"]))
def test_a_word_with_clitics_has_its_own_stem(word: str, clitics: str) -> None:
    assert stem(clitics + word) == stem(word)


@given(LETTERS)
def test_a_stem_stays(word: str) -> None:
    assert stem(stem(word)) == stem(word)
    assert word in readings(word) or word.startswith("ال")
    assert stem(word) not in more_readings(word)


def test_what_is_no_clitic_stays_in_a_reading() -> None:
    assert "ولايه" in readings("والولايه") + readings("الولايه")
    assert readings("كتاب") == ("كتاب", "تاب")


def test_folding() -> None:
    assert folded_words("الأُبُــلّة، 12 آذار") == ["الابله", "12", "اذار"]
    assert folded_lines("أول سطر\nثان") == [["اول", "سطر"], ["ثان"]]
