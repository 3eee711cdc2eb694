"""Areas a question is limited to: boxes of coordinates, and polygons read from GeoJSON."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import orjson

from waqai.queries.errors import QueryError
from waqai.sentences import NO_BOX, NO_BOX_OF_DEGREES, NO_CORNER, NO_POLYGON, ON_A_LINE, TOO_WIDE

Point = tuple[float, float]
Ring = tuple[Point, ...]
_MOST_POINTS = 200_000
_MOST_BYTES = 50_000_000
_LEAST_AREA = 1e-9  # square degrees, some ten square metres
MOST_CORNERS = 300
"""Corners of a polygon that is written out."""


@dataclass(frozen=True, slots=True)
class Box:
    """Degrees of WGS84, edges included; `west` may not lie east of `east`."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, lat: float, lon: float) -> bool:
        """Whether the point lies in the box.

        >>> Box(36.0, 35.0, 38.0, 37.0).holds(36.2, 37.16)
        True
        """
        return self.south <= lat <= self.north and self.west <= lon <= self.east


@dataclass(frozen=True, slots=True)
class Area:
    """Polygons, each an outer ring and its holes; points are (longitude, latitude) as in GeoJSON."""

    polygons: tuple[tuple[Ring, ...], ...]

    @property
    def box(self) -> Box:
        """The smallest box around it."""
        points = [point for polygon in self.polygons for point in polygon[0]]
        lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
        return Box(min(lons), min(lats), max(lons), max(lats))

    def holds(self, lat: float, lon: float) -> bool:
        """Whether the point lies in one of the polygons and in none of its holes.

        >>> square = Area(((((36.0, 35.0), (38.0, 35.0), (38.0, 37.0), (36.0, 37.0), (36.0, 35.0)),),))
        >>> square.holds(36.2, 37.16), square.holds(34.7, 36.7)
        (True, False)
        """
        return any(sum(_crossings(ring, lat, lon) for ring in polygon) % 2 for polygon in self.polygons)


def _crossings(ring: Ring, lat: float, lon: float) -> int:
    """How often a line from the point to the east crosses the ring."""
    found = 0
    before_lon, before_lat = ring[-1]
    for at_lon, at_lat in ring:
        if (at_lat > lat) != (before_lat > lat):
            found += lon < (before_lon - at_lon) * (lat - at_lat) / (before_lat - at_lat) + at_lon
        before_lon, before_lat = at_lon, at_lat
    return found


def parse_box(text: str) -> Box:
    """The box of "west,south,east,north" in degrees; QueryError when it is none.

    >>> parse_box("36.5,35.9,37.5,36.5")
    Box(west=36.5, south=35.9, east=37.5, north=36.5)
    """
    parts = text.split(",")
    try:
        west, south, east, north = (float(part) for part in parts)
    except ValueError:
        raise QueryError(NO_BOX(text=text[:60])) from None
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise QueryError(NO_BOX_OF_DEGREES(text=text[:60]))
    return Box(west, south, east, north)


def parse_polygon(text: str) -> Area:
    """The polygon of "lon,lat;lon,lat;lon,lat" in degrees, three corners or more; QueryError when it is none.

    >>> parse_polygon("36,35;38,35;38,37").holds(35.5, 37.5)
    True
    """
    corners = text.strip().rstrip(";").split(";")
    ring = tuple(_corner(corner) for corner in corners[:MOST_CORNERS])
    if not 3 <= len(corners) <= MOST_CORNERS:
        raise QueryError(NO_POLYGON(most=MOST_CORNERS, number=len(corners)))
    if _on_a_line(ring):
        raise QueryError(ON_A_LINE())
    if any(abs(one[0] - other[0]) > 180 for one, other in pairwise((*ring, ring[0]))):
        raise QueryError(TOO_WIDE())
    return Area(((ring,),))


def _on_a_line(ring: Ring) -> bool:
    """Whether all corners lie on one line, but for what decimal fractions lose."""
    (x, y), rest = ring[0], ring[1:]
    far_x, far_y = max(rest, key=lambda corner: abs(corner[0] - x) + abs(corner[1] - y))
    return all(abs((far_x - x) * (lat - y) - (far_y - y) * (lon - x)) < _LEAST_AREA for lon, lat in rest)


def _corner(text: str) -> Point:
    try:
        lon, lat = (float(part) for part in text.split(","))
    except ValueError:
        lon = lat = math.nan
    if not (abs(lon) <= 180 and abs(lat) <= 90):
        raise QueryError(NO_CORNER(text=text[:60]))
    return lon, lat


def read_area(path: str) -> Area:
    """The polygons of a GeoJSON file (a geometry, a feature or a collection); QueryError when there is none in it."""
    try:
        with Path(path).open("rb") as file:  # a device or a pipe has no size to look at first
            read = file.read(_MOST_BYTES + 1)
        if len(read) > _MOST_BYTES:
            raise QueryError("it is too large for a file of polygons")
        return area_of(orjson.loads(read))
    except OSError as error:
        raise QueryError(f"cannot read {path!r}: {error.strerror}") from error
    except orjson.JSONDecodeError:
        raise QueryError(f"{path!r} is no GeoJSON") from None
    except QueryError as error:
        raise QueryError(f"{path!r}: {error}") from None


def area_of(document: Any) -> Area:
    """The polygons of GeoJSON that is already read; QueryError when it holds none, or wrong ones."""
    polygons = tuple(_polygon(rings) for rings in _rings(document, 0))
    if not polygons:
        raise QueryError("it holds no Polygon and no MultiPolygon")
    if sum(len(ring) for polygon in polygons for ring in polygon) > _MOST_POINTS:
        raise QueryError(f"its polygons have more than {_MOST_POINTS:,} points; simplify them")
    return Area(polygons)


def _rings(found: Any, depth: int) -> Iterator[Any]:
    kind = found.get("type") if isinstance(found, dict) and depth < 8 else None
    if kind == "Polygon":
        yield found.get("coordinates")
    elif kind == "MultiPolygon":
        yield from _listed(found.get("coordinates"))
    elif kind == "Feature":
        yield from _rings(found.get("geometry"), depth + 1)
    elif kind in ("FeatureCollection", "GeometryCollection"):
        for inner in _listed(found.get("features" if kind == "FeatureCollection" else "geometries")):
            yield from _rings(inner, depth + 1)


def _listed(found: Any) -> Sequence[Any]:
    return found if isinstance(found, list) else ()


def _polygon(rings: Any) -> tuple[Ring, ...]:
    found = tuple(tuple(_point(point) for point in _listed(ring)) for ring in _listed(rings))
    if not found or any(len(ring) < 4 for ring in found):
        raise QueryError("a ring of its polygons has fewer than four points")
    return found


def _point(found: Any) -> Point:
    numbers = [number for number in _listed(found)[:2] if type(number) in (int, float) and math.isfinite(number)]
    if len(numbers) != 2 or abs(numbers[0]) > 180 or abs(numbers[1]) > 90:
        raise QueryError("a point of its polygons is no longitude and latitude in degrees")
    return float(numbers[0]), float(numbers[1])
