"""UCDP's table of events with deaths (GED 23.1): one row for each incident, 49 columns."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from waqai.exports.acled import Cell
from waqai.exports.facts import Happening, export_id
from waqai.exports.parties import country_of, governorate_of, name_of, unarmed
from waqai.exports.wording import source_name
from waqai.knowledge.exports import ExportKnowledge
from waqai.model.incident import Incident
from waqai.model.mention import Actor, Place


@dataclass(frozen=True, slots=True)
class Sides:
    """UCDP's sides; `violence` is 1 state-based, 2 non-state, 3 one-sided, None when a side is not told."""

    violence: int | None
    a: tuple[Actor, ...]
    b: tuple[Actor, ...]


@dataclass(frozen=True, slots=True)
class Deaths:
    """Killed by side; `best` is the sum of the four."""

    a: int
    b: int
    civilians: int
    unknown: int
    low: int
    high: int

    @property
    def best(self) -> int:
        """The number that is best supported."""
        return self.a + self.b + self.civilians + self.unknown


def ucdp_row(happening: Happening, known: ExportKnowledge) -> dict[str, Cell] | str:
    """The row of an incident by column, or in one phrase why UCDP's form cannot hold it."""
    incident = happening.incident
    date, place = incident.date, incident.place
    if incident.killed is None or not (incident.killed.high or incident.killed.best or incident.killed.low):
        return "no death"
    if date is None or date.start is None:
        return "no date"
    if place is None:
        return "no place"
    parted = sides_of(incident, known)
    deaths = deaths_of(incident, parted)
    row: dict[str, Cell] = {
        "id": export_id(incident.id),
        "year": date.start.year,
        "type_of_violence": parted.violence,
        "number_of_sources": incident.independent,
        "event_clarity": 1 if date.precision <= 2 and place.precision <= 3 else 2,
        "date_prec": date.precision,
        "date_start": date.start.isoformat(),
        "date_end": (date.end or date.start).isoformat(),
        "deaths_a": deaths.a,
        "deaths_b": deaths.b,
        "deaths_civilians": deaths.civilians,
        "deaths_unknown": deaths.unknown,
        "best": deaths.best,
        "high": deaths.high,
        "low": deaths.low,
    }
    return row | _names(parted, known) | _sources(happening) | _where(place, known)


def sides_of(incident: Incident, known: ExportKnowledge) -> Sides:
    """Who is side A and who side B: a state comes first, civilians last; the state of the place's country before others."""
    one, other = incident.actor1, incident.actor2
    if unarmed(one, known) and other and not unarmed(other, known):
        one, other = other, one
    target = known.types[incident.sub_event_type].target
    if unarmed(other, known) or (not other and target):
        return Sides(3 if one and not unarmed(one, known) else None, one, other)
    home = incident.place.country if incident.place else None
    if _state_rank(other, home, known) > _state_rank(one, home, known):
        one, other = other, one
    if not one or not other or unarmed(one, known):
        return Sides(None, one, other)
    return Sides(1 if _state_rank(one, home, known) else 2, one, other)


def _state_rank(actors: Sequence[Actor], home: str | None, known: ExportKnowledge) -> int:
    """2 when an actor is of the state of the place, 1 when it is of another state, 0 when of none."""
    found = {known.state(actor.id, actor.camp, actor.kind) for actor in actors} - {None}
    return 2 if home in found else 1 if found else 0


def deaths_of(incident: Incident, parted: Sides) -> Deaths:
    """The killed by side. What the accounts do not tell apart, or what does not add up, is unknown.

    `best` is the number that is best supported, the lowest given when no single one leads.
    """
    toll = incident.killed
    if toll is None:
        return Deaths(0, 0, 0, 0, 0, 0)
    held = {"a": 0, "b": 0, "civilians": 0}
    told: dict[tuple[str, str | None], int] = {}
    for version in incident.tolls:
        if version.value.outcome == "killed":
            told.setdefault((version.value.who, version.value.side), version.value.low)
    for (who, side), number in told.items():
        if who == "civilians":
            held["civilians"] += number
        elif (
            who == "combatants" or ("combatants", side) not in told
        ):  # the fighters of a side are among all of its dead
            lost = _side_of(side, parted)
            if lost:
                held[lost] += number
    best = toll.best if toll.best is not None else toll.low
    parts = sum(held.values())
    if parts > best:
        held = dict.fromkeys(held, 0)
        parts = 0
    high = max(best, toll.low, toll.high or 0)
    return Deaths(held["a"], held["b"], held["civilians"], best - parts, toll.low, high)


