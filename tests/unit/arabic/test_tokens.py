"""Tokens: words, numbers and marks with their positions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.arabic.letters import fold
from waqai.arabic.tokens import tokenize


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("قصف 12 موقعا.", ["قصف", "12", "موقعا", "."]),
        ("في 27/11/2024 عند 10:30", ["في", "27/11/2024", "عند", "10:30"]),
        ("2.5 كيلومتر", ["2.5", "كيلومتر"]),
        ('لـ"قسد"،', ["ل", '"', "قسد", '"', "،"]),
        ("مطار t4...", ["مطار", "t4", "..."]),
        ("ال11", ["ال", "11"]),
        ("  قصف   حلب ", ["قصف", "حلب"]),
        ("", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert list(tokenize(text)[0]) == words


def test_part_of_a_text() -> None:
    assert tokenize("قصف مدينة حلب", 4, 9) == (("مدينة",), (4,), (9,))


def test_a_very_long_word_is_read_but_not_remembered() -> None:
    word = "ا" * 5000
    assert tokenize(f"{word} حلب")[0] == (word, "حلب")


@given(st.text(alphabet='قصفحلب12٣.,،:"()/-a \n؟', max_size=80))
def test_positions_lead_back_to_the_text(text: str) -> None:
    folded = fold(text)
    words, starts, ends = tokenize(folded)
    assert [folded[a:b] for a, b in zip(starts, ends, strict=True)] == list(words)
    assert all(b <= a for b, a in zip(ends, starts[1:], strict=False))
    assert "".join(words) == "".join(folded.split())
