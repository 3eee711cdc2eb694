import datetime as dt
import itertools
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import document
from waqai.knowledge.dates import load_dates
from waqai.knowledge.files import DATA, load_files, parse_yaml
from waqai.mentions.dates import find_dates
from waqai.model.mention import DateRange, Mention
from waqai.model.timeline import Timeline

DATES = load_dates(load_files())
CORPUS = parse_yaml("dates/corpus.yaml", Path(DATA / "dates/corpus.yaml").read_bytes())
CASE = re.compile(
    r"(?P<text>.+) \| (?P<start>\?|\S{10})(?: (?P<end>=|\d{4}-\S+))? (?P<precision>\d)(?: (?P<time>\w+))?"
)
PARTS = re.compile(r"(.*)\[(.+)\](.*)")


def timeline(text: str, published: str | None = None, title: str = "", **more: object) -> Timeline:
    return find_dates(document(text, title, published), DATES, **more)  # type: ignore[arg-type]


def days(mention: Mention[DateRange]) -> tuple[str, str]:
    return str(mention.value.start), str(mention.value.end)


def by_words(found: Timeline) -> dict[str, str]:
    return {m.span.text: str(m.value.start) for m in found.mentions}


@pytest.mark.parametrize("case", CORPUS["cases"])
def test_corpus(case: str) -> None:
    row = CASE.fullmatch(case.replace("ـ", ""))  # cleaning drops the stretching sign
    assert row is not None
    parts = PARTS.fullmatch(row["text"])
    assert parts is not None
    words = parts[2].removeprefix("في ")
    found = timeline("".join(parts.groups()), CORPUS["on"]).mentions
    assert [m.span.text for m in found] == [words]
    start = "None" if row["start"] == "?" else row["start"]
    end = start if row["end"] in ("=", None) else row["end"]
    value = found[0].value
    assert (*days(found[0]), value.precision, value.time) == (start, end, int(row["precision"]), row["time"])


@pytest.mark.parametrize("text", CORPUS["silent"])
def test_silent(text: str) -> None:
    assert [m.span.text for m in timeline(text, CORPUS["on"]).mentions] == []


def test_the_corpus_is_large_enough() -> None:
    assert len(CORPUS["cases"]) >= 150
    assert len(CORPUS["silent"]) >= 50


def test_the_prefix_is_left_out_of_the_span() -> None:
    found = timeline("وأمس قصفت القرية وبالأسبوع الماضي أيضا", "2014-03-19").mentions
    assert [(m.prefix, m.span.text) for m in found] == [("و", "أمس"), ("وب", "الأسبوع الماضي")]


def test_the_anchor_is_the_day_of_publication() -> None:
    found = timeline("قصفت القرية في 2 آذار 2012", "2014-03-19")
    assert found.anchor is not None
    assert (found.anchor.day, found.anchor.basis) == (dt.date(2014, 3, 19), "record")


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("دمشق، 14 آذار/مارس 2019 (سانا) - قصفت الطائرات البلدة الثلاثاء.", "2019-03-14"),
        ("بغداد في 14 آذار/مارس 2019 (أ ف ب) - انفجرت سيارة.", "2019-03-14"),
        ("إدلب/ أحمد محمد/ الأناضول - 14.03.2019 قصفت الطائرات المدينة.", "2019-03-14"),
        ("دمشق - 12 آذار 2013 - قصفت القوات اليوم البلدة.", "2013-03-12"),
        ("12/03/2013\nقصفت القوات أمس البلدة.", "2013-03-12"),
        ("قصفت الطائرات صباح اليوم الثلاثاء 12 آذار 2013 البلدة.", "2013-03-12"),
        ("قصفت الطائرات أمس الاثنين 11 آذار 2013 البلدة.", "2013-03-12"),
        ("قالت الوكالة، السبت 7 كانون الأول 2024، إن القوات انسحبت.", "2024-12-07"),
        ("في اليوم الـ11 من العملية دخلوا الحي. وأطلقت الفصائل العملية في 27 تشرين الثاني 2024.", "2024-12-07"),
    ],
)
def test_the_text_names_its_day(text: str, anchor: str) -> None:
    found = timeline(text)
    assert found.anchor is not None
    assert (str(found.anchor.day), found.anchor.basis) == (anchor, "text")


