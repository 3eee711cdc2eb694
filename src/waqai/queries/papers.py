"""The articles of a record a page at a time, the newest first, and the outlets that published them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, or_, select

from waqai.queries.articles import articles_fitting, of_articles
from waqai.queries.columns import Ints, columns, fitting, needed, whole
from waqai.queries.conditions import REPORTS, conditions
from waqai.queries.cursors import packed, unpacked
from waqai.queries.errors import QueryError
from waqai.queries.filters import Filter
from waqai.queries.listing import Counted, Page
from waqai.queries.naming import name_key
from waqai.queries.papers_ordering import Kept, OrderOfPapers, numbers_in_order
from waqai.queries.within import Within
from waqai.sentences import IN_ORDER, NO_CURSOR, OF_RECORD
from waqai.store.schema import articles, reports
from waqai.store.statements import chunks

_AT_ONCE = 500
_FEW = 3000


@dataclass(frozen=True, slots=True)
class Paper:
    """An article as a list shows it. `copy_of` is the key of the one it repeats, `copies` how many repeat it, `reports` how
    many events it tells."""

    key: str
    doc_id: str
    title: str
    outlet: str | None
    url: str | None
    published: str | None
    language: str | None
    copy_of: str | None
    copies: int
    reports: int
    synthetic: bool


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet with its articles, how many of them are copies, and the first and last day on which it published."""

    name: str
    articles: int
    copies: int
    first: str | None
    last: str | None


def papers(
    connection: Connection, filter: Filter, limit: int, after: str | None = None, within: Within | None = None
) -> Page[Paper]:
    """The articles that fit (see `articles_fitting`), newest first, undated ones last; older versions are left out.

    `within` is what the filter means, where that is known already.
    """
    return _page(connection, filter, within or articles_within(connection, filter), limit, after)


def _page(connection: Connection, filter: Filter, within: Within, limit: int, after: str | None) -> Page[Paper]:
    table = articles.c
    newest = (table.newer + "").is_(None)  # as no index on it: the order of days is what is wanted
    asked = select(table.published, table.number).where(newest, *within.conditions)
    cursor = _read_cursor(after)
    found: list[Any] = []
    if cursor is None or cursor[0] is not None:
        dated = asked.where(table.published.is_not(None))
        found += _first(connection, _behind(dated, cursor), within, limit + 1)
    if len(found) <= limit and not (filter.start or filter.end):
        undated = asked.where(table.published.is_(None)).order_by(table.number.desc())
        if cursor is not None and cursor[0] is None:
            undated = undated.where(table.number < cursor[1])
        found += _first(connection, undated, within, limit + 1 - len(found))
    rows = found[:limit]
    last = _cursor(rows[-1].published, rows[-1].number) if len(found) > limit and rows else None
    return Page(tuple(_papers(connection, [row.number for row in rows])), last)


def _first(connection: Connection, asked: Select[Any], within: Within, limit: int) -> list[Any]:
    """The first rows that fit; where many do, all rows are walked through until so many have."""
    numbers = within.numbers
    if numbers is None:
        return list(connection.execute(asked.limit(limit)))
    if len(numbers) <= _FEW:
        return list(connection.execute(asked.where(articles.c.number.in_(numbers.tolist())).limit(limit)))
    fitting = frozenset(numbers.tolist())
    with connection.execute(asked, execution_options={"yield_per": _AT_ONCE}) as rows:
        return list(islice((row for row in rows if row.number in fitting), limit))


def papers_by(
    connection: Connection, within: Within, order: OrderOfPapers, limit: int, after: str | None, kept: Kept
) -> Page[Paper]:
    """The same in another order; `kept` remembers it between pages. A cursor belongs to its order.

    Raises QueryError for a cursor that no page of this order gave.
    """
    numbers = np.frombuffer(kept(lambda: numbers_in_order(connection, within, order).tobytes()), dtype=np.int64)
    begin = _spot_in(numbers, order, after)
    rows = numbers[begin : begin + limit].tolist()
    last = begin + len(rows)
    behind = packed([order, last, rows[-1]]) if rows and last < len(numbers) else None
    return Page(tuple(_papers(connection, rows)), behind)


def _spot_in(numbers: Ints, order: OrderOfPapers, after: str | None) -> int:
    """Where a page begins: behind the last article of the one before, or as far on when that is no more among them."""
    if after is None:
        return 0
    match unpacked(after):
        case [found, int(place), int(number)] if found == order and 0 <= place < 2**31 and abs(number) < 2**62:
            at = np.flatnonzero(numbers == number)
            return int(at[0]) + 1 if len(at) else place
    raise QueryError(NO_CURSOR(what=IN_ORDER))


def count_papers(connection: Connection, filter: Filter, most: int = 10_000, within: Within | None = None) -> Counted:
    """How many articles fit; counting ends at `most`."""
    within = within or articles_within(connection, filter)
    if within.numbers is None:
        found = select(articles.c.number).where(articles.c.newer.is_(None), *within.conditions).limit(most + 1)
        held = connection.scalar(select(func.count()).select_from(found.subquery())) or 0
    else:  # without conditions of their own nearly all count, and those that do not are sooner asked for
        current = (articles.c.newer + "").is_(None) if within.conditions else articles.c.newer.is_not(None)
        own = connection.scalars(select(articles.c.number).where(current, *within.conditions))
        among = np.isin(within.numbers, np.fromiter(own, dtype=np.int64), invert=not within.conditions)
        held = int(np.count_nonzero(among))
    return Counted(min(held, most), held > most)


