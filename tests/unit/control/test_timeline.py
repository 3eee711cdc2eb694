"""The timeline of one place: takings, losses, disputes, parts, sieges, age; the same whatever the order."""

import datetime as dt
import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_control import ISIS, REBELS, REGIME, RUSSIA, SDF, SOMEBODY, TOWN, evidence, known, on, told

from waqai.control.timeline import timeline
from waqai.model.control import ControlEvidence, Interval


def line(*given_evidence: ControlEvidence) -> tuple[Interval, ...]:
    return timeline(TOWN, given_evidence, known())


def test_without_evidence_nothing_is_told() -> None:
    assert line() == ()


def test_a_taking_makes_a_holder_until_the_next() -> None:
    found = line(evidence("takes", ISIS, "11-01"), evidence("takes", REGIME, "11-23"))
    assert told(found, "10-31") == "nothing"
    assert told(found, "11-01") == told(found, "11-22") == "held isis"
    assert told(found, "11-23") == "held regime"


def test_who_lost_the_place_held_it_before() -> None:
    found = line(evidence("takes", ISIS, "11-01", reference="r"), evidence("loses", REGIME, "11-01", reference="r"))
    before = on(found, "10-30")
    assert before is not None
    assert (told(found, "10-30"), before.rule) == ("held regime", "held until it was taken")
    assert told(found, "09-20") == "nothing"


def test_whoever_is_found_after_another_left_came_when_that_one_left() -> None:
    found = line(evidence("loses", REBELS, "03-01"), evidence("holds", REGIME, "03-03", weight=0.7))
    assert told(found, "03-01") == "held regime"


def test_a_place_that_was_left_is_unknown() -> None:
    found = line(evidence("holds", REBELS, "02-01", weight=0.7), evidence("loses", REBELS, "03-01"))
    assert told(found, "02-28") == "held opposition"
    assert told(found, "03-02") == "unknown"


def test_a_later_source_with_another_name_makes_it_contested() -> None:
    found = line(evidence("takes", ISIS, "05-01"), evidence("holds", REGIME, "05-10", weight=0.7))
    assert told(found, "05-10") == "contested isis+regime"
    interval = on(found, "05-10")
    assert interval is not None and interval.rule == "disputed"


def test_more_voices_settle_a_dispute() -> None:
    late = [evidence("holds", REGIME, f"05-{n}", weight=0.9, voice=f"v{n}") for n in range(10, 14)]
    found = line(evidence("takes", ISIS, "05-01", weight=0.3), *late)
    assert told(found, "05-14") == "held regime"


def test_one_voice_said_often_is_one_voice() -> None:
    late = [evidence("holds", REGIME, f"05-{n}", weight=0.2, voice="one") for n in range(10, 20)]
    assert told(line(evidence("takes", ISIS, "05-01"), *late), "05-19") == "held isis"


def test_weak_words_against_a_holder_stand_as_against() -> None:
    found = line(evidence("takes", ISIS, "05-01"), evidence("holds", REGIME, "05-10", weight=0.2, reference="weak"))
    interval = on(found, "05-10")
    assert interval is not None
    assert (interval.status, interval.against) == ("held", ("weak",))


def test_a_denial_on_the_day_of_the_taking_makes_it_contested() -> None:
    found = line(evidence("takes", REBELS, "02-27", weight=0.9), evidence("holds", REGIME, "02-27", weight=0.5))
    assert told(found, "02-27") == "contested opposition+regime"


def test_a_denial_that_weighs_little_does_not() -> None:
    found = line(evidence("takes", REBELS, "02-27", weight=0.9), evidence("holds", REGIME, "02-27", weight=0.35))
    assert told(found, "02-27") == "held opposition"


def test_a_fight_changes_no_holder() -> None:
    found = line(evidence("holds", REGIME, "10-01", weight=0.7), evidence("contests", ISIS, "10-10", weight=0.6))
    assert told(found, "10-10") == "contested isis+regime"
    assert told(found, "10-25") == "held regime"


