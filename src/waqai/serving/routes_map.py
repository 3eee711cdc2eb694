"""What the map and the clock draw: points, tiles, bars, outlines."""

import gzip
from typing import Annotated, Any, Literal

import orjson
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlalchemy import Connection

from waqai.queries.areas import Box
from waqai.queries.filters import Filter
from waqai.queries.points import Point, each_bar, histogram, points, unplaced
from waqai.sentences import NO_TILE, NO_TILE_THERE
from waqai.serving.answers import Table, json_bytes, rows_answer
from waqai.serving.errors import Refused
from waqai.serving.mvt import DEEPEST, Tile, encode
from waqai.serving.params import Conditions, Stepping
from waqai.serving.served import Record, Served
from waqai.serving.settings import BOUNDARIES
from waqai.serving.shapes import ERRORS
from waqai.serving.shapes_map import Histogram, Points

ROUTER = APIRouter(tags=["map"], responses=ERRORS)
MOST = 200_000
"""Points that one answer holds; tiles have all."""
IN_A_TILE = 20_000
Layer = Literal["countries", "governorates", "districts", "subdistricts"]
_HISTOGRAM = Table("histogram", ("period", "from", "to", "incidents", "across", "killed", "articles", "outlets"))
_ALL = {"Cache-Control": "public, max-age=86400", "Vary": "Accept-Encoding"}


@ROUTER.get("/points", response_model=Points)
def all_points(request: Request, served: Record, query: Annotated[Conditions, Query()]) -> Response:
    """The incidents that have a point, as GeoJSON with few properties. With `as_of`, those known by then, as they are today.
    `unplaced` has the first and last day of each that has no point."""

    def make() -> bytes:
        with served.read() as connection:
            filter = served.filter(connection, query)
            found, nowhere = points(connection, filter, MOST + 1), unplaced(connection, filter)
        moved = map(served.care.moved, found[:MOST]) if served.care.public else found[:MOST]
        features = [_feature(point) for point in moved]
        return orjson.dumps(
            {"type": "FeatureCollection", "features": features, "more": len(found) > MOST, "unplaced": nowhere}
        )

    return json_bytes(served.memory.answer(f"points {served.today} {request.url.query}", make))


def _feature(point: Point) -> dict[str, Any]:
    id, lat, lon, type, start, end, killed, voices, grade, disputed, modality, background, precision = point
    held = {
        "id": id, "type": type, "start": start, "end": end,
        "killed": None if killed is None else {"low": killed[0], "best": killed[1], "high": killed[2]},
        "voices": voices, "grade": grade, "disputed": disputed, "modality": modality, "background": background,
        "precision": precision,
    }  # fmt: skip
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": (lon, lat)}, "properties": held}


@ROUTER.get(
    "/tiles/{z}/{x}/{y}.mvt",
    response_class=Response,
    responses={200: {"content": {"application/vnd.mapbox-vector-tile": {}}}},
)
def tile(served: Record, z: int, x: int, y: int, query: Annotated[Conditions, Query()]) -> Response:
    """The points of a tile (layer `incidents`), with the properties of /points, `killed` flat. A tile with more than 20,000
    holds the first of them."""
    if not 0 <= z <= DEEPEST:
        raise Refused(404, NO_TILE(deepest=DEEPEST))
    if not (0 <= x < 2**z and 0 <= y < 2**z):
        raise Refused(404, NO_TILE_THERE(x=str(x)[:20], y=str(y)[:20], z=z, most=2**z - 1))
    asked = Tile(z, x, y)
    with served.read() as connection:
        found = _in_tile(connection, served.filter(connection, query), asked.box, served)
    if served.care.public:
        found = [point for point in map(served.care.moved, found) if asked.holds(point.lat, point.lon)]
    body = encode(asked, "incidents", ((one.lat, one.lon, _flat(one)) for one in found))
    return Response(body, headers={"Cache-Control": "no-cache"}, media_type="application/vnd.mapbox-vector-tile")


def _in_tile(connection: Connection, filter: Filter, box: Box, served: Served) -> Any:
    """The points of a tile; of points that are moved also those that come from beyond its edge."""
    if served.care.public:
        edge = 2 * served.settings.round_km / 111
        box = Box(max(-180, box.west - 2 * edge), max(-90, box.south - edge), min(180, box.east + 2 * edge),
                  min(90, box.north + edge))  # fmt: skip
    return points(connection, filter, IN_A_TILE, box)


def _flat(point: Point) -> dict[str, str | int | bool | None]:
    low, best, high = point.killed or (None, None, None)
    return {
        "id": point.id, "type": point.type, "start": point.start, "end": point.end, "killed_low": low,
        "killed_best": best, "killed_high": high, "voices": point.voices, "grade": point.grade,
        "disputed": point.disputed, "modality": point.modality, "background": point.background,
        "precision": point.precision,
    }  # fmt: skip


@ROUTER.get("/histogram", response_model=Histogram)
def bars(request: Request, served: Record, query: Annotated[Stepping, Query()]) -> Response:
    """Incidents by the period in which they begin, and the articles and outlets of it: coverage is not violence."""

    def found() -> list[dict[str, Any]]:
        with served.read() as connection:
            return list(each_bar(histogram(connection, served.filter(connection, query), query.step)))

    def make() -> bytes:
        return orjson.dumps({"step": query.step, "rows": found()})

    if query.format != "json":
        return rows_answer(_HISTOGRAM, query.format, found())
    return json_bytes(served.memory.answer(f"histogram {served.today} {request.url.query}", make))


@ROUTER.get(
    "/boundaries/{layer}",
    response_class=Response,
    responses={200: {"description": "GeoJSON outlines with name_en, name_ar, pcode, country"}},
)
def boundaries(request: Request, layer: Layer) -> Response:
    """The outlines of countries, governorates, districts or subdistricts."""
    packed = (BOUNDARIES / f"{layer}.json.gz").read_bytes()
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(packed, headers=_ALL | {"Content-Encoding": "gzip"}, media_type="application/geo+json")
    return Response(gzip.decompress(packed), headers=_ALL, media_type="application/geo+json")
