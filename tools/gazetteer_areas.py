"""The boundaries of Syria's subdistricts: which one a point lies in."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

Ring = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Area:
    """A subdistrict: its p-code, its governorate (Arabic, as OCHA writes it), its outlines (longitude, latitude)."""

    pcode: str
    governorate: str
    polygons: tuple[tuple[Ring, ...], ...]
    box: tuple[float, float, float, float]

    def holds(self, lat: float, lon: float) -> bool:
        """Whether a point lies inside (even-odd rule over all rings)."""
        west, south, east, north = self.box
        if not (west <= lon <= east and south <= lat <= north):
            return False
        return any(sum(crosses(ring, lat, lon) for ring in polygon) % 2 for polygon in self.polygons)

    def km(self, lat: float, lon: float) -> float:
        """Kilometres to the nearest corner of the outline."""
        narrow = math.cos(math.radians(lat))
        corners = (corner for polygon in self.polygons for ring in polygon for corner in ring)
        return min(math.hypot(y - lat, (x - lon) * narrow) for x, y in corners) * 111.2


def crosses(ring: Ring, lat: float, lon: float) -> int:
    """How often a ray to the east of a point crosses a ring."""
    found = 0
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            found += 1
    return found


def read_areas(path: Path) -> list[Area]:
    """The subdistricts of `syr_adm3.geojson`, by p-code."""
    found = []
    for feature in orjson.loads(path.read_bytes())["features"]:
        shape, about = feature["geometry"], feature["properties"]
        parts = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        polygons = tuple(tuple([(x, y) for x, y, *_ in ring] for ring in part) for part in parts)
        xs = [x for polygon in polygons for ring in polygon for x, _ in ring]
        ys = [y for polygon in polygons for ring in polygon for _, y in ring]
        found.append(Area(about["pcode"], about["adm1_ar"], polygons, (min(xs), min(ys), max(xs), max(ys))))
    return sorted(found, key=lambda area: area.pcode)


def locate(areas: Sequence[Area], lat: float, lon: float) -> Area | None:
    """The subdistrict a point lies in, or None outside the country."""
    return next((area for area in areas if area.holds(lat, lon)), None)