def test_a_clash_alone_is_no_fight_for_the_place() -> None:
    found = line(evidence("holds", REGIME, "10-01", weight=0.7), evidence("contests", ISIS, "10-10", weight=0.3))
    assert told(found, "10-10") == "held regime"


def test_a_clash_before_a_taking_is() -> None:
    found = line(
        evidence("holds", REGIME, "10-01", weight=0.7),
        evidence("contests", None, "10-31", weight=0.3),
        evidence("takes", ISIS, "11-01"),
    )
    assert told(found, "10-31") == "contested isis+regime"
    assert told(found, "11-01") == "held isis"


def test_a_part_makes_a_divided_town() -> None:
    found = line(evidence("holds", REGIME, "05-01", weight=0.7), evidence("holds", SDF, "05-02", part="حي الشيخ مقصود"))
    assert told(found, "05-02") == "divided regime+sdf"
    interval = on(found, "05-02")
    assert interval is not None
    assert [holder.part for holder in interval.holders] == [None, "حي الشيخ مقصود"]


def test_a_third_side_keeps_its_part_when_the_town_is_taken() -> None:
    found = line(
        evidence("holds", REGIME, "11-20", weight=0.7),
        evidence("holds", SDF, "11-20", part="حي الشيخ مقصود"),
        evidence("takes", REBELS, "11-30"),
    )
    assert told(found, "11-30") == "divided opposition+sdf"


def test_the_loser_keeps_no_part() -> None:
    found = line(
        evidence("takes", ISIS, "10-01", part="east"),
        evidence("takes", SDF, "12-26", reference="r"),
        evidence("loses", ISIS, "12-26", reference="r"),
    )
    assert told(found, "12-26") == "held sdf"


def test_a_part_that_is_taken_is_a_fight_for_the_whole_at_first() -> None:
    found = line(
        evidence("holds", REGIME, "11-01", weight=0.7), evidence("takes", REBELS, "11-10", part="حي الحمدانية")
    )
    assert told(found, "11-10") == "contested opposition+regime"
    assert told(found, "11-20") == "divided opposition+regime"


def test_a_part_that_grows_old_does_not_give_the_whole_to_the_other_side() -> None:
    found = line(
        evidence("takes", REGIME, "2012-01-01"),
        evidence("holds", ISIS, "2012-03-01", part="east"),
        evidence("holds", REGIME, "2014-06-01"),
    )
    assert told(found, "2014-02-01") == "divided isis+regime"
    assert told(found, "2014-05-01") == "unknown regime"
    assert told(found, "2014-06-01") == "held regime"


def test_parts_that_nobody_names_are_fought_for_then_divided_until_somebody_has_all() -> None:
    found = line(
        evidence("holds", REGIME, "05-01"),
        evidence("takes", ISIS, "05-03", part="some"),
        evidence("holds", REGIME, "07-01"),
    )
    assert told(found, "05-03") == "contested isis+regime"
    assert told(found, "05-20") == "divided isis+regime"
    assert told(found, "07-02") == "held regime"


def test_an_interval_says_since_when_nothing_is_told() -> None:
    found = line(evidence("takes", ISIS, "05-03"), evidence("holds", ISIS, "06-01"))
    assert [i.rule for i in found if i.status == "held"] == ["taken; nothing told since 2015-06-01"]
    found = line(evidence("takes", ISIS, "05-03"), evidence("takes", REGIME, "06-01"))
    assert found[0].rule == "taken"


def test_shared_means_divided() -> None:
    found = line(
        evidence("holds", REGIME, "07-05", part="shared", reference="r"),
        evidence("holds", REBELS, "07-05", part="shared", reference="r"),
        evidence("takes", REGIME, "07-12"),
    )
    assert told(found, "07-05") == "divided opposition+regime"
    assert told(found, "07-12") == "held regime"


def test_a_siege_names_who_is_in_it_and_ends_with_a_taking() -> None:
    found = line(
        evidence("holds", REBELS, "02-15", weight=0.7),
        evidence("besieges", REGIME, "02-15", weight=0.7),
        evidence("takes", REGIME, "03-01"),
    )
    assert told(found, "02-20") == "besieged opposition"
    assert told(found, "03-01") == "held regime"


