"""PLOVER's records: one line of JSON for each report."""

from collections.abc import Sequence

from waqai.exports.facts import Telling, export_id
from waqai.exports.parties import governorate_of, name_of, nation_of, sector_of
from waqai.knowledge.codebook import Codebook
from waqai.knowledge.exports import ExportKnowledge
from waqai.model.mention import Place
from waqai.model.report import NamedActor, Report
from waqai.records import Json, report_json

UNKNOWN = "UNK"
RESOLUTION = {
    "site": "sub-city",
    "neighbourhood": "sub-city",
    "settlement": "city",
    "area": "district",
    "governorate": "province",
    "country": "country",
}
_QUADS = {"AGREE": 1, "RETREAT": 2, "PROTEST": 4, "COERCE": 4, "MOBILIZE": 4, "ASSAULT": 4}


def plover_record(telling: Telling, codebook: Codebook, known: ExportKnowledge) -> Json | str:
    """The record of a report with PLOVER's fields in order, or in one phrase why it cannot be one.

    A report whose text says nobody who acts is kept, with an actor of sector UNK, and its comment says so.
    """
    report, article = telling.report, telling.article
    date = report.date.date if report.date else None
    if date is None or date.start is None:
        return "no date"
    plover = codebook.plover(report.sub_event_type, report.weapon)
    where = "title" if report.evidence.part == "title" else "text"
    return {
        "id": export_id(report.id),
        "has_event": True,
        "date": date.start.isoformat(),
        "enddate": date.end.isoformat() if date.end and date.end != date.start else None,
        "actor": [_entity(actor, known) for actor in report.actor1] or [{"code": None, "sector": UNKNOWN}],
        "recipient": [_entity(actor, known) for actor in report.actor2],
        "event": [plover.type],
        "mode": plover.mode,
        "quad_code": _QUADS[plover.type],
        "context": [_context(report, known)],
        "size": _size(report),
        "event_loc": _location(report.place.place, report.place.span.text if report.place.span else None, known)
        if report.place
        else None,
        "event_text": report.evidence.text,
        "link": export_id(telling.incident) if telling.incident else None,
        "text_info": {"start": report.evidence.start, "end": report.evidence.end, "in": where},
        "cite_info": {
            "url": article.url,
            "title": article.title or None,
            "language": article.language or "ar",
            "publication": article.outlet,
            "coder": f"waqai {report.coder.name} {report.coder.version}",
            "codebook": "plover-0.8",
            "citation": article.doc_id,
        },
        "coder": f"waqai {report.coder.name} {report.coder.version}",
        "comment": comment_of(report, article.synthetic),
        "waqai": _beyond(report, codebook),
    }


def comment_of(report: Report, synthetic: bool) -> str | None:
    """What a reader of the row must know: no actor is told, it is no plain fact, the article was made up."""
    notes = []
    if not report.actor1:
        notes.append("no actor is stated; PLOVER would not code this event")
    if report.modality != "happened":
        notes.append(f"told as {report.modality}")
    if report.background:
        notes.append("told as background")
    if any(claim.stance != "asserts" for claim in report.claims):
        notes.append("a source denies or doubts it")
    if synthetic:
        notes.append("synthetic: the article was made up")
    return "; ".join(notes) or None


def _entity(named: NamedActor, known: ExportKnowledge) -> Json:
    actor = named.actor
    return {
        "code": nation_of(actor, known),
        "sector": sector_of(actor, known) or UNKNOWN,
        "entity_text": named.span.text if named.span else None,
        "identifier_text": name_of(actor),
    }


def _context(report: Report, known: ExportKnowledge) -> str:
    return "human_rights" if known.types[report.sub_event_type].target else "military"


def _size(report: Report) -> Json:
    size: Json = {}
    if report.killed:
        size["dead"] = report.killed[0]
    if report.injured:
        size["injured"] = report.injured[0]
    return size


def _location(place: Place, words: str | None, known: ExportKnowledge) -> Json:
    codes = known.countries.get(place.country or "")
    inside = place.level in ("site", "neighbourhood", "settlement")
    return {
        "extracted_place": words,
        "resolved_place": place.name_en or place.name_ar,
        "lat": place.lat,
        "lon": place.lon,
        "city": (place.name_en or place.name_ar) if inside and place.level == "settlement" else None,
        "province": governorate_of(place, known) or None,
        "country": codes.name if codes else None,
        "country_code": codes.iso3 if codes else None,
        "resolution": RESOLUTION[place.level],
    }


def _beyond(report: Report, codebook: Codebook) -> Json:
    whole = report_json(report, codebook)
    kept: Sequence[str] = (
        "sub_event_type", "modality", "background", "killed", "injured", "casualties", "claims", "weapon", "target", "confidence",
    )  # fmt: skip
    date, place = whole["date"] or {}, whole["place"] or {}
    return {name: whole[name] for name in kept} | {
        "date_precision": date.get("precision"),
        "date_basis": date.get("basis"),
        "time": date.get("time"),
        "where_precision": place.get("precision"),
        "relation": place.get("relation"),
        "place_id": place.get("id"),
    }
