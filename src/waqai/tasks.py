"""What is written for one article by each task: the lines of JSON that `waqai read`, `mentions` and `code` print."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from waqai.model.article import Article, Document, Published
from waqai.records import Json, in_reading_order, line, mention_json, report_json

if TYPE_CHECKING:
    from waqai.pipeline import Pipeline

Worker = Callable[[Article], tuple[bytes, ...]]


def worker(task: str, pipeline: "Pipeline", kinds: tuple[str, ...] = ()) -> Worker:
    """The function that makes the lines of one article. Tasks are "read", "mentions" and "code"."""
    if task == "read":
        return lambda article: _document(pipeline, article)
    if task == "mentions":
        return lambda article: _mentions(pipeline, article, kinds)
    return _coder(pipeline)


def _document(pipeline: "Pipeline", article: Article) -> tuple[bytes, ...]:
    document = pipeline.clean(article)
    published = article.published or pipeline.annotate(document).anchor
    return (line(document_json(document, published)),)


def _mentions(pipeline: "Pipeline", article: Article, kinds: tuple[str, ...]) -> tuple[bytes, ...]:
    found = in_reading_order(pipeline.mentions(pipeline.clean(article)))
    return tuple(line(mention_json(article.id, mention)) for mention in found if not kinds or mention.kind in kinds)


def _coder(pipeline: "Pipeline") -> Worker:
    codebook = pipeline.knowledge.codebook
    return lambda article: tuple(line(report_json(report, codebook)) for report in pipeline.reports(article))


def document_json(document: Document, published: Published | None) -> Json:
    """What the coder sees of an article: its fields, the day it speaks from, where page furniture stands in `text`."""
    article, body = document.article, document.body
    found = [
        (body.span(block.start, block.end), block.rule)
        for block in body.blocks
        if block.kind == "furniture" and block.start < block.end
    ]
    return {
        "id": article.id,
        "title": article.title,
        "text": article.text,
        "published": published.day.isoformat() if published else None,
        "published_from": published.basis if published else None,
        "outlet": article.outlet,
        "url": article.url,
        "language": article.language,
        "article_key": article.key,
        "text_sha256": article.text_sha256,
        "furniture": [{"start": span.start, "end": span.end, "rule": rule} for span, rule in found],
    }
