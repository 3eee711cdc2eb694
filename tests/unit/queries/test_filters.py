"""Filters: what of a made record each condition finds, in both databases, and what is said of names that are not there."""

import datetime as dt
import json
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asked import ODD, asked
from waqai.knowledge.codebook import load_codebook
from waqai.knowledge.files import load_files
from waqai.queries.areas import Area, area_of, parse_box, read_area
from waqai.queries.asking import PARAMETERS, day_of, filter_asked
from waqai.queries.conditions import INCIDENTS, REPORTS
from waqai.queries.errors import QueryError
from waqai.queries.filters import Filter
from waqai.queries.listing import every
from waqai.store.opening import Store

CODEBOOK = load_codebook(load_files())
ALL = {"strike-1", "strike-2", "shells", "plan", "denial", "recalled", "undated"}
STRIKES = {"strike-1", "strike-2"}
HOSTILE = (
    "'",
    '"',
    "%",
    "_",
    "' OR 1=1 --",
    "\u202eحلببب",
    "a" * 900,
    "حلببب\x01",
    "[",
    "*",
    "\\",
    "; DROP TABLE reports",
    "𐀀",
    "\ud800",
)


@pytest.fixture
def store(record_address: str) -> Iterator[Store]:
    with asked(record_address) as found:
        yield found


def labels(store: Store, **parameters: str | list[str]) -> set[str]:
    """The articles of the reports that fit."""
    given = {name: [value] if isinstance(value, str) else value for name, value in parameters.items()}
    with store.read() as connection:
        filter = filter_asked(connection, given, CODEBOOK)
        return {json.loads(found.json)["doc_id"] for found in every(connection, filter, REPORTS)}


def incidents(store: Store, filter: Filter) -> list[set[str]]:
    with store.read() as connection:
        found = [json.loads(one.json) for one in every(connection, filter, INCIDENTS)]
    return [{report["doc_id"] for report in one["reports"]} for one in found]


CASES: list[tuple[dict[str, str | list[str]], set[str]]] = [
    ({}, ALL),
    ({"type": "Air/drone strike"}, STRIKES),
    ({"type": "battles"}, {"plan", "denial", "undated"}),
    ({"type": "remote"}, {*STRIKES, "shells"}),
    ({"type": ["protests", "Air/drone strike"]}, {*STRIKES, "recalled"}),
    ({"actor": "syrian-army"}, {*STRIKES, "shells", "denial"}),
    ({"actor": "الجيش السوري"}, {*STRIKES, "shells", "denial"}),
    ({"actor": "Syrian Arab Army", "role": "actor2"}, {"denial"}),
    ({"actor": "داعش"}, {"plan", "denial", "undated"}),
    ({"actor": "isis", "role": "blamed"}, {"undated"}),
    ({"camp": "regime"}, {*STRIKES, "shells", "denial"}),
    ({"camp": ["regime", "isis"], "type": "clash"}, {"plan", "denial", "undated"}),
    ({"camp": "isis", "actor": "syrian-army"}, {"denial"}),
    ({"camp": "regime", "actor": "syrian-army"}, {*STRIKES, "shells", "denial"}),
    ({"camp": "isis", "actor": "syrian-army", "role": "actor1"}, set()),
    ({"polygon": "36.5,36;38,36;38,37;36.5,37"}, STRIKES),
    ({"polygon": "36.5,36;38,36;38,37;36.5,37;36.5,36;"}, STRIKES),
    ({"place": "حلب"}, STRIKES),
    ({"place": "Aleppo"}, STRIKES),
    ({"place": "حَلَب"}, STRIKES),
    ({"place": "ادلب"}, {"shells"}),
    ({"place": "g3"}, {"recalled"}),
    ({"place": ["g1", "g2"]}, {*STRIKES, "shells"}),
    ({"place": "تل ابيض", "governorate": "Raqqa"}, {"plan"}),
    ({"place": ODD.name_ar}, {"undated"}),
    ({"governorate": "Idlib"}, {"shells", "recalled"}),
    ({"governorate": "إدلب"}, {"shells", "recalled"}),
    ({"governorate": ["Aleppo", "idlib"]}, {*STRIKES, "shells", "recalled"}),
    ({"country": "sy"}, ALL),
    ({"pcode": "SY07"}, {"shells", "recalled"}),
    ({"pcode": "sy0700"}, {"shells"}),
    ({"bbox": "37,36,37.5,36.5"}, STRIKES),
    ({"from": "2016-06"}, {"shells", "plan", "denial"}),
    ({"from": "2016-06-10", "to": "2016-06-30"}, {"shells"}),
    ({"to": "2015"}, {"recalled"}),
    ({"source": "وكالة الساحل"}, {"strike-2"}),
    ({"source": "Syrian Observatory for Human Rights"}, ALL - {"strike-2"}),
    ({"outlet": "البحر"}, {"strike-2", "shells", "recalled"}),
    ({"modality": "planned"}, {"plan"}),
    ({"modality": ["planned", "denied"]}, {"plan", "denial"}),
    ({"background": "yes"}, {"recalled"}),
    ({"background": "no"}, ALL - {"recalled"}),
    ({"min_killed": "4"}, {"strike-2", "undated"}),
    ({"min_killed": "121"}, set()),
    ({"words": "أحياء المدينة"}, STRIKES),
    ({"words": '"وسط ادلب"'}, {"shells"}),
    ({"words": "اشتبا*"}, {"denial", "undated"}),
    ({"as_of": "2016-05-04"}, {"strike-1"}),
    ({"actor": "syrian-army", "source": "وكالة الساحل", "type": "remote", "bbox": "37,36,38,37"}, {"strike-2"}),
    ({"type": ["remote", "clash"], "governorate": ["Idlib", "Raqqa"], "min_killed": "0"}, set()),
]  # fmt: skip


