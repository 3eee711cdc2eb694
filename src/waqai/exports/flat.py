"""Incidents and reports as flat rows: one cell for each fact, several values in one cell with "; " between them."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from waqai.exports.acled import Cell
from waqai.exports.facts import Happening, Item, Level, Telling
from waqai.exports.parties import name_of
from waqai.exports.wording import deniers, doubters, source_name
from waqai.knowledge.codebook import Codebook
from waqai.model.incident import Incident, Toll
from waqai.model.mention import Actor, DateRange, Place
from waqai.records import REPORT_COLUMNS, report_json, report_row

CellType = Literal["text", "whole", "number", "yes_no", "day"]
FlatCell = Cell | bool | dt.date
FlatRow = dict[str, FlatCell]


@dataclass(frozen=True, slots=True)
class FlatColumn:
    """A column of a flat table and what stands in it."""

    name: str
    type: CellType


def columns_of(text: str) -> tuple[FlatColumn, ...]:
    """Columns written as words: a name, and a type other than text behind a colon.

    >>> columns_of("id killed_low:whole")[1]
    FlatColumn(name='killed_low', type='whole')
    """
    found = []
    for word in text.split():
        name, _, type = word.partition(":")
        kind = next(known for known in get_args(CellType) if known == (type or "text"))
        found.append(FlatColumn(name, kind))
    return tuple(found)


INCIDENT_COLUMNS = columns_of("""
    id event_type sub_event_type modality disputed:yes_no background:yes_no
    date_start:day date_end:day date_precision:whole date_basis time
    place_id place_ar place_en place_level place_precision:whole place_relation lat:number lon:number country governorate pcode
    actor1 actor1_camp actor1_id actor2 actor2_camp actor2_id target weapon
    killed_low:whole killed_best:whole killed_high:whole injured_low:whole injured_best:whole injured_high:whole
    civilians_killed_low:whole civilians_killed_best:whole civilians_killed_high:whole
    blamed grade grade_suggested:yes_no grade_reason voices:whole voice_names sides denials:whole denied_by doubted_by
    reports:whole articles:whole outlets types_told places_told dates_told first_published:day last_published:day
    report_ids doc_ids urls synthetic:yes_no
