"""The parts of the grammar, each alone: roles, settings, dates, tolls, manner."""

import pytest

from coded import pipeline, scene
from waqai.coding import manner
from waqai.coding.draft import Memory
from waqai.coding.roles import armed, before_quotes, nominal, subject_of_verb
from waqai.coding.roles_of_nouns import carrying_verb, marked_agent
from waqai.coding.scene import EventWord, Scene
from waqai.coding.settings import settle, usable
from waqai.coding.timing import date_of
from waqai.coding.tolls import find_tolls
from waqai.knowledge.events import Events


def events() -> Events:
    return pipeline().knowledge.events


def word(found: Scene, written: str) -> EventWord:
    return next(e for e in found.events if written in found.words[e.first : e.last])


@pytest.mark.parametrize(
    ("text", "camps", "rule"),
    [
        ("قصفت قوات النظام مدينة دوما.", ["regime"], "subject after the verb"),
        ("إن قوات النظام قصفت مدينة دوما.", ["regime"], "subject before the verb"),
        ("قصفت قوات النظام وروسيا مدينة دوما.", ["regime", "russia"], "subject after the verb"),
        ("قصفت مدينة دوما.", [], ""),
    ],
)
def test_subject_of_a_verb(text: str, camps: list[str], rule: str) -> None:
    found = scene(text)
    verb = word(found, "قصفت")
    mentions, said = subject_of_verb(found, verb.first, verb.last)
    assert ([m.value.camp for m in mentions], said) == (camps, rule)


@pytest.mark.parametrize(
    ("text", "free"),
    [
        ("قصفت قوات النظام مدينة دوما.", True),
        ("انفجرت عبوة بقوات النظام في دوما.", False),
        ("انفجرت عبوة في قوات النظام في دوما.", False),
        ("قتل عدد من قوات النظام في دوما.", True),
        ('قصف مواقع لـ"قسد" في عين عيسى.', False),
    ],
)
def test_a_free_noun_phrase(text: str, free: bool) -> None:
    found = scene(text)
    assert nominal(found, found.actors[0]) is free


def test_quotation_marks_are_seen_through() -> None:
    found = scene('قصف الطيران مواقع لـ"قسد" في عين عيسى.')
    (ours,) = [m for m in found.actors if m.value.camp == "sdf"]
    assert found.words[before_quotes(found, ours.first)] == "ل"
    assert before_quotes(found, 0) == -1


def test_the_agent_behind_a_marker() -> None:
    found = scene("تعرضت مدينة دوما لقصف من قبل قوات النظام.")
    assert [m.value.camp for m in marked_agent(found, 0, len(found.words))] == ["regime"]
    assert marked_agent(found, 0, 3) == []


def test_the_verb_that_carries_an_event_noun() -> None:
    found = scene("شنت قوات النظام غارات على مدينة دوما.")
    carried = carrying_verb(found, word(found, "غارات"))
    assert carried is not None
    assert carried.roles == ("agent",)
    alone = scene("غارات على مدينة دوما.")
    assert carrying_verb(alone, word(alone, "غارات")) is None


def test_civilians_bear_no_arms() -> None:
    entries = pipeline().knowledge.actors.entries
    assert not armed(entries["civilians"].actor)
    assert armed(entries["isis"].actor)


@pytest.mark.parametrize(
    ("text", "trigger", "places"),
    [
        ("قصفت قوات النظام مدينتي دوما وحرستا.", "قصفت", ["دوما", "حرستا"]),
        ("قصفت قوات النظام بلدة كفرزيتا في ريف حماة.", "قصفت", ["كفر زيتا"]),
        ("قصفت قوات النظام مواقع عدة.", "قصفت", []),
        ("شهدت مدينة دوما قصفا.", "قصفا", ["دوما"]),
        ("انفجرت سيارة قادمة من منبج في جرابلس.", "انفجرت", ["جرابلس"]),
    ],
)
def test_setting(text: str, trigger: str, places: list[str]) -> None:
    found = scene(text)
    setting = settle(found, word(found, trigger), Memory({}), (0, len(found.words)))
    assert [p.place.name_ar for p in setting.places] == places
    assert setting.own is bool(places)
    assert bool(setting.rule) is bool(places)


