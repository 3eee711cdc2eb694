"""Roads and stretches between two places: one place halfway, and what is none."""

import pytest

from helpers import document
from waqai.knowledge.files import load_files
from waqai.knowledge.gazetteer import Gazetteer, load_gazetteer
from waqai.mentions.places import find_places
from waqai.mentions.places_roads import halfway
from waqai.model.mention import Mention, Place


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer(load_files())


def found(text: str, gazetteer: Gazetteer) -> tuple[Mention[Place], ...]:
    return find_places(document(text), gazetteer)


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("انفجرت عبوة ناسفة على طريق القامشلي - عامودا", "طريق القامشلي - عامودا", "القامشلي وعامودا"),
        ("ضبطت سيارة على طريق أريحا-سراقب ظهرا", "طريق أريحا-سراقب", "أريحا وسراقب"),
        ("انفجر لغم على طريق السلمية حمص", "طريق السلمية حمص", "السلمية وحمص"),
        ("أغلق محتجون طريق عام حانين - عين إبل", "طريق عام حانين - عين إبل", "حانين وعين إبل"),
        (
            "هاجموا حافلة على الطريق بين مدينتي نوى والشيخ مسكين",
            "الطريق بين مدينتي نوى والشيخ مسكين",
            "نوى والشيخ مسكين",
        ),
        ("وبالطريق الواصل بين بلدتي تسيل وعدوان انفجر لغم", "الطريق الواصل بين بلدتي تسيل وعدوان", "تسيل وعدوان"),
        (
            "عثر على الجثة في الأراضي الواقعة بين بلدتي عرى والقريا",
            "الأراضي الواقعة بين بلدتي عرى والقريا",
            "عرى والقريا",
        ),
        ("نصبوا حاجزا بين خربة غزالة وإزرع", "حاجزا بين خربة غزالة وإزرع", "خربة غزالة وإزرع"),
    ],
)
def test_two_ends_are_one_place(text: str, words: str, name: str, gazetteer: Gazetteer) -> None:
    (mention,) = found(text, gazetteer)
    assert (mention.span.text, mention.value.name_ar, mention.value.relation) == (words, name, "between")


def test_a_road_lies_halfway_and_is_as_precise_as_its_ends_are_near(gazetteer: Gazetteer) -> None:
    (near,) = found("انفجرت عبوة على الطريق الواصل بين نوى والشيخ مسكين", gazetteer)
    (nawa,), (miskin,) = (found(f"في مدينة {town}", gazetteer) for town in ("نوى", "الشيخ مسكين"))
    assert near.value.lat is not None and nawa.value.lat is not None and miskin.value.lat is not None
    assert near.value.lat == pytest.approx((nawa.value.lat + miskin.value.lat) / 2, abs=1e-4)
    assert (near.value.level, near.value.precision, near.value.governorate) == ("site", 2, "Daraa")
    (far,) = found("هاجموا حافلة على طريق حمص - تدمر", gazetteer)
    assert (far.value.precision, far.value.governorate, far.value.pcode) == (5, "Homs", "SY04")
    (abroad,) = found("أغلقوا طريق دمشق - بيروت", gazetteer)
    assert (abroad.value.country, abroad.value.governorate, abroad.value.pcode) == (None, None, None)


def test_a_road_is_the_same_in_both_directions(gazetteer: Gazetteer) -> None:
    one, other = (found(f"على طريق {ends} ليلا", gazetteer)[0].value for ends in ("سلقين - حارم", "حارم - سلقين"))
    assert one.id == other.id and (one.lat, one.lon) == (other.lat, other.lon)


def test_the_end_that_is_not_named_is_the_town_named_last(gazetteer: Gazetteer) -> None:
    text = "وصل التنظيم إلى مدينة الحسكة. وقصفت الطائرات الطريق الواصل بين المدينة وبلدة الشدادي."
    assert [m.value.name_ar for m in found(text, gazetteer)] == ["الحسكة", "الحسكة والشدادي"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("سيطروا على طريق الباب في حلب", ["طريق الباب", "حلب"]),
        ("اشتباكات بين مدينة سراقب وبلدة النيرب", ["سراقب", "النيرب"]),
        ("قصفت الطائرات طريق حمص، وتدمر", ["طريق حمص", "تدمر"]),
        ("على طريق حمص وفي تدمر قتل اثنان", ["طريق حمص", "تدمر"]),
        ("خط الجبهة بين مارع وتل رفعت", ["مارع", "تل رفعت"]),
    ],
)
def test_two_places_stay_two(text: str, names: list[str], gazetteer: Gazetteer) -> None:
    assert [m.value.name_ar for m in found(text, gazetteer)] == names


def test_halfway_keeps_what_both_share() -> None:
    def place(id: str, lat: float, pcode: str | None) -> Place:
        return Place(id, id, id, lat, 36.0, "settlement", 1, None, "SY", "Daraa", pcode, None, sure=lat / 40)

    assert halfway(place("b", 32.0, "SY120100"), place("a", 32.1, "SY120200"), "area").pcode == "SY12"
    made = halfway(place("b", 32.0, "SY120100"), place("a", 32.1, None), "area")
    assert (made.id, made.pcode, made.pcode_level, made.precision, made.sure) == ("a/b", None, None, 3, 0.8)
