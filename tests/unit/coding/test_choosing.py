"""One decision over everybody who may fill a role of an event."""

import math
from functools import cache

import pytest

from coded import article, camps, pipeline
from waqai.coding.candidates import Candidate, candidates, cast_of, elsewhere, named_for
from waqai.coding.choosing import Chooser, chances, chosen, likelier, only_understood, weighed
from waqai.coding.draft import LIKELIEST, Draft
from waqai.coding.grammar import GrammarCoder
from waqai.coding.scene import Scene
from waqai.coding.standing import Company, speakers
from waqai.knowledge.choice import ChoiceKnowledge
from waqai.model.annotated import Annotated
from waqai.model.mention import Actor
from waqai.model.report import NamedActor

AGAIN = "قال ناشطون إن مدنيين قتلوا في غارات روسية على تلبيسة، وإن قرية الغنطو المجاورة تعرضت لأربع غارات."
UNKNOWN = (
    "شن الجيش السوداني هجوما على مواقع الحركة في كادوقلي. "
    "واعترض ملثمون شاحنة على الطريق واقتادوا السائقين إلى جهة مجهولة."
)
TWO = "قصفت قوات النظام بلدة حاس، وقال مقاتلو المعارضة إن قذيفة أخرى سقطت على قرية معان."


def coder() -> GrammarCoder:
    found = pipeline().coder
    assert isinstance(found, GrammarCoder)
    return found


@cache
def read(text: str) -> tuple[Annotated, list[Scene], list[Draft]]:
    annotated = pipeline().annotate(pipeline().clean(article(text)))
    scenes = coder().scenes(annotated)
    return annotated, scenes, coder().events(scenes, annotated)[0]


def decided(
    text: str,
    weights: dict[str, float],
    *,
    least: float = 0.0,
    margin: float = 0.0,
    untied: float = 1.0,
    nobody: float = 1.0,
) -> list[Draft]:
    annotated, scenes, events = read(text)
    choice = ChoiceKnowledge(margin, {"actor1": least}, untied, nobody, {"actor1": weights})
    return chosen(
        events, scenes, annotated.mentions.sources, Chooser(choice, coder().chooser.sides, coder().chooser.events)
    )


def somebody(camp: str, *facts: str, by_rule: bool = False, here: bool = True) -> Candidate:
    return Candidate(NamedActor(Actor(camp, camp, camp, camp, "rebel group"), None), facts, by_rule, None, here)


NOBODY = Candidate(None, ("nobody",), True)


def test_chances_add_up_and_candidates_of_a_camp_are_one() -> None:
    found = chances(
        [somebody("isis", "a"), somebody("isis", "b"), somebody("hts", "a"), NOBODY], {"a": 1.0, "nobody": 0.5}
    )
    assert sum(c.chance for c in found) == pytest.approx(1)
    assert [c.camp for c in found] == ["isis", "hts", ""]
    assert found[0].chance == pytest.approx((math.e + 1) / (2 * math.e + 1 + math.exp(0.5)))
    assert found[0].best.facts == ("a",)


def test_a_fact_told_twice_counts_once_and_an_unknown_one_nothing() -> None:
    once, twice = (chances([somebody("isis", *facts), NOBODY], {"a": 2.0}) for facts in (("a", "?"), ("a", "a")))
    assert [c.chance for c in once] == [c.chance for c in twice]


@pytest.mark.parametrize(
    ("weight", "least", "margin", "here", "wins"),
    [
        (2.0, 0.5, 0.1, True, True),
        (2.0, 0.95, 0.1, True, False),  # not likely enough to be named
        (0.1, 0.3, 0.1, True, False),  # hardly likelier than nobody
        (2.0, 0.5, 0.1, False, False),  # no sentence of the event names him
        (-1.0, 0.0, 0.0, True, False),  # nobody is likelier
    ],
)
def test_who_stands_in_the_place_of_the_rules(
    weight: float, least: float, margin: float, here: bool, wins: bool
) -> None:
    found = chances([somebody("isis", "a", here=here), NOBODY], {"a": weight})
    best = likelier(found, frozenset(("",)), least, margin)
    assert (best is not None and best.camp == "isis") is wins


def test_whom_the_rules_name_is_not_taken_out() -> None:
    found = chances([somebody("isis", "a", by_rule=True), Candidate(None, ("nobody",))], {"nobody": 9.0})
    assert likelier(found, frozenset(("isis",)), 0.0, 0.0) is None


