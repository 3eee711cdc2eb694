"""Conditions given as keyword arguments of Python, as the options of the command take them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from waqai.knowledge.codebook import load_codebook
from waqai.knowledge.files import load_files
from waqai.queries.areas import read_area
from waqai.queries.asking import filter_asked
from waqai.queries.single import incident_id

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from waqai.queries.filters import Filter

Value = str | int | bool | dt.date
Condition = Value | Sequence[Value] | None
Conditions = Mapping[str, Condition]


def words_of(conditions: Conditions) -> dict[str, list[str]]:
    """The conditions as the words that a person would write; None and empty lists ask for nothing.

    >>> words_of({"type": ["Attack", "Grenade"], "from_": dt.date(2016, 2, 1), "background": False, "place": None})
    {'type': ['Attack', 'Grenade'], 'from': ['2016-02-01'], 'background': ['no']}
    """
    found: dict[str, list[str]] = {}
    for name, given in conditions.items():
        values = [given] if isinstance(given, str | int | bool | dt.date) else list(given or ())
        if values:
            found[name.removesuffix("_")] = [_word(value) for value in values]
    return found


def _word(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def filter_from(connection: "Connection", conditions: Conditions) -> "Filter":
    """The filter that the conditions mean in this record; QueryError, with what is near, for what it does not hold."""
    asked = words_of(conditions)
    polygon = asked.pop("polygon", None)
    if "incident" in asked:
        asked["incident"] = [incident_id(connection, asked["incident"][-1])]
    area = read_area(polygon[-1]) if polygon else None
    return filter_asked(connection, asked, load_codebook(load_files()), area)


def query_of(conditions: Conditions) -> dict[str, str]:
    """The conditions in words, for a sidecar."""
    return {name: "; ".join(values) for name, values in words_of(conditions).items()}
