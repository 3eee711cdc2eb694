"""Folding: one letter for one, the same positions, whatever the length of the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.arabic.letters import fold

LETTERS = st.text(alphabet="أإآٱىئؤةابتثجحخدرزسصعغفقكلمنهوي ،؛؟«»“”٠١٢٣۴ABCabc.,-–_\t", max_size=60)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("أإآٱا", "ااااا"),
        ("حلب الشهباء", "حلب الشهباء"),
        ("القريتين مدينة", "القريتين مدينه"),
        ("مستشفى", "مستشفي"),
        ("هيئة مسؤولة", "هييه مسووله"),
        ("٢٠١٥ و۱۲", "2015 و12"),
        ("«قسد» و“داعش”", '"قسد" و"داعش"'),
        ("قصف، ثم؛ لماذا؟", "قصف، ثم; لماذا?"),
        ("گوباني کفر", "كوباني كفر"),
        ("T4 و BBC", "t4 و bbc"),
        ("", ""),
    ],
)
def test_fold(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_the_bare_hamza_stays() -> None:
    assert fold("لواء شهداء") == "لواء شهداء"


@given(LETTERS)
def test_fold_keeps_positions_and_is_stable(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="أىةؤ٣«»AZء\u06a9\u06cc\u0640\u00a0\t_,٪٬", min_size=1, max_size=20))
def test_long_and_short_texts_fold_alike(text: str) -> None:
    padded = text + " " * 300
    assert fold(padded)[: len(text)] == fold(text)
