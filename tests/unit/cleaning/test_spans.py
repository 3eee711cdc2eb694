"""Spans: exact substrings of the original, with the marks of their last letter."""

import pytest

from waqai.cleaning.clean import clean
from waqai.knowledge.files import load_files
from waqai.knowledge.furniture import FurnitureKnowledge, load_furniture
from waqai.knowledge.mending import MendingLexicon, load_mending
from waqai.model.article import Article


@pytest.fixture(scope="module")
def knowledge() -> tuple[FurnitureKnowledge, MendingLexicon]:
    files = load_files()
    return load_furniture(files), load_mending(files)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("قتل شخصاً أمس", ["قتل", "شخصاً", "أمس"]),
        ("قُتِلَ شخصٌ", ["قُتِلَ", "شخصٌ"]),
        ("قتل شخصًا.", ["قتل", "شخصًا", "."]),
        ("ســـقط قتيلـ هنا", ["ســـقط", "قتيلـ", "هنا"]),
        ("قتل اثنان", ["قتل", "اثنان"]),
        ("قتل&nbsp;اثنان", ["قتل", "اثنان"]),
    ],
)
def test_the_span_of_a_word_holds_the_marks_of_its_last_letter(
    text: str, words: list[str], knowledge: tuple[FurnitureKnowledge, MendingLexicon]
) -> None:
    (sentence,) = clean(Article("a", text), *knowledge).sentences
    spans = [sentence.span(i, i + 1) for i in range(len(sentence.words))]
    assert [span.text for span in spans] == words
    assert all(text[span.start : span.end] == span.text for span in spans)
