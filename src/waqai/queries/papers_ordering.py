"""The articles that fit in another order than that of days: all their numbers in that order, of which pages are cut.

To put 125,000 of them in order takes some tenths of a second, so whoever asks for pages keeps the answer (`Kept`).
"""

from collections.abc import Callable
from typing import Literal

import numpy as np
from sqlalchemy import Connection, func, select

from waqai.queries.columns import Ints, columns
from waqai.queries.naming import name_key
from waqai.queries.within import Within
from waqai.store.schema import articles

OrderOfPapers = Literal[
    "published", "-published", "title", "-title", "outlet", "-outlet", "reports", "-reports", "copies", "-copies",
]  # fmt: skip
Kept = Callable[[Callable[[], bytes]], bytes]
"""What remembers the numbers in an order, as bytes, until the record changes."""


def numbers_in_order(connection: Connection, within: Within, order: OrderOfPapers) -> Ints:
    """The numbers of the articles that are meant, by a column; those of one value newest first, those without one last."""
    table = articles.c
    column = table.title if order.endswith("title") else table.outlet if order.endswith("outlet") else table.published
    newest = (table.newer + "").is_(None)
    asked = select(table.number, table.published, table.key if order.endswith("copies") else column)
    rows = [tuple(row) for row in connection.execute(asked.where(newest, *within.conditions))]
    if within.numbers is not None:
        some = frozenset(within.numbers.tolist())
        rows = [row for row in rows if row[0] in some]
    rows.sort(key=lambda row: (row[1] or "", row[0]), reverse=True)
    worth = _worth(connection, order)
    known = [(worth(number, value), number) for number, _, value in rows]
    told = [pair for pair in known if pair[0] is not None]
    told.sort(key=lambda pair: pair[0], reverse=order.startswith("-"))  # type: ignore[arg-type,return-value]
    untold = [number for value, number in known if value is None]
    return np.array([*(number for _, number in told), *untold], dtype=np.int64)


def _worth(connection: Connection, order: OrderOfPapers) -> Callable[[int, str | None], str | int | None]:
    """What an article is compared by, of its number and the column asked for beside it."""
    if order.endswith("reports"):
        told = _reports_of_each(connection)
        return lambda number, _: told.get(number, 0)
    if order.endswith("copies"):
        copies = _copies_of_each(connection)
        return lambda _, key: copies.get(key or "", 0)
    if order.endswith("published"):
        return lambda _, day: day
    keys: dict[str, str] = {}  # outlets are few, and each is folded once

    def named(_: int, text: str | None) -> str | None:
        return keys.setdefault(text, name_key(text)) or text if text else None

    return named


def _reports_of_each(connection: Connection) -> dict[int, int]:
    held = columns(connection, {"article", "superseded"}, current=True)
    column = held["article"]
    count = np.bincount(column.codes[held["superseded"].among((None,))], minlength=len(column.values))
    return dict(zip(column.values, count.tolist(), strict=False))


def _copies_of_each(connection: Connection) -> dict[str, int]:
    table = articles.c
    asked = select(table.copy_of, func.count()).where(table.copy_of.is_not(None), table.key != table.copy_of)
    return dict(connection.execute(asked.group_by(table.copy_of)).all())
