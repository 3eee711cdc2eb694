"""Rulings: what persons decided of the reports at hand, by their ids; and accounts with what a person corrected."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast

from waqai.knowledge.incidents import IncidentKnowledge
from waqai.model.account import Account
from waqai.model.incident import Grading
from waqai.model.mention import DateRange
from waqai.model.report import Modality

EDITABLE = ("sub_event_type", "modality", "date", "killed", "injured", "weapon", "target", "background")


@dataclass(frozen=True, slots=True)
class Rulings:
    """Decisions that hold, by report ids: pairs that are one happening (`merged`) or not (`split`), reports that tell no
    event (`rejected`), corrected fields (name and value as JSON) and grades of the incidents the reports are in."""

    merged: tuple[tuple[str, str], ...] = ()
    split: tuple[tuple[str, str], ...] = ()
    rejected: frozenset[str] = frozenset()
    edits: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    grades: Mapping[str, Grading] = field(default_factory=dict)


def edited(account: Account, edits: tuple[tuple[str, str], ...], knowledge: IncidentKnowledge) -> Account:
    """The account as persons corrected it, later corrections over earlier ones.

    A correction of another field, or with a value that the field cannot have, is left out: it never was one of this account.
    """
    for name, value in edits:
        try:
            changed = _value(name, json.loads(value), knowledge)
        except (ValueError, TypeError, KeyError, IndexError):
            continue
        account = replace(account, **{name: changed})
    return account


def _value(name: str, value: Any, knowledge: IncidentKnowledge) -> Any:
    book = knowledge.codebook
    lists = {
        "sub_event_type": book.event_types,
        "modality": book.modalities,
        "weapon": book.weapons,
        "target": book.targets,
    }
    if name in lists:
        if value not in lists[name] and not (value is None and name in ("weapon", "target")):
            raise ValueError(name)
        return cast(Modality, value) if name == "modality" else value
    if name in ("killed", "injured"):
        return None if value is None else (int(value[0]), None if value[1] is None else int(value[1]))
    if name == "date":
        return None if value is None else _date(value)
    if name == "background":
        return bool(value)
    raise KeyError(name)


def _date(value: Mapping[str, Any]) -> DateRange:
    start, end = dt.date.fromisoformat(value["start"]), dt.date.fromisoformat(value["end"])
    if end < start:
        raise ValueError("date")
    return DateRange(start, end, int(value.get("precision", 1)), "stated", value.get("time"))