@pytest.mark.parametrize(
    "text",
    [
        "سقطت المدينة في 5 آذار 2013 وقصفت اليوم مجددا.",
        "تأسست الحركة عام 2012. وقتل قائدها أمس.",
        "قصفت البلدة أمس الأحد.",
    ],
)
def test_history_is_no_anchor(text: str) -> None:
    found = timeline(text)
    assert found.anchor is None
    assert found.mentions[-1].value.start is None


def test_a_weekday_leaves_several_years_open() -> None:
    found = timeline("شن الطيران صباح اليوم الأحد، الأول من تشرين الثاني، غارات على البلدة. وسقطت أمس السبت.")
    assert found.anchor is None
    assert {2009, 2015, 2020} <= set(found.years)
    first = found.mentions[0]
    assert first.value == DateRange(None, None, 1, "stated", "morning")
    assert "2015-11-01" in first.considered


def test_the_actors_close_the_year() -> None:
    text = "قصف الطيران صباح اليوم الأحد، الأول من تشرين الثاني، البلدة التي سقطت مساء أمس السبت."
    found = timeline(text, active=[(dt.date(2013, 4, 9), dt.date(2019, 3, 23))])
    assert found.anchor is not None
    assert found.anchor.day == dt.date(2015, 11, 1)
    assert [days(m)[0] for m in found.mentions] == ["2015-11-01", "2015-10-31"]


def test_an_operation_is_counted_from_its_first_day() -> None:
    text = (
        "دخلت القوات أحياء المدينة في اليوم الـ11 من العملية التي أطلقتها في 27 من تشرين الثاني الماضي. "
        "وقالت الوكالة، السبت 7 من كانون الأول، إن القتال مستمر. "
        "في اليوم الأول من العملية سقط التل، وفي اليوم الثالث سقطت البلدة، "
        "وتوسعت خلال اليومين الرابع والخامس وسيطرت في الرابع على المعبر. "
        "ودخلت المدينة الخميس 5 من كانون الأول. وفي اليوم التالي تقدمت شرقا."
    )
    found = timeline(text, active=[(dt.date(2024, 11, 27), None)])
    assert found.anchor is not None
    assert found.anchor.day == dt.date(2024, 12, 7)
    words = by_words(found)
    assert words["اليوم الـ11"] == "2024-12-07"
    assert words["27 من تشرين الثاني الماضي"] == "2024-11-27"
    assert words["اليوم الأول"] == "2024-11-27"
    assert words["اليوم الثالث"] == "2024-11-29"
    assert words["اليومين الرابع والخامس"] == "2024-11-30"
    assert words["الرابع"] == "2024-11-30"
    assert words["اليوم التالي"] == "2024-12-06"


def test_a_full_date_shortly_before_settles_the_year() -> None:
    text = "قالت الوكالة، السبت 7 كانون الأول، إن العملية التي بدأت في 27 تشرين الثاني 2024 مستمرة."
    found = timeline(text)
    assert found.anchor is not None
    assert found.anchor.day == dt.date(2024, 12, 7)


def test_the_same_day_and_the_next() -> None:
    found = timeline("قصفت البلدة في 3 آذار 2014، وفي اليوم نفسه سقط التل، وفي اليوم التالي انسحبوا.", "2014-03-19")
    assert [days(m)[0] for m in found.mentions] == ["2014-03-03", "2014-03-03", "2014-03-04"]


def test_a_part_of_the_same_day_is_of_the_day_told_before() -> None:
    found = timeline("قتل شاب مساء الأحد، وانفجرت عبوة صباح اليوم نفسه، وعبوة صباح اليوم.", "2014-03-19").mentions
    assert [(days(m)[0], m.value.time) for m in found] == [
        ("2014-03-16", "evening"), ("2014-03-16", "morning"), ("2014-03-19", "morning"),
    ]  # fmt: skip


