"""Places of two reports against each other: the level on which they agree, or that they are apart."""

import math
from collections.abc import Mapping
from dataclasses import replace

from waqai.knowledge.incidents import LEVELS, IncidentKnowledge
from waqai.model.mention import Place

APART = -1
COUNTRY_PRECISION = 6
GOVERNORATE_PRECISION = 4
AREA_PRECISION = 3
NEAR_PRECISION = 2
KM_OF_A_DEGREE = 111.2
CELL = 0.5  # degrees: more than the widest of the distances, up to latitude 50
SMALL = ("site", "neighbourhood")
LEVEL = {name: number for number, name in enumerate(LEVELS["place"])}


def kilometres(one: Place, other: Place) -> float:
    """Kilometres between two places (flat, good to a few per cent below 200 km); infinite when one has no point."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return math.inf
    north, east = one.lat - other.lat, (one.lon - other.lon) * math.cos(math.radians((one.lat + other.lat) / 2))
    return KM_OF_A_DEGREE * math.hypot(north, east)


def province(place: Place) -> tuple[str | None, str | None]:
    """Country and governorate; Damascus and its countryside count as one, for reports name either."""
    return place.country, "Damascus" if place.governorate == "Rural Damascus" else place.governorate


def breadth(place: Place) -> str:
    """How much ground the name covers: "country", "governorate", "area", or "point"."""
    if place.level == "country" or place.precision >= COUNTRY_PRECISION:
        return "country"
    if place.level == "governorate" or place.precision >= GOVERNORATE_PRECISION:
        return "governorate"
    return "area" if place.level == "area" or place.precision == AREA_PRECISION else "point"


def place_level(one: Place, other: Place, distances: Mapping[str, float]) -> int:
    """The level (its number among LEVELS["place"]) on which two places agree, APART when they cannot be one happening's.

    It is the same whichever place comes first. A report that knows no more than the country is compared with no other.
    """
    kinds = {breadth(one), breadth(other)}
    if "country" in kinds:
        return APART
    if kinds == {"point"}:
        return _points(one, other, distances)
    same = one.id == other.id
    if "governorate" in kinds:
        if not same and (province(one) != province(other) or one.governorate is None):
            return APART
        return LEVEL["same_governorate" if same or len(kinds) == 1 else "governorate"]
    if same:
        return LEVEL["same_area"]
    reach = max(_radius(place, distances) for place in (one, other) if breadth(place) == "area")
    return LEVEL["area"] if kilometres(one, other) <= reach and _may_share(one, other) else APART


def _radius(place: Place, distances: Mapping[str, float]) -> float:
    return distances["area" if place.precision <= NEAR_PRECISION else "wide_area"]


def _may_share(one: Place, other: Place) -> bool:
    a, b = province(one), province(other)
    return a == b or None in a or None in b


def _points(one: Place, other: Place, distances: Mapping[str, float]) -> int:
    near = NEAR_PRECISION in (one.precision, other.precision)
    if one.id == other.id:
        return LEVEL["around" if one.precision != other.precision else "same"]
    if not _may_share(one, other):
        return APART
    if _of(one, other) or _of(other, one):
        return LEVEL["inside"]
    away = kilometres(one, other)
    if one.name_ar == other.name_ar and one.name_ar and away <= distances["same_name"]:
        return LEVEL["same"]
    small = (one.level in SMALL, other.level in SMALL)
    if all(small):
        return LEVEL["near"] if away <= distances["site" if near else "one_point"] else APART
    if any(small) and away <= distances["quarter"] and one.governorate == other.governorate:
        return LEVEL["inside"]
    return LEVEL["near"] if away <= distances["around" if near else "one_point"] else APART


def _of(part: Place, whole: Place) -> bool:
    """Whether the coder placed one by the other: "the hospital in the town" has the town's id before its own."""
    return part.id.startswith(f"{whole.id}/") and part.level in SMALL


def may_meet(one: Place, other: Place, knowledge: IncidentKnowledge) -> bool:
    """Whether reports at these places could be linked if either were told less exactly ("near", "around")."""
    if place_level(one, other, knowledge.distances) != APART:
        return True
    loose = [replace(p, precision=max(p.precision, NEAR_PRECISION)) for p in (one, other)]
    return place_level(loose[0], loose[1], knowledge.distances) != APART


class PlacePairs:
    """The places of a set of reports, each distinct one once, and how they stand to each other."""

    def __init__(self, knowledge: IncidentKnowledge) -> None:
        """Start empty."""
        self._distances = knowledge.distances
        self._numbers: dict[tuple[object, ...], int] = {}
        self._levels: dict[tuple[int, int], int] = {}
        self.places: list[Place] = []

    def number(self, place: Place | None) -> int:
        """The number of a place; -1 for none."""
        if place is None:
            return -1
        key = (place.id, place.precision, place.level, place.lat, place.lon)
        found = self._numbers.get(key)
        if found is None:
            found = self._numbers[key] = len(self.places)
            self.places.append(place)
        return found

    def related(self) -> list[tuple[int, int, int]]:
        """All pairs of numbers (first <= second) that are not apart, with their level, in order."""
        found = []
        for pair in sorted(self._candidates()):
            level = self._levels.get(pair)
            if level is None:
                one, other = pair
                level = self._levels[pair] = place_level(self.places[one], self.places[other], self._distances)
            if level != APART:
                found.append((*pair, level))
        return found

    def _candidates(self) -> set[tuple[int, int]]:
        """Pairs that share a governorate that one of them names, an id, or a neighbourhood of cells."""
        shared: dict[object, list[int]] = {}
        pairs: set[tuple[int, int]] = set()
        wide = []
        for number, place in enumerate(self.places):
            if breadth(place) == "country":
                continue
            if breadth(place) == "governorate":
                wide.append(number)
            mine: list[object] = [("id", place.id.split("/")[0]), ("cell", _cell(place)), ("province", province(place))]
            for key in mine:
                shared.setdefault(key, []).append(number)
        for number, place in enumerate(self.places):
            around = [("cell", cell) for cell in _cells_around(place)]
            keys: list[object] = [("id", place.id.split("/")[0]), *around]
            for key in keys:
                pairs.update((number, other) for other in shared.get(key, ()) if other >= number)
        for number in wide:
            for other in shared[("province", province(self.places[number]))]:
                pairs.add((min(number, other), max(number, other)))
        return pairs


def _cell(place: Place) -> tuple[int, int] | None:
    if place.lat is None or place.lon is None:
        return None
    return math.floor(place.lat / CELL), math.floor(place.lon / CELL)


def _cells_around(place: Place) -> list[tuple[int, int]]:
    cell = _cell(place)
    if cell is None or breadth(place) == "country":
        return []
    return [(cell[0] + north, cell[1] + east) for north in (-1, 0, 1) for east in (-1, 0, 1)]
