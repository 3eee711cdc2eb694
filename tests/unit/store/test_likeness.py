"""What is a copy and what is another report: the threshold from both sides."""

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.store.likeness import SHARED, Likeness, is_copy, likeness, look, marks
from waqai.store.words import folded_lines

STORY = (
    "قال ناشطون إن طائرات حربية شنت صباح اليوم عدة غارات على الأحياء الشرقية من المدينة ما أدى إلى مقتل سبعة مدنيين بينهم طفلان "
    "وإصابة أكثر من عشرين آخرين بجروح متفاوتة.\n"
    "وأضافت المصادر أن فرق الإنقاذ واصلت البحث عن ناجين تحت أنقاض مبنى سكني انهار بالكامل في حين أغلقت المدارس أبوابها خوفا "
    "من تجدد القصف على المنطقة خلال الساعات المقبلة.\n"
    "وكانت المدينة شهدت الأسبوع الماضي هدوءا حذرا عقب إعلان هدنة محلية برعاية لجنة من الوجهاء لم تصمد سوى أيام قليلة."
)
SHORT = "قصفت المدفعية بلدة سرمين في ريف إدلب مساء اليوم ما أدى إلى مقتل أربعة مدنيين وجرح عشرة بحسب الدفاع المدني"
DAY = dt.date(2016, 5, 4)


def like(text: str, day: dt.date | None = DAY) -> Likeness:
    return likeness(folded_lines(text), day)


def copies(one: str, two: str, days: int = 0) -> bool:
    a, b = like(one), like(two, DAY + dt.timedelta(days=days))
    assert is_copy(a, b) == is_copy(b, a)
    found = len(set(marks(a)) & set(marks(b))) >= SHARED
    return found and is_copy(a, b)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (STORY, STORY),
        (STORY, "غارات على الأحياء الشرقية\nوكالة الأفق\n" + STORY),
        (STORY, "(الأفق) - " + STORY),
        (STORY, STORY.replace("سبعة", "سَبعَة").replace("المدينة", "المدينه")),
        (STORY, STORY.replace(" بينهم طفلان", "").replace(" بالكامل", "")),
        (STORY, STORY.rsplit("\n", 1)[0]),
        (
            STORY,
            STORY + "\nيذكر أن المدينة تتعرض منذ أشهر لحملة قصف عنيفة دفعت معظم سكانها إلى النزوح نحو القرى المجاورة.",
        ),
        (STORY, STORY.replace("الأسبوع الماضي", "الأسبوع الفائت")),
        (SHORT, SHORT),
        (SHORT, "خاص - الجريدة\n" + SHORT),
        (SHORT, SHORT + " في المنطقة"),
        (SHORT, "عاجل " + SHORT),
    ],
)
def test_one_text_printed_twice(one: str, two: str) -> None:
    assert copies(one, two)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (SHORT, SHORT.replace("سرمين", "بنش")),
        (SHORT, SHORT.replace("أربعة", "ستة")),
        (SHORT, SHORT.replace("مساء", "صباح")),
        (SHORT, SHORT.replace("المدفعية", "الطائرات").replace("عشرة", "تسعة")),
        (SHORT, STORY),
        (STORY, SHORT + "\n" + STORY + "\n" + STORY.replace("المدينة", "القرية").replace("غارات", "هجمات")[::-1]),
        ("", ""),
        ("قصف", "قصف"),
        ("قصف جوي على حلب", "قصف جوي على دوما"),
    ],
)
def test_two_reports(one: str, two: str) -> None:
    assert not copies(one, two)


def test_a_short_text_told_again_weeks_later_is_another_report() -> None:
    assert copies(SHORT, SHORT, days=3)
    assert not copies(SHORT, SHORT, days=4)
    assert copies(STORY, STORY, days=40)


def test_a_round_up_is_no_copy_of_what_it_holds() -> None:
    other = "أعلنت الفصائل سيطرتها على تلة مشرفة بعد معارك استمرت ثلاثة أيام وقالت إنها أسرت عددا من الجنود ودمرت دبابتين وعربة "
    rest = "\n".join(f"{other}{word} ثم انسحبت منها ليلا نحو مواقعها القديمة" for word in ("شمالا", "جنوبا", "غربا"))
    assert not copies(SHORT, f"{SHORT}\n{rest}")


def test_menus_and_by_lines_are_not_compared() -> None:
    menu = "الرئيسية\nأخبار\nرياضة\nاقتصاد\nاتصل بنا\n"
    assert copies(menu + SHORT, SHORT)
    assert not copies(menu * 20 + SHORT, menu * 20 + SHORT.replace("سرمين", "بنش"))


def test_unlike_texts_share_no_marks() -> None:
    parts = STORY.splitlines()
    for one, two in itertools.combinations([*parts, SHORT], 2):
        assert not set(marks(like(one))) & set(marks(like(two)))


def test_marks_are_always_the_same() -> None:
    """Records hold them: should this fail, older records find no copies any more."""
    assert marks(like(SHORT))[:2] == (4890139036461944272, -1981530777836264432)


@given(st.text(), st.text())
def test_any_text(one: str, two: str) -> None:
    a, b = like(one), like(two, None)
    assert is_copy(a, b) == is_copy(b, a)
    assert all(-(2**63) <= mark < 2**63 for mark in marks(a))


def test_a_sketch_tells_most_other_reports_apart() -> None:
    one, two = (look(folded_lines(text), DAY).sketch for text in (STORY, STORY[::-1]))
    assert one.size == len(like(STORY).runs) and not one.may_be_copy(two) and not two.may_be_copy(one)


@given(
    st.sampled_from([STORY, SHORT, f"{SHORT}\n{STORY}"]),
    st.lists(st.tuples(st.integers(0, 60), st.sampled_from(["", "كلمة", "كلمة أخرى"])), max_size=12),
)
def test_a_sketch_never_denies_a_copy(text: str, changes: list[tuple[int, str]]) -> None:
    words = text.split(" ")
    for at, instead in changes:
        words[at % len(words)] = instead
    one, two = look(folded_lines(text), DAY), look(folded_lines(" ".join(words)), DAY)
    if is_copy(one.likeness, two.likeness):
        assert one.sketch.may_be_copy(two.sketch) and two.sketch.may_be_copy(one.sketch)
