"""Every kind of sentence has an English and an Arabic form that say the same values; values keep to themselves."""

import ast
import re
from string import Formatter

import pytest

from house.tree import PACKAGE, name, parsed, python_files
from waqai import sentences
from waqai.queries.errors import QueryError
from waqai.sentences import BY_NEEDS_AT, NO_CURSOR, NO_DAY, NO_TYPE, OF_RECORD, Said, Sentence, Told, Word
from waqai.store.opening import StoreError

KINDS = {name: held for name, held in vars(sentences).items() if isinstance(held, Sentence | Word)}
APART = re.compile("\u2068[^\u2068\u2069]*\u2069")
ARABIC = re.compile("[\u0621-\u064a]{2}")
PLACE_OF = {"Refused": 1, "QueryError": 0}
"""Errors of the API, and which of their arguments is what they say."""
FILES_OF_THE_COMMAND = {"comparison_files.py", "areas.py"}
"""They also speak of files, which the API does not read."""


def fields(template: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(template) if field}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_says_the_same_in_both_languages(kind: str) -> None:
    held = KINDS[kind]
    assert held.en.strip() and ARABIC.search(held.ar), held
    assert fields(held.en) == fields(held.ar)
    bare = re.sub(r"\{\w+\}|`[^`]*`", "", held.ar)
    assert not re.search("[A-Za-z0-9,;?]", bare), "Latin signs of ours stand between backticks"


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_said_in_arabic_sets_every_value_apart(kind: str) -> None:
    held = KINDS[kind]
    if isinstance(held, Sentence):
        said = held(**dict.fromkeys(fields(held.en), "x \u202e\u2069؟ ") | {"number": 3})
        rest = APART.sub("", said.ar)
        assert "\u202e" not in said.ar and "\u2069" not in rest and "\u2068" not in rest
        assert not re.search("[A-Za-z0-9`{}]", rest), said


def test_a_long_value_is_cut_and_still_set_apart() -> None:
    said = NO_TYPE(name="ق" * 5000, near="; ".join(["a"] * 5000))
    assert len(said.en) <= 600 and len(said.ar) < 1300
    assert said.ar.count("\u2068") == said.ar.count("\u2069") == 2


def test_words_of_ours_stand_in_the_language() -> None:
    said = NO_CURSOR(what=OF_RECORD)
    assert said == Said("this is no cursor of a page of this record", "هذا ليس مؤشر صفحة من هذا السجل")
    assert "\u2068by\u2069" in BY_NEEDS_AT().ar


def test_what_is_known_in_english_only_has_a_general_sentence() -> None:
    told = StoreError("the disk is full")
    assert str(told) == told.said.en == "the disk is full"
    assert told.said.ar != Told("the disk is full").said.ar and "\u2068the disk is full\u2069" in told.said.ar
    assert str(QueryError(NO_DAY(text="x"))) == NO_DAY(text="x").en


def test_no_refusal_of_the_api_is_english_alone() -> None:
    """`Refused` and `QueryError` are given what is said, never a text."""
    wrong = []
    for path in python_files():
        if not path.is_relative_to(PACKAGE) or path.parent.name not in ("serving", "queries"):
            continue
        for node in ast.walk(parsed(path)):
            kind = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
            if isinstance(node, ast.Call) and kind in PLACE_OF and path.name not in FILES_OF_THE_COMMAND:
                given = node.args[PLACE_OF[kind]]
                if isinstance(given, ast.JoinedStr | ast.Constant | ast.BinOp):
                    wrong.append(f"{name(path)}:{node.lineno}")
    assert not wrong, wrong
