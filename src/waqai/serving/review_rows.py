"""The queue, the journal, precision and agreement as rows of a table."""

from collections.abc import Iterator
from typing import Any

import orjson

from waqai.queries.review_figures import Precision
from waqai.serving.answers import Table
from waqai.serving.review import share_json

QUEUE = Table(
    "queue",
    (
        "id", "incident", "article_key", "doc_id", "outlet", "published", "title", "event_type", "sub_event_type", "place",
        "start", "end", "uncertainty", "doubts", "verdict", "judged_by",
    ),
)  # fmt: skip
JOURNAL = Table(
    "journal",
    (
        "number", "at", "person", "action", "article_key", "reports", "field", "value", "words", "sample", "undoes",
        "undone_by",
    ),
)  # fmt: skip
PRECISION = Table("precision", ("of", "name", "right", "judged", "share", "low", "high"))
AGREEMENT = Table("agreement", ("one", "other", "both", "agreed", "raw", "kappa"))


def queued_row(one: dict[str, Any]) -> dict[str, Any]:
    """A report of the queue, flat."""
    report, article = one["report"], one["article"]
    place, date = report["place"] or {}, report["date"] or {}
    return {
        **article,
        "id": report["id"], "incident": one["incident"], "article_key": article["key"],
        "event_type": report["event_type"], "sub_event_type": report["sub_event_type"],
        "place": place.get("name_en") or place.get("name_ar"), "start": date.get("start"), "end": date.get("end"),
        "uncertainty": one["uncertainty"], "doubts": "; ".join(doubt["name"] for doubt in one["doubts"]),
        "verdict": one["mine"] and one["mine"]["verdict"], "judged_by": one["judged_by"],
    }  # fmt: skip


def entry_row(entry: dict[str, Any]) -> dict[str, Any]:
    """An entry of the journal, flat: its value as JSON, its words as they stand in the article."""
    value, span = entry["value"], entry["span"]
    return entry | {
        "reports": "; ".join(id or "" for id in entry["reports"]),
        "value": None if value is None else orjson.dumps(value).decode(),
        "words": span and span.get("text"),
    }


def precision_rows(found: Precision) -> Iterator[dict[str, Any]]:
    """A row for all events, one for each type of event and each field."""
    yield {"of": "events", "name": None} | share_json(found.events)
    for of, shares in (("type", found.by_type), ("field", found.fields)):
        yield from ({"of": of, "name": name} | share_json(share) for name, share in shares.items())
