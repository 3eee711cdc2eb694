"""What all reports of one happening say: versions, voices, tolls, grades."""

from typing import Any

import pytest

from cases import account
from waqai.incidents.reconciling import reconcile
from waqai.knowledge.incidents import load_incidents
from waqai.model.incident import Incident, Toll

KNOWLEDGE = load_incidents()


def incident(*rows: dict[str, Any]) -> Incident:
    """The one incident of these reports, whether they would be merged or not."""
    return reconcile([account(f"r{number}", **row) for number, row in enumerate(rows, 1)], (), KNOWLEDGE)


def test_agencies_that_cite_one_monitor_are_one_voice() -> None:
    made = incident(
        {"from": "الفجر", "via": ["afp", "sohr"]}, {"from": "المرقب", "via": ["reuters", "sohr"]}, {"from": "البريد"}
    )
    assert [(voice.key, voice.reports) for voice in made.voices] == [
        ("Syrian Observatory for Human Rights", ("r1", "r2")),
        ("البريد", ("r3",)),
    ]


def test_copies_are_the_voice_of_the_outlet_that_had_the_text_first() -> None:
    made = incident({"art": "a"}, {"from": "المرقب", "art": "b", "copy": "a", "pub": "2016-05-03"})
    assert [(voice.key, voice.reports) for voice in made.voices] == [("الفجر", ("r1", "r2"))]


def test_witnesses_are_known_only_through_who_quotes_them() -> None:
    made = incident({"via": ["witnesses"]}, {"from": "المرقب", "via": ["reuters", "witnesses"]})
    assert [voice.key for voice in made.voices] == ["witnesses via Reuters", "witnesses via الفجر"]


@pytest.mark.parametrize(
    ("rows", "number"),
    [
        ([{"via": ["witnesses"]}, {"from": "المرقب", "via": ["witnesses"]}], 1),
        ([{"via": ["witnesses"]}, {"from": "المرقب", "via": ["activists"]}], 2),
        ([{"via": ["witnesses"]}, {"via": ["activists"]}], 1),
        ([{}, {"via": ["witnesses"]}], 1),
        ([{}, {"from": "المرقب", "via": ["witnesses"]}], 2),
        ([{}, {"from": "المرقب"}, {"from": "البريد", "via": ["witnesses"]}, {"via": ["witnesses"]}], 3),
        ([{"via": ["sohr"]}, {"via": ["msf"]}], 2),
    ],
)
def test_voices_without_a_name_count_once_for_each_kind(rows: list[dict[str, Any]], number: int) -> None:
    made = incident(*rows)
    assert made.independent == number
    assert len(made.voices) == len({voice.key for voice in made.voices}) >= number


def test_only_who_denies_is_shown_as_denying() -> None:
    article = {"via": ["msf"], "denied": ["russia"], "by": "russia"}
    made = incident(article, article | {"from": "المرقب"})
    assert {voice.key: voice.stance for voice in made.voices} == {
        "Medecins Sans Frontieres (MSF)": ("asserts",),
        "russia spokesman": ("denies",),
    }
    assert (made.denials, made.disputed) == (("r1", "r2"), True)


def test_a_voice_that_tells_it_and_denies_it_has_both_stances() -> None:
    made = incident({}, {"m": "denied", "pub": "2016-05-03"})
    assert [voice.stance for voice in made.voices] == [("asserts", "denies")]


def test_the_side_of_a_mouthpiece_is_known() -> None:
    sides = {voice.source.name_ar: voice.side for voice in incident({"via": ["sana"]}, {"from": "المرقب"}).voices}
    assert sides == {"وكالة سانا": "regime", "المرقب": None}