def test_places_that_lost_are_kept_as_considered() -> None:
    found = scene("انفجرت سيارة قادمة من منبج في جرابلس.")
    assert settle(found, word(found, "انفجرت"), Memory({}), (0, 9)).considered == ("منبج",)
    assert [m.value.name_ar for m in usable(found)] == ["جرابلس"]


@pytest.mark.parametrize(
    ("text", "trigger", "day", "rule"),
    [
        ("قصفت قوات النظام أمس مدينة دوما.", "قصفت", "2016-03-09", "date of the clause"),
        ("قال ناشطون أمس إن قوات النظام قصفت مدينة دوما.", "قصفت", "2016-03-09", "date of the saying"),
        ("قصفت قوات النظام مدينة دوما.", "قصفت", None, ""),
        ("قصفت قوات النظام دوما، فيما سيطرت أمس على حرستا.", "قصفت", None, ""),
    ],
)
def test_date(text: str, trigger: str, day: str | None, rule: str) -> None:
    found = scene(text)
    event = word(found, trigger)
    named, said = date_of(found, event, found.clause_at(event.first))
    assert (str(named.date.start) if named else None, said) == (day, rule)


@pytest.mark.parametrize(
    ("text", "tolls"),
    [
        ("قتل خمسة مدنيين وأصيب عشرة في دوما.", [("killed", 5, 5), ("injured", 10, 10)]),
        ("قتل ثلاثة أطفال وامرأتان في دوما.", [("killed", 5, 5)]),
        ("قتل 20 شخصا بينهم خمسة أطفال في دوما.", [("killed", 20, 20)]),
        ("قتل 14 شخصا على الأقل في دوما.", [("killed", 14, None)]),
        ("قتل مدني في دوما.", [("killed", 1, 1)]),
        ("قتل مدنيان في دوما.", [("killed", 2, 2)]),
        ("شن الطيران 15 غارة على دوما.", []),
        ("يعيش 400 مدني في دوما.", []),
    ],
)
def test_tolls(text: str, tolls: list[tuple[str, int, int | None]]) -> None:
    found = scene(text)
    assert [(t.outcome, t.low, t.high) for t in find_tolls(found)] == tolls


def test_a_toll_says_whose_side_was_counted_and_where() -> None:
    found = scene("قتل 30 عنصرا من قوات النظام في دوما.")
    (toll,) = find_tolls(found)
    assert (toll.side, toll.who) == ("regime", "combatants")
    assert toll.span.text == "30 عنصرا"


@pytest.mark.parametrize(
    ("text", "trigger", "mode"),
    [
        ("قصفت قوات النظام مدينة دوما.", "قصفت", "happened"),
        ("حاولت قوات النظام اقتحام مدينة داريا.", "اقتحام", "attempted"),
        ("تعتزم الفصائل شن هجوم على مدينة حماة.", "هجوم", "planned"),
        ("نفى المتحدث سقوط مدينة تدمر.", "سقوط", "denied"),
        ("ستقصف قوات النظام مدينة دوما.", "ستقصف", "planned"),
    ],
)
def test_modality(text: str, trigger: str, mode: str) -> None:
    found = scene(text)
    event = word(found, trigger)
    tense = event.readings[0][1]
    said, at = manner.modality(found, event, tense, found.clause_at(event.first))
    assert said == mode
    assert (at is not None) is (mode != "happened")


@pytest.mark.parametrize(
    ("text", "trigger", "is_supposed"),
    [
        ("تتزايد المخاوف من هجوم على مدينة إدلب.", "هجوم", True),
        ("دعت الفصائل إلى هجوم على مدينة دوما.", "هجوم", True),
        ("شنت قوات النظام هجوما على مدينة إدلب.", "هجوما", False),
    ],
)
def test_supposed(text: str, trigger: str, is_supposed: bool) -> None:
    found = scene(text)
    written = trigger.replace("ة", "ه")
    event = word(found, written)
    assert bool(manner.supposed(found, event, found.clause_at(event.first))) is is_supposed