""")
"""The columns of a flat table of incidents. `voices` counts independent sources, `..._told` are all versions."""

_REPORT_TYPES: tuple[tuple[CellType, str], ...] = (
    (
        "whole",
        "place_precision date_precision killed_low killed_high injured_low injured_high evidence_start evidence_end",
    ),
    ("number", "lat lon confidence"),
    ("yes_no", "background"),
    ("day", "date_start date_end"),
)


def _report_type(name: str) -> CellType:
    return next((type for type, names in _REPORT_TYPES if name in names.split()), "text")


REPORT_TABLE = tuple(FlatColumn(name, _report_type(name)) for name in REPORT_COLUMNS) + columns_of(
    "incident title outlet url published:day synthetic:yes_no"
)
"""The columns of a flat table of reports: those of `waqai code`, the incident, and the article."""


def flat_columns(level: Level) -> tuple[FlatColumn, ...]:
    """The columns of a flat table."""
    return INCIDENT_COLUMNS if level == "incidents" else REPORT_TABLE


def flat_row(item: Item, codebook: Codebook) -> FlatRow:
    """The flat row of an incident or a report, by column."""
    return incident_row(item, codebook) if isinstance(item, Happening) else telling_row(item, codebook)


def telling_row(telling: Telling, codebook: Codebook) -> FlatRow:
    """The flat row of a report with its article, by the names of REPORT_TABLE."""
    row: FlatRow = dict(report_row(report_json(telling.report, codebook)))
    for name in ("date_start", "date_end"):
        text = row.get(name)
        row[name] = dt.date.fromisoformat(text) if isinstance(text, str) else None
    article = telling.article
    return row | {
        "incident": telling.incident,
        "title": article.title,
        "outlet": article.outlet,
        "url": article.url,
        "published": article.published,
        "synthetic": article.synthetic,
    }


def incident_row(happening: Happening, codebook: Codebook) -> FlatRow:
    """The flat row of an incident with its articles, by the names of INCIDENT_COLUMNS."""
    incident = happening.incident
    grading = incident.grading
    row: FlatRow = {
        "id": incident.id,
        "event_type": codebook.event_type(incident.sub_event_type),
        "sub_event_type": incident.sub_event_type,
        "modality": incident.modality,
        "disputed": incident.disputed,
        "background": incident.background,
        "target": incident.target,
        "weapon": incident.weapon,
        "blamed": _joined(name_of(version.value) for version in incident.blamed),
        "denied_by": _joined(source_name(voice.source) for voice in deniers(incident)),
        "doubted_by": _joined(source_name(voice.source) for voice in doubters(incident)),
        "voice_names": _joined(source_name(voice.source) for voice in incident.voices),
        "denials": len(incident.denials),
        "sides": _joined(voice.side for voice in incident.voices),
        "voices": incident.independent,
        "types_told": _joined(version.value for version in incident.sub_event_types),
        "places_told": _joined(version.value.name_en or version.value.name_ar for version in incident.places),
        "dates_told": _joined(_days(version.value) for version in incident.dates),
        "grade": grading.grade if grading else None,
        "grade_suggested": grading.person is None if grading else None,
        "grade_reason": grading.reason if grading else None,
    }
    row |= _sides("actor1", incident.actor1) | _sides("actor2", incident.actor2)
    row |= _tolls(incident)
    return row | _place(incident.place) | _date(incident.date) | _cited(happening)


def _cited(happening: Happening) -> FlatRow:
    refs, cited = happening.incident.reports, happening.cited
    published = [ref.published for ref in refs if ref.published]
    return {
        "reports": len(refs),
        "articles": len({ref.article_key for ref in refs}),
        "outlets": _joined(ref.outlet for ref in refs),
        "first_published": min(published, default=None),
        "last_published": max(published, default=None),
        "report_ids": _joined(ref.id for ref in refs),
        "doc_ids": _joined(ref.doc_id for ref in refs),
        "urls": _joined(article.url for article in cited),
        "synthetic": happening.synthetic,
    }


def _sides(role: str, actors: Sequence[Actor]) -> FlatRow:
    return {
        role: _joined(map(name_of, actors)),
        f"{role}_camp": _joined(actor.camp for actor in actors),
        f"{role}_id": _joined(actor.id for actor in actors),
    }


def _tolls(incident: Incident) -> FlatRow:
    row: FlatRow = {}
    held: Sequence[tuple[str, Toll | None]] = (
        ("killed", incident.killed),
        ("civilians_killed", incident.civilians_killed),
        ("injured", incident.injured),
    )
    for name, toll in held:
        if toll:
            row |= {f"{name}_low": toll.low, f"{name}_best": toll.best, f"{name}_high": toll.high}
    return row


def _place(place: Place | None) -> FlatRow:
    if place is None:
        return {}
    return {
        "place_ar": place.name_ar,
        "place_en": place.name_en,
        "place_id": place.id,
        "lat": place.lat,
        "lon": place.lon,
        "place_level": place.level,
        "place_precision": place.precision,
        "place_relation": place.relation,
        "country": place.country,
        "governorate": place.governorate,
        "pcode": place.pcode,
    }


def _date(date: DateRange | None) -> FlatRow:
    if date is None or date.start is None:
        return {}
    return {
        "date_start": date.start,
        "date_end": date.end,
        "date_precision": date.precision,
        "date_basis": date.basis,
        "time": date.time,
    }


def _days(date: DateRange) -> str:
    ends = [day.isoformat() for day in (date.start, date.end) if day]
    return "/".join(dict.fromkeys(ends))


def _joined(words: Iterable[str | None]) -> str:
    return "; ".join(dict.fromkeys(word for word in words if word))