@pytest.mark.parametrize(
    ("rows", "toll"),
    [
        ([{"k": 12}, {"from": "المرقب", "k": 12}, {"from": "البريد", "k": 15}], Toll(12, 12, 15)),
        ([{"k": 5}, {"k": 9, "pub": "2016-05-03"}], Toll(9, 9, 9)),
        ([{"k": 9, "pub": "2016-05-03"}, {"k": 5}], Toll(9, 9, 9)),
        ([{"k": 12}, {"from": "المرقب", "k": "20+"}], Toll(12, 12, None)),
        ([{"k": "10-14"}], Toll(10, None, 14)),
        ([{"k": 3}, {"from": "المرقب", "k": 4}], Toll(3, None, 4)),
        ([{"k": 3}, {"from": "المرقب", "k": 4, "pub": "2016-05-04"}], Toll(3, 4, 4)),
        ([{"via": ["sohr"], "k": 3}, {"from": "المرقب", "via": ["afp", "sohr"], "k": 3}, {"k": 7}], Toll(3, None, 7)),
        ([{}, {"m": "denied", "k": 30}], None),
    ],
)
def test_tolls_are_what_voices_say_and_no_average(rows: list[dict[str, Any]], toll: Toll | None) -> None:
    assert incident(*rows).killed == toll


def test_every_number_keeps_its_reports() -> None:
    made = incident({"k": 12, "i": 30}, {"from": "المرقب", "k": 12}, {"from": "البريد", "k": 15})
    assert [(v.value.outcome, v.value.low, v.reports) for v in made.tolls] == [
        ("killed", 12, ("r1", "r2")), ("injured", 30, ("r1",)), ("killed", 15, ("r3",)),
    ]  # fmt: skip


def test_a_denial_is_kept_and_does_not_undo_what_others_tell() -> None:
    made = incident({"by": "russia"}, {"from": "الجبهة", "m": "denied", "by": "russia", "via": ["russia"]})
    assert (made.modality, made.disputed, made.denials) == ("happened", True, ("r2",))
    alone = incident({"m": "denied"})
    assert (alone.modality, alone.disputed) == ("denied", True)


def test_what_is_shown_is_best_supported_and_every_version_stays() -> None:
    made = incident(
        {"is": "shell", "by": "unknown", "on": "pub"},
        {"from": "المرقب", "by": "regime", "near": True},
        {"from": "البريد", "by": "regime", "what": "market"},
    )
    assert (made.sub_event_type, [actor.camp for actor in made.actor1]) == ("Air/drone strike", ["regime"])
    assert [v.value[0].camp for v in made.actors1] == ["regime", "unknown"]
    assert made.place is not None
    assert made.date is not None
    assert (made.place.precision, made.date.precision, made.target) == (1, 1, "market")
    assert (len(made.places), len(made.dates), len(made.sub_event_types)) == (2, 2, 2)


def test_sides_of_a_fight_are_two() -> None:
    made = incident({"is": "clash", "by": "regime"}, {"from": "المرقب", "is": "clash", "by": "isis", "vs": "regime"})
    assert {actor.camp for actor in (*made.actor1, *made.actor2)} == {"regime", "isis"}


def test_who_fought_or_left_never_becomes_who_took() -> None:
    fight = {"is": "clash", "by": "regime", "vs": "isis"}
    taken = {"from": "المرقب", "is": "takes", "by": "isis"}
    left = {"from": "البريد", "is": "transfer", "by": "regime"}
    made = incident(fight, left, taken)
    assert made.sub_event_type == "Non-state actor overtakes territory"
    assert [actor.camp for actor in made.actor1] == ["isis"]
    assert {version.value[0].camp for version in made.actors1} == {"isis", "regime"}
    nobody = incident(fight, left, taken | {"by": None})
    assert nobody.actor1 == ()


def test_the_day_and_the_parties_shown_are_told_with_the_type_shown() -> None:
    fight = {"is": "clash", "by": "regime", "vs": "opposition", "on": "2016-05-01"}
    taken = {"from": "المرقب", "is": "takes", "by": "opposition", "vs": "regime", "on": "pub"}
    made = incident(fight, taken)
    assert made.date is not None
    assert made.sub_event_type == "Non-state actor overtakes territory"
    assert (made.date.basis, [actor.camp for actor in made.actor1]) == ("published", ["opposition"])
    assert [version.value.basis for version in made.dates] == ["stated", "published"]
    struck = incident({"is": "chem"}, {"from": "المرقب", "is": "air", "by": "regime"})
    assert (struck.sub_event_type, struck.actor1) == ("Chemical weapon", ())


