"""The JSON and CSV forms of control: who held a place from when to when, and the reports behind it; statements read back."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from waqai.model.control import AreaControl, Holder, Holding, Interval
from waqai.model.mention import Actor, DateRange, Place, Source
from waqai.model.report import Claim, NamedActor, NamedSource
from waqai.model.text import Span
from waqai.records import Json, value_json

SCHEMA = 1
SIDES = ("reports", "against")
FIRST_FEW = 3  # references of a side that a point of the map shows
CONTROL_COLUMNS = (
    "place_id", "place", "place_ar", "country", "governorate", "pcode", "lat", "lon", "status", "holders", "holders_ar",
    "camps", "parts", "from", "to", "rule", "reports", "against",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reference:
    """What an interval rests on: a report, or a statement made in passing, and the article it stands in."""

    id: str
    kind: Literal["report", "statement"]
    doc_id: str
    article_key: str
    outlet: str | None
    published: dt.date | None


def interval_json(interval: Interval, references: Mapping[str, Reference]) -> Json:
    """The JSON form of an interval: [from, to), `to` null while nothing ends it; `reports` bear it out, `against` speak
    against it. Of a reference that is not among `references` only the id is given.
    """
    return {
        "schema": SCHEMA,
        "place": value_json(interval.place),
        "status": interval.status,
        "holders": [{"actor": value_json(holder.actor), "part": holder.part} for holder in interval.holders],
        "from": interval.start.isoformat(),
        "to": interval.end.isoformat() if interval.end else None,
        "rule": interval.rule,
        "reports": [_reference(id, references) for id in interval.supporting],
        "against": [_reference(id, references) for id in interval.against],
    }


def brief_json(record: Json) -> Json:
    """An interval with the first few references of each side (`reports`, `against`), and their numbers as `<side>_total`."""
    totals = {f"{side}_total": len(record[side]) for side in SIDES}
    return record | totals | {side: record[side][:FIRST_FEW] for side in SIDES}


def _reference(id: str, references: Mapping[str, Reference]) -> Json:
    known = references.get(id)
    if known is None:
        return {"id": id}
    return {
        "id": id,
        "kind": known.kind,
        "doc_id": known.doc_id,
        "outlet": known.outlet,
        "published": known.published.isoformat() if known.published else None,
    }


def interval_from(record: Json) -> Interval:
    """The interval of its JSON form; references are their ids. KeyError or ValueError when it is none."""
    end = record["to"]
    return Interval(
        place_from(record["place"]),
        dt.date.fromisoformat(record["from"]),
        dt.date.fromisoformat(end) if end else None,
        record["status"],
        tuple(Holder(actor_from(holder["actor"]), holder["part"]) for holder in record["holders"]),
        tuple(reference["id"] for reference in record["reports"]),
        tuple(reference["id"] for reference in record["against"]),
        record["rule"],
    )


def control_row(record: Json) -> Json:
    """The flat row of an interval for CSV."""
    place, holders = record["place"], record["holders"]
    return {
        "place_id": place["id"],
        "place": place["name_en"],
        "place_ar": place["name_ar"],
        **{name: place[name] for name in ("country", "governorate", "pcode", "lat", "lon")},
        "status": record["status"],
        "holders": _joined(holder["actor"]["name_en"] for holder in holders),
        "holders_ar": _joined(holder["actor"]["name_ar"] for holder in holders),
        "camps": _joined(holder["actor"]["camp"] for holder in holders),
        "parts": _joined(holder["part"] or "" for holder in holders) if any(h["part"] for h in holders) else "",
        "from": record["from"],
        "to": record["to"],
        "rule": record["rule"],
        "reports": _joined(reference["id"] for reference in record["reports"]),
        "against": _joined(reference["id"] for reference in record["against"]),
    }


def _joined(items: Iterable[str]) -> str:
    return "; ".join(items)


def holding_from(record: Json) -> Holding:
    """The statement of its JSON form as the store keeps it; KeyError or ValueError when it is none."""
    date, span = record["date"], record["evidence"]
    return Holding(
        record["id"],
        record["article_key"],
        place_from(record["place"]),
        actor_from(record["actor"]) if record["actor"] else None,
        record["effect"],
        record["part"],
        _date_from(date) if date else None,
        tuple(_claim_from(claim) for claim in record["claims"]),
        Span(span["in"], span["start"], span["end"], span["text"]),
        record["rule"],
    )


def _claim_from(claim: Json) -> Claim:
    chain = tuple(NamedSource(Source(s["name_en"], s["name_ar"], s["kind"]), None) for s in claim["chain"])
    return Claim(chain, claim["stance"], tuple(NamedActor(actor_from(actor), None) for actor in claim["blames"]))


def _date_from(date: Json) -> DateRange:
    start, end = (dt.date.fromisoformat(date[side]) if date[side] else None for side in ("start", "end"))
    return DateRange(start, end, date["precision"], date["basis"], date.get("time"))


def place_from(record: Mapping[str, Any]) -> Place:
    """The place of its JSON form; KeyError when it is none."""
    names = ("id", "name_ar", "name_en", "lat", "lon", "level", "precision", "relation", "country", "governorate")
    given: list[Any] = [*(record[name] for name in names), record.get("pcode"), record.get("pcode_level")]
    return Place(*given)


def actor_from(record: Mapping[str, Any]) -> Actor:
    """The actor of its JSON form; KeyError when it is none."""
    return Actor(*[record[name] for name in ("id", "name_en", "name_ar", "camp", "kind")])


def area_json(area: AreaControl) -> Json:
    """The JSON form of what the places of an area add up to."""
    return {
        "schema": SCHEMA,
        "unit": area.unit,
        "name": area.name,
        "country": area.country,
        "day": area.day.isoformat(),
        "places": area.places,
        "holders": [
            {"actor": value_json(share.actor), "places": share.places, "parts": share.parts} for share in area.shares
        ],
        "divided": area.divided,
        "contested": area.contested,
        "besieged": area.besieged,
        "unknown": area.unknown,
    }
