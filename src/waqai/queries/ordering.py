"""A page of reports or incidents in another order than that of days: by a column of what is counted, so that no order needs an
index of its own and half a million rows are put in order in a fraction of a second.

Rows of one value come by day, those of one day as they stand in the columns. What has no value comes last in both directions.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from sqlalchemy import Connection, Table, select

from waqai.queries.columns import Bools, Column, Columns, Ints, columns, fitting, needed
from waqai.queries.conditions import Subject
from waqai.queries.filters import Filter
from waqai.queries.naming import name_key
from waqai.store.counted import ACTORS
from waqai.store.counted_incidents import ID, piece_of
from waqai.store.schema import actors, places, reports

OrderOfReports = Literal[
    "killed", "-killed", "injured", "-injured", "type", "-type", "type_ar", "-type_ar", "place", "-place",
    "place_ar", "-place_ar", "known", "-known", "modality", "-modality", "actor1", "-actor1", "actor1_ar", "-actor1_ar",
    "actor2", "-actor2", "actor2_ar", "-actor2_ar",
]  # fmt: skip
OrderOfColumn = OrderOfReports | Literal["voices", "-voices", "grade", "-grade"]
"""`-`: the highest first. A report has no voices and no grade."""
Worths = Mapping[str, Mapping[str, str]]
"""By order ("type_ar") what the codes of its column are compared by, in place of themselves."""
NUMBERS = ("killed", "injured", "voices")
"""The orders by a number; the others are by text."""
_IN: Mapping[str, str] = {
    "killed": "killed_low", "injured": "injured_low", "type": "sub_event_type", "type_ar": "sub_event_type",
    "place": "place", "place_ar": "place", "known": "known", "voices": "voices", "grade": "grade", "modality": "modality",
    "actor1": ACTORS, "actor1_ar": ACTORS, "actor2": ACTORS, "actor2_ar": ACTORS,
}  # fmt: skip
_Worth = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a row stands in an order: its value, its day, and its id."""

    value: str | int | None
    day: str | None
    id: str


@dataclass(frozen=True, slots=True)
class _Key:
    """One column of an order: of each row the rank of its value, and the values by rank."""

    ranks: Ints
    known: Sequence[Any]
    falling: bool

    def worth(self, row: int) -> Any:
        """What a row is compared by; None: it has no value."""
        rank = int(self.ranks[row])
        return self.known[rank] if rank < len(self.known) else None

    def rank(self, value: Any) -> tuple[int, bool]:
        """The rank of a value, or of the next behind it when no row has it any more (False)."""
        if value is None:
            return len(self.known), True
        before = sum(one > value if self.falling else one < value for one in self.known)
        return before, before < len(self.known) and self.known[before] == value


def column_page(
    connection: Connection,
    filter: Filter,
    subject: Subject,
    order: OrderOfColumn,
    limit: int,
    after: Spot | None,
    worths: Worths,
) -> tuple[Sequence[Spot], bool]:
    """The spots of the first rows behind another one, and whether there are more."""
    name, falling = order.removeprefix("-"), order.startswith("-")
    asked = {*needed(filter, subject.kind), _IN[name], "start", *((ID,) if subject.kind == "incidents" else ())}
    held = columns(connection, asked, subject.kind)
    worth = _worth(connection, name, worths.get(name, {}))
    first = _key(held, _IN[name], worth, falling)
    second = _key(held, "start", _itself, falling)
    rows = np.flatnonzero(fitting(connection, filter, held))
    keys = (first.ranks * (len(second.known) + 1) + second.ranks)[rows]
    if after is not None:
        behind = _behind(connection, held, rows, keys, after, first, second)
        rows, keys = rows[behind], keys[behind]
    chosen = _lowest(rows, keys, limit)
    ids = _ids(connection, held, chosen)
    days = held["start"]
    spots = [Spot(first.worth(row), _at(days, row), ids[row]) for row in chosen.tolist() if row in ids]
    return spots, len(rows) > limit


def _itself(value: Any) -> Any:
    return value


