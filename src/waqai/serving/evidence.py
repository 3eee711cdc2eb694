"""The words behind an interval of control: what each report or statement says, beside its id."""

from collections.abc import Sequence
from typing import Any

import orjson
from sqlalchemy import Connection, select

from waqai.serving.served import Served
from waqai.store.schema import articles, holdings, reports
from waqai.store.statements import chunks

_AT_ONCE = 500


def with_words(served: Served, connection: Connection, intervals: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The intervals, each reference with the evidence it points at: its words, their place, the key of the article."""
    ids = {ref["id"] for interval in intervals for side in ("reports", "against") for ref in interval[side]}
    words = _words(served, connection, sorted(ids))
    return [
        interval | {side: [ref | words.get(ref["id"], {}) for ref in interval[side]] for side in ("reports", "against")}
        for interval in intervals
    ]


def _words(served: Served, connection: Connection, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for table in (reports, holdings):
        asked = select(table.c.id, table.c.json, articles.c.key).join(articles, table.c.article == articles.c.number)
        for some in chunks(ids, _AT_ONCE):
            for row in connection.execute(asked.where(table.c.id.in_(list(some)))):
                found[row.id] = _of(served, connection, orjson.loads(row.json), row.key)
    return found


def _of(served: Served, connection: Connection, record: dict[str, Any], key: str) -> dict[str, Any]:
    span = record.get("evidence") or {}
    text = span.get("text")
    if text and served.care.public:
        text = served.care.text(text, served.care.named(connection, key))
    return {
        "article_key": key,
        "text": text,
        "in": span.get("in", "text"),
        "start": span.get("start"),
        "end": span.get("end"),
    }
