"""Incidents do not hang on the order of reports; what a person said holds; one article tells a happening once."""

import datetime as dt
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases import account, corpus
from waqai.incidents.merging import Merger
from waqai.incidents.rulings import Rulings, edited
from waqai.knowledge.incidents import load_incidents
from waqai.model.account import Account
from waqai.model.incident import Grading

KNOWLEDGE = load_incidents()
MERGER = Merger(KNOWLEDGE)
PLACES: dict[str, list[Any]] = {
    "town": ["x-1", "تل حسان", "Tell Hassan", 35.61, 36.70, "settlement", "Idlib"],
    "quarter": ["x-2", "حي الزهور", "Zuhur", 35.63, 36.71, "neighbourhood", "Idlib"],
    "gov": ["x-3", "إدلب", "Idlib", 35.80, 36.70, "governorate", "Idlib", 4],
}
ROWS = st.fixed_dictionaries(
    {
        "is": st.sampled_from(["air", "shell", "clash"]),
        "at": st.sampled_from(["town", "town", "quarter", "gov"]),
        "on": st.sampled_from(["2016-05-01", "2016-05-02", "pub", "2016-05"]),
        "pub": st.sampled_from(["2016-05-02", "2016-05-03"]),
        "by": st.sampled_from([None, "regime", "russia", "isis"]),
        "k": st.sampled_from([None, "3", "12", "14"]),
        "art": st.sampled_from(["a", "b", "c", "d", "e", "f"]),
        "m": st.sampled_from(["happened", "happened", "denied"]),
    }
)


def accounts(rows: list[dict[str, Any]]) -> list[Account]:
    return [account(f"r{number:02}", PLACES, **row) for number, row in enumerate(rows)]


@settings(max_examples=60, deadline=None)
@given(st.lists(ROWS, min_size=2, max_size=14), st.randoms(use_true_random=False))
def test_order_makes_no_difference(rows: list[dict[str, Any]], chance: Any) -> None:
    held = accounts(rows)
    found = MERGER.incidents(held)
    chance.shuffle(held)
    assert MERGER.incidents(held) == found


@settings(max_examples=60, deadline=None)
@given(st.lists(ROWS, min_size=2, max_size=14))
def test_incidents_part_the_reports_and_no_article_is_twice_in_one(rows: list[dict[str, Any]]) -> None:
    held = accounts(rows)
    groups = MERGER.groups(held)
    found = [members for group in groups for members in group.incidents]
    assert sorted(a.report_id for members in found for a in members.outlines) == [a.report_id for a in held]
    for members in found:
        one = members.outlines
        assert len({a.article_key for a in one}) == len(one)
        assert len(members.edges) == len(one) - 1
        assert {edge.row for edge in members.edges} <= set(range(len(one)))
        assert members.id == min(one, key=lambda a: (a.known, a.report_id)).report_id


@settings(max_examples=60, deadline=None)
@given(st.lists(ROWS, min_size=2, max_size=12))
def test_a_component_by_itself_gives_the_incidents_it_gives_among_others(rows: list[dict[str, Any]]) -> None:
    held = accounts(rows)
    own = {a.report_id: a for a in held}
    groups = [[own[outline.report_id] for outline in group.outlines] for group in MERGER.groups(held)]
    alone = [one for group in groups for one in MERGER.incidents(group)]
    assert sorted(alone, key=lambda one: one.id) == MERGER.incidents(held)


@settings(max_examples=80, deadline=None)
@given(st.lists(ROWS, min_size=2, max_size=14), st.integers(1, 6))
def test_what_is_new_beside_components_that_were_there_gives_what_all_at_once_gives(
    rows: list[dict[str, Any]], count: int
) -> None:
    held = accounts(rows)
    new, old = held[:count], held[count:]
    was = {one.report_id: str(number) for number, group in enumerate(MERGER.groups(old)) for one in group.outlines}
    ties, meeting = MERGER.meet(held, []).ties(), MERGER.meet(new, old)
    assert MERGER.groups(held, known=ties, met=meeting, was=was) == MERGER.groups(held)


