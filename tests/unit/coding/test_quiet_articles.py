"""Quiet: the subject of an article, and why a draft is refused."""

import pytest

from coded import article, pipeline
from made import actor, draft, toll, trigger
from waqai.coding.draft import Draft
from waqai.coding.quiet import refused, topic_of

ASSAULT = trigger("assault", "attack", "Armed clash")
ACCORD = trigger("truce", "agree", "Agreement")
NOWHERE = {"place": None, "own_place": False}


def topic(text: str) -> str | None:
    pipe = pipeline()
    return topic_of(pipe.annotate(pipe.clean(article(text))), pipe.knowledge.quiet)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("سجل اللاعب هدفين في المباراة وقاد المنتخب في الدوري على الملعب.", "sport"),
        ("قالت النيابة العامة إن المتهمين سرقوا، وكشفت التحريات عن بلاغ في قسم شرطة.", "crime"),
        ("المباراة الأولى في الدوري // وصل اللاعب إلى الملعب.", "sport"),
        ("شن الطيران غارات على مدينة دوما.", None),
        ("قصف الملعب في مدينة دوما.", None),
        ("سجل اللاعب هدفا في المباراة. وشنت الفصائل غارات وقصف واشتباكات ومعارك في الملعب والدوري.", None),
        ("", None),
    ],
)
def test_topic(text: str, expected: str | None) -> None:
    assert topic(text) == expected


@pytest.mark.parametrize(
    "event",
    [
        draft(),
        draft(actor1=actor("regime"), actor2=actor("isis"), **NOWHERE),
        draft(actor1=actor("regime"), tolls=(toll("killed", 5),), **NOWHERE),
        draft(trigger=ASSAULT, actor1=actor("isis")),
        draft(trigger=ASSAULT, tolls=(toll("killed", 5),)),
        draft(definite=True),
        draft(definite=True, merged=(draft(2),), own_place=False),
    ],
)
def test_kept(event: Draft) -> None:
    assert refused(event, None) is None


@pytest.mark.parametrize(
    "event",
    [
        draft(**NOWHERE),
        draft(actor1=actor("regime"), **NOWHERE),
        draft(trigger=ACCORD, definite=True),
        draft(trigger=ASSAULT),
        draft(trigger=trigger("blast", "blast"), definite=True),
        draft(definite=True, own_place=False),
    ],
)
def test_refused(event: Draft) -> None:
    assert refused(event, None)


def test_a_quiet_article_keeps_only_an_armed_party_at_a_named_place() -> None:
    assert refused(draft(), "court") == "court"
    assert refused(draft(actor1=actor("isis")), "court") is None
    assert refused(draft(actor1=actor("isis"), own_place=False), "court") == "court"
    assert refused(draft(actor1=actor("isis")), "sport") == "sport"
