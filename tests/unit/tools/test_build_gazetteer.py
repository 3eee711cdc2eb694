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
    index = built(tool, data)["index"]
    assert len(index["حمص"]) == 2
    assert all(number % 2 == 0 for number in index["حمص"])


def test_the_same_input_gives_the_same_bytes(tool: ModuleType, data: Path) -> None:
    built(tool, data)
    first = (data / "out.zst").read_bytes()
    built(tool, data)
    assert (data / "out.zst").read_bytes() == first


def test_without_a_folder_it_says_how_to_call_it(tool: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert tool.main([]) == 2
    assert "usage" in capsys.readouterr().err
