"""Inflection: the forms that reports use, and none of a wrong tense."""

import pytest

from waqai.arabic.inflection import noun_forms, verb_forms


def tenses(entry: str) -> dict[str, str]:
    return {form.text: form.tense for form in reversed(verb_forms(entry))}


@pytest.mark.parametrize(
    ("entry", "form", "tense"),
    [
        ("قصف/يقصف", "قصف", "past"),
        ("قصف/يقصف", "قصفت", "past"),
        ("قصف/يقصف", "قصفوا", "past"),
        ("قصف/يقصف", "قصفته", "past"),
        ("قصف/يقصف", "قصفوها", "past"),
        ("قصف/يقصف", "تقصف", "present"),
        ("قصف/يقصف", "يقصفون", "present"),
        ("قصف/يقصف", "يقصفوا", "present"),
        ("قصف/يقصف", "سيقصف", "future"),
        ("قصف/يقصف", "ستقصف", "future"),
        ("سيطر/يسيطر", "سيطرتا", "past"),
        ("سيطر/يسيطر", "سيسيطرون", "future"),
        ("استعاد/يستعيد", "استعادت", "past"),
        ("استعاد/يستعيد", "تستعيد", "present"),
        ("استولى/يستولي", "استولت", "past"),
        ("استولى/يستولي", "استولوا", "past"),
        ("استولى/يستولي", "يستولون", "present"),
        ("ألقى/يلقي", "القت", "past"),
        ("ألقى/يلقي", "القاها", "past"),
        ("نفى/ينفي", "نفت", "past"),
    ],
)
def test_verb_form(entry: str, form: str, tense: str) -> None:
    assert tenses(entry)[form] == tense


def test_a_following_word_stays_with_every_form() -> None:
    forms = tenses("أطلق النار/يطلق النار")
    assert forms["اطلقت النار"] == "past"
    assert forms["سيطلقون النار"] == "future"
    assert all(form.endswith(" النار") for form in forms)


def test_a_verb_of_one_tense_gives_only_that_one() -> None:
    assert {form.tense for form in verb_forms("سقط")} == {"past"}


def test_pronouns_are_marked() -> None:
    assert {form.text for form in verb_forms("قتل/يقتل") if form.pronoun} >= {"قتله", "قتلتهم", "يقتلها"}
    assert not {form.text for form in verb_forms("قتل/يقتل") if not form.pronoun} & {"قتله", "قتلتهم"}


@pytest.mark.parametrize(
    ("noun", "form"),
    [("قصف", "قصفا"), ("قصف", "قصفه"), ("غارة", "غارته"), ("هجوم", "هجوما"), ("هجوم", "هجومهم"), ("غارة", "غاره")],
)
def test_noun_form(noun: str, form: str) -> None:
    assert form in {found.text for found in noun_forms(noun)}


@pytest.mark.parametrize(("noun", "form"), [("غارة", "غارها"), ("غارات", "غاراتا"), ("مسلحين", "مسلحينا")])
def test_noun_has_no_such_form(noun: str, form: str) -> None:
    assert form not in {found.text for found in noun_forms(noun)}


@pytest.mark.parametrize(
    ("noun", "form"),
    [
        ("مظاهرة", "مظاهرتان"),
        ("وقفة احتجاجية", "وقفتين احتجاجيتين"),
        ("غارة", "غارتا"),
        ("عبوة ناسفة", "عبوتان ناسفتان"),
    ],
)
def test_two_of_a_noun(noun: str, form: str) -> None:
    assert form in {found.text for found in noun_forms(noun)}


def test_a_phrase_stays_as_it_is_but_for_two() -> None:
    assert [form.text for form in noun_forms("حملة الاعتقال")] == ["حمله الاعتقال"]
