"""What a report becomes in the tables: pure, the same row for the same report."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import orjson

from waqai.arabic.letters import fold
from waqai.knowledge.codebook import Codebook
from waqai.model.article import Article
from waqai.model.control import Holding
from waqai.model.mention import Actor, DateRange, Place, Source
from waqai.model.report import Report
from waqai.records import Json, report_json, value_json
from waqai.records_reading import ArticleFacts, Packing, account_of

Row = dict[str, Any]
"""A row of a table by the names of its columns, as SQLAlchemy takes it."""

_LONGEST, _CUT = 480, 460  # characters of a label


@dataclass(frozen=True, slots=True)
class ReportRows:
    """The rows of one report, without the numbers that the record gives."""

    report: Row
    actors: tuple[tuple[str, str], ...]  # id, role
    sources: tuple[tuple[str, str, bool], ...]  # key, stance, whether it is the one furthest back


def storable(text: str) -> str:
    """The text as both databases can hold it: NUL becomes U+FFFD, so offsets stay."""
    return text.replace("\0", "\ufffd") if "\0" in text else text


def label(text: str) -> str:
    """A label or name as it is stored: one that is longer than an index can hold is cut, and a hash keeps it apart from others."""
    text = storable(text)
    return text if len(text) <= _LONGEST else f"{text[:_CUT]}…{sha256(text.encode()).hexdigest()[:16]}"


def article_row(article: Article, known: dt.date, stored: str, coder: str) -> Row:
    """The row of an article; its number and what it is a copy of are found out later."""
    key, published = article.key, article.published
    return {
        "key": key,
        "doc_id": label(article.id),
        "newer": None,
        "copy_of": key,
        "title": storable(article.title),
        "text": storable(article.text),
        "text_sha256": article.text_sha256,
        "outlet": None if article.outlet is None else label(article.outlet),
        "url": _storable(article.url),
        "language": _storable(article.language),
        "published": published.day.isoformat() if published else None,
        "published_from": published.basis if published else None,
        "known": known.isoformat(),
        "stored": stored,
        "coder": coder,
        "synthetic": article.synthetic,
    }


def _storable(text: str | None) -> str | None:
    return None if text is None else storable(text)


def report_rows(report: Report, facts: ArticleFacts, codebook: Codebook, packing: Packing) -> ReportRows:
    """The rows of a report; KeyError when its sub-event type is not in the codebook."""
    kind = codebook.event_types[report.sub_event_type]
    packed = packing.pack(account_of(report, facts))
    row: Row = {
        "id": report.id,
        "incident": None,
        "component": None,
        "top": None,
        "nearest": None,
        "family": kind.family,
        "event_type": kind.event_type,
        "sub_event_type": report.sub_event_type,
        "modality": report.modality,
        "background": report.background,
        **place_columns(report.place.place if report.place else None),
        **_date_columns(report.date.date if report.date else None),
        "killed_low": report.killed[0] if report.killed else None,
        "killed_high": report.killed[1] if report.killed else None,
        "injured_low": report.injured[0] if report.injured else None,
        "injured_high": report.injured[1] if report.injured else None,
        "confidence": report.confidence,
        "known": facts.known.isoformat(),
        "superseded": None,
        "outline": packed.outline,
        "json": orjson.dumps(report_json(report, codebook)).decode(),
        "account": packed.account,
    }
    return ReportRows(row, tuple(_roles(report)), _sources(report))


def place_columns(place: Place | None) -> Row:
    """The columns that reports and incidents have for a place, all None without one."""
    return {
        "place": place.id if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "level": place.level if place else None,
        "place_precision": place.precision if place else None,
        "country": place.country if place else None,
        "governorate": place.governorate if place else None,
        "pcode": place.pcode if place else None,
    }


def _date_columns(date: DateRange | None) -> Row:
    known = date if date and date.start else None
    return {
        "start": known.start.isoformat() if known and known.start else None,
        "end": known.end.isoformat() if known and known.end else None,
        "date_precision": known.precision if known else None,
        "date_basis": known.basis if known else None,
    }


def _roles(report: Report) -> Iterator[tuple[str, str]]:
    blamed = [named for claim in report.claims for named in claim.blames]
    for role, named in (("actor1", report.actor1), ("actor2", report.actor2), ("blamed", blamed)):
        yield from dict.fromkeys((one.actor.id, role) for one in named)


def source_key(source: Source) -> str:
    """What a source is known by in the record: its English name, or the Arabic one where there is none."""
    return storable(source.name_en or source.name_ar)


def _sources(report: Report) -> tuple[tuple[str, str, bool], ...]:
    found: dict[tuple[str, str], bool] = {}
    for claim in report.claims:
        for i, named in enumerate(claim.chain):
            mark = (source_key(named.source), claim.stance)
            found[mark] = found.get(mark, False) or i == len(claim.chain) - 1
    return tuple((key, stance, furthest) for (key, stance), furthest in found.items())


def place_row(place: Place) -> Row:
    """The row of `places` for one place."""
    own = place.relation is None
    return {
        "id": place.id,
        "name_ar": place.name_ar,
        "name_en": place.name_en,
        "folded": folded_names(place.name_ar, place.name_en),
        "lat": place.lat if own else None,
        "lon": place.lon if own else None,
        "level": place.level,
        "country": place.country,
        "governorate": place.governorate,
        "pcode": place.pcode,
        "pcode_level": place.pcode_level,
    }


def folded_names(name_ar: str, name_en: str) -> str:
    """Both names as they are looked up, "|" between them.

    >>> folded_names("إدلب", "Idlib")
    'ادلب|idlib'
    """
    return storable(f"{fold(name_ar)}|{fold(name_en)}")


def actor_row(actor: Actor) -> Row:
    """The row of `actors` for one actor."""
    return {
        "id": actor.id,
        "name_ar": actor.name_ar,
        "name_en": actor.name_en,
        "camp": actor.camp,
        "kind": actor.kind,
        "folded": folded_names(actor.name_ar, actor.name_en),
    }


def source_row(source: Source) -> Row:
    """The row of `sources` for one source."""
    return {
        "key": source_key(source),
        "name_ar": storable(source.name_ar),
        "name_en": storable(source.name_en),
        "kind": source.kind,
        "folded": folded_names(source.name_ar, source.name_en),
    }


def holding_row(holding: Holding, known: dt.date) -> Row:
    """The row of a holding; the number of its article is added where it is stored."""
    date = holding.date if holding.date and holding.date.start else None
    return {
        "id": holding.id,
        "place": holding.place.id,
        "actor": holding.actor.id if holding.actor else None,
        "effect": holding.effect,
        "part": _storable(holding.part),
        "start": date.start.isoformat() if date and date.start else None,
        "end": date.end.isoformat() if date and date.end else None,
        "known": known.isoformat(),
        "superseded": None,
        "json": orjson.dumps(holding_json(holding)).decode(),
    }


def holding_json(holding: Holding) -> Json:
    """The JSON form of a holding, in the shape of a report's fields."""
    span = holding.evidence
    return {
        "id": holding.id,
        "article_key": holding.article_key,
        "place": value_json(holding.place),
        "actor": value_json(holding.actor) if holding.actor else None,
        "effect": holding.effect,
        "part": holding.part,
        "date": value_json(holding.date) | {"time": holding.date.time} if holding.date else None,
        "claims": [
            {
                "chain": [value_json(named.source) for named in claim.chain],
                "stance": claim.stance,
                "blames": [value_json(named.actor) for named in claim.blames],
            }
            for claim in holding.claims
        ],
        "evidence": {"text": span.text, "start": span.start, "end": span.end, "in": span.part},
        "rule": holding.rule,
    }
