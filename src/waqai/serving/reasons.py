"""Why a report says what it says: its article coded again, beside the requests, within a time."""

from typing import Any

from waqai.model.report import Why
from waqai.sentences import WHY_IN_PUBLIC
from waqai.serving.errors import Refused
from waqai.serving.served import Served
from waqai.serving.utf16 import Units
from waqai.store.reading import StoredArticle, StoredReport

SECONDS = 20.0


def reasons(served: Served, stored: StoredReport, article: StoredArticle | None) -> dict[str, Any]:
    """The reasons of a report, field by field. Refused in public, and when the text takes too long."""
    if served.care.public or article is None:
        raise Refused(403, WHY_IN_PUBLIC())
    told = served.within(SECONDS, lambda: served.pipeline.reports(article.article))
    found = next((report for report in told if report.id == stored.id), None)
    coder = stored.record["coder"]
    base = {"id": stored.id, "article_key": article.key, "coder": {name: coder[name] for name in ("name", "version")}}
    if found is None:
        sentence = "the coder of today makes this report no more; build the record with --recode to code it anew"
        return base | {"fields": [], "note": sentence}
    units = {"title": Units(article.article.title), "text": Units(article.article.text)}
    return base | {"fields": [_field(why, units) for why in found.why], "note": None}


def _field(why: Why, units: dict[str, Units]) -> dict[str, Any]:
    span = why.span
    words = None
    if span is not None:
        words = {"in": span.part, "text": span.text, **units[span.part].range(span.start, span.end)}
    return {"field": why.field, "rule": why.rule, "words": words, "considered": list(why.considered)}
