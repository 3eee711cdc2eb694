"""Facets: how many of what fits there are under each value of a field, to narrow a question down."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import Connection, FromClause, func, select

from waqai.queries.columns import camps_of, columns, fitting, needed
from waqai.queries.conditions import Condition, Subject, conditions
from waqai.queries.counting import named, number_of_each, order_of
from waqai.queries.filters import Filter
from waqai.store.counted import ACTORS, SOURCES
from waqai.store.schema import actors, incident_sources, places

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
    counted = (_of_reports if subject.kind == "reports" else _of_incidents)(connection, filter, subject, names)
    found = []
    for name in (name for name in names if name in counted):
        rows = order_of(counted[name])[: most + 1]
        labels = _labels(connection, name, [value for value, _ in rows[:most] if value])
        values = tuple(FacetValue(value, labels.get(value, value or ""), number) for value, number in rows[:most])
        found.append(Facet(name, values, len(rows) > most))
    return tuple(found)


_Counts = Mapping[FacetName, Mapping[str | None, int]]
_IN: Mapping[FacetName, str] = {"year": "start", "actor": ACTORS, "camp": ACTORS, "source": SOURCES}
"""The columns of reports in which facets are that are not called like them."""


def _of_reports(connection: Connection, filter: Filter, _: Subject, names: Sequence[FacetName]) -> _Counts:
    wanted = [name for name in names if name != "grade"]
    held = columns(connection, {*needed(filter), *(_IN.get(name, name) for name in wanted)})
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


def _of_incidents(connection: Connection, filter: Filter, subject: Subject, names: Sequence[FacetName]) -> _Counts:
    fitting = conditions(connection, filter, subject)
    found: dict[FacetName, Mapping[str | None, int]] = dict(_columns(connection, subject, fitting, names))
    for name in (name for name in names if name not in found):
        found[name] = _related(connection, name, subject, fitting, filter == Filter())
    return found


def _columns(
    connection: Connection, subject: Subject, fitting: Sequence[Condition], names: Sequence[FacetName]
) -> dict[FacetName, Counter[str | None]]:
    """The facets that are columns, all in one pass: the values are counted here, since grouping by all at once sorts them all."""
    held = subject.table.c
    wanted = [name for name in names if name in held or name == "year"]
    if not wanted:
        return {}
    rows = connection.execute(select(*(held[_IN.get(name, name)] for name in wanted)).where(*fitting)).all()
    values = zip(*rows, strict=True) if rows else ((),) * len(wanted)
    made = {name: Counter(column) for name, column in zip(wanted, values, strict=True)}
    if "year" in made:
        years: Counter[str | None] = Counter()
        for day, number in made["year"].items():
            years[_year(day)] += number
        made["year"] = years
    return made


def _related(
    connection: Connection, name: FacetName, subject: Subject, fitting: Sequence[Condition], all: bool
) -> dict[str | None, int]:
    """Facets that stand in tables of their own; something counts once under each value, whatever its roles."""
    table = subject.sources if name == "source" else subject.actors
    key = table.c[subject.named]
    value = actors.c.camp if name == "camp" else table.c[name]
    number = func.count() if table is incident_sources else func.count(key.distinct())
    joined: FromClause = table if all else subject.table.join(table, key == subject.key)
    if name == "camp":
        joined = joined.join(actors, actors.c.id == table.c.actor)
    asked = select(value, number).select_from(joined).where(*([] if all else fitting))
    return {found: int(counted) for found, counted in connection.execute(asked.group_by(value))}


def _labels(connection: Connection, name: FacetName, ids: Sequence[str]) -> dict[str | None, str]:
    """The Arabic names of places and actors."""
    table = {"place": places, "actor": actors}.get(name)
    if table is None:
        return {}
    asked = select(table.c.id, table.c.name_ar, table.c.name_en).where(table.c.id.in_(ids))
    return {id: arabic or english for id, arabic, english in connection.execute(asked)}