@pytest.mark.parametrize(
    ("rows", "type", "taker"),
    [
        ([{"is": "takes", "by": "regime"}], "Government regains territory", "regime"),
        ([{"is": "regains", "by": "isis"}], "Non-state actor overtakes territory", "isis"),
        (
            [{"is": "takes", "by": name, "from": name} for name in ("regime", "isis")],
            "Non-state actor overtakes territory",
            "isis",
        ),
        ([{"is": "takes"}], "Non-state actor overtakes territory", None),
        ([{"is": "takes", "by": "unknown"}], "Non-state actor overtakes territory", "unknown"),
    ],
)
def test_a_taking_is_named_by_who_is_shown_to_take(rows: list[dict[str, Any]], type: str, taker: str | None) -> None:
    made = incident(*rows)
    assert made.sub_event_type == type
    assert [actor.camp for actor in made.actor1] == ([taker] if taker else [])


def test_a_denying_voice_never_counts_among_those_that_report_harm() -> None:
    harm = CIVILIANS | {"from": "المرقب"}
    twice = incident(CIVILIANS, harm, harm | {"m": "denied"})
    assert twice.grading is not None
    assert (twice.grading.grade, twice.grading.reason.split(" rests on ")[1][0]) == ("weak", "1")
    held = incident(CIVILIANS, CIVILIANS | {"from": "البريد", "via": ["msf"], "m": "denied"})
    assert held.grading is not None
    assert held.grading.grade == "weak"


def test_two_outlets_that_quote_nameless_voices_of_one_kind_bear_out_no_harm() -> None:
    told = [CIVILIANS | {"from": name, "via": ["witnesses"]} for name in ("المرقب", "البريد")]
    weak, fair = incident(*told), incident(*told, CIVILIANS)
    assert weak.grading is not None
    assert fair.grading is not None
    assert (weak.grading.grade, fair.grading.grade) == ("weak", "fair")


CIVILIANS: dict[str, Any] = {"vs": "civilians", "k": 12, "by": "regime"}


@pytest.mark.parametrize(
    ("rows", "grade"),
    [
        ([CIVILIANS, CIVILIANS | {"from": "المرقب"}], "fair"),
        ([CIVILIANS], "weak"),
        ([CIVILIANS, CIVILIANS | {"art": "x", "copy": "article-r1", "from": "المرقب"}], "weak"),
        ([CIVILIANS, CIVILIANS | {"from": "المرقب", "via": ["sana"], "by": "opposition"}], "contested"),
        ([CIVILIANS, CIVILIANS | {"from": "المرقب", "by": "russia"}], "fair"),
        (
            [
                CIVILIANS,
                *({"from": name, "k": 12, "who": "combatants", "by": "regime"} for name in ("المرقب", "البريد")),
            ],
            "discounted",
        ),
        ([{"k": 12, "vs": "opposition", "by": "regime"}], None),
        ([{"is": "protest", "by": "civilians"}], None),
        ([CIVILIANS | {"m": "planned"}], None),
        ([CIVILIANS | {"via": ["witnesses"]}, CIVILIANS | {"via": ["activists"], "pub": "2016-05-03"}], "weak"),
        (
            [CIVILIANS | {"by": "opposition"}, CIVILIANS | {"from": "المرقب", "via": ["sana"], "by": "opposition"}],
            "weak",
        ),
        ([CIVILIANS, CIVILIANS | {"from": "المرقب", "via": ["sana"]}], "fair"),
    ],
)
def test_a_grade_is_suggested_by_the_rules_and_never_confirmed(rows: list[dict[str, Any]], grade: str | None) -> None:
    made = incident(*rows)
    assert (made.grading and made.grading.grade) == grade
    assert made.grading is None or made.grading.person is None