def test_a_wrong_weekday_close_by_does_not_move_the_year() -> None:
    found = timeline("قتل اثنان يوم الخميس 12 آذار", "2014-03-19").mentions
    assert days(found[0])[0] == "2014-03-12"


def test_forward_looks_ahead() -> None:
    assert days(timeline("الثلاثاء", "2013-02-12", forward=True).mentions[0])[0] == "2013-02-19"
    assert days(timeline("الثلاثاء", "2013-02-12").mentions[0])[0] == "2013-02-12"


def test_an_impossible_day_is_no_date() -> None:
    assert timeline("في 30 شباط 2014", "2014-03-19").mentions == ()


LEVANT = "كانون الثاني،شباط،آذار،نيسان،أيار،حزيران،تموز،آب،أيلول،تشرين الأول،تشرين الثاني،كانون الأول"
MONTHS = LEVANT.split("،")
EGYPT = ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"]
MAGHREB = ["جانفي", "فيفري", "مارس", "أفريل", "ماي", "جوان", "جويلية", "أوت", "شتنبر", "أكتوبر", "نونبر", "دجنبر"]
WEEK = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"]
FORMS = [
    "{d} {m} {y}",
    "{d} من {m} {y}",
    "الـ{d} من {m} {y}",
    "{w} {d} {m} {y}",
    "{w}، {d} {m} {y}",
    "{d} {m}/{e} {y}",
    "{d} {e} ({m}) {y}",
    "{d}/{n}/{y}",
    "{d}-{n}-{y}",
    "{d} {m} من عام {y}",
]


@given(
    st.dates(dt.date(1990, 1, 1), dt.date(2030, 12, 31)),
    st.sampled_from([MONTHS, EGYPT, MAGHREB]),
    st.sampled_from(FORMS),
)
@settings(max_examples=200, deadline=None)
def test_any_date_is_read_back(day: dt.date, months: list[str], form: str) -> None:
    month = months[day.month - 1]
    text = form.format(d=day.day, m=month, e=EGYPT[day.month - 1], n=day.month, y=day.year, w=WEEK[day.weekday()])
    found = timeline(f"قتل شخصان في {text} قرب الجسر").mentions
    assert [(m.span.text, m.value.start, m.value.end) for m in found] == [(text, day, day)]


RUN = (
    "اليوم أمس منذ قبل 3 ال و من إلى آذار / ( ) 2013 عام يوم يومي الأحد السبت الماضي شهر الشهر الأول ليل الساعة "
    "14-09-1432 هـ رمضان أيام الأيام مساء بداية الموافق ، - 13-15 9999 0 بين عملية الليلة التالي نفسه هذا"
)
PIECES = st.sampled_from([piece for piece in RUN.split(" ") if piece])


@given(st.lists(PIECES, max_size=12), st.sampled_from([None, "2014-03-19"]))
@settings(max_examples=300, deadline=None)
def test_no_run_of_date_words_crashes(pieces: list[str], published: str | None) -> None:
    found = timeline(" ".join(pieces), published).mentions
    assert all(a.last <= b.first for a, b in itertools.pairwise(found))
    assert all(m.value.start <= m.value.end for m in found if m.value.start and m.value.end)


@given(st.text(max_size=80))
@settings(max_examples=100, deadline=None)
def test_no_text_crashes(text: str) -> None:
    timeline(text)


def test_speed() -> None:
    words = "قال المصدر إن قوات من الجيش دخلت البلدة بعد معارك عنيفة وقتل عدد من المسلحين قرب الجسر يوم الأحد. "
    article = document(words * 33, published="2014-03-19")
    find_dates(article, DATES)
    best = min(_timed(lambda: find_dates(article, DATES)) for _ in range(7))
    assert best < 0.005  # half a millisecond on an idle core; slack for busy machines


def _timed(call: object) -> float:
    start = time.perf_counter()
    call()  # type: ignore[operator]
    return time.perf_counter() - start
