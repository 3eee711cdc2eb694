"""Characters and offsets."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.cleaning.characters import clean_characters, plain
from waqai.cleaning.clean import clean
from waqai.cleaning.offsets import IDENTITY, apply_edits, compose
from waqai.knowledge.files import load_files
from waqai.knowledge.furniture import load_furniture
from waqai.knowledge.mending import load_mending
from waqai.model.article import Article

FILES = load_files()
FURNITURE, LEXICON = load_furniture(FILES), load_mending(FILES)


@pytest.mark.parametrize(
    ("given_", "wanted"),
    [
        ("قُتِلَ جنديٌّ", "قتل جندي"),
        ("الـ11", "ال11"),
        ("دمشق ـ رويترز", "دمشق - رويترز"),
        ("تفجـ ـيرها وانفـ.ـجار", "تفجيرها وانفجار"),
        ("في لـ حلب وبـ «كذا»", "في ل حلب وب «كذا»"),
        ("ا\u0653لاف", "آلاف"),
        ("ا\u0654حمد و ا\u0655دلب", "أحمد و إدلب"),
        ("مسو\u0654ول بي\u0654ر", "مسؤول بئر"),
        ("مسا\u064e\u0654ء", "مسأء"),
        ("ﻗﺘﻞ ﻻ ﷲ", "قتل لا الله"),
        ("ﹰ ﻼ", " لا"),
        ("حلب\u200f\u200e\u202a\ufeff\u00ad!", "حلب!"),
        ("حلب\u00a0وحمص", "حلب وحمص"),
        ("حلب&nbsp;وحمص &quot;", 'حلب وحمص "'),
        ("حلب&amp;nbsp;وحمص", "حلب وحمص"),
        ("&#8220;داعش&#8221; &#x62D;لب", "“داعش” حلب"),
        ("&#147;داعش&#148;", "“داعش”"),
        ("ضباط& النظام", "ضباط النظام"),
        ("AT&T R&D a=1&b=2", "AT&T R&D a=1&b=2"),
        ("سطر<br />سطر<b>!</b>", "سطر\nسطر!"),
        ("سطر&lt;br&gt;سطر", "سطر\nسطر"),
        ("3 < 5 و5 > 3", "3 < 5 و5 > 3"),
        ("سطر\r\nسطر\rسطر\u2028سطر", "سطر\nسطر\nسطر\nسطر"),
        ("أ\x00ب\x07ج", "أ ب ج"),
        ("عاااجل", "عاااجل"),
        ("&unknown; &", "&unknown; &"),
        ("", ""),
    ],
)
def test_characters(given_: str, wanted: str) -> None:
    assert clean_characters(given_)[0] == wanted


def test_nothing_to_clean_is_the_same_text() -> None:
    text = "قتل جنديان في حلب، وفق «سانا»."
    clean_text, offsets = clean_characters(text)
    assert clean_text is text
    assert offsets is IDENTITY


def test_offsets_through_ligature_and_entity() -> None:
    text = "ﻻ&nbsp;قُتل"
    found, offsets = clean_characters(text)
    assert found == "لا قتل"
    assert [offsets.original(i) for i in range(len(found))] == [0, 0, 1, 7, 9, 10]


def test_plain_of_a_letter() -> None:
    assert plain("ب") == "ب"


def test_edits_and_composition() -> None:
    first, back = apply_edits("abcdef", [(1, 2, ""), (4, 5, "XYZ")])
    assert first == "acdXYZf"
    second, later = apply_edits(first, [(2, 3, "")])
    both = compose(later, back)
    assert second == "acXYZf"
    assert [both.original(i) for i in range(6)] == [0, 2, 4, 4, 4, 5]


MARKUP = (
    "&nbsp;",
    "&quot;",
    "&amp;",
    "&amp;amp;nbsp;",
    "&#8220;",
    "&#x640;",
    "& ",
    "<br>",
    "<p>",
    "</a>",
    "<",
    "قتل",
    "الهجما ت",
)
ALPHABET = st.sampled_from(
    [
        *'ابتقصفلدعش وةىأئ،.!؟:/*0123\n"«»()…-#@',
        *"ـًٌٍَُِّْٰ\u0653\u0654\u0655\u06dd",
        *"ﻻﷲﻗﹰ\u200f\u200b\u00ad\ufeff\u00a0\r\x00\ufffd\ud800",
        *MARKUP,
        "قصـ ف",
        " في ",
    ]
)


@given(st.lists(ALPHABET, max_size=60).map("".join), st.lists(ALPHABET, max_size=12).map("".join))
def test_every_sentence_leads_back(text: str, title: str) -> None:
    document = clean(Article("a", text, title), FURNITURE, LEXICON)
    for part in (document.title, document.body):
        places = [part.offsets.original(i) for i in range(len(part.clean))]
        assert all(a <= b for a, b in pairwise(places))
        assert all(0 <= place < len(part.original) for place in places)
        assert len(part.folded) == len(part.clean)
        assert "".join(part.clean[b.start : b.end] for b in part.blocks) == part.clean
    for number, sentence in enumerate(document.sentences):
        span = sentence.span(0, len(sentence.words))
        source = title if span.part == "title" else text
        assert sentence.number == number
        assert span.start < span.end and source[span.start : span.end] == span.text
        assert (sentence.paragraph == -1) == (span.part == "title")
    assert clean(Article("a", text, title), FURNITURE, LEXICON) == document


@given(st.text(max_size=300))
def test_any_text_is_cleaned(text: str) -> None:
    document = clean(Article("a", text), FURNITURE, LEXICON)
    assert all(sentence.span(0, 1).text for sentence in document.sentences)


@pytest.mark.parametrize(
    "unit",
    [
        "\u200b",
        "ب",
        "ـ",
        "&amp;",
        "&",
        "<",
        "<a ",
        ".",
        "ب.",
        "ت ",
        "ا ب ",
        "الهجما ت ",
        "قتل*",
        "\n",
        "اقرأ\n",
        "شاهد أيضا\nقتل\n",
        "- ",
        '"',
        "و\n\n",
        "<!--",
    ],
)
def test_hostile_input_takes_linear_time(unit: str) -> None:
    def seconds(size: int) -> float:
        article = Article("a", unit * (size // len(unit)))
        begin = time.process_time()
        clean(article, FURNITURE, LEXICON)
        return time.process_time() - begin

    small = min(seconds(20_000) for _ in range(3))
    assert seconds(160_000) < 8 * 4 * small + 0.2