def _side_of(camp: str | None, parted: Sides) -> str | None:
    """Which side of UCDP's table a camp's dead are; None where it is neither, or both."""
    if camp is None or camp in ("unknown", "civilians"):
        return None
    on = [name for name, side in (("a", parted.a), ("b", parted.b)) if camp in {actor.camp for actor in side}]
    return on[0] if len(on) == 1 else None


def _names(parted: Sides, known: ExportKnowledge) -> dict[str, Cell]:
    a = _side(parted.a, known)
    b = "Civilians" if parted.violence == 3 else _side(parted.b, known)
    return {
        "dyad_name": f"{a} - {b}" if a and b else None,
        "side_a": a,
        "side_b": b,
        "gwnoa": _gw(parted.a, known),
        "gwnob": None if parted.violence == 3 else _gw(parted.b, known),
    }


def _side(actors: Sequence[Actor], known: ExportKnowledge) -> str:
    return ", ".join(dict.fromkeys(_government(actor, known) or name_of(actor) for actor in actors))


def _government(actor: Actor, known: ExportKnowledge) -> str | None:
    codes = known.countries.get(known.state(actor.id, actor.camp, actor.kind) or "")
    return f"Government of {codes.name}" if codes else None


def _gw(actors: Sequence[Actor], known: ExportKnowledge) -> str | None:
    states = [known.countries.get(known.state(actor.id, actor.camp, actor.kind) or "") for actor in actors]
    numbers = dict.fromkeys(str(codes.gw) for codes in states if codes and codes.gw)
    return "; ".join(numbers) or None


def _sources(happening: Happening) -> dict[str, Cell]:
    cited = happening.cited
    articles = [
        f'"{_plain(a.outlet or "")},{a.published.isoformat() if a.published else ""},{_plain(a.title)}"' for a in cited
    ]
    return {
        "source_article": ";".join(articles),
        "source_office": ";".join(_plain(article.outlet or "") for article in cited),
        "source_date": ";".join(article.published.isoformat() if article.published else "" for article in cited),
        "source_headline": ";".join(_plain(article.title) for article in cited),
        "source_original": ";".join(dict.fromkeys(_plain(source_name(v.source)) for v in happening.incident.voices)),
    }


def _plain(words: str) -> str:
    """Words that do not end a part of a cell: no double quotes, no semicolons, one line."""
    return " ".join(words.replace('"', "'").replace(";", ",").split())


def _where(place: Place, known: ExportKnowledge) -> dict[str, Cell]:
    codes = known.countries.get(place.country or "")
    lat, lon = place.lat, place.lon
    described = [
        f"{place.relation} {place.name_en or place.name_ar}" if place.relation else "",
        governorate_of(place, known),
    ]
    return {
        "where_prec": place.precision,
        "where_coordinates": place.name_en or place.name_ar,
        "where_description": ", ".join(part for part in described if part),
        "adm_1": governorate_of(place, known),
        "adm_2": known.district(place.pcode)[0],
        "latitude": lat,
        "longitude": lon,
        "geom_wkt": None if lat is None or lon is None else f"POINT ({lon} {lat})",
        "priogrid_gid": None if lat is None or lon is None else priogrid(lat, lon),
        "country": country_of(place, known),
        "country_id": codes.gw if codes else None,
        "region": codes.ucdp if codes else None,
    }


def priogrid(lat: float, lon: float) -> int:
    """The number of a point's cell of half a degree in PRIO-GRID: from the south-west corner of the world, row by row.

    >>> priogrid(-89.9, -179.9), priogrid(33.51, 36.29)
    (1, 178273)
    """
    row = min(359, math.floor((lat + 90) * 2))
    column = min(719, math.floor((lon + 180) * 2))
    return row * 720 + column + 1
