"""Lines that head others: which they are, and what stands below them."""

import pytest

from coded import check, scene
from waqai.coding.headings import heads


@pytest.mark.parametrize(
    ("line", "place", "day"),
    [
        ("ريف حماة:", "ريف حماة", None),
        ("14 آذار 2015 – مدينة سراقب", "سراقب", "2015-03-14"),
        ("مدينة دوما", "دوما", None),
    ],
)
def test_a_line_of_names_alone_heads_others(line: str, place: str, day: str | None) -> None:
    found = heads(scene(line))
    assert found is not None
    where, when = found
    assert where is not None and where.value.name_ar == place
    assert (when.value.start.isoformat() if when is not None and when.value.start else None) == day


@pytest.mark.parametrize("line", ["قصف مدفعي على مدينة دوما", "الجيش في مدينة دوما", "هدوء حذر في مدينة دوما"])
def test_a_line_that_says_more_heads_nothing(line: str) -> None:
    assert heads(scene(line)) is None


def test_what_stands_below_a_place_happened_there() -> None:
    check(
        "قال ناشطون في حلب إن الوضع هادئ.\n\nمدينة دوما:\n\nسقطت قذائف هاون أدت إلى مقتل ثلاثة مدنيين.",
        "shelling, at دوما, killed 3",
    )


def test_what_stands_below_the_days_of_a_diary_happened_on_them() -> None:
    check(
        "ملخص الأسبوع في سوريا.\n\n2 آذار 2016 – مدينة سراقب\n\nألقت مروحيات النظام براميل متفجرة على المدينة."
        "\n\n4 آذار 2016 – مدينة دوما\n\nسقطت قذائف هاون على المدينة.",
        "air, by regime, at سراقب, date 2016-03-02; shelling, at دوما, date 2016-03-04",
    )


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("إسطنبول:\n\nقتل ستة مدنيين بقصف مدفعي لقوات النظام.", "shelling, by regime, killed 6"),
        (
            "قصفت قوات النظام مدينة سراقب.\n\nحلب - 12 كانون الأول 2015\n\nوشنت الطائرات الروسية غارات على كفرنبل.",
            "shelling, at سراقب; air, at كفرنبل, date 2016-03-09..2016-03-10",
        ),
    ],
)
def test_a_bureau_is_no_place_and_one_day_no_diary(text: str, wanted: str) -> None:
    check(text, wanted)