def test_a_siege_that_is_lifted_or_old_is_over() -> None:
    held = (evidence("holds", REBELS, "02-15", weight=0.7), evidence("besieges", REGIME, "02-15", weight=0.7))
    assert told(line(*held, evidence("lifts_siege", None, "02-20")), "02-20") == "held opposition"
    assert told(line(*held), "06-01") == "held opposition"


def test_evidence_grows_old() -> None:
    found = line(evidence("takes", ISIS, "05-01"))
    last = known().lasts["takes"]
    end = dt.date(2015, 5, 1) + dt.timedelta(days=last)
    assert [(i.status, i.start, i.end) for i in found] == [
        ("held", dt.date(2015, 5, 1), end),
        ("unknown", end, None),
    ]


def test_helpers_do_not_hold_beside_those_they_help() -> None:
    found = line(evidence("takes", REGIME, "03-27", reference="r"), evidence("takes", RUSSIA, "03-27", reference="r"))
    assert told(found, "03-27") == "held regime"


def test_nobody_known_is_no_holder() -> None:
    assert told(line(evidence("takes", SOMEBODY, "03-27")), "03-27") in ("nothing", "unknown")


def test_a_vague_taking_counts_with_the_closer_report_of_it() -> None:
    found = line(evidence("takes", ISIS, "05-01", "05-31", weight=0.5), evidence("takes", ISIS, "05-20"))
    assert told(found, "05-20") == "held isis"
    assert len([i for i in found if i.status == "held"]) == 1


def test_a_taking_within_years_is_no_turn() -> None:
    assert line(evidence("takes", ISIS, "2012-01-01", "2015-05-31")) == ()


@pytest.mark.parametrize("status", ["held", "divided", "contested", "besieged", "unknown"])
def test_every_interval_says_why(status: str) -> None:
    found = line(
        evidence("holds", REBELS, "02-01", weight=0.7),
        evidence("besieges", REGIME, "02-15", weight=0.7),
        evidence("holds", SDF, "05-01", part="حي الشيخ مقصود"),
        evidence("contests", ISIS, "09-01", weight=0.7),
    )
    interval = next(i for i in found if i.status == status)
    assert interval.rule
    assert interval.supporting or status == "unknown"


ACTORS = st.sampled_from([REGIME, REBELS, ISIS, SDF, SOMEBODY, None])
EFFECTS = st.sampled_from(["takes", "loses", "holds", "besieges", "contests", "lifts_siege", "truce"])
DAYS = st.integers(1, 28).map(lambda n: f"03-{n:02d}")
ANY = st.builds(
    lambda effect, actor, start, part, weight, voice: evidence(
        effect, actor, start, part=part, weight=weight, voice=voice
    ),
    EFFECTS, ACTORS, DAYS, st.sampled_from([None, None, "east", "most", "shared"]), st.sampled_from([0.2, 0.5, 0.9]),
    st.sampled_from(["a", "b", "c"]),
)  # fmt: skip


@given(st.lists(ANY, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_evidence_does_not_matter(found: list[ControlEvidence], chance: random.Random) -> None:
    mixed = list(found)
    chance.shuffle(mixed)
    assert line(*mixed) == line(*found)


@given(st.lists(ANY, max_size=12))
def test_intervals_follow_each_other(found: list[ControlEvidence]) -> None:
    intervals = line(*found)
    for before, after in itertools.pairwise(intervals):
        assert before.end == after.start and before.start < after.start
    if intervals:
        assert (intervals[-1].status, intervals[-1].end) == ("unknown", None)
    for interval in intervals:
        assert interval.status not in ("held", "besieged") or interval.holders
        assert not set(interval.supporting) & set(interval.against)


def test_what_is_too_old_names_the_day_of_the_last_word() -> None:
    found = line(evidence("takes", ISIS, "05-03", part="some"), evidence("takes", REGIME, "05-03", part="others"))
    silent = [i.rule for i in found if "nothing told since" in i.rule]
    assert silent and all(rule.endswith("since 2015-05-03") for rule in silent)
