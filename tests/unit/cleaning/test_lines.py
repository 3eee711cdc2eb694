"""Lines that were broken by hand are put together again; others stay."""

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


@given(st.text(alphabet="اب \n.", max_size=600))
def test_no_offset_moves(text: str) -> None:
    joined = rejoined(text)
    assert len(joined) == len(text)
    assert all(a == b or (a, b) == ("\n", " ") for a, b in zip(text, joined, strict=True))
