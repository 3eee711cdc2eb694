"""Evidence: what a report or a statement says of control, and how much it weighs."""

import datetime as dt
from dataclasses import replace

import pytest
from made_control import GOVERNORATE, REBELS, REGIME, RUSSIA, TOWN, evidence, known

from coded import article, pipeline
from waqai.control.evidence import Sides, Telling, evidence_of_account, evidence_of_holding, holders, of_part, within
from waqai.model.control import ControlEvidence
from waqai.records_reading import ArticleFacts, account_of

SIDES = Sides({"military source": "regime", "Islamic State": "isis", "شبكة الميدان": "opposition"})
DAY = dt.date(2016, 3, 10)


def coded(text: str, outlet: str | None = None) -> list[ControlEvidence]:
    """The evidence of a text of that day: reports and statements."""
    given = replace(article(text), outlet=outlet)
    reports, holdings = pipeline().reports_and_holdings(given)
    facts = ArticleFacts(given.key, given.id, given.key, outlet, DAY, DAY)
    told = Telling(given.key, given.key, outlet, DAY)
    found = [e for r in reports for e in evidence_of_account(account_of(r, facts), known(), SIDES)]
    return [*found, *(e for h in holdings for e in evidence_of_holding(h, told, known(), SIDES))]


def said(text: str) -> set[str]:
    return {f"{e.effect} {e.actor.camp if e.actor else 'nobody'}" for e in coded(text)}


def test_a_taking_names_taker_and_loser() -> None:
    assert said("انتزعت فصائل المعارضة بلدة مهين من قوات النظام أمس") == {"takes opposition", "loses regime"}


@pytest.mark.parametrize(
    "text",
    [
        "حاولت فصائل المعارضة السيطرة على بلدة مهين أمس",
        "تستعد فصائل المعارضة للسيطرة على بلدة مهين",
        "نفى مصدر عسكري سيطرة فصائل المعارضة على بلدة مهين",
        "أحبط الجيش السوري هجوما لفصائل المعارضة على بلدة مهين أمس",
    ],
)
def test_what_was_only_tried_planned_or_denied_takes_nothing(text: str) -> None:
    assert not {effect for effect in said(text) if effect.startswith(("takes", "loses"))}


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("سيطر تنظيم الدولة الإسلامية على أجزاء من بلدة مهين أمس", "some"),
        ("هاجم تنظيم الدولة الإسلامية بلدة مهين وسيطر على أجزاء واسعة منها", "some"),
        ("سيطر تنظيم الدولة الإسلامية على نصف بلدة مهين أمس", "half"),
        ("سيطر تنظيم الدولة الإسلامية على كامل بلدة مهين أمس", None),
        ("سيطر تنظيم الدولة الإسلامية على بلدة مهين أمس", None),
    ],
)
def test_parts_that_are_taken_are_not_the_whole(text: str, part: str | None) -> None:
    assert {e.part for e in coded(text) if e.effect == "takes"} == {part}


def test_a_denial_that_names_nobody_speaks_against_the_taking_and_fighting_names_no_holder() -> None:
    text = (
        "نفى مصدر في محافظة حمص ما تناقلته بعض الوسائل عن سقوط بلدة مهين، موضحاً أن الاشتباكات مستمرة عند مدخلها الشرقي"
    )
    assert {e.effect for e in coded(text)} == {"contests"}


def test_a_planned_taking_says_nothing() -> None:
    assert said("تستعد فصائل المعارضة للسيطرة على بلدة مهين غدا") == set()


def test_leaving_is_losing() -> None:
    assert said("انسحبت قوات النظام من بلدة مهين أمس") == {"loses regime"}


def test_a_party_for_itself_weighs_less_than_anybody_else() -> None:
    own = coded("سيطرت فصائل المعارضة على بلدة مهين أمس", "شبكة الميدان")
    other = coded("سيطرت فصائل المعارضة على بلدة مهين أمس", "صحيفة الصباح")
    assert [e.voice for e in own] == ["side:opposition"] * len(own)
    assert max(e.weight for e in own) == pytest.approx(0.5 * max(e.weight for e in other))


def test_a_party_against_itself_weighs_full() -> None:
    against = coded("سيطرت قوات النظام على بلدة مهين أمس", "شبكة الميدان")
    assert [e.weight for e in against if e.effect == "takes"] == [known().effects["takes"]]


def test_the_surroundings_are_not_the_town() -> None:
    assert "takes opposition" not in said("سيطرت فصائل المعارضة على مواقع في محيط بلدة مهين أمس")


def test_history_counts_for_its_own_day() -> None:
    found = coded("وكان تنظيم الدولة قد سيطر على مدينة تدمر في أيار 2015. وعاد الهدوء إلى المدينة أمس.")
    assert {(e.start, e.end) for e in found if e.effect == "takes"} <= {(dt.date(2015, 5, 1), dt.date(2015, 5, 31))}


def test_a_statement_since_a_year_is_sure_of_the_day_it_is_made() -> None:
    found = coded("تسيطر قوات النظام على مدينة درعا منذ عام 2014")
    assert [(e.start, e.end) for e in found if e.effect == "holds"] == [(DAY, DAY)]


def test_a_statement_without_a_day_is_no_evidence() -> None:
    given = article("بلدة مهين تحت سيطرة تنظيم الدولة", None)
    holding = pipeline().holdings(given)[0]
    told = Telling(given.key, given.key, None, DAY)
    assert holding.date is None
    assert evidence_of_holding(holding, told, known(), SIDES) == ()


def test_helpers_are_left_out_beside_those_they_help() -> None:
    assert holders((REGIME, RUSSIA), known()) == [REGIME]
    assert holders((RUSSIA,), known()) == [RUSSIA]


def test_a_governorate_reaches_its_places_with_less_weight() -> None:
    wide = [
        evidence("takes", REBELS, "11-01", place=GOVERNORATE),
        evidence("contests", REBELS, "11-01", place=GOVERNORATE),
    ]
    found = list(within(wide, TOWN, known()))
    assert [(e.effect, e.weight) for e in found] == [("takes", 0.9 * known().areas["governorate"])]


def test_a_quarter_is_a_part_of_its_town() -> None:
    quarter = replace(TOWN, id="t:9", name_ar="حي الوعر", level="neighbourhood")
    found = list(of_part([evidence("takes", REBELS, "11-01", place=quarter)], quarter, TOWN))
    assert [(e.place.id, e.part) for e in found] == [(TOWN.id, "حي الوعر")]


def test_who_lost_a_place_did_not_take_it() -> None:
    assert "takes regime" not in said("خسر الجيش السوري بلدة مهين أمس")
