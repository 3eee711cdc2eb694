"""Facets: how many of what fits there are under each value of a field, to narrow a question down."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from sqlalchemy import Connection, FromClause, and_, func, not_, select

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
    kinds: dict[str, str | None] = {}
    for *values, number in connection.execute(select(*groups, func.count()).where(*fitting).group_by(*groups)):
        row = dict(zip((column.name for column in groups), values, strict=True))
        row["year"] = row["start"][:4] if row["start"] else None
        if "event_type" in made:
            type = row["sub_event_type"]
            if type not in kinds:
                kinds[type] = connection.scalar(select(held.event_type).where(held.sub_event_type == type).limit(1))
            row["event_type"] = kinds[type]
        for name, counter in made.items():
            counter[row[name]] += number
    return made


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