def _at(column: Column, row: int) -> Any:
    return column.values[column.codes[row]]


def _worth(connection: Connection, name: str, codes: Mapping[str, str]) -> _Worth:
    """What a value is compared by: of a place or a party its name, in the form in which names are compared, and its id."""
    if name.startswith("place"):
        names = _names(connection, places, arabic=name.endswith("_ar"))
        return lambda id: None if id is None else names.get(id, id)
    if name.startswith("actor"):
        names, part = _names(connection, actors, arabic=name.endswith("_ar")), name.removesuffix("_ar")
        return lambda named: names.get(named[0], named[0]) if named[1] == part else None
    return (lambda code: codes.get(code, code)) if codes else _itself


def _names(connection: Connection, table: Table, *, arabic: bool) -> Mapping[str, str]:
    asked = select(table.c.id, table.c.name_ar, table.c.name_en)
    return {
        row.id: f"{name_key((row.name_ar or row.name_en) if arabic else (row.name_en or row.name_ar))}\t{row.id}"
        for row in connection.execute(asked)
    }


def _key(held: Columns, name: str, worth: _Worth, falling: bool) -> _Key:
    """A column of an order; of one that names several for a row, that which comes first counts."""
    column = held[name]
    each = _ranked(column, worth, falling)
    if column.rows is None:
        return each
    ranks = np.full(len(held), len(each.known), dtype=np.int64)
    np.minimum.at(ranks, column.owners, each.ranks)
    return replace(each, ranks=ranks)


def _ranked(column: Column, worth: _Worth, falling: bool) -> _Key:
    worths = [worth(value) for value in column.values]
    known = sorted({one for one in worths if one is not None}, reverse=falling)
    rank = {one: place for place, one in enumerate(known)}
    ranks = np.array([len(known) if one is None else rank[one] for one in worths] or [0], dtype=np.int64)
    return _Key(ranks[column.codes], known, falling)


def _behind(
    connection: Connection, held: Columns, rows: Ints, keys: Ints, after: Spot, first: _Key, second: _Key
) -> Bools:
    """Which rows stand behind a spot."""
    width = len(second.known) + 1
    rank, there = first.rank(after.value)
    beside, also = second.rank(after.day) if there else (0, False)
    spot = rank * width + beside
    behind: Bools = keys >= spot if not also else keys > spot
    if also:
        same = keys == spot
        behind[same] = _later(connection, held, rows[same], after.id)
    return behind


def _later(connection: Connection, held: Columns, rows: Ints, id: str) -> Bools:
    """Which rows of one value and day stand behind that with an id; a report that is no more stood before all of them."""
    if held.kind == "incidents":
        spot = (piece_of(id), id)
        return np.array(
            [(piece_of(one), one) > spot for one in (_at(held[ID], row) for row in rows.tolist())], np.bool_
        )
    number = connection.scalar(select(reports.c.number).where(reports.c.id == id))
    later: Bools = held.numbers[rows] > (-1 if number is None else number)
    return later


def _lowest(rows: Ints, keys: Ints, limit: int) -> Ints:
    """The rows with the lowest keys, at most `limit`, in their order."""
    if len(rows) > limit:
        bound = np.partition(keys, limit - 1)[limit - 1]
        rows, keys = rows[keys <= bound], keys[keys <= bound]
    found: Ints = rows[np.argsort(keys, kind="stable")][:limit]
    return found


def _ids(connection: Connection, held: Columns, rows: Ints) -> Mapping[int, str]:
    """The ids of rows; a report that is no more, while a build writes, has none."""
    if held.kind == "incidents":
        return {row: _at(held[ID], row) for row in rows.tolist()}
    numbers: Iterable[int] = held.numbers[rows].tolist()
    asked = select(reports.c.number, reports.c.id).where(reports.c.number.in_(list(numbers)))
    ids = dict(connection.execute(asked).all())
    return {row: ids[number] for row, number in zip(rows.tolist(), numbers, strict=True) if number in ids}
