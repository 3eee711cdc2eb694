"""Vector tiles of points (Mapbox Vector Tile 2.1): one layer, each point with its properties."""

import math
from collections.abc import Iterable, Mapping, Sequence
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
    """The tile with one layer of points, given as latitude, longitude and properties (None: left out); empty when none."""
    keys: dict[str, int] = {}
    values: dict[tuple[type, Value], int] = {}
    features = [_feature(tile.units(lat, lon), held, keys, values) for lat, lon, held in points]
    if not features:
        return b""
    parts = [_bytes(1, layer.encode()), *(_bytes(2, feature) for feature in features)]
    parts += [_bytes(3, key.encode()) for key in keys]
    parts += [_bytes(4, _value(value)) for _, value in values]
    return _bytes(3, b"".join([*parts, _number(5, EXTENT), _number(15, 2)]))


def _feature(
    at: tuple[int, int], held: Mapping[str, Value], keys: dict[str, int], values: dict[tuple[type, Value], int]
) -> bytes:
    tags: list[int] = []
    for name, value in held.items():
        if value is not None:
            tags += [keys.setdefault(name, len(keys)), values.setdefault((type(value), value), len(values))]
    return _packed(2, tags) + _number(3, 1) + _packed(4, [9, _zigzag(at[0]), _zigzag(at[1])])


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


def _packed(field: int, numbers: Sequence[int]) -> bytes:
    return _bytes(field, b"".join(map(_varint, numbers)))