def articles_within(connection: Connection, filter: Filter) -> Within:
    """What `articles_fitting` asks for, so that the first rows are soon found, and all soon counted."""
    alone = Filter(
        outlets=filter.outlets, start=filter.start, end=filter.end, as_of=filter.as_of, held_back=filter.held_back
    )
    own = list(of_articles(filter))
    if filter == alone:
        return Within(own)
    plain = replace(filter, outlets=(), start=None, end=None)
    if filter.incident is None and whole(connection, "reports"):
        return Within(own, _told(connection, plain))
    fitting = conditions(connection, plain, REPORTS, paged=True)
    some = select(reports.c.number).where(*fitting).limit(_FEW + 1).subquery()
    if (connection.scalar(select(func.count()).select_from(some)) or 0) <= _FEW:
        told: ColumnElement[bool] = articles.c.number.in_(select(reports.c.article).where(*fitting))
    else:
        told = exists().where(reports.c.article == articles.c.number, *fitting)
    return Within([*own, told])


def _told(connection: Connection, filter: Filter) -> Ints:
    """The numbers of the articles with a report that fits."""
    held = columns(connection, {"article", *needed(filter)}, current=True)
    column = held["article"]
    there = np.zeros(max(1, len(column.values)), dtype=np.bool_)
    there[column.codes[fitting(connection, filter, held)]] = True
    return np.array(column.values, dtype=np.int64)[there[: len(column.values)]]


def _behind(asked: Select[Any], cursor: tuple[str | None, int] | None) -> Select[Any]:
    day, number = articles.c.published, articles.c.number
    ordered = asked.order_by(day.desc(), number.desc())
    if cursor is None or cursor[0] is None:
        return ordered
    return ordered.where(day <= cursor[0], or_(day < cursor[0], and_(day == cursor[0], number < cursor[1])))


def each_paper(connection: Connection, filter: Filter, limit: int | None = None) -> Iterator[Paper]:
    """All articles that fit (or the first `limit`), in the order of the pages."""
    after: str | None = None
    left = limit
    within = articles_within(connection, filter)
    while left is None or left > 0:
        found = _page(connection, filter, within, _AT_ONCE if left is None else min(left, _AT_ONCE), after)
        yield from found.rows
        left, after = (None if left is None else left - len(found.rows)), found.after
        if after is None:
            return


def _papers(connection: Connection, numbers: list[int]) -> Iterator[Paper]:
    table = articles.c
    columns = (
        table.number, table.key, table.doc_id, table.title, table.outlet, table.url, table.published, table.language,
        table.copy_of, table.synthetic,
    )  # fmt: skip
    for some in chunks(numbers, _AT_ONCE):
        ids = list(some)
        held = {row.number: row for row in connection.execute(select(*columns).where(table.number.in_(ids)))}
        told = select(reports.c.article, func.count()).where(reports.c.article.in_(ids), reports.c.superseded.is_(None))
        counts: dict[int, int] = dict(connection.execute(told.group_by(reports.c.article)).all())
        copies = copies_of(connection, [row.key for row in held.values()])
        for number in ids:
            row = held[number]
            own = row.copy_of == row.key
            yield Paper(
                row.key, row.doc_id, row.title, row.outlet, row.url, row.published, row.language,
                None if own else row.copy_of, copies.get(row.key, 0), counts.get(number, 0), bool(row.synthetic),
            )  # fmt: skip


def copies_of(connection: Connection, keys: list[str]) -> dict[str, int]:
    """How many articles repeat each of these (keys)."""
    table = articles.c
    asked = select(table.copy_of, func.count()).where(table.copy_of.in_(keys), table.key != table.copy_of)
    return dict(connection.execute(asked.group_by(table.copy_of)).all())


def outlets(connection: Connection, filter: Filter, name: str | None = None) -> list[Outlet]:
    """The outlets of the articles that fit, those with most articles first; only those whose name holds `name`."""
    table = articles.c
    copied = func.sum((table.copy_of != table.key).cast(articles.c.number.type))
    asked = select(table.outlet, func.count(), copied, func.min(table.published), func.max(table.published))
    asked = asked.where(table.outlet.is_not(None), table.newer.is_(None), *of_articles(filter))
    within = articles_fitting(connection, filter)
    if within is not None:
        asked = asked.where(table.number.in_(within))
    found = [Outlet(*row) for row in connection.execute(asked.group_by(table.outlet))]
    wanted = name_key(name) if name else ""
    kept = [one for one in found if not name or (wanted and wanted in name_key(one.name))]
    return sorted(kept, key=lambda one: (-one.articles, one.name))


def _cursor(day: str | None, number: int) -> str:
    return packed([day, number])


def _read_cursor(text: str | None) -> tuple[str | None, int] | None:
    if text is None:
        return None
    match unpacked(text):
        case [None | str() as day, int(number)] if abs(number) < 2**62 and "\0" not in (day or ""):
            return day, number
    raise QueryError(NO_CURSOR(what=OF_RECORD))
