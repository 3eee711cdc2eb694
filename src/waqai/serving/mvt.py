"""Vector tiles of points (Mapbox Vector Tile 2.1): one layer, each point with its properties."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from waqai.queries.areas import Box

EXTENT = 4096
BUFFER = 64  # units beyond the edge, so that a circle on it is drawn whole
DEEPEST = 14
Value = str | int | bool | None
_FURTHEST = 85.05112878
_SMALL = 1 << 13


@dataclass(frozen=True, slots=True)
class Tile:
    """A tile of the Web Mercator pyramid."""

    z: int
    x: int
    y: int

    @property
    def box(self) -> Box:
        """The degrees that it covers, with the buffer around it.

        >>> Tile(0, 0, 0).box.east
        180.0
        """
        edge = BUFFER / EXTENT
        west, east = (self._lon(self.x + step) for step in (-edge, 1 + edge))
        north, south = (self._lat(self.y + step) for step in (-edge, 1 + edge))
        return Box(max(-180.0, west), max(-90.0, south), min(180.0, east), min(90.0, north))

    def _lon(self, x: float) -> float:
        return x / float(2**self.z) * 360 - 180

    def _lat(self, y: float) -> float:
        return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y / float(2**self.z)))))

    def holds(self, lat: float, lon: float) -> bool:
        """Whether the point lies in the tile or its buffer."""
        return all(-BUFFER <= unit <= EXTENT + BUFFER for unit in self.units(lat, lon))

    def units(self, lat: float, lon: float) -> tuple[int, int]:
        """A point in units of the tile, from its north-west corner.

        >>> Tile(0, 0, 0).units(0, 0)
        (2048, 2048)
        """
        lat = max(-_FURTHEST, min(_FURTHEST, lat))
        x = (lon + 180) / 360 * 2**self.z - self.x
        y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * 2**self.z - self.y
        return round(x * EXTENT), round(y * EXTENT)


def encode(tile: Tile, layer: str, points: Iterable[tuple[float, float, Mapping[str, Value]]]) -> bytes:
    """The tile with one layer of points, given as latitude, longitude and properties; empty when there are none.

    A property that is None or False is left out; each property has values of one type.
    """
    tags = _Tags()
    features = [_bytes(2, _feature(tile.units(lat, lon), held, tags)) for lat, lon, held in points]
    if not features:
        return b""
    parts = [_bytes(1, layer.encode()), *features, *(_bytes(3, key.encode()) for key in tags.keys)]
    parts += [_bytes(4, _value(value)) for _, value in tags.values]
    return _bytes(3, b"".join([*parts, _number(5, EXTENT), _number(15, 2)]))


class _Tags:
    """The names and values of a layer by their numbers, and each pair as it is written."""

    def __init__(self) -> None:
        self.keys: dict[str, int] = {}
        self.values: dict[tuple[type, Value], int] = {}
        self._pairs: dict[tuple[str, Value], bytes] = {}

    def pair(self, pair: tuple[str, Value]) -> bytes:
        written = self._pairs.get(pair)
        if written is None:
            name, value = pair
            key = self.keys.setdefault(name, len(self.keys))
            number = self.values.setdefault((type(value), value), len(self.values))
            written = self._pairs[pair] = _varint(key) + _varint(number)
        return written


def _feature(at: tuple[int, int], held: Mapping[str, Value], tags: _Tags) -> bytes:
    pairs = b"".join([tags.pair(pair) for pair in held.items() if pair[1] is not None and pair[1] is not False])
    return _bytes(2, pairs) + _POINT + _bytes(4, _MOVE + _varint(_zigzag(at[0])) + _varint(_zigzag(at[1])))


def _value(value: Value) -> bytes:
    if isinstance(value, bool):
        return _number(7, int(value))
    if isinstance(value, int):
        return _number(6, _zigzag(value))
    return _bytes(1, str(value).encode())


def _zigzag(number: int) -> int:
    """A signed number as one without a sign.

    >>> _zigzag(-1), _zigzag(1)
    (1, 2)
    """
    return number * 2 if number >= 0 else -number * 2 - 1


def _varint(number: int) -> bytes:
    return _VARINTS[number] if number < _SMALL else _written(number)


def _written(number: int) -> bytes:
    found = bytearray()
    while number > 127:
        found.append(number & 127 | 128)
        number >>= 7
    found.append(number)
    return bytes(found)


_VARINTS = tuple(map(_written, range(_SMALL)))
"""The small ones, which most are."""


def _number(field: int, number: int) -> bytes:
    return _varint(field << 3) + _varint(number)


def _bytes(field: int, held: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(held)) + held


_POINT = _number(3, 1)
_MOVE = _varint(9)
