"""The corpus of mending.yaml: broken words become whole, and nothing else is joined."""

import pytest
import yaml

from waqai.cleaning.clean import clean
from waqai.knowledge.files import DATA, load_files
from waqai.knowledge.furniture import load_furniture
from waqai.knowledge.mending import load_mending
from waqai.model.article import Article

CORPUS = yaml.safe_load((DATA / "corpus_mending.yaml").read_text(encoding="utf-8"))
FILES = load_files()
FURNITURE, LEXICON = load_furniture(FILES), load_mending(FILES)


def cleaned(text: str) -> str:
    return clean(Article("a", text), FURNITURE, LEXICON).body.clean


def test_corpus_is_large_enough() -> None:
    assert len(CORPUS["mended"]) >= 40
    assert len(CORPUS["kept"]) >= 40


@pytest.mark.parametrize(("written", "read"), [(str(a), str(b)) for a, b in CORPUS["mended"]])
def test_mended(written: str, read: str) -> None:
    assert cleaned(written) == read
    assert cleaned(f"قال ناشط إن ذلك {written}") == f"قال ناشط إن ذلك {read}"


@pytest.mark.parametrize("text", [str(text) for text in CORPUS["kept"]])
def test_kept(text: str) -> None:
    assert cleaned(text) == text
    assert cleaned(f"قال ناشط إن ذلك {text}") == f"قال ناشط إن ذلك {text}"


def test_pieces_on_two_lines_stay_apart() -> None:
    assert cleaned("اشتبا\nكات") == "اشتبا\nكات"


def test_evidence_is_the_original() -> None:
    document = clean(Article("a", "دارت اشتبا كات قـ.ـتل فيها جنديان."), FURNITURE, LEXICON)
    sentence = document.sentences[0]
    assert sentence.words == ("دارت", "اشتباكات", "قتل", "فيها", "جنديان", ".")
    assert sentence.span(1, 2).text == "اشتبا كات"
    assert sentence.span(2, 3).text == "قـ.ـتل"


def test_a_piece_that_is_a_word_elsewhere_stays() -> None:
    text = "وصلت مساعدات إلى القذا ئف ثم عاد أهل القذا"
    assert cleaned(text) == text


def test_one_word_broken_in_several_ways() -> None:
    assert cleaned("وقع انفجـ ـار ثم انفجـ ـارات ثم انفـ ـجار") == "وقع انفجار ثم انفجارات ثم انفجار"