def test_a_condition_finds(store: Store) -> None:
    found = [(parameters, labels(store, **parameters), expected) for parameters, expected in CASES]
    assert not [case for case in found if case[1] != case[2]]


def test_incidents_are_found_by_the_same_conditions(store: Store) -> None:
    strike = [STRIKES]
    assert len(incidents(store, Filter())) == 6
    assert incidents(store, Filter(actors=("syrian-army",), types=("Air/drone strike",))) == strike
    assert incidents(store, Filter(sources=("وكالة الساحل",))) == strike
    assert incidents(store, Filter(outlets=("نهار الشمال",), places=("g1",))) == strike
    assert incidents(store, Filter(words="روى سكان")) == strike
    assert incidents(store, Filter(min_killed=3, box=parse_box("37,36,38,37"))) == strike
    assert incidents(store, Filter(camps=("isis",), roles=("blamed",))) == [{"undated"}]
    assert incidents(store, Filter(pcode="SY0700")) == [{"shells"}]
    assert incidents(store, Filter(start=dt.date(2016, 7, 1), end=dt.date(2016, 7, 3))) == [{"plan"}]


def test_what_has_a_day_and_what_has_none(store: Store) -> None:
    assert incidents(store, Filter(dated=False)) == [{"undated"}]
    assert len(incidents(store, Filter(dated=True))) == len(incidents(store, Filter())) - 1
    assert incidents(store, Filter(dated=False, types=("Air/drone strike",))) == []
    for level in (REPORTS, INCIDENTS):
        with store.read() as connection:
            days = {
                dated: [json.loads(one.json)["date"] for one in every(connection, Filter(dated=dated), level)]
                for dated in (True, False)
            }
            assert all(days[True]) and days[False] and not any(days[False])


def test_reports_of_an_incident_and_of_a_grade(store: Store) -> None:
    with store.read() as connection:
        strike = next(iter(every(connection, Filter(types=("Air/drone strike",)), INCIDENTS)))
        grade = json.loads(strike.json)["grade"]["grade"]
        of_it = list(every(connection, Filter(incident=strike.id), REPORTS))
        graded = {json.loads(one.json)["doc_id"] for one in every(connection, Filter(grades=(grade,)), REPORTS)}
    assert {json.loads(one.json)["doc_id"] for one in of_it} == STRIKES
    assert graded >= STRIKES and "shells" not in graded


