"""Attribution: the corpus of made-up sentences, scope, quotations, blame."""

from pathlib import Path
from typing import Any

import pytest

import waqai.knowledge
from helpers import document
from waqai.coding.attribution import at, attribute
from waqai.knowledge.files import load_files, parse_yaml
from waqai.knowledge.sources import SourceKnowledge, load_sources
from waqai.mentions.sources import find_sources
from waqai.model.article import Document
from waqai.model.attribution import Attribution

CORPUS = Path(waqai.knowledge.__file__).parent / "data/sources/corpus_attribution.yaml"
EXAMPLES: list[dict[str, Any]] = parse_yaml(CORPUS.name, CORPUS.read_bytes())


@pytest.fixture(scope="module")
def knowledge() -> SourceKnowledge:
    return load_sources(load_files())


def attributed(text: str, knowledge: SourceKnowledge, title: bool = False) -> tuple[Document, tuple[Attribution, ...]]:
    doc = document("", text) if title else document(text)
    return doc, attribute(doc, find_sources(doc, knowledge, (), ()), knowledge)


def rows_at(doc: Document, rows: tuple[Attribution, ...], words: str) -> tuple[Attribution, ...]:
    for sentence in doc.sentences:
        start = sentence.text.clean[: sentence.end].find(words, sentence.start)
        if start >= 0:
            first = next(i for i, end in enumerate(sentence.ends) if end > start)
            return at(rows, sentence.number, first, first + len(words.split()))
    raise AssertionError(f"{words} is not in the text")


@pytest.mark.parametrize("example", EXAMPLES, ids=[row["text"][:50] for row in EXAMPLES])
def test_corpus(example: dict[str, Any], knowledge: SourceKnowledge) -> None:
    doc, rows = attributed(example["text"], knowledge, example.get("title", False))
    for words, wanted in example["says"].items():
        found = rows_at(doc, rows, words)
        chains = " | ".join(" > ".join(link.source.name_en for link in row.chain) for row in found)
        assert (chains or "-") == wanted
        assert all(row.stance == example.get("stance", "asserts") for row in found)


def test_corpus_is_large_and_has_negatives() -> None:
    quiet = [row for row in EXAMPLES if set(row["says"].values()) == {"-"}]
    assert len(EXAMPLES) - len(quiet) >= 90
    assert len(quiet) >= 30


def test_accusation_names_the_blamed(knowledge: SourceKnowledge) -> None:
    doc, rows = attributed("اتهم ناشطون قوات النظام بقصف المدرسة.", knowledge)
    assert [doc.sentences[0].words[first:last] for row in rows for first, last in row.blames] == [("قوات", "النظام")]


def test_claim_of_responsibility_is_marked(knowledge: SourceKnowledge) -> None:
    _, rows = attributed("تبنت وكالة أعماق تفجير السيارة في بغداد.", knowledge)
    assert [row.rule for row in rows] == ["claims responsibility"]


def test_unverified_is_the_outlets_doubt(knowledge: SourceKnowledge) -> None:
    _, rows = attributed("ولم يتسن التأكد من صحة الأنباء.", knowledge)
    assert [(row.chain, row.stance) for row in rows] == [((), "doubts")]


def test_links_point_into_the_text(knowledge: SourceKnowledge) -> None:
    _, rows = attributed("وقال ناشطون إن الطريق قطع.", knowledge)
    assert [link.span.text for row in rows for link in row.chain if link.span] == ["ناشطون"]


def test_scopes_stay_inside_their_sentences(knowledge: SourceKnowledge) -> None:
    for example in EXAMPLES:
        doc, rows = attributed(example["text"], knowledge, example.get("title", False))
        by_number = {sentence.number: sentence for sentence in doc.sentences}
        assert all(0 <= row.first < row.last <= len(by_number[row.sentence].words) for row in rows)


def test_a_statement_that_takes_responsibility_is_marked(knowledge: SourceKnowledge) -> None:
    _, rows = attributed("وأعلن مقاتلون مسؤوليتهم عن الهجوم.", knowledge)
    assert [row.rule for row in rows] == ["claims responsibility"]
