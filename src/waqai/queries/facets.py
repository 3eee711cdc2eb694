"""Facets: how many of what fits there are under each value of a field, to narrow a question down."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import Connection, Select, func, select

from waqai.queries.conditions import Subject, conditions
from waqai.queries.filters import Filter
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
    fitting = conditions(connection, filter, subject)
    found = []
    for name in names:
        asked = _asked(name, subject)
        if asked is not None:
            rows = [(value, number) for value, number in connection.execute(_largest(asked.where(*fitting), most + 1))]
            labels = _labels(connection, name, [value for value, _ in rows[:most] if value])
            values = tuple(FacetValue(value, labels.get(value, value or ""), number) for value, number in rows[:most])
            found.append(Facet(name, values, len(rows) > most))
    return tuple(found)


def _largest(asked: Select[Any], most: int) -> Select[Any]:
    value, number = asked.selected_columns
    return asked.group_by(value).order_by(number.desc(), value).limit(most)


def _asked(name: FacetName, subject: Subject) -> Select[Any] | None:
    held = subject.table.c
    if name == "year":
        return select(func.substr(held.start, 1, 4), func.count())
    if name == "source":
        source, named = subject.sources.c.source, subject.sources.c[subject.named]
        number = func.count(named.distinct()) if "stance" in subject.sources.c else func.count()
        return select(source, number).join_from(subject.table, subject.sources, named == subject.key)
    if name in ("actor", "camp"):
        named = subject.actors.c[subject.named]
        joined = subject.table.join(subject.actors, named == subject.key)
        if name == "actor":
            return select(subject.actors.c.actor, func.count(named.distinct())).select_from(joined)
        joined = joined.join(actors, actors.c.id == subject.actors.c.actor)
        return select(actors.c.camp, func.count(named.distinct())).select_from(joined)
    return select(held[name], func.count()) if name in held else None


def _labels(connection: Connection, name: FacetName, ids: Sequence[str]) -> dict[str | None, str]:
    """The Arabic names of places and actors."""
    table = {"place": places, "actor": actors}.get(name)
    if table is None:
        return {}
    asked = select(table.c.id, table.c.name_ar, table.c.name_en).where(table.c.id.in_(ids))
    return {id: arabic or english for id, arabic, english in connection.execute(asked)}
