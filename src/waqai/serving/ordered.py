"""Rows that are held whole, in the order of one of their columns."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from waqai.queries.naming import name_key
from waqai.serving.labels import Labels

Row = Mapping[str, Any]
Worth = Callable[[Any], str | int | None]
ARABIC = "_ar"


def ordered(rows: Iterable[Any], order: str, worth: Worth) -> list[Any]:
    """The rows by what they are worth, with `-` before the order the highest first; what is worth nothing known stands last in
    both directions, and equal ones stay in the order in which they came.

    >>> ordered([3, None, 1], "-number", lambda row: row)
    [3, 1, None]
    """
    held = [(worth(row), row) for row in rows]
    known = [pair for pair in held if pair[0] is not None]
    known.sort(key=lambda pair: pair[0], reverse=order.startswith("-"))  # type: ignore[arg-type,return-value]
    return [row for _, row in known] + [row for value, row in held if value is None]


def column_of(order: str) -> tuple[str, bool]:
    """The column that an order is of, and whether it goes by Arabic names.

    >>> column_of("-camp_ar")
    ('camp', True)
    """
    name = order.removeprefix("-")
    return name.removesuffix(ARABIC), name.endswith(ARABIC)


def worth_of(order: str, labels: Labels, lists: Mapping[str, str]) -> Worth:
    """What rows are compared by in an order: by a name, by what a code is called (`lists` names the list that codes of a
    column are from), by a number or a day."""
    column, arabic = column_of(order)
    if column == "name":
        return lambda row: name_of(row, arabic)
    if column in lists:
        return lambda row: labels.key(lists[column], row[column], arabic) if row[column] else None
    return lambda row: row[column]


def name_of(row: Row, arabic: bool) -> str | None:
    """What the name of a row in one language is compared by, the other one standing in for it."""
    names: Sequence[Any] = (row.get("name_ar"), row.get("name_en"))
    said = (
        next((one for one in (names if arabic else reversed(names)) if one), None) or row.get("name") or row.get("id")
    )
    return (name_key(said) or said) if said else None
