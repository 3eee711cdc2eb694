"""The judgement on two reports: what speaks for one happening, what against, and that it looks at these two alone."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases import account
from waqai.incidents.candidates import window
from waqai.incidents.merging import Merger
from waqai.knowledge.incidents import load_incidents

KNOWLEDGE = load_incidents()
MERGER = Merger(KNOWLEDGE)
PLACES: dict[str, list[Any]] = {
    "town": ["x-1", "تل حسان", "Tell Hassan", 35.61, 36.70, "settlement", "Idlib"],
    "next": ["x-2", "كفر سما", "Kafr Sama", 35.62, 36.72, "settlement", "Idlib"],
    "twin": ["x-3", "تل حسان", "Tell Hassan", 35.63, 36.73, "settlement", "Idlib"],
    "market": ["x-1/السوق", "السوق", "", 35.61, 36.70, "site", "Idlib"],
    "quarter": ["x-4", "حي الزهور", "Zuhur", 35.63, 36.71, "neighbourhood", "Idlib"],
    "country": ["x-5", "ريف إدلب", "Idlib countryside", 35.65, 36.68, "area", "Idlib", 3],
    "gov": ["x-6", "إدلب", "Idlib", 35.80, 36.70, "governorate", "Idlib", 4],
    "state": ["x-7", "سوريا", "Syria", 35.0, 38.0, "country", "Homs", 6],
    "nowhere": ["x-8", "حمرية", "Hamriya", None, None, "settlement", None, 5],
}
BASE = {"is": "air", "by": "regime", "k": 12, "says": "غارة جوية على سوق الخضار"}


def link(one: dict[str, Any], other: dict[str, Any]) -> Any:
    """The link between two accounts that differ from BASE as said."""
    a = account("r0", PLACES, **(BASE | one))
    b = account("r1", PLACES, **(BASE | {"says": "قصف الطيران الحربي مكانا مكتظا بالسكان"} | other))
    return MERGER.link(a, b)


@pytest.mark.parametrize(
    "other",
    [
        {"from": "المرقب", "on": "pub", "k": 14},
        {"at": "market", "by": None},
        {"at": "town", "near": True, "by": "russia"},
        {"at": "quarter"},
        {"is": "shell", "k": None},
        {"on": "2016-04-30..2016-05-03"},
        {"on": "2016-05", "bg": True, "pub": "2017-05-01"},
        {"m": "denied"},
        {"at": "twin"},
        {"at": "gov", "k": 12},
    ],
)
def test_reports_of_one_strike_are_linked(other: dict[str, Any]) -> None:
    found = link({}, other)
    assert found is not None
    assert 0.5 <= found.score <= 1
    assert found.reasons


@pytest.mark.parametrize(
    "other",
    [
        {"on": "2016-05-02"},
        {"on": "2016-05-08"},
        {"at": "next"},
        {"at": "state"},
        {"at": "nowhere"},
        {"is": "protest"},
        {"m": "planned"},
        {"on": "none"},
        {"on": "2016"},
        {"at": "gov", "k": 1},
        {"at": "country", "by": "coalition", "k": None},
        {"art": "article-r0"},
        {"what": "school", "k": 60, "by": "opposition", "says": "قذائف سقطت عند باب المدرسة الجنوبي صباحا"},
    ],
)
def test_other_happenings_are_not(other: dict[str, Any]) -> None:
    assert link({"what": "market"}, {"what": None} | other) is None


def test_takers_of_different_sides_did_not_take_one_thing() -> None:
    taken = {"is": "takes", "by": "opposition", "vs": "regime", "k": None}
    assert link(taken, taken) is not None
    assert link(taken, {"is": "regains", "by": "regime", "vs": "opposition", "k": None}) is None
    assert link(taken, {**taken, "by": "hts"}) is not None


def test_sides_of_a_fight_may_be_told_the_other_way_round() -> None:
    fight = {"is": "clash", "by": "regime", "vs": "isis", "k": None}
    turned = link(fight, {"is": "clash", "by": "isis", "vs": "regime", "k": None})
    assert turned is not None
    assert "the same two sides" in turned.reasons


def test_weapons_that_may_be_one_do_not_part_and_others_do() -> None:
    blast = {"is": "ied", "by": None, "k": None, "with": "car bomb"}
    assert link(blast, {**blast, "with": "ied"}) is not None
    assert link(blast, {**blast, "with": "landmine"}) is None


def test_the_evening_and_the_small_hours_after_it_may_be_one_night() -> None:
    evening, dawn = {"time": "evening"}, {"on": "2016-05-02", "time": "dawn", "pub": "2016-05-02"}
    assert link(evening, dawn) is not None
    assert link(evening, {**dawn, "time": "noon"}) is None


def test_a_toll_may_rise_but_not_fall() -> None:
    early, late = {"pub": "2016-05-01", "k": 12}, {"pub": "2016-05-03", "k": 30}
    rising, falling = link(early, late), link({**early, "k": 30}, {**late, "k": 12})
    assert rising is not None
    assert "a number of killed that rises with time" in rising.reasons
    assert falling is None or falling.score < rising.score


def test_of_two_spans_as_long_as_each_other_neither_comes_first() -> None:
    told = account("r1", PLACES, **(BASE | {"on": "2016-05-01..2016-05-03"}))
    printed = account("r2", PLACES, **(BASE | {"on": "2016-05-02..2016-05-04"}))
    assert told.date is not None and printed.date is not None
    printed = replace(printed, date=replace(printed.date, basis="published"))
    assert MERGER.link(told, printed) == MERGER.link(printed, told)


ROWS = st.fixed_dictionaries(
    {
        "is": st.sampled_from(["air", "shell", "clash", "takes", "regains", "ied", "protest"]),
        "at": st.sampled_from(sorted(PLACES)),
        "near": st.booleans(),
        "on": st.sampled_from(
            ["2016-05-01", "2016-05-02", "2016-05-04", "pub", "none", "2016-05", "2016", "2016-04-30..2016-05-03"]
        ),
        "pub": st.sampled_from(["2016-05-01", "2016-05-02", "2016-05-05"]),
        "by": st.sampled_from([None, "regime", "russia", "opposition", "isis", "unknown", "regime russia"]),
        "vs": st.sampled_from([None, "civilians", "opposition", "regime"]),
        "k": st.sampled_from([None, "1", "12", "12+", "10-14", "80"]),
        "what": st.sampled_from([None, "market", "school"]),
        "with": st.sampled_from([None, "drone", "barrel bomb", "mortar"]),
        "m": st.sampled_from(["happened", "attempted", "denied", "planned"]),
        "bg": st.booleans(),
        "time": st.sampled_from([None, "night", "dawn", "evening", "noon"]),
    }
)


@given(ROWS, ROWS)
def test_a_link_is_the_same_from_either_side_and_lies_in_both_windows(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    a, b = account("r1", PLACES, **one), account("r2", PLACES, **other)
    found, turned = MERGER.link(a, b), MERGER.link(b, a)
    assert found == turned
    assert MERGER.link(a, a) is None
    if found is not None:
        near_a, near_b = window(a, KNOWLEDGE), window(b, KNOWLEDGE)
        assert near_a is not None
        assert near_b is not None
        assert near_a.holds(b, KNOWLEDGE)
        assert near_b.holds(a, KNOWLEDGE)
