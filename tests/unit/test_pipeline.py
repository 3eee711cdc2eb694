"""The path of an article: cleaning, mentions, coding."""

import pytest

from coded import article, pipeline
from waqai.mentions.actors import find_actors
from waqai.mentions.dates import find_dates
from waqai.mentions.numbers import find_numbers
from waqai.mentions.persons import find_persons
from waqai.mentions.places import find_places
from waqai.mentions.sources import find_sources
from waqai.mentions.weapons import find_weapons
from waqai.model.article import Article
from waqai.model.mention import Mentions
from waqai.pipeline import blocked, coder_names, open_pipeline, takes_places

TEXT = "قصفت قوات النظام أمس مدينة دوما بقذائف الهاون، ما أدى إلى مقتل خمسة مدنيين، بحسب المرصد السوري."


def mentions(text: str) -> Mentions:
    return pipeline().mentions(pipeline().clean(article(text)))


def test_words_that_were_asked_about_together_are_read_as_alone() -> None:
    known, document = pipeline().knowledge, pipeline().clean(article(f"{TEXT} وقال العقيد أحمد إن 12 عنصرا أصيبوا."))
    found = pipeline().mentions(document)
    actors = find_actors(document, known.actors)
    assert found.actors == actors
    assert found.persons == find_persons(document, known.persons, actors)
    assert found.places == find_places(document, known.gazetteer, blocked(actors), known.events.deeds)
    assert [m.value for m in found.dates] == [m.value for m in find_dates(document, known.dates).mentions]
    assert found.numbers == tuple(m for s in document.sentences for m in find_numbers(s, known.numbers, known.people))
    assert found.weapons == find_weapons(document, known.weapons)
    assert found.sources == find_sources(document, known.sources, actors, found.persons)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("actors", "قوات النظام"),
        ("places", "مدينة دوما"),
        ("dates", "أمس"),
        ("numbers", "خمسة"),
        ("weapons", "بقذائف الهاون"),
        ("sources", "المرصد السوري"),
    ],
)
def test_each_kind_of_mention_is_found(kind: str, words: str) -> None:
    found = [mention.span.text for mention in getattr(mentions(TEXT), kind)]
    assert any(text in words or words in text for text in found), found


def test_mentions_are_in_reading_order_and_exact() -> None:
    found = mentions(f"غارات على دوما // {TEXT}\nوقال العميد أحمد العلي إن القصف مستمر على مدينة حرستا اليوم.")
    for kind in Mentions.__slots__:
        places = [(m.sentence, m.first) for m in getattr(found, kind)]
        assert places == sorted(places)
    given = article(f"غارات على دوما // {TEXT}")
    for m in mentions(f"غارات على دوما // {TEXT}").places:
        part = given.title if m.span.part == "title" else given.text
        assert part[m.span.start : m.span.end] == m.span.text


def test_the_anchor_is_the_day_of_the_record() -> None:
    annotated = pipeline().annotate(pipeline().clean(article(TEXT)))
    assert annotated.anchor is not None
    assert (str(annotated.anchor.day), annotated.anchor.basis) == ("2016-03-10", "record")


def test_an_article_is_coded_and_forgotten() -> None:
    first = pipeline().reports(article(TEXT))
    pipeline().reports(article("سيطر تنظيم الدولة على مدينة تدمر."))
    assert pipeline().reports(article(TEXT)) == first
    assert [r.sub_event_type for r in first] == ["Shelling/artillery/missile attack"]


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", ".", "،؛؟", "١٢٣", "\u0640" * 50, "The army shelled Douma.", "\ud800"]
)
def test_texts_without_news(text: str) -> None:
    assert pipeline().reports(Article("a", text)) == ()


def test_offsets_point_into_the_text_as_given() -> None:
    text = "  قصـــفت قوّاتُ النظام\u200f مدينة دومــا.  "
    (report,) = pipeline().reports(Article("a", text))
    assert report.place is not None
    assert report.place.span is not None
    span = report.place.span
    assert text[span.start : span.end] == span.text
    assert "دومــا" in span.text
    assert text[report.evidence.start : report.evidence.end] == report.evidence.text


def test_actors_block_places_in_their_names() -> None:
    document = pipeline().clean(article("قصفت قوات النظام مدينة دوما، وقتل مدنيون."))
    actors = pipeline().annotate(document).mentions.actors
    assert blocked(actors) == {0: [(1, 3)]}


def test_who_takes_places() -> None:
    document = pipeline().clean(article("سيطر تنظيم الدولة على مدينة تدمر. وقصفت قوات النظام مدينة دوما."))
    actors = pipeline().annotate(document).mentions.actors
    assert takes_places(document, actors, ("سيطر", "استول")) == {"isis"}


def test_the_grammar_is_installed() -> None:
    assert "grammar" in coder_names()


def test_a_coder_that_is_not_there() -> None:
    with pytest.raises(LookupError, match=r"There is no coder named 'oracle'; installed are .*grammar"):
        open_pipeline("oracle")
