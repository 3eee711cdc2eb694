"""Facets: how many of what fits there are under each value of a field, to narrow a question down."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from sqlalchemy import (
    BinaryExpression,
    Column,
    ColumnElement,
    Connection,
    FromClause,
    and_,
    func,
    literal_column,
    not_,
    select,
)
from sqlalchemy.sql import visitors

from waqai.queries.conditions import Condition, Subject, conditions
from waqai.queries.filters import Filter
from waqai.store.schema import actors, incident_sources, places

FacetName = Literal[
    "event_type", "sub_event_type", "modality", "grade", "country", "governorate", "place", "camp", "actor", "source",
    "year",
]  # fmt: skip
_COUNTED = ("place", "sub_event_type", "modality", "background", "country", "governorate", "start", "grade")
_MANY = 5000
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
    fitting = conditions(connection, filter, subject)
    columns = _columns(connection, subject, fitting, names)
    found = []
    for name in names:
        rows = (
            _commonest(columns[name], most + 1)
            if name in columns
            else _related(connection, name, subject, fitting, most + 1, filter == Filter())
        )
        if rows is not None:
            labels = _labels(connection, name, [value for value, _ in rows[:most] if value])
            values = tuple(FacetValue(value, labels.get(value, value or ""), number) for value, number in rows[:most])
            found.append(Facet(name, values, len(rows) > most))
    return tuple(found)


def walked(
    connection: Connection, subject: Subject, fitting: Sequence[Condition], index: str, columns: Iterable[str] = ()
) -> bool:
    """Whether to read the whole of this index of SQLite, in its order, rather than to look up the rows that fit.

    It has to hold these columns and all that the conditions ask for, and no condition may leave only a few rows.
    """
    table = subject.table
    held = next((set(found.columns) for found in table.indexes if found.name == index), set())
    asked = {part for one in fitting for part in visitors.iterate(one) if getattr(part, "table", None) is table}
    needed = asked | {table.c[name] for name in columns}
    if not held or connection.dialect.name != "sqlite" or not needed <= {*held, subject.key}:
        return False
    leading = {subject.key, *(next(iter(found.columns)) for found in table.indexes)}
    searched: dict[object, list[ColumnElement[bool]]] = {}
    for one in fitting:
        if isinstance(one, BinaryExpression) and isinstance(one.left, Column) and one.left in leading:
            searched.setdefault("day" if one.left.name in ("start", "end") else one.left, []).append(one)
    return all(_many(connection, subject, some) for some in searched.values())


def unsearched(fitting: Sequence[Condition]) -> list[Condition]:
    """The same conditions for SQLite, by which it does not look up rows in an index: a sign before the column, no new value."""
    return [
        BinaryExpression(
            literal_column(f'+"{one.left.table.name}"."{one.left.name}"', one.left.type),
            one.right,
            one.operator,
            type_=one.type,
            modifiers=one.modifiers,
        )
        if isinstance(one, BinaryExpression) and isinstance(one.left, Column)
        else one
        for one in fitting
    ]


def _many(connection: Connection, subject: Subject, fitting: Sequence[Condition]) -> bool:
    some = select(subject.key).where(*fitting).limit(_MANY + 1).subquery()
    return (connection.scalar(select(func.count()).select_from(some)) or 0) > _MANY


def _columns(
    connection: Connection, subject: Subject, fitting: Sequence[Condition], names: Sequence[FacetName]
) -> dict[FacetName, Counter[str | None]]:
    """The facets that are columns, all in one pass: in the order of the index `reports_counts`, which holds them."""
    held = subject.table.c
    groups = [held[name] for name in _COUNTED if name in held]
    made: dict[FacetName, Counter[str | None]] = {
        name: Counter() for name in names if name in held or name in ("year", "event_type")
    }
    if not made:
        return {}
    if walked(connection, subject, fitting, "reports_counts", (column.name for column in groups)):
        fitting = unsearched(fitting)
    rows = connection.execute(select(*groups, func.count()).where(*fitting).group_by(*groups)).all()
    at = {column.name: place for place, column in enumerate(groups)}
    for name, counter in made.items():
        place = at[{"year": "start", "event_type": "sub_event_type"}.get(name, name)]
        for row in rows:
            counter[row[place]] += row[-1]
    if "year" in made:
        made["year"] = _by(made["year"], lambda day: day[:4] if day else None)
    if "event_type" in made:
        kind = {
            type: connection.scalar(select(held.event_type).where(held.sub_event_type == type).limit(1))
            for type in made["event_type"]
        }
        made["event_type"] = _by(made["event_type"], kind.__getitem__)
    return made


def _by(counted: Counter[str | None], of: Callable[[str | None], str | None]) -> Counter[str | None]:
    """The same counts under what stands for each value."""
    found: Counter[str | None] = Counter()
    for value, number in counted.items():
        found[of(value)] += number
    return found


def _commonest(counted: Counter[str | None], most: int) -> list[tuple[str | None, int]]:
    return sorted(counted.items(), key=lambda item: (-item[1], item[0] is None, item[0] or ""))[:most]


def _related(
    connection: Connection, name: FacetName, subject: Subject, fitting: Sequence[Condition], most: int, all: bool
) -> list[tuple[str | None, int]] | None:
    """Facets that stand in tables of their own; something counts once under each value, whatever its roles."""
    if name not in ("actor", "camp", "source"):
        return None
    table = subject.sources if name == "source" else subject.actors
    named = table.c[subject.named]
    value = actors.c.camp if name == "camp" else table.c[name]
    number = func.count() if table is incident_sources else func.count(named.distinct())
    joined: FromClause = table
    if not all:
        fit = select(subject.key).where(*fitting)
        if walked(connection, subject, fitting, "reports_start"):
            fit = select(subject.key).where(*unsearched(fitting))
        if (connection.scalar(select(func.count()).select_from(fit.limit(_MANY + 1).subquery())) or 0) <= _MANY:
            joined = subject.table.join(table, named == subject.key)
        else:  # a walk through the whole table beside the set of what fits, instead of a search for each
            fitting = [(named + (0 if subject.kind == "reports" else "")).in_(fit)]
    elif subject.kind == "reports":  # of everything, those that do not count are fewer
        fitting = [named.not_in(select(subject.key).where(not_(and_(*fitting))))]
    if name == "camp":
        joined = joined.join(actors, actors.c.id == table.c.actor)
    asked = select(value, number).select_from(joined).where(*fitting)
    rows = connection.execute(asked.group_by(value).order_by(number.desc(), value).limit(most))
    return [(found, counted) for found, counted in rows]


def _labels(connection: Connection, name: FacetName, ids: Sequence[str]) -> dict[str | None, str]:
    """The Arabic names of places and actors."""
    table = {"place": places, "actor": actors}.get(name)
    if table is None:
        return {}
    asked = select(table.c.id, table.c.name_ar, table.c.name_en).where(table.c.id.in_(ids))
    return {id: arabic or english for id, arabic, english in connection.execute(asked)}
