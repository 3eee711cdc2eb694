"""The gazetteer builder on a small table."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import orjson
import pytest
import zstandard

TOOL = Path(__file__).parents[3] / "tools" / "build_gazetteer.py"
HEADER = [
    "id",
    "source",
    "name_ar",
    "alt_names_ar",
    "name_en",
    "lat",
    "lon",
    "feature_code",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "pcode",
    "population",
    "geonames_id",
    "parent",
]
ROWS = [
    [
        "ocha:SY04",
        "OCHA",
        "حمص",
        "محافظة حمص",
        "Homs",
        "34.4",
        "38.2",
        "A.ADM1",
        "SY",
        "حمص",
        "",
        "",
        "SY04",
        "",
        "",
        "",
    ],
    [
        "wof:1",
        "WOF",
        "حمص",
        "مدينة حمص",
        "Homs",
        "34.73",
        "36.71",
        "P.PPL",
        "SY",
        "حمص",
        "",
        "",
        "SY040100",
        "775404",
        "",
        "",
    ],
    ["wof:2", "WOF", "حمص", "", "Homs", "34.731", "36.712", "P.PPL", "SY", "حمص", "", "", "SY040100", "", "", ""],
    ["wof:3", "WOF", "مهين", "", "Mahin", "34.25", "37.06", "P.PPLA3", "SY", "حمص", "", "", "SY040107", "", "", ""],
    ["wof:4", "WOF", "قبيلة بني كذا", "", "Tribe", "30", "14", "P.PPL", "LY", "", "", "", "", "", "", ""],
    ["wof:5", "WOF", "مالي", "", "Mali", "12", "30", "P.PPL", "SD", "", "", "", "", "", "", ""],
    ["wof:6", "WOF", "X", "", "X", "12", "44", "P.PPL", "YE", "تعز", "", "", "", "", "", ""],
]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    if str(TOOL.parent) not in sys.path:
        sys.path.insert(0, str(TOOL.parent))  # as for a script: its neighbour gazetteer_areas
    spec = importlib.util.spec_from_file_location("build_gazetteer", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["build_gazetteer"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def data(tmp_path: Path) -> Path:
    table = "\n".join("\t".join(row) for row in [HEADER, *ROWS])
    (tmp_path / "gazetteer_region.tsv").write_text(table + "\n", encoding="utf-8")
    ucdp = "name_en\tlat\tlon\twhere_prec\tadm_1\tadm_2\tevents\nMahin town\t34.251\t37.061\t1\tHoms\t\t4\n"
    (tmp_path / "ucdp_syria_places.tsv").write_text(ucdp, encoding="utf-8")
    ring = [[36.0, 34.0], [38.0, 34.0], [38.0, 35.5], [36.0, 35.5], [36.0, 34.0]]
    feature = {
        "properties": {"pcode": "SY040000", "adm1_ar": "حمص"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    (tmp_path / "syr_adm3.geojson").write_bytes(orjson.dumps({"features": [feature]}))
    return tmp_path


def built(tool: ModuleType, data: Path) -> dict[str, Any]:
    output = data / "out.zst"
    assert tool.main([str(data), str(output)]) == 0
    held: dict[str, Any] = orjson.loads(zstandard.ZstdDecompressor().decompress(output.read_bytes()))
    return held


def rows(held: dict[str, Any]) -> dict[str, list[str]]:
    return {line.split("\t")[0]: line.split("\t") for line in held["rows"].split("\n")}


def test_doubles_are_merged_and_junk_is_dropped(tool: ModuleType, data: Path) -> None:
    assert sorted(rows(built(tool, data))) == ["ocha:SY04", "wof:1", "wof:3"]


def test_the_governorate_lies_at_its_town(tool: ModuleType, data: Path) -> None:
    assert rows(built(tool, data))["ocha:SY04"][3:5] == ["34.73", "36.71"]


def test_events_of_the_wars_record_are_counted(tool: ModuleType, data: Path) -> None:
    found = rows(built(tool, data))
    assert found["wof:3"][-1] == "4"
    assert found["wof:1"][-1] == "0"


def test_other_spellings_are_marked(tool: ModuleType, data: Path) -> None:
    held = built(tool, data)
    index = dict(zip(held["names"].split("\n"), held["numbers"].split("\n"), strict=True))
    numbers = [int(number) for number in index["حمص"].split()]
    assert len(numbers) == 2
    assert all(number % 2 == 0 for number in numbers)


def test_the_same_input_gives_the_same_bytes(tool: ModuleType, data: Path) -> None:
    built(tool, data)
    first = (data / "out.zst").read_bytes()
    built(tool, data)
    assert (data / "out.zst").read_bytes() == first


def test_without_a_folder_it_says_how_to_call_it(tool: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert tool.main([]) == 2
    assert "usage" in capsys.readouterr().err


def test_a_syrian_place_takes_the_code_of_the_subdistrict_it_lies_in(tool: ModuleType, data: Path) -> None:
    found = rows(built(tool, data))["wof:1"]
    assert (found[8], found[10]) == ("Homs", "SY040000")


def test_places_edited_by_hand_take_codes_too(tool: ModuleType, data: Path) -> None:
    codes = built(tool, data)["codes"]
    assert set(codes.values()) == {"SY040000"}
    assert "waqai:sy-khan-arnabah" not in codes  # in Quneitra, of which this test's map has nothing


def test_a_hole_is_outside(tool: ModuleType) -> None:
    outer = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)]
    hole = [(1.0, 1.0), (3.0, 1.0), (3.0, 3.0), (1.0, 3.0)]
    area = tool.Area("SY1", "حمص", ((outer, hole),), (0.0, 0.0, 4.0, 4.0))
    assert [tool.locate([area], *point) is area for point in ((0.5, 0.5), (2.0, 2.0), (5.0, 0.5))] == [
        True,
        False,
        False,
    ]
