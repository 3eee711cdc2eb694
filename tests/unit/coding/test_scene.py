"""Scenes: clauses, event words, carrying verbs, marks."""

import pytest

from coded import scene
from waqai.coding.scene import preposition, within


def clauses(text: str) -> list[tuple[str, str]]:
    return [(c.kind, c.opener) for c in scene(text).clauses]


def triggers(text: str) -> list[tuple[str, str]]:
    return [(e.readings[0][0].id, e.readings[0][1]) for e in scene(text).events]


@pytest.mark.parametrize(
    ("prefix", "letter"),
    [("", ""), ("و", ""), ("ال", ""), ("وب", "ب"), ("بال", "ب"), ("لل", "ل"), ("ول", "ل"), ("ك", "ك")],
)
def test_preposition(prefix: str, letter: str) -> None:
    assert preposition(prefix) == letter


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قصفت قوات النظام مدينة دوما.", [("main", "")]),
        ("قصفت قوات النظام دوما فيما قصف الطيران حرستا.", [("main", ""), ("main", "فيما")]),
        ("قصفت قوات النظام دوما وسيطرت على حرستا.", [("main", ""), ("and", "وسيطرت")]),
        ("سيطرت قوات النظام على دوما بعد معارك.", [("main", ""), ("after", "بعد")]),
        ("قصفت قوات النظام دوما حيث قتل مدني.", [("main", ""), ("sub", "حيث")]),
        ("قصفت قوات النظام دوما التي تحاصرها.", [("main", ""), ("relative", "التي")]),
        ("قصفت قوات النظام دوما ما أوقع قتيلا.", [("main", ""), ("result", "ما")]),
    ],
)
def test_clauses(text: str, expected: list[tuple[str, str]]) -> None:
    assert clauses(text) == expected


@pytest.mark.parametrize("text", ["انفجرت سيارة مفخخة في حي الكرادة وسط بغداد.", "قصف الطيران الحربي وسط مدينة دوما."])
def test_the_middle_of_a_town_opens_no_clause(text: str) -> None:
    assert clauses(text) == [("main", "")]


def test_by_the_side_of_opens_no_clause() -> None:
    assert clauses("تعرضت دوما لقصف من قبل قوات النظام.") == [("main", "")]


def test_a_comma_ends_a_relative_clause() -> None:
    kinds = [kind for kind, _ in clauses("قصفت قوات النظام دوما التي تحاصرها، بالمدفعية.")]
    assert kinds == ["main", "relative", "main"]


def test_clauses_lie_side_by_side() -> None:
    found = scene("قصفت قوات النظام دوما، فيما سيطر التنظيم على تدمر بعد معارك وقتل مدني.")
    assert found.clauses[0].start == 0
    assert found.clauses[-1].end == len(found.words)
    assert all(a.end == b.start for a, b in zip(found.clauses, found.clauses[1:], strict=False))
    assert all(found.clause_at(i).start <= i < found.clause_at(i).end for i in range(len(found.words)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("سيطر تنظيم الدولة على مدينة تدمر.", ("take", "past")),
        ("السيطرة على مدينة تدمر.", ("take", "noun")),
        ("اندلعت اشتباكات في مدينة تدمر.", ("clash", "noun")),
    ],
)
def test_event_word_and_tense(text: str, expected: tuple[str, str]) -> None:
    assert expected in triggers(text)


def test_a_place_name_tells_no_event() -> None:
    assert triggers("وصل وفد إلى بلدة الشجرة ومدينة القصير.") == []


@pytest.mark.parametrize(("word", "definite"), [("القصف", True), ("قصف", False), ("قصفها", True)])
def test_definite(word: str, definite: bool) -> None:
    found = scene(f"أدى {word} في مدينة دوما إلى مقتل مدني.")
    assert next(e for e in found.events if e.first == 1).definite is definite


def test_supporting_verb_and_role() -> None:
    found = scene("شنت قوات النظام هجوما على مدينة داريا.")
    assert [(s.first, s.roles) for s in found.supports] == [(0, ("agent",))]
    assert found.verb_between(0, 2)
    assert not found.verb_between(1, 3)


def test_marks_are_found_by_list() -> None:
    found = scene("حاولت قوات النظام اقتحام مدينة داريا.")
    assert found.found("modality.attempt", 0, 3) == (0, 1)
    assert found.at("modality.attempt", 0) == 1
    assert found.ends_at("modality.attempt", 1)
    assert found.found("modality.attempt", 1, 5) is None
    assert found.at("modality.attempt", 2) is None


def test_within_takes_only_what_lies_wholly_between() -> None:
    found = scene("قصفت قوات النظام مدينة دوما وبلدة حرستا.")
    assert [m.value.name_ar for m in within(found.places, 0, len(found.words))] == ["دوما", "حرستا"]
    assert within(found.actors, 0, 2) == []
