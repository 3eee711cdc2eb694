"""Weapons: the corpus, spans and clitics."""

from pathlib import Path
from typing import Any

import pytest

import waqai.knowledge
from helpers import document
from waqai.knowledge.files import load_files, parse_yaml
from waqai.knowledge.weapons import WeaponKnowledge, load_weapons
from waqai.mentions.weapons import find_weapons

CORPUS = Path(waqai.knowledge.__file__).parent / "data/corpus_weapons.yaml"
EXAMPLES: list[dict[str, Any]] = parse_yaml(CORPUS.name, CORPUS.read_bytes())


@pytest.fixture(scope="module")
def knowledge() -> WeaponKnowledge:
    return load_weapons(load_files())


@pytest.mark.parametrize("example", EXAMPLES, ids=[row["text"] for row in EXAMPLES])
def test_corpus(example: dict[str, Any], knowledge: WeaponKnowledge) -> None:
    assert [mention.value.code for mention in find_weapons(document(example["text"]), knowledge)] == example["found"]


def test_corpus_is_large() -> None:
    assert len(EXAMPLES) >= 80


def test_span_leaves_the_clitic_out(knowledge: WeaponKnowledge) -> None:
    (mention,) = find_weapons(document("قتل بعبوة ناسفة"), knowledge)
    assert (mention.span.text, mention.prefix, mention.first, mention.last) == ("عبوة ناسفة", "ب", 1, 3)


def test_numbers_and_order_over_sentences(knowledge: WeaponKnowledge) -> None:
    found = find_weapons(document("سقط صاروخ. انفجر لغم."), knowledge)
    assert [mention.sentence for mention in found] == sorted(mention.sentence for mention in found)
    assert len({mention.sentence for mention in found}) == 2
