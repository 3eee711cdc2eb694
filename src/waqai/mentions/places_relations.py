"""From a decided hit to a place: the point, its precision, and how it was reached."""

import math
from collections.abc import Mapping, Sequence

from waqai.knowledge.gazetteer_records import Entry, place_of
from waqai.mentions.places_choose import Choice
from waqai.mentions.places_hits import Hit
from waqai.model.mention import Place, PlaceLevel
from waqai.model.quick import replace

RELATIONS = {
    0: "north of", 45: "northeast of", 90: "east of", 135: "southeast of",
    180: "south of", 225: "southwest of", 270: "west of", 315: "northwest of",
}  # fmt: skip
UNITS = {
    **dict.fromkeys(("كم", "كلم", "كيلومتر", "كيلومترا", "كيلومترات", "كيلو", "كيلومترين"), 1.0),
    **dict.fromkeys(("ميل", "ميلا", "اميال"), 1.6), **dict.fromkeys(("متر", "مترا", "امتار"), 0.001),
}  # fmt: skip
LINKS = frozenset(("عن", "من", "الي"))
NEAR_KM = 25.0
SHIFT_KM = {"country": 150.0, "governorate": 30.0, "settlement": 25.0}


def shifted(lat: float, lon: float, bearing: int, km: float) -> tuple[float, float]:
    """The point `km` away from another in a direction (degrees from north)."""
    north, east = math.cos(math.radians(bearing)) * km, math.sin(math.radians(bearing)) * km
    return round(lat + north / 111.2, 4), round(lon + east / 111.2 / math.cos(math.radians(lat)), 4)


def read_place(hit: Hit, choice: Choice, words: str) -> Place:
    """The place a hit names; `words` are its own words, for what the gazetteer holds only a larger place of."""
    entry = choice.entry
    place = place_of(entry, choice.sure)
    kind = hit.head.kind if hit.head is not None else ""
    if kind == "countryside":
        return countryside(place, hit.bearing, words)
    if kind in ("site", "natural") and entry.level not in ("site", "area"):
        level: PlaceLevel = "site" if kind == "site" or hit.bearing is None else "area"
        near = "near" if hit.around or kind == "natural" else "site in"
        place = replace(place, id=f"{entry.id}/{words}", name_ar=words, level=level, precision=2, relation=near)
    elif kind == "district" and entry.level == "settlement":
        place = replace(place, level="area", precision=2)
    if hit.bearing is not None:
        return toward(place, hit.bearing, entry, words)
    if hit.around and place.relation is None:
        return replace(place, precision=max(2, place.precision), relation="around")
    return place


def toward(place: Place, bearing: int, entry: Entry, words: str) -> Place:
    """ "شمال سوريا" is a part of the country; "شرق الرستن" lies outside the town, at an unknown distance."""
    if entry.level in ("country", "governorate"):
        lat, lon = shifted(entry.lat, entry.lon, bearing, SHIFT_KM[entry.level])
        precision = 5 if entry.level == "country" else 4
        return replace(
            place,
            id=f"{place.id}/{bearing}",
            name_ar=words,
            lat=lat,
            lon=lon,
            level="area",
            precision=precision,
            relation="part of",
        )
    if entry.level == "settlement" and place.relation is None:
        return replace(place, id=f"{place.id}/{bearing}", level="area", precision=2, relation=RELATIONS[bearing])
    return replace(place, precision=2, relation=RELATIONS[bearing])


def distance_before(words: Sequence[str], first: int) -> tuple[float, int] | None:
    """The kilometres that stand before the place at token `first`, and the token they begin at: "70 كم غربي", "على بعد 30
    كيلومترا عن"; None when there are none.

    >>> distance_before(("على", "بعد", "70", "كم", "غربي", "سرت"), 4)
    (70.0, 2)
    """
    at = first - 1
    if at >= 0 and words[at] in LINKS:
        at -= 1
    if at < 1 or words[at] not in UNITS or not words[at - 1][0].isdigit():
        return None
    try:
        return float(words[at - 1].replace(",", "")) * UNITS[words[at]], at - 1
    except ValueError:
        return None


def bearing_before(words: Sequence[str], first: int, directions: Mapping[str, int]) -> tuple[int, int] | None:
    """The direction "إلى الشرق من" before the place at token `first` (degrees), and the token it begins at; or None.

    >>> bearing_before(("كم", "الي", "الشرق", "من", "سرت"), 4, {"الشرق": 90})
    (90, 1)
    """
    if first < 3 or words[first - 1] != "من" or words[first - 3] not in ("الي", "من", "في"):
        return None
    bearing = directions.get(words[first - 2])
    return None if bearing is None else (bearing, first - 3)


def at_distance(place: Place, km: float) -> Place:
    """The point `km` away: in the place's direction when it has one, else left where it is with what that costs."""
    bearing = next((b for b, name in RELATIONS.items() if name == place.relation), None)
    if place.lat is None or place.lon is None or place.level not in ("settlement", "area", "site", "neighbourhood"):
        return place
    if bearing is None:
        return replace(place, precision=max(place.precision, 2 if km <= NEAR_KM else 3), relation="near")
    lat, lon = shifted(place.lat, place.lon, bearing, km)
    return replace(place, id=f"{place.id}/{km:g}", lat=lat, lon=lon, precision=max(place.precision, 2))


def countryside(place: Place, bearing: int | None, words: str) -> Place:
    """ "ريف حمص" lies around its city; "ريف حمص الشمالي" some 25 km north of it."""
    if bearing is None:
        return replace(place, id=f"{place.id}/countryside", name_ar=words, level="area", precision=4, relation="around")
    if place.lat is None or place.lon is None:
        return place
    lat, lon = shifted(place.lat, place.lon, bearing, SHIFT_KM["settlement"])
    return replace(
        place, id=f"{place.id}/countryside/{bearing}", name_ar=words, lat=lat, lon=lon, level="area", precision=3,
        relation=RELATIONS[bearing],
    )  # fmt: skip


def unknown_place(name: str, level: PlaceLevel, beside: Place | None) -> Place:
    """A named place that the gazetteer lacks, at the known one beside it, or without a point."""
    if beside is None:
        return Place(f"text:{name}", name, "", None, None, level, 5, None, None, None, sure=0.3)
    inside = beside.relation is None and beside.precision <= 2
    relation = "site in" if inside and level == "site" else beside.relation or ("part of" if inside else "near")
    return Place(
        f"{beside.id}/{name}", name, "", beside.lat, beside.lon, level, max(2, beside.precision), relation,
        beside.country, beside.governorate, beside.pcode, beside.pcode_level, round(beside.sure * 0.8, 2),
    )  # fmt: skip
