"""Rounding coordinates, so that no point leads to a door."""

import math
from dataclasses import replace

from waqai.exports.facts import ExportError, Happening, Telling
from waqai.model.incident import Incident
from waqai.model.mention import Place
from waqai.model.report import Report

_DEGREE_KM = 111.2
_WIDEST = 500.0


def rounded(place: Place, km: float) -> Place:
    """The place with its point moved to the middle of a grid cell `km` wide, and a precision that is no better than that:
    2 (near) up to 25 km, 3 (district) above. ExportError when `km` is not above 0 and at most 500.

    >>> found = rounded(Place("g1", "مهين", "Mahin", 34.2897, 37.0683, "settlement", 1, None, "SY", "Homs"), 10)
    >>> found.lat, found.lon, found.precision
    (34.3076, 37.0698, 2)
    """
    if not 0 < km <= _WIDEST:
        raise ExportError(f"coordinates cannot be rounded to {km:g} km; give a number above 0 and at most {_WIDEST:g}")
    if place.lat is None or place.lon is None:
        return place
    lat = _cell(place.lat, km / _DEGREE_KM, 90)
    lon = _cell(place.lon, km / (_DEGREE_KM * max(0.05, math.cos(math.radians(lat)))), 180)
    least = 2 if km <= 25 else 3
    return replace(place, lat=round(lat, 4), lon=round(lon, 4), precision=max(place.precision, least))


def _cell(value: float, step: float, limit: float) -> float:
    return max(-limit, min(limit, (math.floor(value / step) + 0.5) * step))


def rounded_happening(happening: Happening, km: float) -> Happening:
    """An incident and its reports with every point rounded."""
    incident = happening.incident
    return Happening(
        _incident(incident, km), tuple(_report(report, km) for report in happening.reports), happening.articles
    )


def rounded_telling(telling: Telling, km: float) -> Telling:
    """A report with its point rounded."""
    return replace(telling, report=_report(telling.report, km))


def _incident(incident: Incident, km: float) -> Incident:
    return replace(
        incident,
        place=rounded(incident.place, km) if incident.place else None,
        places=tuple(replace(version, value=rounded(version.value, km)) for version in incident.places),
    )


def _report(report: Report, km: float) -> Report:
    place = report.place
    return replace(report, place=replace(place, place=rounded(place.place, km))) if place else report
