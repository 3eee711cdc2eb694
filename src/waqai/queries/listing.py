"""Lists of what the record holds: a page at a time, in an order that stays, so that a cursor leads on to the next page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

import numpy as np
from sqlalchemy import Connection, Select, and_, func, or_, select

from waqai.queries.columns import columns, fitting, needed, whole
from waqai.queries.conditions import Condition, Subject, conditions
from waqai.queries.cursors import packed, unpacked
from waqai.queries.errors import QueryError
from waqai.queries.filters import Filter
from waqai.queries.ordering import NUMBERS, OrderOfReports, Spot, Worths, column_page
from waqai.sentences import IN_ORDER, NO_CURSOR

T = TypeVar("T", covariant=True)
ReportOrder = Literal["day", "-day"] | OrderOfReports
"""By the day something begins, or as `ordering` tells; `-`: the highest first."""
Order = ReportOrder | Literal["voices", "-voices", "grade", "-grade"]
PAGE = 50
NO_WORTHS: Worths = {}
_STEP = 1000
_LONGEST_CURSOR = 500


@dataclass(frozen=True, slots=True)
class Stored:
    """A report or an incident as it is stored: its id and its JSON."""

    id: str
    json: str


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows, and the cursor that leads to those behind them (None: these were the last)."""

    rows: tuple[T, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class Counted:
    """How many there are: `number` of them, or more than that when counting was ended there."""

    number: int
    more: bool

    @property
    def shown(self) -> str:
        """The number as a person reads it."""
        return f"more than {self.number:,}" if self.more else f"{self.number:,}"


def page(
    connection: Connection,
    filter: Filter,
    subject: Subject,
    limit: int = PAGE,
    after: str | None = None,
    *,
    order: Order = "day",
    worths: Worths = NO_WORTHS,
) -> Page[Stored]:
    """The first rows that fit, or those behind the cursor `after`: by the day they start, by another column and then by day, in
    the end by id; those without a day or a value last. A cursor belongs to its order. `worths` is what codes are compared by.

    Raises QueryError for a cursor that no page of this order gave, and for what the filter cannot ask.
    """
    cursor = _read_cursor(after, order)
    if order == "day" or order == "-day":
        fitting = conditions(connection, filter, subject, paged=True)
        return _page(connection, fitting, filter, subject, limit, cursor, falling=order == "-day")
    spots, more = column_page(connection, filter, subject, order, limit, cursor, worths)
    rows = tuple(_stored(connection, subject, [spot.id for spot in spots]))
    return Page(rows, _cursor(order, spots[-1]) if more and spots else None)


def every(connection: Connection, filter: Filter, subject: Subject, limit: int | None = None) -> Iterator[Stored]:
    """All rows that fit (or the first `limit`), in the order of the pages, read as they are asked for."""
    fitting = conditions(connection, filter, subject, paged=True)
    cursor: Spot | None = None
    left = limit
    while left is None or left > 0:
        found = _page(connection, fitting, filter, subject, _STEP if left is None else min(left, _STEP), cursor)
        yield from found.rows
        left = None if left is None else left - len(found.rows)
        if found.after is None:
            return
        cursor = _read_cursor(found.after, "day")


def count(connection: Connection, filter: Filter, subject: Subject, most: int = 10_000) -> Counted:
    """How many fit; counting ends at `most`."""
    by_rows = filter.incident is not None or (bool(filter.words) and subject.kind == "incidents")  # few, or soon found
    if not by_rows and whole(connection, subject.kind):
        held = columns(connection, needed(filter, subject.kind), subject.kind)
        number = int(np.count_nonzero(fitting(connection, filter, held)))
    else:
        found = select(subject.table.c.id).where(*conditions(connection, filter, subject)).limit(most + 1)
        number = connection.scalar(select(func.count()).select_from(found.subquery())) or 0
    return Counted(min(number, most), number > most)


def _page(
    connection: Connection,
    fitting: Sequence[Condition],
    filter: Filter,
    subject: Subject,
    limit: int,
    cursor: Spot | None,
    *,
    falling: bool = False,
) -> Page[Stored]:
    """Rows without a day are asked for apart, when the others have come to an end: no index holds both in order."""
    found: list[Any] = []
    if cursor is None or cursor.day is not None:
        found += connection.execute(_dated(fitting, subject, falling, limit + 1, cursor)).all()
    if len(found) <= limit and not (filter.start or filter.end):
        last = cursor.id if cursor and cursor.day is None else None
        found += connection.execute(_undated(fitting, subject, limit + 1 - len(found), last)).all()
    rows = found[:limit]
    spot = Spot(rows[-1].day, rows[-1].day, rows[-1].id) if len(found) > limit and rows else None
    after = _cursor("-day" if falling else "day", spot) if spot else None
    return Page(tuple(_stored(connection, subject, [row.id for row in rows])), after)


def _dated(
    fitting: Sequence[Condition], subject: Subject, falling: bool, limit: int, cursor: Spot | None
) -> Select[Any]:
    day, id = subject.table.c.start, subject.table.c.id
    turned = (day.desc(), id.desc()) if falling else (day, id)
    asked = select(day.label("day"), id).where(day.is_not(None), *fitting).order_by(*turned).limit(limit)
    if cursor is None:
        return asked
    if falling:
        return asked.where(day <= cursor.day, or_(day < cursor.day, and_(day == cursor.day, id < cursor.id)))
    return asked.where(day >= cursor.day, or_(day > cursor.day, and_(day == cursor.day, id > cursor.id)))


def _undated(fitting: Sequence[Condition], subject: Subject, limit: int, last: str | None) -> Select[Any]:
    day, id = subject.table.c.start, subject.table.c.id
    asked = select(day.label("day"), id).where(day.is_(None), *fitting).order_by(id).limit(limit)
    return asked if last is None else asked.where(id > last)


def _stored(connection: Connection, subject: Subject, ids: Sequence[str]) -> Iterator[Stored]:
    """The rows of these ids, in their order."""
    table = subject.table
    for begin in range(0, len(ids), _STEP):
        some = ids[begin : begin + _STEP]
        held = dict(connection.execute(select(table.c.id, table.c.json).where(table.c.id.in_(some))).all())
        yield from (Stored(id, held[id]) for id in some)


def _cursor(order: Order, spot: Spot) -> str:
    return packed([order, spot.value, spot.day, spot.id])


def _read_cursor(text: str | None, order: Order) -> Spot | None:
    if text is None:
        return None
    wrong = QueryError(NO_CURSOR(what=IN_ORDER))
    held = unpacked(text[:_LONGEST_CURSOR])
    if not isinstance(held, list) or len(held) != 4 or held[0] != order:
        raise wrong
    _, value, day, id = held
    kind = int if order.removeprefix("-") in NUMBERS else str
    for one, fits in ((value, kind), (day, str), (id, str)):
        if not (one is None or (type(one) is fits and _askable(one))):
            raise wrong
    if id is None or (order in ("day", "-day") and value != day):
        raise wrong
    return Spot(value, day, id)


def _askable(value: str | int) -> bool:
    """Whether both databases can be asked for it."""
    return "\0" not in value if isinstance(value, str) else abs(value) < 2**31
