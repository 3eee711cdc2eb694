"""ACLED's table: one row for each incident, 31 columns."""

import datetime as dt
from collections.abc import Sequence, Set
from dataclasses import replace

from waqai.exports.facts import Happening, export_id
from waqai.exports.parties import Party, country_of, crowd, governorate_of, harms_civilians, party, unarmed
from waqai.exports.wording import asserters, notes_of, source_name
from waqai.knowledge.codebook import Codebook
from waqai.knowledge.exports import ExportKnowledge
from waqai.model.incident import Incident
from waqai.model.mention import Actor, DateRange, Place

Cell = str | int | float | None
ARMED = ("Battles", "Explosions/Remote violence", "Violence against civilians")
UNIDENTIFIED = "Unidentified Armed Group"
"""What ACLED writes for whoever did what only the armed do, and is not named."""
TIME_PRECISION = {1: 1, 2: 2, 3: 2, 4: 3}
GEO_PRECISION = {1: 1, 2: 2, 3: 2, 4: 3, 5: 3, 7: 3}


def acled_row(happening: Happening, codebook: Codebook, known: ExportKnowledge) -> dict[str, Cell] | str:
    """The row of an incident by column, or in one phrase why ACLED's form cannot hold it."""
    incident = happening.incident
    date, place = incident.date, incident.place
    type = incident.sub_event_type
    if incident.modality == "attempted":
        attempted = known.types[type].attempted
        if attempted is None:
            return "an attempt that is no event of ACLED"
        type = attempted
    if date is None or date.start is None:
        return "no date"
    if date.precision not in TIME_PRECISION:
        return "date known to a year only"
    if place is None:
        return "no place"
    if place.precision not in GEO_PRECISION:
        return "place known to the country only"
    day = middle(date)
    row: dict[str, Cell] = {
        "event_id_cnty": export_id(incident.id),
        "event_date": day.isoformat(),
        "year": day.year,
        "time_precision": TIME_PRECISION[date.precision],
        "disorder_type": known.types[type].disorder,
        "event_type": codebook.event_type(type),
        "sub_event_type": type,
        "notes": notes_of(happening),
        "source": "; ".join(dict.fromkeys(source_name(v.source) for v in asserters(incident) or incident.voices)),
        "fatalities": incident.killed.low if incident.killed else 0,
        "timestamp": _stored(happening),
    }
    return row | _sides(incident, type, codebook, known) | _where(place, known)


def middle(date: DateRange) -> dt.date:
    """The middle day of a range, the earlier one of two; ValueError for a date without a day.

    >>> middle(DateRange(dt.date(2016, 3, 1), dt.date(2016, 3, 31), 4, "stated"))
    datetime.date(2016, 3, 16)
    """
    if date.start is None:
        raise ValueError("a date without a day has no middle")
    return date.start + ((date.end or date.start) - date.start) // 2


def _sides(incident: Incident, type: str, codebook: Codebook, known: ExportKnowledge) -> dict[str, Cell]:
    codes, country = known.types[type], country_of(incident.place, known)
    crowds = {codes.by, codes.target} - {None}
    first, second = (_party(actors, incident.place, crowds, known) for actors in (incident.actor1, incident.actor2))
    if not first.name and codes.by:
        first = Party(crowd(codes.by, country), (), codes.by)
    if not first.name and codebook.event_type(type) in ARMED:
        first = Party(f"{UNIDENTIFIED} ({country})" if country else UNIDENTIFIED, (), "political militia")
    remote = codebook.event_type(type) == "Explosions/Remote violence"
    target = codes.target or ("civilians" if remote and harms_civilians(incident) else None)
    if not second.name and target:
        second = Party(crowd(target, country), (), target)
    targeted = codes.target or (remote and (unarmed(incident.actor2, known) or (not incident.actor2 and target)))
    inter1, inter2 = _inter(first, known), _inter(second, known)
    return {
        "actor1": first.name,
        "assoc_actor_1": "; ".join(first.others),
        "inter1": inter1[1],
        "actor2": second.name,
        "assoc_actor_2": "; ".join(second.others),
        "inter2": inter2[1],
        "interaction": interaction(inter1, inter2),
        "civilian_targeting": "Civilian targeting" if targeted else "",
    }


def _party(actors: Sequence[Actor], place: Place | None, crowds: Set[str | None], known: ExportKnowledge) -> Party:
    """A side as ACLED writes it: civilians who demonstrate are protesters or rioters, as the type says; a state's forces are
    state forces in their own country, and external ones elsewhere."""
    country = country_of(place, known)
    side = party(actors, country)
    if side.kind == "civilians" and (demonstrating := crowds & {"protesters", "rioters"}):
        kind = str(min(demonstrating, key=str))
        return replace(side, name=crowd(kind, country), kind=kind)
    if side.kind in ("state forces", "external forces") and place and place.country:
        state = known.state(actors[0].id, actors[0].camp, actors[0].kind)
        return replace(side, kind="state forces" if state == place.country else "external forces") if state else side
    return side


def _inter(side: Party, known: ExportKnowledge) -> tuple[int, str]:
    codes = known.kinds[side.kind] if side.kind else None
    return (codes.inter, codes.name) if codes else (0, "")


def interaction(one: tuple[int, str], other: tuple[int, str]) -> str:
    """Two actor types as ACLED joins them: the lower number first, but External/Other forces before Civilians.

    >>> interaction((7, "Civilians"), (2, "Rebel group"))
    'Rebel group-Civilians'
    >>> interaction((6, "Protesters"), (0, ""))
    'Protesters only'
    """
    named = sorted(side for side in (one, other) if side[0])
    if len(named) < 2:
        return f"{named[0][1]} only" if named and one[0] else ""
    if [side[0] for side in named] == [7, 8]:
        named.reverse()
    return f"{named[0][1]}-{named[1][1]}"


def _where(place: Place, known: ExportKnowledge) -> dict[str, Cell]:
    codes = known.countries.get(place.country or "")
    return {
        "iso": codes.iso if codes else None,
        "region": codes.acled if codes else None,
        "country": codes.name if codes else None,
        "admin1": governorate_of(place, known),
        "admin2": known.district(place.pcode)[0],
        "admin3": known.district(place.pcode)[1],
        "location": place.name_en or place.name_ar,
        "latitude": None if place.lat is None else round(place.lat, 4),
        "longitude": None if place.lon is None else round(place.lon, 4),
        "geo_precision": GEO_PRECISION[place.precision],
    }


def _stored(happening: Happening) -> int | None:
    stored = [article.stored for article in happening.cited if article.stored]
    return int(max(stored).timestamp()) if stored else None
