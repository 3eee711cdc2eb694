"""Lists of places: what stands in them is a place, known to the gazetteer or not."""

import pytest

from coded import pipeline
from waqai.model.article import Article


def named(text: str) -> list[str]:
    """The names of the places of a text, in order."""
    line = pipeline()
    return [m.value.name_ar for m in line.annotate(line.clean(Article("made-up", text))).mentions.places]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("سيطروا على قرى شرقنلي وصوراني وحياني في ناحية بلبل.", ["شرقانلي", "صوراني", "حياني"]),
        ("سيطروا على قرى يكي دام وشلتاح.", ["يكي دام", "شلتاح"]),
        ('سيطروا على عدة قرى أهمها "الهليل" و"عكيزة" و"خربة الجاسم".', ["الهليل", "عكيزة", "خربة الجاسم"]),
        ('سيطروا على قرى "الزيارة والمنصورة" في سهل الغاب.', ["الزيارة", "المنصورة"]),
        ("سيطروا على حواجز الأمن السياسي والنمر والمدرسة.", ["حاجز الأمن السياسي", "حاجز النمر", "حاجز المدرسة"]),
        ('سيطروا على قرى "الهليل" و"عكيزة و"خربة الجاسم".', ["الهليل", "عكيزة", "خربة الجاسم"]),
        ("سيطروا على قرى (الهليل وعكيزة) في ريف حماة.", ["الهليل", "عكيزة"]),
        ("سيطروا على قرى: الهليل و عكيزة وسن الديب.", ["الهليل", "عكيزة", "سن الديب"]),
        ('سيطروا على خمس قرى، هي: "مارع وحربل وعكيزة وإحرص".', ["مارع", "حربل", "عكيزة"]),
        ('والقرى الأخرى هي: "تليلة، حج كوسا، شدار، بتاجك".', ["تليلة", "حج كوسا", "شدار", "بتاجك"]),
        ("قصف الطيران كلا من: كنصفرة، فليفل، والبارة في جبل الزاوية.", ["كنصفرة", "فليفل", "البارة"]),
        ("سقطت قذائف على قرى الشبكي شرق السويداء ودوما وتيما.", ["الشبكي", "السويداء", "دوما", "تيما"]),
        ("سقطت قذائف على أحياء: أبو رمانة، المالكي، والمزة.", ["أبو رمانة", "المالكي", "المزة"]),
    ],
)
def test_lists_are_read_to_their_end(text: str, places: list[str]) -> None:
    found = named(text)
    assert found[: len(places)] == places


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("سيطروا على خمس قرى جديدة غرب مدينة عفرين.", "جديدة"),
        ("نفذ أهالي بلدتي عرمان وسليم وقفات احتجاجية.", "قفات احتجاجية"),
        ("سيطروا على قرى الهليل وعكيزة والتلال المحيطة بها.", "التلال"),
        ("سيطروا على قرى الهليل وعكيزة وتقدموا نحو المدينة.", "تقدموا"),
        ("قصفوا قرى الهليل وعكيزة وفقا لناشطين.", "فقا"),
        ("قصفوا قرى الهليل وعكيزة، الثلاثاء، بالمدفعية.", "الثلاثاء"),
        ("انتشروا في القرى والبلدات والنقاط القريبة.", "البلدات"),
        ("سيطروا على قرى الهليل وعكيزة ومعسكرها.", "معسكرها"),
        ("سيطروا على قرى الهليل وأجزاء من عكيزة.", "أجزاء"),
        ("وصلوا إلى بلدتي الفوعة وكفريا المحاصرتين.", "المحاصرتين"),
    ],
)
def test_what_follows_a_list_is_no_place(text: str, never: str) -> None:
    assert not [name for name in named(text) if never in name]


def test_a_member_lies_by_the_place_that_holds_the_list() -> None:
    line = pipeline()
    text = "قصفت المدفعية بلدات الهبيط وعابدين بريف إدلب الجنوبي."
    places = [m.value for m in line.annotate(line.clean(Article("made-up", text))).mentions.places]
    unknown = next(place for place in places if place.name_ar == "عابدين")
    assert unknown.governorate == "Idlib"
    assert unknown.precision > 1


def test_a_name_of_a_list_does_not_lie_in_another_country() -> None:
    line = pipeline()
    text = "سيطروا على قرى سلوك والمهرة وخليل يوسف جنوب تل أبيض."
    places = [m.value for m in line.annotate(line.clean(Article("made-up", text))).mentions.places]
    assert {place.country for place in places if place.name_ar == "المهرة"} == {"SY"}
