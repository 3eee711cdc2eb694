"""The JSON and CSV forms of reports and mentions: what other programs rely on, field by field and in this order."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson

from waqai.knowledge.codebook import Codebook
from waqai.model.mention import Actor, DateRange, Mention, Mentions, Person, Place, Quantity, Source, Value, Weapon
from waqai.model.report import Casualties, Claim, NamedActor, NamedDate, NamedPlace, NamedSource, Report
from waqai.model.text import Span

SCHEMA = 1
Json = dict[str, Any]


def line(record: Mapping[str, Any]) -> bytes:
    """One record as a line of JSON: UTF-8, keys in the record's order, the same bytes for the same record."""
    return orjson.dumps(record) + b"\n"


def report_json(report: Report, codebook: Codebook) -> Json:
    """The JSON form of a report; KeyError when its sub-event type is not in the codebook."""
    plover = codebook.plover(report.sub_event_type, report.weapon)
    return {
        "schema": SCHEMA,
        "id": report.id,
        "doc_id": report.doc_id,
        "article_key": report.article_key,
        "text_sha256": report.text_sha256,
        "event_type": codebook.event_type(report.sub_event_type),
        "sub_event_type": report.sub_event_type,
        "plover": {"type": plover.type, "mode": plover.mode},
        "modality": report.modality,
        "background": report.background,
        "actor1": [_named_actor(actor) for actor in report.actor1],
        "actor2": [_named_actor(actor) for actor in report.actor2],
        "target": {"kind": report.target.kind, "text": report.target.span.text} if report.target else None,
        "place": _named_place(report.place),
        "date": _named_date(report.date),
        "casualties": [_casualties(toll) for toll in report.casualties],
        "killed": _range(report.killed),
        "injured": _range(report.injured),
        "claims": [_claim(claim) for claim in report.claims],
        "attributed_to": _attributed_to(report.claims),
        "weapon": report.weapon,
        "evidence": _words(report.evidence),
        "coder": {
            "name": report.coder.name,
            "version": report.coder.version,
            "knowledge": report.coder.knowledge,
            "rules": list(report.coder.rules),
        },
        "confidence": round(report.confidence, 2),
    }


def mention_json(doc_id: str, mention: Mention[Value]) -> Json:
    """The JSON form of a mention of the document `doc_id`."""
    words = _words(mention.span)
    where = {"in": words.pop("in")} if "in" in words else {}
    return {"doc_id": doc_id, "kind": mention.kind, **words, "value": value_json(mention.value), **where}


def in_reading_order(mentions: Mentions) -> list[Mention[Value]]:
    """The mentions of all kinds as they stand in the text."""
    kinds: Sequence[tuple[Mention[Any], ...]] = (
        mentions.numbers,
        mentions.dates,
        mentions.places,
        mentions.actors,
        mentions.persons,
        mentions.weapons,
        mentions.sources,
    )
    everything = [mention for kind in kinds for mention in kind]
    return sorted(everything, key=lambda mention: (mention.sentence, mention.first, mention.last, mention.kind))


def value_json(value: Value) -> Json:
    """The JSON form of what a mention names."""
    match value:
        case Quantity():
            return {"low": _number(value.low), "high": _number(value.high), "unit": value.unit}
        case DateRange():
            return {
                "start": _day(value.start),
                "end": _day(value.end),
                "precision": value.precision,
                "basis": value.basis,
            }
        case Place():
            return _place(value)
        case Actor():
            return _actor(value)
        case Person():
            return {"name": value.name, "role": value.role, "actor": value.actor}
        case Weapon():
            return {"code": value.code}
        case Source():
            return _source(value)


def _words(span: Span | None) -> Json:
    if span is None:
        return {"text": None, "start": None, "end": None}
    found: Json = {"text": span.text, "start": span.start, "end": span.end}
    return found | {"in": "title"} if span.part == "title" else found


def _number(value: float | None) -> float | int | None:
    return int(value) if value is not None and value == int(value) else value


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _range(toll: tuple[int, int | None] | None) -> list[int | None] | None:
    return list(toll) if toll else None


def _actor(actor: Actor) -> Json:
    return {
        "id": actor.id,
        "name_en": actor.name_en,
        "name_ar": actor.name_ar,
        "camp": actor.camp,
        "kind": actor.kind,
    }


def _named_actor(named: NamedActor) -> Json:
    return _actor(named.actor) | _words(named.span)


def _place(place: Place) -> Json:
    return {
        "id": place.id,
        "name_ar": place.name_ar,
        "name_en": place.name_en,
        "lat": place.lat,
        "lon": place.lon,
        "level": place.level,
        "precision": place.precision,
        "relation": place.relation,
        "country": place.country,
        "governorate": place.governorate,
        "pcode": place.pcode,
        "pcode_level": place.pcode_level,
    }


def _named_place(named: NamedPlace | None) -> Json | None:
    return _place(named.place) | _words(named.span) if named else None


def _named_date(named: NamedDate | None) -> Json | None:
    if named is None or named.date.start is None:
        return None
    return value_json(named.date) | {"time": named.date.time}


def _casualties(toll: Casualties) -> Json:
    numbers: Json = {
        "outcome": toll.outcome,
        "who": toll.who,
        "side": toll.side,
        "low": toll.low,
        "high": toll.high,
        "claim": toll.claim,
    }
    return numbers | _words(toll.span)


def _source(source: Source) -> Json:
    return {"name_en": source.name_en, "name_ar": source.name_ar, "kind": source.kind}


def _named_source(named: NamedSource) -> Json:
    return _source(named.source) | _words(named.span)


