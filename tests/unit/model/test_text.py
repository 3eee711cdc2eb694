"""Texts and sentences: the way from tokens back into the article as given."""

from helpers import clean_text, sentence
from waqai.model.text import CleanText, OffsetMap, Span


def test_offsets_without_changes() -> None:
    assert [OffsetMap().original(n) for n in (0, 5)] == [0, 5]


def test_offsets_after_letters_were_dropped() -> None:
    offsets = OffsetMap((0, 3, 6), (0, 2, 7))
    assert [offsets.original(n) for n in (0, 2, 3, 5, 6, 9)] == [0, 2, 5, 7, 13, 16]


def test_span_covers_what_was_dropped_inside_it() -> None:
    original, clean = "قصـــف حلب", "قصف حلب"
    text = CleanText("text", original, clean, clean, OffsetMap((0, 2), (0, 3)))
    assert text.span(0, 3) == Span("text", 0, 6, "قصـــف")
    assert text.span(4, 7) == Span("text", 7, 10, "حلب")


def test_span_of_a_title_says_so() -> None:
    assert clean_text("قصف حلب", "title").span(0, 3) == Span("title", 0, 3, "قصف")


def test_sentence_spans_and_clean_words() -> None:
    found = sentence("سيطرت الفصائل على مدينة تدمر.")
    assert found.span(3, 5) == Span("text", 18, 28, "مدينة تدمر")
    assert found.clean(0, 2) == "سيطرت الفصائل"
    assert found.words[3] == "مدينه"
