"""Where and when the words of an article were published: every outlet, label and day under which they came.

The same words are one article and one source, whoever prints them. What the article says of itself (label, outlet, address, day)
is that of the earliest publication, so it is the same in whatever order they come. A label leads to the words that came last
under it; an article counts as long as one of its labels leads to it.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import orjson
from sqlalchemy import BindParameter, Connection, bindparam, select, update

from waqai.model.article import Article, Published
from waqai.store.counted import forget_articles
from waqai.store.rows import Row, publication_row
from waqai.store.schema import articles, holdings, publications, reports
from waqai.store.statements import chosen, chunks, insert_new

Order = tuple[bool, str, str, str, str]
OWN = ("doc_id", "outlet", "url", "language", "published", "published_from", "synthetic")
"""The columns of an article that are those of its earliest publication."""
_MARKED = ("doc_id", "outlet", "url", "published")
_CHUNK = 5000
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)


@dataclass(frozen=True, slots=True)
class Standing:
    """An article as it stands in the record: its number, its coder, its earliest publication, and the labels, outlets, addresses
    and days under which it came."""

    number: int
    coder: str
    first: Row
    known: frozenset[tuple[str, str | None, str | None, str | None]]

    def is_after(self, row: Row) -> bool:
        """Whether this publication is earlier than all that the record knows."""
        return order(row) < order(self.first)

    def is_before(self, row: Row) -> bool:
        """Whether this publication is later than the earliest that the record knows."""
        return order(row) > order(self.first)

    def coded_anew(self, article: Article) -> bool:
        """Whether the publication changes what is told, or may: it is the earliest, or gives no day, so that only coding can
        tell from its words."""
        row = publication_row(article)
        return self.is_after(row) or (article.published is None and not self.knows(row))

    def knows(self, row: Row) -> bool:
        """Whether the record has this publication."""
        return tuple(row[name] for name in _MARKED) in self.known


@dataclass(frozen=True, slots=True)
class Seen:
    """A publication that came: the key of its article, and what it says."""

    key: str
    row: Row


def order(row: Mapping[str, Any]) -> Order:
    """The place of a publication among those of an article: the earliest day first, no day last; then by names."""
    return (
        row["published"] is None, row["published"] or "", row["doc_id"], row["outlet"] or "", row["url"] or "",
    )  # fmt: skip


def as_first(article: Article, standing: Standing) -> Article:
    """The article as its earliest publication says, the given one or that of the record."""
    if standing.is_after(publication_row(article)):
        return article
    first = standing.first
    day = Published(dt.date.fromisoformat(first["published"]), first["published_from"]) if first["published"] else None
    return replace(
        article, id=first["doc_id"], published=day, outlet=first["outlet"], url=first["url"], language=first["language"],
        synthetic=first["synthetic"],
    )  # fmt: skip


def standings(connection: Connection, keys: Iterable[str]) -> dict[str, Standing]:
    """The articles with these keys that are in the record."""
    found: dict[str, Standing] = {}
    own = [articles.c[name] for name in ("key", "number", "coder", *OWN)]
    told = [publications.c[name] for name in _MARKED]
    held = select(articles.c.key, *told).join(articles, articles.c.number == publications.c.article)
    for some in chunks(sorted(set(keys)), _CHUNK):
        stand = chosen(connection, select(*own).where(articles.c.key.in_(_IDS)), some)
        came: dict[str, set[tuple[str, str | None, str | None, str | None]]] = {}
        for key, *told_of in chosen(connection, held.where(articles.c.key.in_(_IDS)), some) if stand else ():
            came.setdefault(key, set()).add((told_of[0], told_of[1], told_of[2], told_of[3]))
        for key, number, coder, *values in stand:
            first = dict(zip(OWN, values, strict=True)) | {"synthetic": bool(values[-1])}
            found[key] = Standing(number, coder, first, frozenset(came.get(key, ())))
    return found


@dataclass(frozen=True, slots=True)
class Given:
    """A publication that came: of which article, and what it says."""

    number: int
    key: str
    row: Row

    @property
    def mark(self) -> str:
        """What it is known by: the same publication once more is nothing new."""
        told = [self.key, *(self.row[name] for name in _MARKED)]
        return hashlib.sha256(orjson.dumps(told)).hexdigest()


def add_publications(connection: Connection, given: Sequence[Given]) -> dict[int, str | None]:
    """Keep these publications in their order; the articles that now count or do not, by number, each with the key of the newer
    text that came last under its labels (None: it counts)."""
    labels = sorted({one.row["doc_id"] for one in given})
    leads, closed = _leading(connection, labels)
    before = dict(closed)
    known = {number for held in leads.values() for number in held} | {number for number, _ in closed}
    touched = {one.number for one in given}
    for one in given:
        label = one.row["doc_id"]
        there = leads.setdefault(label, {})
        if one.number in there or (one.number, label) in closed:
            continue
        for other in there:
            closed[other, label] = one.key
            touched.add(other)
        leads[label] = {one.number: one.key}
    rows = [
        {"mark": one.mark, "article": one.number, "newer": closed.get((one.number, one.row["doc_id"])), **one.row}
        for one in given
    ]
    insert_new(connection, publications, rows)
    _close(connection, [(*at, key) for at, key in closed.items() if at not in before and at[0] in known])
    return _count(connection, sorted(touched))


def _leading(
    connection: Connection, labels: Sequence[str]
) -> tuple[dict[str, dict[int, str]], dict[tuple[int, str], str]]:
    """The articles that each label leads to, with their keys; and those it leads to no longer, with the key of what came."""
    leads: dict[str, dict[int, str]] = {}
    closed: dict[tuple[int, str], str] = {}
    asked = select(publications.c.doc_id, publications.c.article, publications.c.newer, articles.c.key).join(
        articles, articles.c.number == publications.c.article
    )
    for some in chunks(labels, _CHUNK):
        for label, number, newer, key in chosen(connection, asked.where(publications.c.doc_id.in_(_IDS)), some):
            if newer is None:
                leads.setdefault(label, {})[number] = key
            else:
                closed[number, label] = newer
    return leads, closed


def _close(connection: Connection, found: Sequence[tuple[int, str, str]]) -> None:
    rows = [{"of": number, "under": label, "by": key} for number, label, key in found]
    if rows:
        mine = (publications.c.article == bindparam("of"), publications.c.doc_id == bindparam("under"))
        connection.execute(update(publications).where(*mine).values(newer=bindparam("by")), rows)


def _count(connection: Connection, numbers: Sequence[int]) -> dict[int, str | None]:
    """Say of these articles whether they count, by their publications; those for which it has changed."""
    held: dict[int, list[Row]] = {}
    told = ("article", "newer", "published", "doc_id", "outlet", "url")
    asked = select(*(publications.c[name] for name in told), articles.c.newer).join(articles)
    for some in chunks(numbers, _CHUNK):
        for values in chosen(connection, asked.where(publications.c.article.in_(_IDS)), some):
            held.setdefault(values[0], []).append(dict(zip((*told, "was"), values, strict=True)))
    changed: dict[int, str | None] = {}
    for number, rows in held.items():
        first = min(rows, key=order)
        newer = None if any(row["newer"] is None for row in rows) else first["newer"]
        if newer != first["was"]:
            changed[number] = newer
    given = [{"of": number, "by": newer} for number, newer in changed.items()]
    if given:
        statement = update(articles).where(articles.c.number == bindparam("of")).values(newer=bindparam("by"))
        connection.execute(statement, given)
    return changed


def move(connection: Connection, given: Mapping[str, Row]) -> None:
    """Let articles, by their keys, say of themselves what an earlier publication says."""
    rows = []
    for key, own in sorted(given.items()):
        known = {"known": own["published"]} if own["published"] else {}
        connection.execute(update(articles).where(articles.c.key == key).values({**own, **known}))
        if known:
            rows.append({"by": key, "day": own["published"]})
    for row in rows:  # what it replaced counts no longer from an earlier day on
        older = list(connection.scalars(select(articles.c.number).where(articles.c.newer == row["by"])))
        forget_articles(connection, older)
        for table in (reports, holdings):
            mine = table.c.article.in_(older) & table.c.superseded.is_not(None)
            connection.execute(update(table).where(mine).values(superseded=row["day"]))
