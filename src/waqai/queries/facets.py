"""Facets: how many of what fits there are under each value of a field, to narrow a question down."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import Connection, select

from waqai.queries.columns import camps_of, columns, fitting, needed
from waqai.queries.conditions import Subject
from waqai.queries.counting import named, number_of_each, order_of
from waqai.queries.filters import Filter
from waqai.store.counted import ACTORS, SOURCES
from waqai.store.schema import actors, places

FacetName = Literal[
    "event_type", "sub_event_type", "modality", "grade", "country", "governorate", "place", "camp", "actor", "source",
    "year",
]  # fmt: skip
FACETS: tuple[FacetName, ...] = get_args(FacetName)


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value (None: not known), its name where it is an id, and how many have it."""

    value: str | None
    label: str
    number: int


@dataclass(frozen=True, slots=True)
class Facet:
    """The commonest values of a field, most first; `more` says that there are others."""

    name: FacetName
    values: tuple[FacetValue, ...]
    more: bool


def facets(
    connection: Connection, filter: Filter, subject: Subject, names: Sequence[FacetName] = FACETS, most: int = 25
) -> tuple[Facet, ...]:
    """The facets of what fits, each with its `most` commonest values. A report has no grade: that facet is left out."""
    counted = _counted(connection, filter, subject, names)
    found = []
    for name in (name for name in names if name in counted):
        rows = order_of(counted[name])[: most + 1]
        labels = _labels(connection, name, [value for value, _ in rows[:most] if value])
        values = tuple(FacetValue(value, labels.get(value, value or ""), number) for value, number in rows[:most])
        found.append(Facet(name, values, len(rows) > most))
    return tuple(found)


_IN: Mapping[FacetName, str] = {"year": "start", "actor": ACTORS, "camp": ACTORS, "source": SOURCES}
"""The columns in which facets are that are not called like them."""


def _counted(
    connection: Connection, filter: Filter, subject: Subject, names: Sequence[FacetName]
) -> Mapping[FacetName, Mapping[str | None, int]]:
    wanted = [name for name in names if name != "grade" or subject.kind == "incidents"]
    asked = {*needed(filter, subject.kind), *(_IN.get(name, name) for name in wanted)}
    held = columns(connection, asked, subject.kind)
    fits = fitting(connection, filter, held)
    camps = camps_of(connection) if "camp" in wanted else {}
    read: Mapping[FacetName, Callable[[Any], Any]] = {
        "year": _year, "actor": _first, "source": _first, "camp": lambda pair: camps.get(pair[0]),
    }  # fmt: skip
    found: dict[FacetName, Mapping[str | None, int]] = {}
    for name in wanted:
        column = held[_IN.get(name, name)]
        found[name] = number_of_each(named(column, read.get(name, _itself)), fits, column.rows)
    return found


def _itself(value: Any) -> Any:
    return value


def _first(pair: Any) -> Any:
    return pair[0]


def _year(day: str | None) -> str | None:
    return day[:4] if day else None


def _labels(connection: Connection, name: FacetName, ids: Sequence[str]) -> dict[str | None, str]:
    """The Arabic names of places and actors."""
    table = {"place": places, "actor": actors}.get(name)
    if table is None:
        return {}
    asked = select(table.c.id, table.c.name_ar, table.c.name_en).where(table.c.id.in_(ids))
    return {id: arabic or english for id, arabic, english in connection.execute(asked)}
