"""Lines that were broken by hand are put together again; others stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.cleaning.lines import rejoined

WRAPPED = (
    "ذكرت لجان محلية في بيان لها اليوم أن عددا من\n"
    "المدن والقرى في ريف درعا الشرقي تعرضت لقصف من\n"
    "قبل القوات النظامية ما أدى إلى انهيار عدد من\n"
    "المنازل في الحراك وبصر الحرير وبلدات أخرى في\n"
    "المنطقة.\n"
    "وأضافت أن اشتباكات عنيفة دارت في محيط المدينة\n"
    "بين مقاتلين من المعارضة وقوات من الجيش، وتزامن\n"
    "ذلك مع وصول تعزيزات عسكرية إلى الحواجز القريبة\n"
    "من الطريق العام."
)


def test_a_sentence_over_several_lines_is_whole() -> None:
    assert rejoined(WRAPPED).count("\n") == 1
    assert "المنطقة.\nوأضافت" in rejoined(WRAPPED)


def test_lines_of_their_own_stay() -> None:
    text = "قصف على حلب\nاشتباكات في ريف حمص الشمالي\nمظاهرة\nغارات على إدلب\nهدوء في درعا\nقتيل\nجرحى\nنزوح من الرستن"
    assert rejoined(text) == text


def test_a_text_of_paragraphs_stays() -> None:
    text = "\n".join(["قال المرصد إن القوات قصفت بلدات في الريف " * 6] * 8)
    assert rejoined(text) == text


def test_rows_of_a_table_stay() -> None:
    towns = ("حلب", "حمص", "درعا", "إدلب", "دوما", "حماة", "سراقب")
    text = "\n".join(f"{town:<10}| قصف مدفعي      | {n} قتلى    | قوات النظام." for n, town in enumerate(towns, 3))
    assert rejoined(text) == text


def test_items_that_begin_alike_stay() -> None:
    towns = ("حلب", "حمص", "درعا", "إدلب", "دوما", "حماة", "سراقب")
    text = "حصيلة اليوم.\n" + "\n".join(
        f"قصف مدفعي لقوات النظام على {town:<8}ومقتل {n} مدنيين" for n, town in enumerate(towns, 3)
    )
    assert rejoined(text) == text


@pytest.mark.parametrize("mark", ["- ", "• ", "3) ", "12/3 "])
def test_items_of_a_list_stay(mark: str) -> None:
    lines = WRAPPED.split("\n")
    assert rejoined("\n".join(mark + line for line in lines)).count("\n") == len(lines) - 1


def test_headlines_without_full_stops_stay() -> None:
    text = WRAPPED.replace(".", "")
    assert rejoined(text) == text


@given(st.text(alphabet="اب \n.", max_size=600))
def test_no_offset_moves(text: str) -> None:
    joined = rejoined(text)
    assert len(joined) == len(text)
    assert all(a == b or (a, b) == ("\n", " ") for a, b in zip(text, joined, strict=True))