def test_candidates_are_all_who_are_named_and_nobody() -> None:
    annotated, scenes, events = read(TWO)
    numbered, company = {s.sentence.number: s for s in scenes}, Company(speakers(annotated.mentions.sources))
    named = named_for(events[1], numbered, company, coder().chooser.sides)
    found = candidates(
        events[1], "actor1", named, elsewhere(cast_of(events, "actor1"), 1), scenes[0], coder().chooser.sides
    )
    assert [c.camp for c in found] == ["regime", "opposition", "civilians", ""]  # civilians: the words tell of people
    assert [c.by_rule for c in found] == [False, False, False, True]
    regime, rebels, _, nobody = found
    assert "event before" in regime.facts and "speaks" not in regime.facts
    assert "speaks" in rebels.facts
    assert "none by rule" in nobody.facts and "elsewhere=1" in "".join(nobody.facts)


def test_weights_decide_and_the_trace_tells_the_chances() -> None:
    before, after = read(TWO)[2], decided(TWO, {"event before": 3.0})
    assert [camps(d.actor1) for d in before] == ["regime", "nobody"]
    assert [camps(d.actor1) for d in after] == ["regime", "regime"]
    why = next(w for w in after[1].why if w.field == "actor1")
    assert why.rule == LIKELIEST and why.span is not None and why.span.text == "قوات النظام"
    assert why.considered[0].startswith("chosen: Syrian government 0.8") and "event before" in why.considered[0]
    assert [told.split()[-1] for told in why.considered[1:]] == ["0.04", "0.04", "0.04"]


def test_without_weights_the_rules_stand() -> None:
    assert decided(TWO, {}) == read(TWO)[2]


def test_who_takes_a_place_clashes_or_flees_is_left_to_the_rules() -> None:
    taken, fled = read("سيطر مقاتلون على بلدة حاس.")[2], read("نزح آلاف المدنيين من مدينة عفرين.")[2]
    fought = read("اندلعت اشتباكات في بلدة حاس.")[2]
    assert taken and fled and fought
    assert not weighed(taken[0], "actor1") and weighed(taken[0], "actor2")
    assert not any(weighed(d, "actor1") or weighed(d, "actor2") for d in (*fled, *fought))


def test_the_shipped_weights_name_who_did_the_same_before() -> None:
    reports = pipeline().reports(article(AGAIN))
    assert [camps(r.actor1) for r in reports] == ["russia", "russia"]
    assert [w.rule == LIKELIEST for r in reports for w in r.why if w.field == "actor1"] == [False, True]


def test_the_shipped_weights_take_out_who_was_only_understood() -> None:
    before = read(UNKNOWN)[2]
    assert [camps(d.actor1) for d in before] == ["saf", "saf"] and only_understood(before[1], "actor1")
    report = pipeline().reports(article(UNKNOWN))[1]
    why = next(w for w in report.why if w.field == "actor1")
    assert report.actor1 == () and (why.rule, why.span) == (LIKELIEST, None)
    assert why.considered[0].startswith("chosen: nobody 0.")


def test_whom_no_words_tie_to_the_deed_must_be_likelier() -> None:
    text = "سقطت قذائف على سوق في بلدة حاس الذي زارته هيئة تحرير الشام."
    assert [camps(d.actor1) for d in read(text)[2]] == ["nobody"]
    facts = {"generic=False|here": 3.0}
    assert [camps(d.actor1) for d in decided(text, facts, untied=0.9)] == ["hts"]
    assert [camps(d.actor1) for d in decided(text, facts, untied=1.0)] == ["nobody"]


def test_a_deed_without_aircraft_is_not_given_to_an_air_force() -> None:
    masters = coder().chooser.sides.masters
    assert masters["turkish-air-force"].id == masters["turkish-drones"].id == "turkish-army"


@pytest.mark.parametrize("text", [AGAIN, f"غارات على حمص // {AGAIN}"])
def test_whoever_is_put_in_is_named_in_the_article(text: str) -> None:
    found = article(text)
    whys = [why for report in pipeline().reports(found) for why in report.why if why.rule == LIKELIEST]
    assert whys
    for why in whys:
        assert why.span is not None
        whole = found.title if why.span.part == "title" else found.text
        assert why.span.text == whole[why.span.start : why.span.end]
