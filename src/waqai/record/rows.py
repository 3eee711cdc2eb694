"""The rows of answers: how what a record holds is written flat, and as JSON."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from waqai.exports.facts import Telling
from waqai.exports.flat import FlatRow, columns_of, telling_row
from waqai.knowledge.codebook import Codebook
from waqai.model.control import Interval
from waqai.model.report import Report
from waqai.record.answers import Found
from waqai.record.errors import WaqaiError
from waqai.records import report_json
from waqai.records_control import control_row, interval_from
from waqai.store.text_search import Hit

if TYPE_CHECKING:
    from waqai.queries.comparing import Compared

Day = str | dt.date


CONTROL_TABLE = columns_of(
    """place_id place place_ar country governorate pcode lat:number lon:number status holders holders_ar camps parts from:day
    to:day rule reports against"""
)
"""The columns of a table of control; [from, to), `to` empty while nothing ends it."""
HIT_TABLE = columns_of("doc_id article_key title outlet published:day url score:number text")
"""The columns of a table of articles found."""
_COUNTS = "reports:whole incidents:whole first last"
PLACE_TABLE = columns_of(f"id name_ar name_en level country governorate pcode lat:number lon:number {_COUNTS}")
ACTOR_TABLE = columns_of(f"id name_ar name_en camp kind {_COUNTS}")
SOURCE_TABLE = columns_of(f"id name_ar name_en kind denies:whole {_COUNTS}")
_EVENT = "id start:day end:day place lat:number lon:number type killed_low:whole killed_best:whole killed_high:whole"
COMPARED_TABLE = columns_of(
    " ".join(
        ["standing km:number days:whole", *(f"{side}_{part}" for side in ("our", "their") for part in _EVENT.split())]
    )
)
"""The columns of a table of a comparison."""
STATS_TABLE = columns_of(
    "events:whole across:whole killed_low:whole killed_best:whole killed_high:whole killed_open:whole injured_low:whole "
    "injured_best:whole injured_high:whole injured_open:whole articles:whole outlets:whole"
)


def found_report(one: Telling, codebook: Codebook) -> Found[Report]:
    """A report as an answer."""
    return Found(one.report, lambda: telling_row(one, codebook), lambda: report_json(one.report, codebook))


def found_interval(record: dict[str, Any]) -> Found[Interval]:
    """An interval of control, from its JSON, as an answer."""

    def row() -> FlatRow:
        flat = control_row(record)
        return flat | {name: dt.date.fromisoformat(flat[name]) if flat[name] else None for name in ("from", "to")}

    return Found(interval_from(record), row, lambda: record)


def found_hit(hit: Hit) -> Found[Hit]:
    """An article that was found as an answer."""
    article = hit.article.article
    row: FlatRow = {
        "doc_id": article.id,
        "article_key": hit.article.key,
        "title": article.title,
        "outlet": article.outlet,
        "published": article.published.day if article.published else None,
        "url": article.url,
        "score": hit.score,
        "text": article.text,
    }
    marks = {"title_marks": list(hit.title_marks), "text_marks": list(hit.text_marks)}
    return Found(hit, lambda: row, lambda: {**row, **marks})


def found_plain(one: Any, keys: Mapping[str, str | None] | None = None, skip: Sequence[str] = ()) -> Found[Any]:
    """A record of numbers and words, flat: what it holds of others is written beside it ("killed_low")."""
    flat: FlatRow = dict(keys or {})
    for field in fields(one):
        value = getattr(one, field.name)
        if field.name in skip:
            continue
        if is_dataclass(value):
            begin = "" if field.name == "counts" else f"{field.name}_"
            flat |= {f"{begin}{inner.name}": getattr(value, inner.name) for inner in fields(value)}
        else:
            flat[field.name] = value
    return Found(one, lambda: flat, lambda: dict(flat))


def found_compared(one: "Compared") -> "Found[Compared]":
    """A pair of a comparison, or what has none, as an answer."""
    row: FlatRow = {"standing": one.standing, "km": one.km, "days": one.days}
    for name, event in (("our", one.ours), ("their", one.theirs)):
        if event is not None:
            row |= {
                f"{name}_{part}": getattr(event, part) for part in ("id", "start", "end", "place", "lat", "lon", "type")
            }
            low, best, high = event.killed or (None, None, None)
            row |= {f"{name}_killed_low": low, f"{name}_killed_best": best, f"{name}_killed_high": high}
    return Found(one, lambda: row, lambda: {name: plain(value) for name, value in row.items()})


def plain(value: Any) -> Any:
    """A value as JSON has it: days in words."""
    return value.isoformat() if isinstance(value, dt.date) else value


def day_of(day: Day) -> dt.date:
    """A day, or one written 2024-12-05; WaqaiError when it is none."""
    if isinstance(day, dt.date):
        return day
    try:
        return dt.date.fromisoformat(day)
    except ValueError:
        raise WaqaiError(f"{day!r} is not a day such as 2015-10-31") from None
