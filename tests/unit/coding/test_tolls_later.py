"""Tolls of sentences that tell no event of theirs: which event they go to, and which tolls are of no event."""

import datetime as dt

import pytest

from coded import pipeline
from waqai.coding.draft import Toll
from waqai.coding.reporting import total
from waqai.model.article import Article, Published
from waqai.model.text import Span

DAY = Published(dt.date(2020, 3, 20), "record")
STRIKE = "قصفت الطائرات مدينة دوما وقتل 21 مدنيا."


def killed(text: str, title: str = "") -> dict[str, object]:
    """The killed of the news of each place."""
    found = pipeline().reports(Article("later", text, title, DAY, None, None))
    return {r.place.place.name_ar: r.killed for r in found if r.place and not r.background}


def toll(low: int, high: int | None, **flags: bool) -> Toll:
    return Toll("killed", "unknown", None, low, high, 0, 0, 1, Span("text", 0, 1, "x"), **flags)


@pytest.mark.parametrize(
    ("after", "range_"),
    [
        ("وقال ناشطون إن 25 مدنيا قتلوا.", (21, 25)),  # another count of the same people
        ("وأسفر القصف عن مقتل 21 شخصا على الأقل.", (21, None)),
        ("ثم ارتفعت الحصيلة إلى 24 قتيلا.", (24, 24)),
        ("وكان المرصد أفاد في وقت سابق عن مقتل 16.", (21, 21)),  # outdated
        ("وقتل 40 شخصا في مدينة حمص أمس.", (21, 21)),  # of another place
        ("وقتل منذ مطلع العام 300 مدني.", (21, 21)),  # of a year
    ],
)
def test_the_sentence_after(after: str, range_: tuple[int, int | None]) -> None:
    assert killed(f"{STRIKE} {after}")["دوما"] == range_


def test_a_lead_without_an_event_counts_the_dead_of_the_next_sentence() -> None:
    text = "قتل سبعة أشخاص جراء صاروخ. وقال مسعفون إن الصاروخ سقط على سوق في مدينة الحديدة."
    assert killed(text)["الحديدة"] == (7, 7)


@pytest.mark.parametrize("lead", ["قتل 90 شخصا في مناطق متفرقة.", "قتل 90 شخصا في محافظة درعا."])
def test_a_lead_of_many_places_is_of_no_single_event(lead: str) -> None:
    assert killed(f"{lead} وقصفت الطائرات مدينة دوما.")["دوما"] is None


def test_a_headline_of_two_towns_gives_way_to_what_the_body_counts_in_one() -> None:
    found = killed("قتل 11 مدنيا في قصف على مدينة رفح.", "عشرات القتلى بقصف على خان يونس ورفح")
    assert found["رفح"] == (11, 11)


@pytest.mark.parametrize(
    ("tolls", "range_"),
    [
        ([toll(9, 9, earlier=True)], (9, 9)),
        ([toll(9, 9, earlier=True), toll(14, 14)], (14, 14)),
        ([toll(30, None), toll(34, None)], (30, None)),
        ([toll(46, 46), toll(47, None)], (46, None)),
        ([toll(29, 51), toll(20, None)], (20, 51)),
        ([toll(5, 5), toll(11, 11, rises=True)], (11, 11)),
        ([toll(1, 1, singular=True), toll(3, 3)], (3, 3)),
        ([], None),
    ],
)
def test_total(tolls: list[Toll], range_: tuple[int, int | None] | None) -> None:
    assert total(tolls, "killed") == range_
