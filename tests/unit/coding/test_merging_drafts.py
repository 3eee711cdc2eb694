"""Merging: which drafts are one event, and what of each the event keeps."""

import math

import pytest

from made import actor, day, draft, place, toll, trigger
from waqai.coding.draft import Draft
from waqai.coding.merging import camps, km, merge, merge_drafts, near, province, same_place

TAKE = trigger("take", "take", "Non-state actor overtakes territory")
REGAIN = trigger("regain", "take", "Government regains territory")
STRIKE = trigger("air-strike", "attack", "Air/drone strike")
ASSAULT = trigger("assault", "attack", "Armed clash")
BOMB = trigger("car-bomb", "blast", "Remote explosive/landmine/IED")
CEASE = trigger("siege", "other", "Other")
ESCAPE = trigger("flight", "other", "Other")

ONE = [
    ("the same told again", draft(1), draft(2)),
    ("the headline and its lead", draft(0), draft(1)),
    ("another that the headline told", draft(0), draft(1, another=True)),
    ("also, told again further down", draft(1), draft(4, another=True)),
    (
        "two words of a sentence for one fall of shells",
        draft(1, definite=True, trigger=trigger("shelling")),
        draft(1, definite=True, first=20, trigger=STRIKE),
    ),
    (
        "a day apart, with one place and one toll",
        draft(1, date=day("2016-03-07"), tolls=(toll("killed", 7),)),
        draft(2, date=day("2016-03-08"), tolls=(toll("killed", 7),)),
    ),
    ("no place in the second", draft(1), draft(2, place=None, own_place=False)),
    ("one side named, one not", draft(1, actor1=actor("regime")), draft(2)),
    ("a date named once", draft(1, date=day("2016-03-09")), draft(2)),
    ("tried and done", draft(1, modality="attempted"), draft(2)),
    ("headline of the province", draft(0, place=place("حماة", level="governorate")), draft(1, place=place("صوران"))),
    ("who holds it in the end", draft(1, trigger=TAKE), draft(2, trigger=REGAIN)),
    ("the attack of a blast", draft(1, trigger=BOMB), draft(2, trigger=ASSAULT, definite=True)),
    (
        "two names of nearly one place with one toll",
        draft(1, tolls=(toll("killed", 7),)),
        draft(2, place=place("زملكا", 35.02), tolls=(toll("killed", 7),)),
    ),
]
TWO = [
    ("other places", draft(1), draft(2, place=place("حرستا", 35.4))),
    ("other days", draft(1, date=day("2016-03-07")), draft(2, date=day("2016-03-09"))),
    ("other agents", draft(1, actor1=actor("regime")), draft(2, actor1=actor("opposition"))),
    ("other types", draft(1, trigger=BOMB), draft(2, trigger=TAKE)),
    ("planned and done", draft(1, modality="planned"), draft(2)),
    ("other things called Other", draft(1, trigger=CEASE), draft(2, trigger=ESCAPE)),
    ("another in the next sentence", draft(1), draft(2, another=True)),
    (
        "two quarters of a city",
        draft(1, place=place("القابون", level="neighbourhood")),
        draft(2, definite=True, place=place("شارع برزة", 35.05, level="site")),
    ),
    (
        "a province with its toll, and a list of its towns",
        draft(1, place=place("حماة", level="area"), tolls=(toll("killed", 26),)),
        draft(2, place=place("صوران"), definite=True, of_list=True),
    ),
    (
        "a province, and a further town of a list",
        draft(1, place=place("حماة", level="area")),
        draft(2, place=place("صوران"), definite=True, of_list=True, listed=1),
    ),
    ("places of a list", draft(1), draft(1, place=place("حرستا", 35.02), listed=1)),
    (
        "a strike and a shelling, each of its own",
        draft(1, trigger=STRIKE),
        draft(2, trigger=trigger("mortar"), actor1=actor("regime")),
    ),
]


@pytest.mark.parametrize(("first", "second"), [row[1:] for row in ONE], ids=[row[0] for row in ONE])
def test_one_event(first: Draft, second: Draft) -> None:
    assert len(merge_drafts([first, second], {})) == 1


@pytest.mark.parametrize(("first", "second"), [row[1:] for row in TWO], ids=[row[0] for row in TWO])
def test_two_events(first: Draft, second: Draft) -> None:
    assert len(merge_drafts([first, second], {})) == 2


def test_nothing_from_nothing() -> None:
    assert merge_drafts([], {}) == []


def test_the_body_leads_and_the_headline_fills_what_it_lacks() -> None:
    title = draft(0, actor1=actor("regime"), tolls=(toll("killed", 5),))
    body = draft(1, date=day("2016-03-09"), first=4, last=5)
    (event,) = merge_drafts([title, body], {})
    assert (event.sentence, event.first) == (1, 4)
    assert camps(event.actor1) == {"regime"}
    assert event.date == body.date
    assert event.tolls == title.tolls
    assert [m.sentence for m in event.merged] == [0]


def test_what_the_lead_says_is_not_overwritten() -> None:
    lead = draft(1, actor1=actor("regime"), date=day("2016-03-09"), weapon="mortar")
    event = merge(lead, draft(2, actor1=actor("regime"), weapon="artillery", date=day("2016-03-09")))
    assert (event.sentence, event.weapon) == (1, "mortar")


def test_the_finer_place_leads() -> None:
    town, quarter = place("حماة"), place("الأربعين", 35.01, level="neighbourhood")
    event = merge(draft(1, place=town), draft(2, place=quarter))
    assert event.place == quarter


def test_news_leads_history() -> None:
    assert merge(draft(1, background=True), draft(2)).background is False
    assert merge(draft(1, background=True), draft(2, background=True)).background is True


def test_a_vague_word_takes_the_more_exact_type() -> None:
    assert merge(draft(1), draft(2, trigger=STRIKE)).type == "Air/drone strike"


def test_a_headline_told_by_several_events_is_dropped() -> None:
    title = draft(0, place=None, own_place=False, actor1=actor("regime"), trigger=TAKE)
    body = [draft(1, trigger=REGAIN, place=place("تسيل")), draft(1, trigger=REGAIN, place=place("حيط", 36), listed=1)]
    assert [e.place.place.name_ar for e in merge_drafts([title, *body], {}) if e.place] == ["تسيل", "حيط"]


def test_distance() -> None:
    homs, hama = place("حمص", 34.73, 36.71).place, place("حماة", 35.13, 36.75).place
    assert 43 < km(homs, hama) < 47
    assert km(homs, homs) == 0
    assert km(homs, place("مجهول", None).place) == math.inf  # type: ignore[arg-type]


def test_near_is_about_containment() -> None:
    town, other = place("مورك").place, place("صوران", 35.01).place
    assert near(place("حماة", level="governorate").place, town)
    assert not near(place("إدلب", level="governorate", gov="Idlib").place, town)
    assert near(place("الحاجز", 35.01, level="site").place, town)
    assert not near(place("بعيد", 36.0, level="site").place, town)
    assert not near(town, other)


def test_damascus_and_its_countryside_are_one_province() -> None:
    assert province(place("دوما", gov="Rural Damascus").place) == province(place("جوبر", gov="Damascus").place)
    assert same_place(place("دوما").place, place("دوما").place)
    assert not same_place(place("دوما").place, place("حرستا").place)
