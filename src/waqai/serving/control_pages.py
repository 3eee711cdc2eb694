"""Pages of intervals of control in another order than that of places and days."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from waqai.queries.control import Brief, Spot
from waqai.queries.cursors import packed, unpacked
from waqai.queries.errors import QueryError
from waqai.sentences import IN_ORDER, NO_CURSOR
from waqai.serving.labels import Labels
from waqai.serving.ordered import Worth, column_of, name_of, ordered, worth_of

_LISTS = {"governorate": "governorate", "status": "status"}
_SIDES = ("reports", "against")


@dataclass(frozen=True, slots=True)
class Ordered:
    """The spots of a page, and the cursor of the next (None: this was the last)."""

    spots: Sequence[Spot]
    after: str | None


def page_by(found: Iterable[Brief], order: str, limit: int, after: str | None, labels: Labels) -> Ordered:
    """A page of intervals in an order of their list; QueryError for a cursor that no page of this order gave."""
    rows = [(one.place, one.start, orjson.loads(one.json)) for one in found]
    spots = [(place, start) for place, start, _ in ordered(rows, order, _worth(order, labels))]
    begin = _begin(spots, order, after)
    some = spots[begin : begin + limit]
    behind = begin + len(some)
    return Ordered(some, _cursor(order, behind, some[-1]) if some and behind < len(spots) else None)


def _worth(order: str, labels: Labels) -> Worth:
    column, arabic = column_of(order)
    of_row: Callable[[Mapping[str, Any]], str | int | None]
    if column == "name":
        of_row = lambda row: name_of(row["place"], arabic)  # noqa: E731
    elif column == "holders":
        of_row = lambda row: name_of(row["holders"][0]["actor"], arabic) if row["holders"] else None  # noqa: E731
    elif column == "rests":
        of_row = lambda row: sum(row[f"{side}_total"] for side in _SIDES)  # noqa: E731
    elif column == "governorate":
        by_name = worth_of(order, labels, _LISTS)
        of_row = lambda row: by_name(row["place"])  # noqa: E731
    else:
        of_row = worth_of(order, labels, _LISTS)
    return lambda row: of_row(row[2])


def _begin(spots: Sequence[Spot], order: str, after: str | None) -> int:
    """Where a page begins: behind the last interval of the one before, or as far on when that is no more among them."""
    if after is None:
        return 0
    match unpacked(after):
        case [found, int(behind), str(place), str(start)] if found == order and behind >= 0:
            return spots.index((place, start)) + 1 if (place, start) in spots else behind
    raise QueryError(NO_CURSOR(what=IN_ORDER))


def _cursor(order: str, behind: int, last: Spot) -> str:
    return packed([order, behind, *last])
