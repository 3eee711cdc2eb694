"""Articles, and what the record names: places, actors, sources, outlets."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Annotated, Any
from urllib.parse import urlencode

import orjson
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlalchemy import Connection

from waqai.exports.facts import ArticleFacts
from waqai.queries.errors import QueryError
from waqai.queries.filters import Filter
from waqai.queries.inventory import actors_in, places_in, sources_in
from waqai.queries.listing import Page
from waqai.queries.papers import Paper, articles_within, count_papers, each_paper, outlets, papers, papers_by
from waqai.queries.within import Within
from waqai.record.loading import article_facts
from waqai.sentences import NO_TITLES_IN_PUBLIC
from waqai.serving.answers import Item, Table, file_answer, json_answer, json_bytes, page_bytes
from waqai.serving.errors import not_found
from waqai.serving.ordered import ordered, worth_of
from waqai.serving.params import Actors, Articles, Naming, Outlets, Places, Sources
from waqai.serving.reading_view import article_view
from waqai.serving.served import Record, Served
from waqai.serving.shapes import ERRORS
from waqai.serving.shapes_articles import (
    ActorRows,
    ArticlePage,
    ArticleRows,
    OutletRows,
    PlaceRows,
    SourceRows,
)
from waqai.serving.totals import total
from waqai.store.reading import StoredArticle, article_by_doc_id, article_by_key

ROUTER = APIRouter(tags=["articles and names"], responses=ERRORS)
_COUNTS = ("reports", "incidents", "first", "last")
_PAPERS = Table("articles", tuple(Paper.__dataclass_fields__))
_PLACES = Table(
    "places",
    ("id", "name_ar", "name_en", "level", "country", "governorate", "pcode", "lat", "lon", *_COUNTS),
    points=True,
)
_ACTORS = Table("actors", ("id", "name_ar", "name_en", "camp", "kind", *_COUNTS))
_SOURCES = Table("sources", ("id", "name_ar", "name_en", "kind", "denies", *_COUNTS))
_OUTLETS = Table("outlets", ("id", "name", "articles", "copies", "first", "last"))
Rows = Sequence[dict[str, Any]]


@ROUTER.get("/articles", response_model=ArticleRows)
def articles(served: Record, query: Annotated[Articles, Query()]) -> Response:
    """The articles, newest first. `from`, `to` and `outlet` are of the article itself; all other conditions are of its
    reports, one of which has to fit them all."""
    with served.read(120) as connection:
        filter = served.filter(connection, query)
        if query.format != "json":
            found = each_paper(connection, filter, query.limit)
            rows = (_paper(served, connection, paper) for paper in found)
            return file_answer(_PAPERS, query.format, map(_item, rows))
        within = articles_within(connection, filter)
        held = _page(served, connection, filter, within, query)
        shown = [orjson.dumps(_paper(served, connection, paper)) for paper in held.rows]
        more = total(served, "articles", query, lambda: count_papers(connection, filter, within=within))
    return json_bytes(page_bytes(shown, held.after, more))


def _page(served: Served, connection: Connection, filter: Filter, within: Within, query: Articles) -> Page[Paper]:
    if query.order == "-published":
        return papers(connection, filter, query.rows, query.after, within)
    if served.care.public and query.order.endswith("title"):
        raise QueryError(NO_TITLES_IN_PUBLIC())
    asked = query.model_dump_json(by_alias=True, exclude=set(_PAGED) - {"order"}, exclude_defaults=True)

    def kept(make: Callable[[], bytes]) -> bytes:
        return served.memory.answer(f"articles in order {served.today} {asked}", make)

    return papers_by(connection, within, query.order, query.rows, query.after, kept)


def _item(row: dict[str, Any]) -> Item:
    return Item(lambda: orjson.dumps(row), lambda: row | {"place_precision": 1})


def _paper(served: Served, connection: Connection, paper: Paper) -> dict[str, Any]:
    row = asdict(paper)
    if not served.care.public:
        return row
    facts = article_facts(connection, [paper.key])[paper.key]
    return row | _facts(served.care.article(connection, facts))


def _facts(shown: ArticleFacts) -> dict[str, Any]:
    return {"doc_id": shown.doc_id, "title": shown.title, "outlet": shown.outlet, "url": shown.url}


@ROUTER.get("/articles/{key}", response_model=ArticlePage)
def article(served: Record, key: str) -> Response:
    """One article, by its key or its label: text, furniture, mentions and reports with their places in the text.

    Offsets `start` and `end` count code points, `start16` and `end16` code units of UTF-16, as JavaScript does.
    """
    with served.read() as connection:
        found = _article(served, connection, key)
        if found is None or not served.care.shows_day(found.known):
            raise not_found("article", key)
        shown = article_view(served, connection, found)
        if served.care.public:
            shown |= _facts(served.care.article(connection, article_facts(connection, [found.key])[found.key]))
            shown["copies"] = [one | {"doc_id": one["key"][:12]} for one in shown["copies"]]
    return json_answer(shown)


def _article(served: Served, connection: Connection, key: str) -> StoredArticle | None:
    """By its key or its label; a label that names a person tells nothing in public."""
    if not 0 < len(key) <= 500:
        return None
    labelled = not (served.care.public and served.care.redactor.spells(key))
    return article_by_key(connection, key) or (article_by_doc_id(connection, key) if labelled else None)


@ROUTER.get("/places", response_model=PlaceRows)
def places(request: Request, served: Record, query: Annotated[Places, Query()]) -> Response:
    """The places of the reports and incidents that fit, most reported first."""
    return _named(
        request, served, query, _PLACES, lambda connection, filter: _counted(places_in, connection, filter, query)
    )


@ROUTER.get("/actors", response_model=ActorRows)
def actors(request: Request, served: Record, query: Annotated[Actors, Query()]) -> Response:
    """The actors of the reports and incidents that fit, most reported first."""
    return _named(
        request, served, query, _ACTORS, lambda connection, filter: _counted(actors_in, connection, filter, query)
    )


@ROUTER.get("/sources", response_model=SourceRows)
def sources(request: Request, served: Record, query: Annotated[Sources, Query()]) -> Response:
    """The sources quoted in the reports and incidents that fit, most quoted first; `denies`: reports in which it denies."""

    def rows(connection: Connection, filter: Filter) -> Rows:
        found = _counted(sources_in, connection, filter, query)
        hidden = served.care.private_sources(connection, [row["id"] for row in found])
        return [row for row in found if row["id"] not in hidden]

    return _named(request, served, query, _SOURCES, rows)


@ROUTER.get("/outlets", response_model=OutletRows)
def all_outlets(request: Request, served: Record, query: Annotated[Outlets, Query()]) -> Response:
    """The outlets of the articles that fit, those with most articles first."""

    def rows(connection: Connection, filter: Filter) -> Rows:
        found = outlets(connection, filter, query.name)
        return [{"id": one.name, **asdict(one)} for one in found if served.care.text(one.name) == one.name]

    return _named(request, served, query, _OUTLETS, rows)


def _counted(count: Any, connection: Connection, filter: Filter, query: Naming) -> Rows:
    """The rows of an inventory, their counts beside the rest."""
    rows = []
    for one in count(connection, filter, query.name):
        row = asdict(one)
        rows.append(row | row.pop("counts"))
    return rows


def _named(
    request: Request, served: Served, query: Naming, table: Table, rows: Callable[[Connection, Filter], Rows]
) -> Response:
    def make() -> bytes:
        with served.read() as connection:
            found = rows(connection, served.filter(connection, query))
        return orjson.dumps([_moved(served, row) for row in found])

    key = urlencode(sorted(pair for pair in request.query_params.multi_items() if pair[0] not in _PAGED))
    found: list[dict[str, Any]] = orjson.loads(served.memory.answer(f"{table.name} {served.today} {key}", make))
    held = ordered(found, query.order, worth_of(query.order, served.labels, _LISTS.get(table.name, {})))
    if query.format != "json":
        return file_answer(table, query.format, map(_item, held[: query.limit]))
    part = _part(held, query)
    return json_bytes(page_bytes(map(orjson.dumps, part.rows), part.after, {"total": len(held)}))


_PAGED = ("limit", "after", "format", "order")
_LISTS = {
    "places": {"level": "level", "governorate": "governorate"},
    "actors": {"camp": "camp", "kind": "actorkind"},
    "sources": {"kind": "kind"},
}
"""The list of the pages' words that the codes of a column are from."""


def _part(held: Rows, query: Naming) -> Page[dict[str, Any]]:
    """A page of the rows; the cursor is the id of the last one."""
    begin = next((place for place, row in enumerate(held, 1) if row["id"] == query.after), 0) if query.after else 0
    rows = tuple(held[begin : begin + query.rows])
    return Page(rows, rows[-1]["id"] if rows and begin + query.rows < len(held) else None)


def _moved(served: Served, row: dict[str, Any]) -> dict[str, Any]:
    if row.get("lat") is None or row.get("lon") is None:
        return row
    lat, lon = served.care.point(row["lat"], row["lon"])
    return row | {"lat": lat, "lon": lon}