def _claim(claim: Claim) -> Json:
    return {
        "chain": [_named_source(named) for named in claim.chain],
        "stance": claim.stance,
        "blames": [_named_actor(actor) for actor in claim.blames],
    }


def _attributed_to(claims: Iterable[Claim]) -> list[Json]:
    """The sources of all asserting chains, each once."""
    named = [source for claim in claims if claim.stance == "asserts" for source in claim.chain]
    return [_named_source(source) for source in dict.fromkeys(named)]


REPORT_COLUMNS = (
    "doc_id", "id", "event_type", "sub_event_type", "plover_type", "plover_mode", "modality", "background",
    "actor1", "actor1_camp", "actor1_id", "actor2", "actor2_camp", "actor2_id", "target",
    "place_ar", "place_en", "place_id", "lat", "lon", "place_level", "place_precision", "place_relation",
    "country", "governorate", "pcode", "date_start", "date_end", "date_precision", "date_basis", "time",
    "killed_low", "killed_high", "injured_low", "injured_high", "weapon", "attributed_to", "denied_by", "blamed",
    "evidence", "evidence_start", "evidence_end", "evidence_in", "confidence", "coder", "rules", "article_key",
    "text_sha256",
)  # fmt: skip
"""The columns of the CSV form of reports; several values stand in one cell with "; " between them."""

MENTION_COLUMNS = (
    "doc_id", "kind", "text", "start", "end", "in", "id", "name_en", "name_ar", "camp", "actor_kind", "source_kind",
    "lat", "lon", "level", "precision", "relation", "country", "governorate", "pcode", "date_start", "date_end",
    "basis", "low", "high", "unit", "role", "actor", "weapon",
)  # fmt: skip
"""The columns of the CSV form of mentions; those that a kind does not have stay empty."""


def report_row(record: Json) -> Json:
    """The flat form of a report's JSON, by the names of REPORT_COLUMNS."""
    place, date, evidence = record["place"] or {}, record["date"] or {}, record["evidence"]
    killed, injured = record["killed"] or (None, None), record["injured"] or (None, None)
    denials = [claim for claim in record["claims"] if claim["stance"] == "denies"]
    blamed = [actor for claim in record["claims"] for actor in claim["blames"]]
    row = {name: record[name] for name in REPORT_COLUMNS if isinstance(record.get(name), str | bool | float)}
    for role in ("actor1", "actor2"):
        row[role] = _joined(record[role], "name_en")
        row[f"{role}_camp"] = _joined(record[role], "camp")
        row[f"{role}_id"] = _joined(record[role], "id")
    row |= {"plover_type": record["plover"]["type"], "plover_mode": record["plover"]["mode"]}
    row |= {"target": (record["target"] or {}).get("kind")}
    row |= {"place_ar": place.get("name_ar"), "place_en": place.get("name_en"), "place_id": place.get("id")}
    row |= {f"place_{name}": place.get(name) for name in ("level", "precision", "relation")}
    row |= {name: place.get(name) for name in ("lat", "lon", "country", "governorate", "pcode")}
    row |= {f"date_{name}": date.get(name) for name in ("start", "end", "precision", "basis")} | {
        "time": date.get("time")
    }
    row |= {"killed_low": killed[0], "killed_high": killed[1], "injured_low": injured[0], "injured_high": injured[1]}
    row |= {"attributed_to": _joined(record["attributed_to"], "name_en"), "blamed": _joined(blamed, "name_en")}
    row |= {"denied_by": _joined([source for claim in denials for source in claim["chain"]], "name_en")}
    row |= {"evidence": evidence["text"], "evidence_start": evidence["start"], "evidence_end": evidence["end"]}
    row |= {
        "evidence_in": evidence.get("in", "text"),
        "coder": f"{record['coder']['name']} {record['coder']['version']}",
    }
    return row | {"rules": "; ".join(record["coder"]["rules"])}


def mention_row(record: Json) -> Json:
    """The flat form of a mention's JSON, by the names of MENTION_COLUMNS."""
    value, kind = dict(record["value"]), record["kind"]
    row = {name: record.get(name) for name in ("doc_id", "kind", "text", "start", "end")}
    row["in"] = record.get("in", "text")
    if kind == "date":
        value |= {"date_start": value.pop("start"), "date_end": value.pop("end")}
    if kind in ("actor", "source"):
        value[f"{kind}_kind"] = value.pop("kind")
    if kind == "person":
        value["name_ar"] = value.pop("name")
    if kind == "weapon":
        value["weapon"] = value.pop("code")
    return row | {name: held for name, held in value.items() if name in MENTION_COLUMNS}


def _joined(items: Iterable[Json], name: str) -> str:
    return "; ".join(dict.fromkeys(str(item.get(name) or item.get("name_ar") or "") for item in items))


def csv_header(columns: Sequence[str]) -> bytes:
    """The header line of a CSV file."""
    return csv_line({name: name for name in columns}, columns)


def csv_line(row: Json, columns: Sequence[str]) -> bytes:
    """One row of CSV in UTF-8. Text that a spreadsheet would run as a formula gets an apostrophe before it."""
    held = io.StringIO()
    csv.writer(held, lineterminator="\n").writerow([_cell(row.get(name)) for name in columns])
    return held.getvalue().encode("utf-8", "replace")


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return value
    text = value.replace("\r\n", "\n").replace("\r", "\n")  # csv does not quote a lone carriage return
    return f"'{text}" if text.startswith("\t") or text.lstrip().startswith(("=", "+", "-", "@")) else text
