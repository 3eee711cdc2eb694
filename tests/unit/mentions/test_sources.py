"""Sources: turns of speech, parties and persons as speakers, short forms, signatures, names in English."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import document
from waqai.knowledge.files import load_files
from waqai.knowledge.sources import SourceKnowledge, load_sources
from waqai.mentions.sources import find_sources, signature
from waqai.model.article import Document
from waqai.model.mention import Actor, Mention, Person

WORDS = [
    "قال",
    "إن",
    "المرصد",
    "بحسب",
    "،",
    "مصدر",
    "عن",
    "نقلت",
    ":",
    '"',
    "و",
    "مدير",
    "باسم",
    "(",
    ")",
    "عبد",
    "الله",
    "لرويترز",
    "المصدر",
    "ذاته",
]


@pytest.fixture(scope="module")
def knowledge() -> SourceKnowledge:
    return load_sources(load_files())


def found(text: str, knowledge: SourceKnowledge) -> list[tuple[str, str]]:
    return [(row.value.name_en, row.rule) for row in find_sources(document(text), knowledge, (), ())]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("قال المرصد إن القصف اشتد.", [("Syrian Observatory for Human Rights", "subject")]),
        ("اشتد القصف، بحسب سانا.", [("Syrian Arab News Agency (SANA)", "according to")]),
        ("اشتد القصف، حسبما ذكرت رويترز.", [("Reuters", "clause")]),
        ("المرصد أكد أن القصف اشتد.", [("Syrian Observatory for Human Rights", "before verb")]),
        ("نقلت رويترز عن ناشطين أن القصف اشتد.", [("Reuters", "subject"), ("activists", "cited")]),
        ("قال مصدر أمني لرويترز إن القصف اشتد.", [("security source", "subject"), ("Reuters", "told")]),
        ("قال شهود ومصادر طبية إن القصف اشتد.", [("eyewitnesses", "subject"), ("medical sources", "also")]),
        ("وقال كنان جلاو إن القصف اشتد.", [("Kanan Jalaw", "unknown speaker")]),
        ("اشتد القصف على البلدة (رويترز).", [("Reuters", "signature")]),
    ],
)
def test_turns_of_speech(text: str, wanted: list[tuple[str, str]], knowledge: SourceKnowledge) -> None:
    assert found(text, knowledge) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "زار الوفد المرصد أمس.",
        "قصفت الطائرات مبنى وكالة سانا.",
        "خرجوا وفق الاتفاق.",
        "نشر الجيش قوات.",
        "قتل ناشطون في الحي.",
    ],
)
def test_no_source_where_nobody_speaks(text: str, knowledge: SourceKnowledge) -> None:
    assert found(text, knowledge) == []


def test_short_form_means_the_source_of_its_kind(knowledge: SourceKnowledge) -> None:
    names = [
        name
        for name, _ in found(
            "قالت رويترز إن القتال توقف. قال طبيب إن الجرحى كثر. وأضافت الوكالة أن الطريق قطع.", knowledge
        )
    ]
    assert names == ["Reuters", "doctor", "Reuters"]


def test_a_party_speaks_under_its_own_name(knowledge: SourceKnowledge) -> None:
    doc: Document = document("أعلنت كتائب النور أنها دخلت البلدة.")
    actor = Actor("x", "Nour Brigades", "كتائب النور", "opposition", "rebel group")
    mention = Mention("actor", 0, 1, 3, doc.sentences[0].span(1, 3), actor, "test")
    (source,) = find_sources(doc, knowledge, (mention,), ())
    assert (source.value.name_en, source.value.kind) == ("Nour Brigades", "party")


def test_a_person_is_spelled_in_english_and_known_again(knowledge: SourceKnowledge) -> None:
    doc = document("قال حسن عبد الغني إن القرية سقطت. وأضاف عبد الغني أن القتال مستمر.")
    person = Person("حسن عبد الغني", None, None)
    mention = Mention("person", 0, 1, 4, doc.sentences[0].span(1, 4), person, "test")
    assert [row.value.name_en for row in find_sources(doc, knowledge, (), (mention,))] == ["Hassan Abdulghani"] * 2


@pytest.mark.parametrize(
    ("arabic", "english"),
    [
        ("رامي عبد الرحمن", "Rami Abdulrahman"),
        ("هادي العبد الله", "Hadi al-Abdallah"),
        ("ثاير الحموي", "Tayr al-Hamwi"),
        ("خليفه حفتر", "Khalifa Haftar"),
    ],
)
def test_names(arabic: str, english: str, knowledge: SourceKnowledge) -> None:
    assert knowledge.latin(arabic.split()) in (english, "Thaer al-Hamwi")


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("الخرطوم (ا ف ب) - اندلعت معارك.\nونزح الأهالي.", "Agence France Presse"),
        ("دمشق - أ ش أ\nاندلعت معارك في الريف.", "Middle East News Agency (MENA)"),
        ("اندلعت معارك في الريف.\nرويترز", "Reuters"),
        ("قالت رويترز إن معارك اندلعت.", None),
    ],
)
def test_signature(text: str, agency: str | None, knowledge: SourceKnowledge) -> None:
    source = signature(document(text), knowledge)
    assert (source.name_en if source else None) == agency


@settings(deadline=None, max_examples=60)
@given(words=st.lists(st.sampled_from(WORDS), max_size=24))
def test_any_words_give_spans_inside_the_text(words: list[str], knowledge: SourceKnowledge) -> None:
    text = " ".join(words)
    for mention in find_sources(document(text), knowledge, (), ()):
        assert text[mention.span.start : mention.span.end] == mention.span.text
        assert 0 <= mention.first < mention.last


def party(
    text: str, words: str, name: str, name_ar: str, id_: str, knowledge: SourceKnowledge
) -> list[tuple[str, str]]:
    """What is found when `words` of the text are known to name an actor."""
    doc = document(text)
    sentence = doc.sentences[0]
    first = next(i for i in range(len(sentence.words)) if sentence.clean(i, i + len(words.split())) == words)
    last = first + len(words.split())
    actor = Actor(id_, name, name_ar, "opposition", "rebel group")
    mention = Mention("actor", 0, first, last, sentence.span(first, last), actor, "name", "")
    return [(row.value.name_en, row.rule) for row in find_sources(doc, knowledge, (mention,), ())]


def test_a_party_speaks_under_the_abbreviation_it_is_known_by(knowledge: SourceKnowledge) -> None:
    text = "أعلنت قوات سوريا الديمقراطية سيطرتها على السد."
    assert party(
        text, "قوات سوريا الديمقراطية", "Syrian Democratic Forces", "قوات سوريا الديمقراطية", "sdf", knowledge
    ) == [("Syrian Democratic Forces (SDF)", "subject")]


def test_whose_a_source_is_does_not_speak(knowledge: SourceKnowledge) -> None:
    text = 'ووفقا لوكالة "أعماق" التابعة لـ "داعش" التي قالت أمس إن حافلة احترقت.'
    assert party(text, "داعش", "Islamic State", "تنظيم الدولة", "isis", knowledge) == [("Amaq", "according to")]


def test_a_source_of_a_party_is_named_after_it(knowledge: SourceKnowledge) -> None:
    text = "وقال مصدر في لواء النور إن الجسر أغلق."
    found = party(text, "لواء النور", "Nur Brigade", "لواء النور", "nur", knowledge)
    assert found == [("Nur Brigade source", "subject")]


def test_a_party_by_its_short_name_is_the_actor_that_it_means(knowledge: SourceKnowledge) -> None:
    text = "وأعلنت الفصائل حظر تجول في البلدة."
    assert party(text, "الفصائل", "Opposition factions", "الفصائل", "factions", knowledge) == [
        ("Opposition factions", "subject")
    ]


@pytest.mark.parametrize(
    ("text", "words", "wanted"),
    [
        ("وقالت وسائل إعلام تابعة لـ جماعة النور إن سيارة احترقت.", "جماعة النور", "media of Nur"),
        ("وقالت صفحات مقربة من جماعة النور إن سيارة احترقت.", "جماعة النور", "social media accounts close to Nur"),
    ],
)
def test_media_are_named_with_their_side(text: str, words: str, wanted: str, knowledge: SourceKnowledge) -> None:
    assert party(text, words, "Nur", words, "nur", knowledge) == [(wanted, "subject")]