def test_the_corpus_in_any_order() -> None:
    held = [case.account for case in corpus("corpus_groups.yaml")]
    assert MERGER.incidents(held[::-1]) == MERGER.incidents(held)


STRIKE: dict[str, Any] = {"is": "air", "at": "town", "by": "regime", "k": "12", "what": "market"}


def ids(held: list[Account], rulings: Rulings) -> set[frozenset[str]]:
    return {frozenset(report.id for report in one.reports) for one in MERGER.incidents(held, rulings)}


def test_a_person_joins_what_differs_and_parts_what_agrees() -> None:
    held = accounts([STRIKE, STRIKE | {"from": "المرقب"}, STRIKE | {"is": "ied", "on": "2016-06-01", "from": "البريد"}])
    assert ids(held, Rulings()) == {frozenset({"r00", "r01"}), frozenset({"r02"})}
    assert ids(held, Rulings(merged=(("r00", "r02"),))) == {frozenset({"r00", "r01", "r02"})}
    assert ids(held, Rulings(split=(("r01", "r00"),))) == {frozenset({"r00"}), frozenset({"r01"}), frozenset({"r02"})}


def test_two_reports_of_one_article_are_one_happening_only_when_a_person_says_so() -> None:
    held = accounts([STRIKE | {"art": "a"}, STRIKE | {"art": "a"}])
    assert len(ids(held, Rulings())) == 2
    assert len(ids(held, Rulings(merged=(("r00", "r01"),)))) == 1


def test_a_rejected_report_is_in_no_incident_and_a_grade_is_the_persons() -> None:
    held = accounts([STRIKE, STRIKE | {"from": "المرقب"}])
    assert ids(held, Rulings(rejected=frozenset({"r00"}))) == {frozenset({"r01"})}
    set_by = Grading("confirmed", "the air force admitted it", "a reviewer")
    assert MERGER.incidents(held, Rulings(grades={"r01": set_by}))[0].grading == set_by


def test_a_correction_changes_what_is_compared() -> None:
    held = accounts([STRIKE, STRIKE | {"from": "المرقب", "on": "2016-05-09"}])
    day = '{"start": "2016-05-01", "end": "2016-05-01"}'
    assert len(ids(held, Rulings())) == 2
    assert len(ids(held, Rulings(edits={"r01": (("date", day),)}))) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [("weapon", '"slingshot"'), ("date", '{"start": "2016"}'), ("killed", "[]"), ("report_id", '"x"'), ("date", "{")],
)
def test_a_correction_that_cannot_be_is_left_out(name: str, value: str) -> None:
    one = account("r1")
    assert edited(one, ((name, value),), KNOWLEDGE) == one


def test_what_was_known_on_a_day() -> None:
    held = accounts([STRIKE | {"pub": "2016-05-02"}, STRIKE | {"from": "المرقب", "pub": "2016-05-05", "k": "14"}])
    then = MERGER.incidents_as_of(held, dt.date(2016, 5, 3))
    assert [[report.id for report in one.reports] for one in then] == [["r00"]]
    assert MERGER.incidents_as_of(held, dt.date(2016, 5, 5)) == MERGER.incidents(held)
    assert MERGER.incidents_as_of(held, dt.date(2016, 5, 1)) == []


def test_many_reports_of_one_place_and_day_are_merged_in_reasonable_time() -> None:
    rows = [STRIKE | {"art": f"a{n}", "from": f"o{n % 50}", "on": f"2016-05-{1 + n % 6:02}"} for n in range(900)]
    assert len(MERGER.incidents(accounts(rows))) == 6


def test_chains_of_uncertain_days_do_not_grow_together() -> None:
    """A report between two days joins one of them, never both."""
    for order in permutations(range(3)):
        rows = [
            STRIKE | {"on": "2016-05-01"},
            STRIKE | {"on": "pub"},
            STRIKE | {"on": "2016-05-03", "pub": "2016-05-04"},
        ]
        assert len(MERGER.incidents([accounts(rows)[i] for i in order])) == 2
