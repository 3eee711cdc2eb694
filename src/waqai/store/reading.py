"""Reading a record: articles, reports, and accounts, as they were stored. Nothing here writes."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, select

from waqai.model.account import Account
from waqai.model.article import Article, Published, PublishedFrom
from waqai.model.report import Report
from waqai.records import Json
from waqai.records_reading import ArticleFacts, Packed, Packing, report_from
from waqai.store.rows import label
from waqai.store.schema import articles, reports
from waqai.store.statements import chosen, chunks

_CHUNK = 5000
_AT_ONCE = 2000
_SHOWN = 5
_LAST = "\U0010ffff"
_COUNTS = reports.c.superseded.is_(None)


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article of the record with what the record knows of it; see `store/schema.py` for the meaning of each.

    `article.text` is the text that offsets of its reports point into.
    """

    number: int
    article: Article
    newer: str | None
    copy_of: str
    known: dt.date
    stored: str
    coder: str
    key: str
    text_sha256: str

    @property
    def facts(self) -> ArticleFacts:
        """What accounts of its reports hold of it."""
        published = self.article.published
        day = published.day if published else None
        return ArticleFacts(self.key, self.article.id, self.copy_of, self.article.outlet, day, self.known)


@dataclass(frozen=True, slots=True)
class StoredReport:
    """A report of the record: its number, the number of its article, where it was clustered (None while it waits), the
    day a newer version of its article was known (None while it counts), and its JSON as stored."""

    number: int
    id: str
    article: int
    incident: str | None
    component: str | None
    superseded: str | None
    json: str

    @property
    def record(self) -> Json:
        """The JSON form, read."""
        found: Json = orjson.loads(self.json)
        return found

    @property
    def report(self) -> Report:
        """The report itself (see `report_from` for what its JSON does not hold)."""
        return report_from(self.record)


class Unclear(LookupError):
    """Several reports begin as asked; one sentence names some of them."""


def article_by_key(connection: Connection, key: str) -> StoredArticle | None:
    """The article with this key (SHA-256 over title and text), None when it is not in the record."""
    return _article(connection, articles.c.key == key)


def article_by_number(connection: Connection, number: int) -> StoredArticle | None:
    """The article with this number of the record."""
    return _article(connection, articles.c.number == number)


def articles_by_number(connection: Connection, numbers: Iterable[int]) -> dict[int, StoredArticle]:
    """The articles with these numbers of the record, by number; those that are not there are left out."""
    statement = select(articles).where(articles.c.number.in_(bindparam("numbers", expanding=True)))
    found: dict[int, StoredArticle] = {}
    for some in chunks(sorted(set(numbers)), _CHUNK):
        found |= {row.number: _stored_article(row) for row in connection.execute(statement, {"numbers": some})}
    return found


def article_by_doc_id(connection: Connection, doc_id: str) -> StoredArticle | None:
    """The article with this label: of several versions, the one that counts."""
    return _article(connection, articles.c.doc_id == label(doc_id), articles.c.newer.is_(None))


def versions_of(connection: Connection, doc_id: str) -> tuple[StoredArticle, ...]:
    """All versions of the article with this label, in the order in which they came."""
    statement = select(articles).where(articles.c.doc_id == label(doc_id)).order_by(articles.c.number)
    return tuple(_stored_article(row) for row in connection.execute(statement))


def each_article(connection: Connection, *conditions: ColumnElement[bool]) -> Iterator[StoredArticle]:
    """The articles of the record that meet all conditions, by number; a few at a time are in memory."""
    for row in _by_number(connection, select(articles).where(*conditions), articles.c.number):
        yield _stored_article(row)


def report_by_id(connection: Connection, given: str) -> StoredReport | None:
    """The report with this id, or the only one whose id begins so; None when there is none. Raises Unclear."""
    columns = _report_columns()
    exact = connection.execute(select(*columns).where(reports.c.id == given)).one_or_none()
    if exact is not None:
        return StoredReport(*exact)
    if not given:
        raise Unclear("an id, or its beginning, is needed")
    found = select(*columns).where(reports.c.id > given, reports.c.id < given + _LAST).order_by(reports.c.id)
    likely = [StoredReport(*row) for row in connection.execute(found.limit(_SHOWN + 1)) if row.id.startswith(given)]
    if len(likely) > 1:
        more = ", …" if len(likely) > _SHOWN else ""
        raise Unclear(f"several ids begin with {given!r}: {', '.join(one.id for one in likely[:_SHOWN])}{more}")
    return likely[0] if likely else None


def reports_of(connection: Connection, article: int) -> tuple[StoredReport, ...]:
    """The reports of the article with this number, in the order of its text."""
    statement = select(*_report_columns()).where(reports.c.article == article).order_by(reports.c.number)
    return tuple(StoredReport(*row) for row in connection.execute(statement))


