"""What a report becomes in the tables: pure, the same row for the same report."""

import datetime as dt
from collections.abc import Iterator
from hashlib import sha256
from typing import Any, NamedTuple

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
_PLACE_COLUMNS = ("place", "lat", "lon", "level", "place_precision", "country", "governorate", "pcode")


REPORT_COLUMNS = (
    "id", "family", "event_type", "sub_event_type", "modality", "background", "place", "lat", "lon", "level",
    "place_precision", "country", "governorate", "pcode", "start", "end", "date_precision", "date_basis", "killed_low",
    "killed_high", "injured_low", "injured_high", "confidence", "outline", "json", "account",
)  # fmt: skip
"""The columns of a report that its article tells; the others are the record's to say."""


class ReportRows(NamedTuple):
    """The rows of one report, without what the record says of it: as plain as can be, since they go from process to process."""

    report: tuple[Any, ...]  # the values of `REPORT_COLUMNS`
    actors: tuple[tuple[str, str], ...]  # id, role
    sources: tuple[tuple[str, str, bool], ...]  # key, stance, whether it is the one furthest back

    @property
    def id(self) -> str:
        """The id of the report."""
        return str(self.report[0])


def storable(text: str) -> str:
    """The text as both databases can hold it: NUL becomes U+FFFD, so offsets stay."""
    return text.replace("\0", "\ufffd") if "\0" in text else text


def label(text: str) -> str:
    """A label or name as it is stored: one that is longer than an index can hold is cut, and a hash keeps it apart from others."""
    text = storable(text)
    return text if len(text) <= _LONGEST else f"{text[:_CUT]}…{sha256(text.encode()).hexdigest()[:16]}"


def article_row(article: Article, known: dt.date, stored: str, coder: str) -> Row:
    """The row of an article; its number and what it is a copy of are found out later."""
    return words_row(article, article.key) | {"known": known.isoformat(), "stored": stored, "coder": coder}


def words_row(article: Article, key: str) -> Row:
    """The columns of an article that are known before it is stored; `key` is its key."""
    return {
        "key": key,
        "newer": None,
        "copy_of": key,
        "title": storable(article.title),
        "text": storable(article.text),
        "text_sha256": article.text_sha256,
        **publication_row(article),
    }


def publication_row(article: Article) -> Row:
    """The columns in which an article says where and when it was published."""
    published = article.published
    return {
        "doc_id": label(article.id),
        "outlet": None if article.outlet is None else label(article.outlet),
        "url": _storable(article.url),
        "language": _storable(article.language),
        "published": published.day.isoformat() if published else None,
        "published_from": published.basis if published else None,
        "synthetic": article.synthetic,
    }


def _storable(text: str | None) -> str | None:
    return None if text is None else storable(text)


def report_rows(report: Report, facts: ArticleFacts, codebook: Codebook, packing: Packing) -> ReportRows:
    """The rows of a report; KeyError when its sub-event type is not in the codebook."""
    kind = codebook.event_types[report.sub_event_type]
    packed = packing.pack(account_of(report, facts))
    values = (
        report.id,
        kind.family,
        kind.event_type,
        report.sub_event_type,
        report.modality,
        report.background,
        *_place_values(report.place.place if report.place else None),
        *_date_values(report.date.date if report.date else None),
        *(report.killed or (None, None)),
        *(report.injured or (None, None)),
        report.confidence,
        packed.outline,
        orjson.dumps(report_json(report, codebook)).decode(),
        packed.account,
    )
    return ReportRows(values, tuple(_roles(report)), _sources(report))


def place_columns(place: Place | None) -> Row:
    """The columns that reports and incidents have for a place, all None without one."""
    return dict(zip(_PLACE_COLUMNS, _place_values(place), strict=True))


def _place_values(place: Place | None) -> tuple[Any, ...]:
    if place is None:
        return (None,) * len(_PLACE_COLUMNS)
    return (
        place.id, place.lat, place.lon, place.level, place.precision, place.country, place.governorate, place.pcode,
    )  # fmt: skip


def _date_values(date: DateRange | None) -> tuple[Any, ...]:
    """First day, last day, precision and basis."""
    if date is None or not date.start:
        return None, None, None, None
    return date.start.isoformat(), date.end.isoformat() if date.end else None, date.precision, date.basis


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


class PlaceNamed(NamedTuple):
    """A place that is named: its row, and whether that is its own point, not one "near" it, and the point of a town."""

    row: tuple[Any, ...]  # the values of `PLACE_COLUMNS`
    own: bool
    town: bool

    @property
    def id(self) -> str:
        """The id of the place."""
        return str(self.row[0])


PLACE_COLUMNS = (
    "id", "name_ar", "name_en", "folded", "lat", "lon", "level", "country", "governorate", "pcode", "pcode_level",
)  # fmt: skip
ACTOR_COLUMNS = ("id", "name_ar", "name_en", "camp", "kind", "folded")
SOURCE_COLUMNS = ("key", "name_ar", "name_en", "kind", "folded")


def place_row(place: Place) -> PlaceNamed:
    """The row of `places` for one place."""
    own = place.relation is None
    row = (
        place.id, place.name_ar, place.name_en, folded_names(place.name_ar, place.name_en), place.lat if own else None,
        place.lon if own else None, place.level, place.country, place.governorate, place.pcode, place.pcode_level,
    )  # fmt: skip
    return PlaceNamed(row, own, place.level == "settlement" and place.lat is not None)


def folded_names(name_ar: str, name_en: str) -> str:
    """Both names as they are looked up, "|" between them.

    >>> folded_names("إدلب", "Idlib")
    'ادلب|idlib'
    """
    return storable(f"{fold(name_ar)}|{fold(name_en)}")


def actor_row(actor: Actor) -> tuple[str, ...]:
    """The row of `actors` for one actor: the values of `ACTOR_COLUMNS`."""
    folded = folded_names(actor.name_ar, actor.name_en)
    return actor.id, actor.name_ar, actor.name_en, actor.camp, actor.kind, folded


def source_row(source: Source) -> tuple[str, ...]:
    """The row of `sources` for one source: the values of `SOURCE_COLUMNS`."""
    folded = folded_names(source.name_ar, source.name_en)
    return source_key(source), storable(source.name_ar), storable(source.name_en), source.kind, folded


def holding_row(holding: Holding) -> Row:
    """The row of a holding; what the record says of it and of its article is added where it is stored."""
    date = holding.date if holding.date and holding.date.start else None
    return {
        "id": holding.id,
        "place": holding.place.id,
        "actor": holding.actor.id if holding.actor else None,
        "effect": holding.effect,
        "part": _storable(holding.part),
        "start": date.start.isoformat() if date and date.start else None,
        "end": date.end.isoformat() if date and date.end else None,
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
