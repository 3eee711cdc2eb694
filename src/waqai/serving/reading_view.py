"""An article as a person reads it: text, furniture, mentions and reports, each with its place in the text."""

from typing import Any

from sqlalchemy import Connection, select

from waqai.model.annotated import Annotated
from waqai.model.article import Article
from waqai.records import in_reading_order, mention_json
from waqai.serving.errors import Refused
from waqai.serving.served import Served
from waqai.serving.utf16 import Units
from waqai.store.reading import StoredArticle, article_by_key, reports_of
from waqai.store.schema import articles

SECONDS = 20.0
WITHHELD = "the texts of articles are not part of the public view; the outlet and its address are given"


def article_view(served: Served, connection: Connection, stored: StoredArticle) -> dict[str, Any]:
    """All of an article; in a public view its text is withheld and names of persons are taken out."""
    article = stored.article
    published = article.published
    head: dict[str, Any] = {
        "key": stored.key, "doc_id": article.id, "title": article.title, "outlet": article.outlet, "url": article.url,
        "published": published.day.isoformat() if published else None, "language": article.language,
        "known": stored.known.isoformat(), "newer": stored.newer, "synthetic": article.synthetic,
        "copy_of": None if stored.copy_of == stored.key else stored.copy_of,
        "copies": _copies(served, connection, stored), "text_sha256": stored.text_sha256,
    }  # fmt: skip
    told = [report for report in reports_of(connection, stored.number) if report.superseded is None]
    if served.care.public:
        head |= {"text_sha256": None, "newer": _shown_key(served, connection, stored.newer)}
        return head | {"text": None, "withheld": WITHHELD, "furniture": [], "mentions": [], "reports": [], "note": None}
    units = {"title": Units(article.title), "text": Units(article.text)}
    records = [_report(report.record | {"incident": report.incident}, units) for report in told]
    return head | {"text": article.text, "withheld": None, "reports": records, **_read_again(served, article, units)}


def _shown_key(served: Served, connection: Connection, key: str | None) -> str | None:
    """The key of another article, where that one is shown."""
    found = article_by_key(connection, key) if key else None
    return key if found is not None and served.care.shows_day(found.known) else None


def _copies(served: Served, connection: Connection, stored: StoredArticle) -> list[dict[str, Any]]:
    """The other articles that tell the same words."""
    table = articles.c
    columns = (table.key, table.doc_id, table.outlet, table.url, table.published, table.known)
    asked = select(*columns).where(table.copy_of == stored.copy_of, table.key != stored.key)
    if served.care.public:
        asked = asked.where(table.known <= served.care.last_day.isoformat())
    rows = connection.execute(asked.order_by(table.published, table.number).limit(200))
    return [{name: getattr(row, name) for name in ("key", "doc_id", "outlet", "url", "published")} for row in rows]


def _read_again(served: Served, article: Article, units: dict[str, Units]) -> dict[str, Any]:
    """What is found again when it is looked at: mentions and furniture are not stored."""
    try:
        found = served.within(SECONDS, lambda: _annotated(served, article))
    except Refused as error:
        return {"furniture": [], "mentions": [], "note": error.said.en}
    body = found.document.body
    blocks = [
        body.span(block.start, block.end)
        for block in body.blocks
        if block.kind == "furniture" and block.end > block.start
    ]
    mentions = [mention_json(article.id, mention) for mention in in_reading_order(found.mentions)]
    for mention in mentions:
        mention.pop("doc_id")
        mention |= units[mention.setdefault("in", "text")].range(mention["start"], mention["end"])
    furniture = [units["text"].range(span.start, span.end) for span in blocks]
    return {"furniture": furniture, "mentions": mentions, "note": None}


def _annotated(served: Served, article: Article) -> Annotated:
    pipeline = served.pipeline
    return pipeline.annotate(pipeline.clean(article))


def _report(value: Any, units: dict[str, Units]) -> Any:
    """A report with its offsets also as browsers count, wherever words stand in it."""
    if isinstance(value, list):
        return [_report(one, units) for one in value]
    if not isinstance(value, dict):
        return value
    held = {name: _report(one, units) for name, one in value.items()}
    start, end = held.get("start"), held.get("end")
    if type(start) is int and type(end) is int:
        held |= units[held.get("in", "text")].range(start, end)
    return held