def test_a_polygon_and_its_hole(store: Store, tmp_path: Path) -> None:
    """Aleppo lies in the ring, Idlib in its hole."""
    ring = [[36, 35], [38, 35], [38, 37], [36, 37], [36, 35]]
    hole = [[36.5, 35.8], [36.8, 35.8], [36.8, 36.1], [36.5, 36.1], [36.5, 35.8]]
    path = tmp_path / "area.geojson"
    path.write_text(json.dumps({"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [ring, hole]}}))
    with store.read() as connection:
        for subject, least in ((REPORTS, 2), (INCIDENTS, 1)):
            found = list(every(connection, Filter(area=read_area(str(path)), types=("Air/drone strike",)), subject))
            inside = list(every(connection, Filter(area=read_area(str(path))), subject))
            assert len(found) == least
            assert "g2" not in {(json.loads(one.json)["place"] or {}).get("id") for one in inside}
        nowhere = area_of({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]})
        assert not list(every(connection, Filter(area=nowhere), REPORTS))


def refused(store: Store, **parameters: str) -> str:
    with pytest.raises(QueryError) as caught:
        labels(store, **parameters)
    return str(caught.value)


def test_unknown_names_list_what_is_near(store: Store) -> None:
    assert "g1 (حلب / Aleppo" in refused(store, place="حلبب")
    assert "Hama" in (said := refused(store, place="تل أبيض")) and "Raqqa" in said and "ask by id" in said
    assert "Syrian Arab Army" in refused(store, actor="Syrian Army")
    assert "وكالة الساحل" in refused(store, source="وكالة الساحلل")
    assert "Aleppo" in refused(store, governorate="Alepo")
    assert "البحر" in refused(store, outlet="البحرر")
    assert "Battles" in refused(store, type="battle")
    assert "SY" in refused(store, country="XX")
    assert "planned" in refused(store, modality="plannd")
    for parameters in ({"from": "2016-13"}, {"to": "gestern"}, {"min_killed": "-1"}, {"bbox": "1,2,3"}, {"grade": "gut"},
                       {"polygon": "1,2;3,4"},
                       {"polygon": "1,2;3,4;5,x"}, {"polygon": "1,2;3,4;5,nan"}, {"polygon": "1,2;3,4;5,91"},
                       {"polygon": "1,2;" * 301},
                       {"from": "2017", "to": "2016"}, {"background": "oui"}, {"words": "***"}, {"planet": "x"}):  # fmt: skip
        assert "\n" not in refused(store, **parameters)


def test_hostile_values_find_nothing_and_break_nothing(store: Store) -> None:
    for name, value in product(PARAMETERS, HOSTILE):
        try:
            found = labels(store, **{name: value})
        except QueryError as error:
            assert "\n" not in str(error) and str(error).encode("utf-8", "replace")
        else:
            assert found <= ALL and (name == "words" or not found), name
    assert labels(store) == ALL


@given(st.floats(-80, 80), st.floats(-170, 170), st.floats(0.1, 5))
def test_a_box_and_its_polygon_hold_the_same(lat: float, lon: float, size: float) -> None:
    box = parse_box(f"{lon:.6f},{lat:.6f},{lon + size:.6f},{lat + size:.6f}")
    ring = (
        (box.west, box.south),
        (box.east, box.south),
        (box.east, box.north),
        (box.west, box.north),
        (box.west, box.south),
    )
    area = Area(((ring,),))
    for down in (-0.5, 0.25, 0.5, 0.75, 1.5):
        for right in (-0.5, 0.25, 0.5, 0.75, 1.5):
            point = lat + down * size, lon + right * size
            assert area.holds(*point) == box.holds(*point)


@pytest.mark.parametrize(
    "document",
    [None, [], {}, {"type": "Point", "coordinates": [1, 2]}, {"type": "Polygon", "coordinates": [[[1, 2], [3, 4]]]},
     {"type": "Polygon", "coordinates": [[["x", 1], [2, 2], [3, 3], [4, 4]]]}, {"type": "Feature", "geometry": None},
     {"type": "Polygon", "coordinates": [[[999, 1], [2, 2], [3, 3], [4, 4]]]},
     {"type": "Polygon", "coordinates": [[[True, 1], [2, 2], [3, 3], [4, 4]]]}],
)  # fmt: skip
def test_what_is_no_area_is_said(document: object) -> None:
    with pytest.raises(QueryError):
        area_of(document)


def test_days_months_and_years() -> None:
    assert day_of("2015") == dt.date(2015, 1, 1) and day_of("2015", last=True) == dt.date(2015, 12, 31)
    assert day_of("2015-12", last=True) == dt.date(2015, 12, 31) and day_of(" 2015-10-31 ") == dt.date(2015, 10, 31)
