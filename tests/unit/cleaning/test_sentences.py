"""Where sentences end."""

import pytest

from waqai.cleaning.clean import clean
from waqai.knowledge.files import load_files
from waqai.knowledge.furniture import load_furniture
from waqai.knowledge.mending import load_mending
from waqai.model.article import Article

FILES = load_files()
FURNITURE, LEXICON = load_furniture(FILES), load_mending(FILES)


def split(text: str, title: str = "") -> list[str]:
    found = clean(Article("a", text, title), FURNITURE, LEXICON).sentences
    return [s.text.clean[s.start : s.end] for s in found]


@pytest.mark.parametrize(
    "text",
    [
        "قتل جنديان.|وأصيب ثالث.",
        "قتل جنديان في حلب.| وأصيب ثالث",
        "هل قتل أحد؟| نعم!| قتل اثنان",
        "قال المرصد السوري.|وقال ناشط آخر.",
        'قال: "قتل جنديان."| وأضاف آخر',
        "قال «قتل جنديان.»| وأضاف آخر",
        "وصل اليوم.| «القصف مستمر» قال ناشط",
        "النظام يفشل في حمص..| ويزود داعش بالسلاح",
        "سقطت القذائف على الحي…| ثم سكتت المدافع",
        "قتل 2.5 بالمئة من 3.000 شخص",
        "وقع ذلك عام 2012.| وقال شاهد",
        "قال د. محمد إن أ. ف. ب نقلت الخبر",
        "بحسب وكالة أ ف ب.| وقال ناشط",
        "(أ. ف. ب.) قصف الطيران البلدة",
        "1. وقف القتال في المدينة",
        "رئيس U.S. Central Command زار المنطقة",
        "نشر موقع www.example.com الخبر.| وقال ناشط",
        "نقل موقع السورية.نت الخبر",
        "قال الناطق (...) إن المعارك مستمرة",
        "ليبيا.. قتلى بتفجير",
        "سطر أول\n|سطر ثان",
        "قتل جنديان!!!| وأصيب ثالث",
    ],
)
def test_split(text: str) -> None:
    assert split(text.replace("|", "")) == [part.strip() for part in text.split("|")]


def test_title_comes_first_and_paragraphs_count_lines_of_prose() -> None:
    document = clean(Article("a", "أول. ثان هنا.\n\nشارك\nثالث هنا.", "عنوان"), FURNITURE, LEXICON)
    assert [(s.text.part, s.number, s.paragraph) for s in document.sentences] == [
        ("title", 0, -1),
        ("text", 1, 0),
        ("text", 2, 0),
        ("text", 3, 1),
    ]


def test_a_long_sentence_without_stops_stays_whole() -> None:
    assert len(split("قصف الطيران المدينة و" * 50)) == 1


def test_a_text_without_stops_is_cut_at_commas() -> None:
    words = "قصف الطيران المدينة صباح اليوم، "
    found = split(words * 100)
    assert len(found) > 1 and all(sentence.endswith("،") for sentence in found[:-1])
    assert " ".join(found).count("قصف") == 100


def test_tokens_are_folded_and_ascii() -> None:
    document = clean(Article("a", "قُتل ٢٥ شخصاً في إدلب، السبت 27/11/2024."), FURNITURE, LEXICON)
    assert document.sentences[0].words == ("قتل", "25", "شخصا", "في", "ادلب", "،", "السبت", "27/11/2024", ".")


def test_an_empty_article_has_no_sentence() -> None:
    assert split("") == []
    assert split(" \n\u200f") == []
