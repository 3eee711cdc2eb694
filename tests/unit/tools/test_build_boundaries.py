"""The outlines that the explorer draws."""

import gzip
import importlib.util
from pathlib import Path
from types import ModuleType

import orjson
import pytest

from waqai.serving import __file__ as SERVING

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_boundaries", ROOT / "tools" / "build_boundaries.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_points_that_fall_together_are_left_out(tool: ModuleType) -> None:
    ring = [[36.00001, 35.0], [36.00002, 35.0], [37.0, 35.0], [37.0, 36.0], [36.00001, 35.0]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    assert tool.compact(shape)["coordinates"] == [[[36.0, 35.0], [37.0, 35.0], [37.0, 36.0], [36.0, 35.0]]]


def test_what_is_too_small_to_draw_is_left_out(tool: ModuleType) -> None:
    speck = [[[36.0, 35.0], [36.0001, 35.0], [36.0001, 35.0001], [36.0, 35.0]]]
    square = [[[36.0, 35.0], [37.0, 35.0], [37.0, 36.0], [36.0, 35.0]]]
    assert tool.compact({"type": "Polygon", "coordinates": speck}) is None
    assert tool.compact({"type": "MultiPolygon", "coordinates": [speck, square]})["type"] == "Polygon"


@pytest.mark.parametrize(
    ("layer", "outlines"), [("countries", 27), ("governorates", 116), ("districts", 62), ("subdistricts", 272)]
)
def test_the_layers_that_ship(layer: str, outlines: int) -> None:
    packed = (Path(str(SERVING)).parent / "boundaries" / f"{layer}.json.gz").read_bytes()
    features = orjson.loads(gzip.decompress(packed))["features"]
    assert len(features) == outlines
    assert all(feature["properties"]["name_en"] for feature in features)
    assert len(packed) < 100_000


def test_the_same_input_gives_the_same_bytes(tool: ModuleType, shared: Path, tmp_path: Path) -> None:
    assert tool.main([str(shared / "data"), str(tmp_path)]) == 0
    for file in sorted(tmp_path.iterdir()):
        assert file.read_bytes() == (tool.OUTPUT / file.name).read_bytes()
