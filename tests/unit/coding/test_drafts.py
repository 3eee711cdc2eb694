"""Drafts and memory: sides, opponents, allies."""

import pytest

from made import actor, draft, toll
from waqai.coding.draft import Memory
from waqai.knowledge.codebook import load_codebook
from waqai.knowledge.files import load_files
from waqai.model.mention import Actor

ALLIES = load_codebook(load_files()).allies


def fighter(camp: str) -> Actor:
    return Actor(camp, camp, camp, camp, "rebel group")


def test_the_opponent_is_the_one_most_often_named() -> None:
    memory = Memory(ALLIES, fighters=[fighter("regime"), fighter("isis"), fighter("opposition"), fighter("isis")])
    assert [a.actor.camp for a in memory.opponent({"regime"})] == ["isis"]
    assert [a.span for a in memory.opponent({"regime"})] == [None]


def test_allies_are_no_opponents() -> None:
    assert Memory(ALLIES, fighters=[fighter("russia"), fighter("iran")]).opponent({"regime"}) == ()


def test_two_sides_when_the_article_names_two() -> None:
    memory = Memory(ALLIES, fighters=[fighter("regime"), fighter("russia"), fighter("opposition")])
    first, second = memory.sides()
    assert ([a.actor.camp for a in first], [a.actor.camp for a in second]) == (["regime"], ["opposition"])


@pytest.mark.parametrize("camps", [["regime", "opposition"], ["regime", "opposition", "isis"], ["regime"] * 3, []])
def test_no_sides_when_it_is_not_clear(camps: list[str]) -> None:
    assert Memory(ALLIES, fighters=[fighter(camp) for camp in camps]).sides() == ((), ())


def test_agents_are_remembered_for_what_happened() -> None:
    memory = Memory(ALLIES)
    memory.tell_agents(draft(1, actor1=actor("regime"), modality="planned"))
    assert memory.agents_by_type == {}
    memory.tell_agents(draft(2, actor1=actor("regime")))
    assert memory.agents_by_type["Shelling/artillery/missile attack"] == (2, actor("regime"))


def test_a_draft_of_the_title() -> None:
    assert draft(0).in_title
    assert not draft(1).in_title


def test_a_toll_as_casualties() -> None:
    record = toll("killed", 14, None, "civilians", side="regime").casualties()
    assert (record.outcome, record.who, record.side, record.low, record.high) == (
        "killed", "civilians", "regime", 14, None,
    )  # fmt: skip
