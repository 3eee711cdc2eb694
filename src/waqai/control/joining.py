"""Joining: what the evidence of one place says of another: quarters of their town, areas of the places in them."""

from collections.abc import Iterable, Mapping, Sequence

from waqai.control.evidence import of_part, within
from waqai.knowledge.control import ControlKnowledge
from waqai.knowledge.gazetteer_records import distance
from waqai.model.control import ControlEvidence
from waqai.model.mention import Place

WIDE = ("area", "governorate")


def is_quarter(part: Place, town: Place, known: ControlKnowledge) -> bool:
    """Whether a place is a quarter of a town: close by in the same governorate of the same country."""
    if part.level != "neighbourhood" or town.level != "settlement" or part.id == town.id:
        return False
    if (part.country, part.governorate) != (town.country, town.governorate):
        return False
    if part.lat is None or part.lon is None or town.lat is None or town.lon is None:
        return False
    return distance(part.lat, part.lon, town.lat, town.lon) <= known.quarter_km


def is_within(place: Place, area: Place) -> bool:
    """Whether a place lies in an area or governorate: its code begins with the area's, or it has the same governorate."""
    if area.level not in WIDE or place.level in WIDE or place.level == "country" or place.country != area.country:
        return False
    if area.pcode and place.pcode:
        return place.pcode.startswith(area.pcode) and place.pcode != area.pcode
    return area.level == "governorate" and area.governorate is not None and area.governorate == place.governorate


def town_of(part: Place, towns: Iterable[Place], known: ControlKnowledge) -> Place | None:
    """The town a quarter belongs to: the nearest of those it may be a part of; None when it is no quarter of any."""
    near = [town for town in towns if is_quarter(part, town, known)]
    return min(near, key=lambda town: (_far(part, town), town.id), default=None)


def _far(one: Place, two: Place) -> float:
    return distance(one.lat or 0.0, one.lon or 0.0, two.lat or 0.0, two.lon or 0.0)


def reaching(
    place: Place,
    own: Sequence[ControlEvidence],
    quarters: Mapping[str, tuple[Place, Sequence[ControlEvidence]]],
    areas: Mapping[str, Sequence[ControlEvidence]],
    known: ControlKnowledge,
) -> list[ControlEvidence]:
    """All evidence that bears on a place: its own, that of its `quarters` (by id) as parts, that of `areas` it lies in (by id)."""
    found = list(own)
    for _, (quarter, evidence) in sorted(quarters.items()):
        found += of_part(evidence, quarter, place)
    for _, evidence in sorted(areas.items()):
        found += within(evidence, place, known)
    return found