def each_report(connection: Connection, *conditions: ColumnElement[bool]) -> Iterator[StoredReport]:
    """The reports that meet all conditions, by number; a few at a time are in memory.

    Superseded ones come too: `reports.c.superseded.is_(None)` leaves them out.
    """
    statement = select(*_report_columns()).where(*conditions)
    for row in _by_number(connection, statement, reports.c.number):
        yield StoredReport(*row)


def accounts(
    connection: Connection, *conditions: ColumnElement[bool], packing: Packing | None = None
) -> Iterator[Account]:
    """The accounts of all reports that count and meet all conditions (on `reports` and `articles`), by number.

    A `packing` that is given again remembers actors and places from call to call.
    """
    opened = packing or Packing()
    statement = _account_statement().where(_COUNTS, *conditions)
    for row in _by_number(connection, statement, reports.c.number):
        yield _account(row, opened)


def accounts_by_id(connection: Connection, ids: Iterable[str], packing: Packing | None = None) -> dict[str, Account]:
    """The accounts of the reports with these ids, by id; those that are not there, or count no longer, are left out."""
    opened = packing or Packing()
    statement = _account_statement().where(_COUNTS, reports.c.id.in_(bindparam("ids", expanding=True)))
    found: dict[str, Account] = {}
    for some in chunks(sorted(set(ids)), _CHUNK):
        for row in connection.execute(statement, {"ids": some}):
            found[row.id] = _account(row, opened)
    return found


def accounts_by_number(connection: Connection, numbers: Iterable[int], packing: Packing) -> dict[str, Account]:
    """The accounts of the reports with these numbers, whether they count or no longer, by id, without their words: no incident
    is told from these."""
    statement = _account_statement().where(reports.c.number.in_(bindparam("ids", expanding=True)))
    found: dict[str, Account] = {}
    facts: dict[str, ArticleFacts] = {}
    for some in chunks(sorted(set(numbers)), _CHUNK):
        for _, id, outline, account, *article in chosen(connection, statement, some):
            of = facts.get(article[0])
            if of is None:
                of = facts[article[0]] = _facts(*article)
            found[id] = packing.telling(id, outline, account, of)
    return found


def count_articles(connection: Connection) -> int:
    """How many articles the record holds, all versions and copies."""
    return connection.scalar(select(func.count()).select_from(articles)) or 0


def _article(connection: Connection, *conditions: ColumnElement[bool]) -> StoredArticle | None:
    row = connection.execute(select(articles).where(*conditions).order_by(articles.c.number.desc()).limit(1)).first()
    return None if row is None else _stored_article(row)


def _stored_article(row: Any) -> StoredArticle:
    basis: PublishedFrom = row.published_from
    published = Published(dt.date.fromisoformat(row.published), basis) if row.published else None
    article = Article(row.doc_id, row.text, row.title, published, row.outlet, row.url, row.language, row.synthetic)
    return StoredArticle(
        row.number, article, row.newer, row.copy_of, dt.date.fromisoformat(row.known), row.stored, row.coder,
        row.key, row.text_sha256,
    )  # fmt: skip


def _report_columns() -> Sequence[ColumnElement[Any]]:
    names = ("number", "id", "article", "incident", "component", "superseded", "json")
    return [reports.c[name] for name in names]


def _account_statement() -> Select[Any]:
    of_article = [articles.c[name] for name in ("key", "doc_id", "copy_of", "outlet", "published", "known")]
    own = [reports.c.number, reports.c.id, reports.c.outline, reports.c.account]
    return select(*own, *of_article).join(articles, reports.c.article == articles.c.number)


def _account(row: Any, packing: Packing) -> Account:
    return packing.unpack(row.id, Packed(row.outline, row.account), facts_of(row))


def facts_of(row: Any) -> ArticleFacts:
    """The facts of an article from a row with its key, doc_id, copy_of, outlet, published and known."""
    return _facts(row.key, row.doc_id, row.copy_of, row.outlet, row.published, row.known)


def _facts(key: str, doc_id: str, copy_of: str, outlet: str | None, published: str | None, known: str) -> ArticleFacts:
    day = dt.date.fromisoformat(published) if published else None
    return ArticleFacts(key, doc_id, copy_of, outlet, day, dt.date.fromisoformat(known))


def _by_number(connection: Connection, statement: Select[Any], number: ColumnElement[int]) -> Iterator[Any]:
    """The rows of a statement in the order of a number, asked for in pages: no cursor stays open between them."""
    last = -1
    while True:
        rows = connection.execute(statement.where(number > last).order_by(number).limit(_AT_ONCE)).all()
        yield from rows
        if len(rows) < _AT_ONCE:
            return
        last = rows[-1].number
