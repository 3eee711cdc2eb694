"""Lists of what the record holds: a page at a time, in an order that stays, so that a cursor leads on to the next page."""

import base64
import binascii
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

import numpy as np
import orjson
from sqlalchemy import Connection, Select, and_, func, or_, select

from waqai.queries.columns import columns, fitting, needed, whole
from waqai.queries.conditions import Condition, Subject, conditions
from waqai.queries.errors import QueryError
from waqai.queries.filters import Filter

T = TypeVar("T", covariant=True)
Order = Literal["oldest", "newest", "deadliest"]
_BY: Mapping[Order, tuple[str, bool]] = {
    "oldest": ("start", False),
    "newest": ("start", True),
    "deadliest": ("killed_low", True),
}
"""The column that orders rows, and whether its highest value comes first; then the id, in the same direction."""
_Cursor = tuple[str | int | None, str]
PAGE = 50
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
    order: Order = "oldest",
) -> Page[Stored]:
    """The first rows that fit, or those behind the cursor `after`: by the day they start or by the lowest number of killed told
    of, then by id; those without a day or a number last. A cursor belongs to its order.

    Raises QueryError for a cursor that no page of this order gave, and for what the filter cannot ask.
    """
    fitting = conditions(connection, filter, subject, paged=True)
    return _page(connection, fitting, filter, subject, limit, _read_cursor(after, order), order)


def every(connection: Connection, filter: Filter, subject: Subject, limit: int | None = None) -> Iterator[Stored]:
    """All rows that fit (or the first `limit`), in the order of the pages, read as they are asked for."""
    fitting = conditions(connection, filter, subject, paged=True)
    cursor: _Cursor | None = None
    left = limit
    while left is None or left > 0:
        found = _page(connection, fitting, filter, subject, _STEP if left is None else min(left, _STEP), cursor)
        yield from found.rows
        left = None if left is None else left - len(found.rows)
        if found.after is None:
            return
        cursor = _read_cursor(found.after, "oldest")


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
    cursor: _Cursor | None,
    order: Order = "oldest",
) -> Page[Stored]:
    """Rows without a day or a number are asked for apart, when the others have come to an end: no index holds both in order."""
    name, falling = _BY[order]
    column = subject.table.c[name]
    found: list[Any] = []
    if cursor is None or cursor[0] is not None:
        found += connection.execute(_known(fitting, subject, column, falling, limit + 1, cursor)).all()
    if len(found) <= limit and not (name == "start" and (filter.start or filter.end)):
        last = cursor[1] if cursor and cursor[0] is None else None
        found += connection.execute(_unknown(fitting, subject, column, limit + 1 - len(found), last)).all()
    rows = found[:limit]
    after = _cursor(order, rows[-1].value, rows[-1].id) if len(found) > limit and rows else None
    return Page(tuple(_stored(connection, subject, [row.id for row in rows])), after)


def _known(
    fitting: Sequence[Condition], subject: Subject, column: Any, falling: bool, limit: int, cursor: _Cursor | None
) -> Select[Any]:
    id = subject.table.c.id
    turned = (column.desc(), id.desc()) if falling else (column, id)
    asked = select(column.label("value"), id).where(column.is_not(None), *fitting).order_by(*turned).limit(limit)
    if cursor is None:
        return asked
    value, last = cursor
    if falling:
        return asked.where(column <= value, or_(column < value, and_(column == value, id < last)))
    return asked.where(column >= value, or_(column > value, and_(column == value, id > last)))


def _unknown(fitting: Sequence[Condition], subject: Subject, column: Any, limit: int, last: str | None) -> Select[Any]:
    id = subject.table.c.id
    asked = select(column.label("value"), id).where(column.is_(None), *fitting).order_by(id).limit(limit)
    return asked if last is None else asked.where(id > last)


def _stored(connection: Connection, subject: Subject, ids: Sequence[str]) -> Iterator[Stored]:
    """The rows of these ids, in their order."""
    table = subject.table
    for begin in range(0, len(ids), _STEP):
        some = ids[begin : begin + _STEP]
        held = dict(connection.execute(select(table.c.id, table.c.json).where(table.c.id.in_(some))).all())
        yield from (Stored(id, held[id]) for id in some)


def _cursor(order: Order, value: str | int | None, id: str) -> str:
    return base64.urlsafe_b64encode(orjson.dumps([order, value, id])).decode().rstrip("=")


def _read_cursor(text: str | None, order: Order) -> _Cursor | None:
    if text is None:
        return None
    wrong = QueryError("this is no cursor of a page of this record in this order")
    try:
        padded = text[:_LONGEST_CURSOR] + "=" * (-len(text[:_LONGEST_CURSOR]) % 4)
        held = orjson.loads(base64.urlsafe_b64decode(padded.encode("ascii")))
    except (ValueError, TypeError, binascii.Error):
        raise wrong from None
    if not isinstance(held, list) or len(held) != 3 or held[0] != order:
        raise wrong
    _, value, id = held
    kind = int if order == "deadliest" else str
    if type(id) is not str or not (value is None or type(value) is kind) or not (_askable(id) and _askable(value)):
        raise wrong
    return value, id


def _askable(value: str | int | None) -> bool:
    """Whether both databases can be asked for it."""
    return "\0" not in value if isinstance(value, str) else abs(value or 0) < 2**31
