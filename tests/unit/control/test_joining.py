"""Which places bear on which: quarters and their towns, areas and the places in them; districts add up."""

from dataclasses import replace

from made_control import GOVERNORATE, ISIS, QUARTER, REBELS, REGIME, TOWN, day, evidence, known

from waqai.control.areas import add_up
from waqai.control.joining import is_quarter, is_within, reaching, town_of
from waqai.control.timeline import timeline


def test_a_quarter_belongs_to_the_nearest_town() -> None:
    far = replace(TOWN, id="t:8", lat=34.40)
    assert is_quarter(QUARTER, TOWN, known())
    assert town_of(QUARTER, [far, TOWN], known()) == TOWN
    assert town_of(QUARTER, [far], known()) is None
    assert not is_quarter(QUARTER, replace(TOWN, governorate="Hama"), known())


def test_a_place_lies_in_what_its_code_begins_with() -> None:
    assert is_within(TOWN, GOVERNORATE)
    assert not is_within(TOWN, replace(GOVERNORATE, pcode="SY05", governorate="Hama"))
    assert is_within(replace(TOWN, pcode=None), GOVERNORATE)
    assert not is_within(GOVERNORATE, GOVERNORATE)


def test_evidence_reaches_a_town_from_its_quarters_and_areas() -> None:
    own = [evidence("holds", REGIME, "05-01")]
    quarter = [evidence("holds", REBELS, "05-02", place=QUARTER)]
    wide = [evidence("takes", ISIS, "05-03", place=GOVERNORATE)]
    found = reaching(TOWN, own, {QUARTER.id: (QUARTER, quarter)}, {GOVERNORATE.id: wide}, known())
    assert [(e.actor and e.actor.camp, e.part) for e in found] == [
        ("regime", None), ("opposition", "حي الزهراء"), ("isis", None),
    ]  # fmt: skip


def test_a_governorate_fills_what_is_unknown_and_never_unseats_a_fresh_holder() -> None:
    wide = [evidence("takes", ISIS, "05-03", place=GOVERNORATE)]
    alone = timeline(TOWN, reaching(TOWN, [], {}, {GOVERNORATE.id: wide}, known()), known())
    assert [(i.status, i.rule) for i in alone][:1] == [("held", "taken with its area")]
    own = [evidence("takes", REGIME, "05-01")]
    beside = timeline(TOWN, reaching(TOWN, own, {}, {GOVERNORATE.id: wide}, known()), known())
    assert {h.actor.camp for i in beside for h in i.holders} == {"regime"}
    assert beside[0].against == (wide[0].reference,)


def test_places_add_up() -> None:
    second = replace(TOWN, id="t:4", pcode="SY040201")
    found = [
        *timeline(TOWN, [evidence("takes", ISIS, "05-01")], known()),
        *timeline(second, [evidence("takes", REGIME, "05-01", place=second)], known()),
        *timeline(QUARTER, [evidence("takes", REGIME, "05-01", place=QUARTER)], known()),
    ]
    (homs,) = add_up(found, day("05-02"), "governorate")
    assert (homs.name, homs.places, [(s.camp, s.places) for s in homs.shares]) == (
        "Homs",
        2,
        [("isis", 1), ("regime", 1)],
    )
    assert [area.name for area in add_up(found, day("05-02"), "district")] == ["SY0401", "SY0402"]
    assert add_up(found, day("04-01"), "governorate") == ()


def test_a_governorate_is_not_wide_for_itself() -> None:
    found = timeline(GOVERNORATE, [evidence("takes", ISIS, "05-03", place=GOVERNORATE)], known())
    assert [(i.status, i.rule) for i in found][:1] == [("held", "taken; nothing told since 2015-05-03")]
