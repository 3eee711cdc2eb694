"""Persons found in sentences: the corpus, ties to actors, later mentions, and what must hold for any text."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import document
from waqai.knowledge.actors import load_actors
from waqai.knowledge.files import DATA, load_files, parse_yaml
from waqai.knowledge.persons import load_persons
from waqai.mentions.actors import find_actors
from waqai.mentions.persons import find_persons
from waqai.model.mention import Mention, Person

CORPUS = parse_yaml("corpus_persons.yaml", (DATA / "corpus_persons.yaml").read_bytes())
ACTORS = load_actors(load_files())
PERSONS = load_persons(load_files())
PIECES = [
    *("قال", "المقدم", "حسن", "عبد", "الغني", "و", '"', "قائد", "لواء", "التوحيد", "باسم", "المتحدث", "بن", "،", "."),
    *("أبو", "محمد", "الحمصي", "وأضاف", "في", "12", "إن", "الرئيس", "السوري", "مدير"),
]


def found(text: str) -> tuple[Mention[Person], ...]:
    parsed = document(text)
    return find_persons(parsed, PERSONS, find_actors(parsed, ACTORS))


@pytest.mark.parametrize("case", CORPUS["cases"], ids=lambda case: case["text"][:40])
def test_corpus_names_these_persons(case: dict[str, Any]) -> None:
    assert [[m.value.name, m.value.role, m.value.actor] for m in found(case["text"])] == case["persons"]


@pytest.mark.parametrize("text", CORPUS["nothing"])
def test_corpus_names_nobody(text: str) -> None:
    assert [m.value for m in found(text)] == []


def test_corpus_is_large_enough() -> None:
    assert len(CORPUS["cases"]) >= 40


def test_the_span_is_the_name_and_not_the_role() -> None:
    (mention,) = found("وقال المقدم حسن عبد الغني إنه تقدم")
    assert mention.span.text == "حسن عبد الغني"


def test_a_family_name_without_an_introduction_is_nobody() -> None:
    assert found("وأضاف عبد الغني أن التقدم مستمر") == ()


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join))
def test_mentions_are_inside_their_sentence_and_never_overlap(text: str) -> None:
    sentences = {s.number: s for s in document(text).sentences}
    end = (-1, 0)
    for mention in found(text):
        assert 0 <= mention.first < mention.last <= len(sentences[mention.sentence].words)
        assert mention.span.text == text[mention.span.start : mention.span.end] != ""
        assert (mention.sentence, mention.first) >= end
        end = (mention.sentence, mention.last)
