"""Full-text search: articles that hold the words, the best first, with the matches marked."""

import re
from collections.abc import Iterator, Sequence
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query
from fastapi.responses import Response
from sqlalchemy import Connection

from waqai.queries.articles import articles_fitting
from waqai.queries.errors import QueryError
from waqai.record.loading import article_facts
from waqai.sentences import NO_SUCH_CURSOR
from waqai.serving.answers import Item, Table, file_answer, json_bytes, page_bytes
from waqai.serving.params import Seeking
from waqai.serving.public_search import ShownHit, Within, public_hits, public_page
from waqai.serving.served import Record, Served
from waqai.serving.shapes import ERRORS
from waqai.serving.shapes_articles import Hits
from waqai.serving.utf16 import Units
from waqai.store.text_search import Hit, Term, marks, search, terms_of

ROUTER = APIRouter(tags=["search"], responses=ERRORS)
_TABLE = Table(
    "search",
    ("rank", "doc_id", "article_key", "title", "outlet", "published", "url", "copy_of", "synthetic", "matches"),
)
_AROUND = 60
_PIECES = 4
_MOST = 1000  # articles of a file
_STEP = 100
_CURSOR = re.compile(r"(\d{1,6}):(-?\d+(?:\.\d+)?(?:e-?\d+)?):(\d{1,18})")
After = tuple[float, int] | None


@ROUTER.get("/search", response_model=Hits)
def found(served: Record, query: Annotated[Seeking, Query()]) -> Response:
    """The articles that hold all of the words, the best first: words are found with or without vowel marks and clitics.

    `from`, `to` and `outlet` are conditions of the article itself, all others of its reports. A file holds the first 1,000.
    In public, titles and the evidence of reports are searched, with nobody named in them.
    """
    terms = terms_of(query.words)
    with served.read() as connection:
        filter = served.filter(connection, query.model_copy(update={"words": None}))
        within = articles_fitting(connection, filter)
        if query.format != "json":
            hits = _each(served, connection, query.words, within)
            items = (_item(served, connection, hit, rank, terms) for rank, hit in enumerate(hits, 1))
            return file_answer(_TABLE, query.format, items)
        rank, hits_, cursor = _page(served, connection, query, within)
        rows = [_json(served, connection, hit, rank + place, terms) for place, hit in enumerate(hits_, 1)]
    return json_bytes(page_bytes(map(orjson.dumps, rows), cursor))


def _page(
    served: Served, connection: Connection, query: Seeking, within: Within
) -> tuple[int, Sequence[ShownHit], str | None]:
    """The rank before the page, its hits, and the cursor behind it."""
    if served.care.public:
        found = public_page(connection, served.care, query.words, query.limit, query.after, within)
        return found.rank, found.hits, found.after
    rank, after = _read_cursor(query.after)
    held = search(connection, query.words, query.limit + 1, after, within)
    hits = [_whole(hit) for hit in held[: query.limit]]
    if len(held) <= query.limit:
        return rank, hits, None
    score, number = hits[-1].hit.cursor
    return rank, hits, f"{rank + len(hits)}:{score!r}:{number}"


def _whole(hit: Hit) -> ShownHit:
    return ShownHit(hit, len(hit.title_marks) + len(hit.text_marks))


def _each(served: Served, connection: Connection, words: str, within: Within) -> Iterator[ShownHit]:
    if served.care.public:
        yield from public_hits(connection, served.care, words, within)
        return
    after: After = None
    left = _MOST
    while left > 0 and (hits := search(connection, words, min(left, _STEP), after, within)):
        yield from map(_whole, hits)
        left, after = left - len(hits), hits[-1].cursor


def _item(served: Served, connection: Connection, found: ShownHit, rank: int, terms: Sequence[Term]) -> Item:
    row = _json(served, connection, found, rank, terms)
    return Item(lambda: orjson.dumps(row), lambda: row)


def _json(served: Served, connection: Connection, found: ShownHit, rank: int, terms: Sequence[Term]) -> dict[str, Any]:
    hit = found.hit
    stored, article = hit.article, hit.article.article
    row: dict[str, Any] = {
        "rank": rank, "doc_id": article.id, "article_key": stored.key, "title": article.title,
        "title_marks": _ranges(article.title, hit.title_marks), "pieces": list(_pieces(article.text, hit.text_marks)),
        "matches": found.matches, "outlet": article.outlet,
        "published": article.published.day.isoformat() if article.published else None, "url": article.url,
        "copy_of": None if stored.copy_of == stored.key else stored.copy_of, "synthetic": article.synthetic,
    }  # fmt: skip
    if not served.care.public:
        return row
    facts = served.care.article(connection, article_facts(connection, [stored.key])[stored.key])
    shown: dict[str, Any] = {
        "doc_id": facts.doc_id,
        "title": facts.title,
        "outlet": facts.outlet,
        "url": facts.url,
        "pieces": [],
    }
    return row | shown | {"title_marks": _ranges(facts.title, marks(facts.title, terms))}


def _ranges(text: str, found: Sequence[tuple[int, int]]) -> list[dict[str, int]]:
    units = Units(text)
    return [units.range(start, end) for start, end in found]


def _pieces(text: str, found: Sequence[tuple[int, int]]) -> Iterator[dict[str, Any]]:
    """The first stretches of the text around matches, cut between words, each match in one of them."""
    reached, made = 0, 0
    for start, end in found:
        if end <= reached:
            continue
        begin = max(reached, text.rfind(" ", 0, max(0, start - _AROUND)) + 1)
        begin = begin if start - begin <= 2 * _AROUND else start - _AROUND
        stop = text.find(" ", min(len(text), end + _AROUND))
        stop = len(text) if stop < 0 else stop
        reached = stop if stop - end <= 2 * _AROUND else end + _AROUND
        piece = text[begin:reached]
        inside = [(max(a, begin) - begin, min(b, reached) - begin) for a, b in found if a < reached and b > begin]
        yield {"text": piece, "start": begin, "marks": _ranges(piece, inside)}
        made += 1
        if made == _PIECES:
            return


def _read_cursor(text: str | None) -> tuple[int, After]:
    if text is None:
        return 0, None
    match = _CURSOR.fullmatch(text)
    if match is None:
        raise QueryError(NO_SUCH_CURSOR())
    return int(match[1]), (float(match[2]), int(match[3]))
