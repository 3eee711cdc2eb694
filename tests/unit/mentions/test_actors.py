"""Actors found in sentences: the corpus, the resolution of references, and what must hold for any text."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import document
from waqai.knowledge.actors import ActorKnowledge, load_actors
from waqai.knowledge.files import DATA, load_files, parse_yaml
from waqai.mentions.actors import find_actors, read_scene

CORPUS = parse_yaml("corpus_actors.yaml", (DATA / "corpus_actors.yaml").read_bytes())
ACTORS: ActorKnowledge = load_actors(load_files())
PIECES = [
    *("قوات", "النظام", "السورية", "الروسية", "و", '"', "(", ")", "داعش", "تنظيم", "من", "تابعة", "للتحالف", "الدولي"),
    *("طائرات", "حربية", "عناصر", "الجيش", "الحر", "وروسية", "في", "سوريا", "،", ".", "التنظيم", "غارة", "12", "لل"),
]


@pytest.mark.parametrize("case", CORPUS["cases"], ids=lambda case: case["text"][:40])
def test_corpus_names_these_actors(case: dict[str, Any]) -> None:
    found = find_actors(document(case["text"], published=case.get("published")), ACTORS)
    assert [m.value.id for m in found] == case["ids"], [(m.span.text, m.rule) for m in found]
    if "words" in case:
        assert [m.span.text for m in found] == case["words"]


@pytest.mark.parametrize("text", CORPUS["nothing"])
def test_corpus_names_nobody(text: str) -> None:
    assert [(m.span.text, m.value.id) for m in find_actors(document(text), ACTORS)] == []


def test_corpus_is_large_enough() -> None:
    assert len(CORPUS["cases"]) >= 150
    assert len(CORPUS["nothing"]) >= 50


def test_clitics_are_in_the_prefix_and_not_in_the_span() -> None:
    (mention,) = find_actors(document("وبداعش"), ACTORS)
    assert (mention.prefix, mention.span.text) == ("وب", "داعش")


def test_references_are_marked_generic_and_names_are_not() -> None:
    name, reference = find_actors(document("هاجم تنظيم داعش بلدة. وقال التنظيم إنه تقدم"), ACTORS)
    assert not name.value.generic
    assert reference.value.generic
    assert "last named" in reference.rule


def test_the_army_lists_the_other_country_it_may_belong_to() -> None:
    text = "قال الجيش في بغداد إنه عزز الحدود مع سوريا. وفي العراق انتشرت قوات"
    first = find_actors(document(text), ACTORS)[0]
    assert first.value.id == "iraqi-army"
    assert "syrian-army" in first.considered


def test_a_group_is_named_as_it_was_called_on_the_day() -> None:
    (mention,) = find_actors(document("قصفت جبهة النصرة البلدة", published="2019-01-01"), ACTORS)
    assert mention.value.id == "hts"
    assert mention.rule.endswith("renamed")


@pytest.mark.parametrize(
    ("text", "country"),
    [("انفجار في بغداد", "IQ"), ("غارة على صنعاء وتعز", "YE"), ("اشتباك قرب الخرطوم", "SD"), ("طقس معتدل", None)],
)
def test_the_country_an_article_plays_in(text: str, country: str | None) -> None:
    assert next((code for code, _ in read_scene(document(text), ACTORS).countries), None) == country


def test_the_title_weighs_more_than_the_text() -> None:
    assert read_scene(document("قرب بيروت وصيدا", title="انفجار في دمشق"), ACTORS).countries[0][0] == "SY"


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join))
def test_mentions_are_inside_their_sentence_and_never_overlap(text: str) -> None:
    found_document = document(text)
    sentences = {s.number: s for s in found_document.sentences}
    end = (-1, 0)
    for mention in find_actors(found_document, ACTORS):
        sentence = sentences[mention.sentence]
        assert 0 <= mention.first < mention.last <= len(sentence.words)
        assert mention.span.text == text[mention.span.start : mention.span.end] != ""
        assert (mention.sentence, mention.first) >= end
        end = (mention.sentence, mention.last)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_read_without_an_error(text: str) -> None:
    find_actors(document(text, title=text), ACTORS)
