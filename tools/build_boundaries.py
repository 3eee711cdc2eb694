"""Write the outlines that the explorer draws: countries, governorates, districts and subdistricts, in a compact form.

python tools/build_boundaries.py DATA_FOLDER [OUTPUT_FOLDER]

Reads `region_adm0`, `syr_adm1` to `syr_adm3` and `neighbours_adm1` (GeoJSON). Coordinates are cut to three decimals
(about 100 m), points that then fall together are left out. Each layer is one gzipped GeoJSON file, the same bytes for
the same input; each feature has `name_en`, and where known `name_ar`, `pcode` and `country`.
"""

import gzip
import sys
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import orjson

from waqai.knowledge.files import load_files

OUTPUT = Path(__file__).resolve().parents[1] / "src" / "waqai" / "serving" / "boundaries"
DECIMALS = 3
SMALLEST = 4  # points of a ring that still encloses something, the last being the first again
Feature = dict[str, Any]
Name = Callable[[Mapping[str, Any]], Feature]


def main(arguments: Sequence[str]) -> int:
    """Build and write; returns the exit status."""
    if not arguments:
        sys.stderr.write("usage: build_boundaries.py DATA_FOLDER [OUTPUT_FOLDER]\n")
        return 2
    data = Path(arguments[0])
    output = Path(arguments[1]) if len(arguments) > 1 else OUTPUT
    output.mkdir(parents=True, exist_ok=True)
    layers: dict[str, list[tuple[str, Name]]] = {
        "countries": [("region_adm0", _country())],
        "governorates": [("syr_adm1", _syrian), ("neighbours_adm1", _neighbour)],
        "districts": [("syr_adm2", _syrian)],
        "subdistricts": [("syr_adm3", _syrian)],
    }
    for layer, files in layers.items():
        features = [feature for file, name in files for feature in _features(data / f"{file}.geojson", name)]
        text = orjson.dumps({"type": "FeatureCollection", "features": features})
        packed = gzip.compress(text, 9, mtime=0)
        (output / f"{layer}.json.gz").write_bytes(packed)
        sys.stdout.write(f"{layer}: {len(features)} outlines, {len(packed):,} bytes\n")
    return 0


def _features(path: Path, name: Name) -> list[Feature]:
    found = []
    for feature in orjson.loads(path.read_bytes())["features"]:
        shape = compact(feature["geometry"])
        if shape is not None:
            found.append({"type": "Feature", "properties": name(feature["properties"]), "geometry": shape})
    return found


def compact(shape: Mapping[str, Any]) -> Feature | None:
    """A polygon, or several, with fewer decimals and points; None when nothing is left of it."""
    parts = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    polygons = [[short for ring in part if len(short := _ring(ring)) >= SMALLEST] for part in parts]
    kept = [polygon for polygon in polygons if polygon]
    if not kept:
        return None
    if len(kept) == 1:
        return {"type": "Polygon", "coordinates": kept[0]}
    return {"type": "MultiPolygon", "coordinates": kept}


def _ring(ring: Sequence[Sequence[float]]) -> list[list[float]]:
    """The points of a ring, those that fall together taken once."""
    points = ([round(x, DECIMALS), round(y, DECIMALS)] for x, y, *_ in ring)
    return [point for point, _ in groupby(points)]


def _country() -> Name:
    """Names of countries in both languages, where the gazetteer has them."""
    known = load_files().get("gazetteer/countries.yaml")["countries"]
    arabic = {entry["en"]: (code, entry["names"][0]) for code, entry in known.items()}

    def name(about: Mapping[str, Any]) -> Feature:
        code, written = arabic.get(about["name_en"], (None, None))
        return {"name_en": about["name_en"], "name_ar": written, "country": code}

    return name


def _syrian(about: Mapping[str, Any]) -> Feature:
    return {"name_en": about["name_en"], "name_ar": about["name_ar"], "country": "SY", "pcode": about["pcode"]}


def _neighbour(about: Mapping[str, Any]) -> Feature:
    return {"name_en": about["name_en"], "name_ar": about["name_ar"] or None, "country": about["country"]}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
