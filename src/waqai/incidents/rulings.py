"""Rulings: what persons decided of the reports at hand, by their ids; and accounts with what a person corrected."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast

from waqai.knowledge.incidents import IncidentKnowledge
from waqai.model.account import Account, AccountClaim
from waqai.model.incident import Grading
from waqai.model.mention import Actor, DateRange, Place, Source
from waqai.model.report import Modality, Outcome

EDITABLE = (
    "sub_event_type", "modality", "background", "place", "date", "actor1", "actor2", "killed", "injured", "target",
    "weapon", "attributed_to", "evidence",
)  # fmt: skip
"""The fields of a report that a person can correct."""


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

    The words of a correction (`{"value": …, "span": …}`) say where it stands in the text; they are not compared.
    A correction of another field, or with a value that the field cannot have, is left out: it never was one of this account.
    """
    for name, value in edits:
        try:
            given = json.loads(value)
            given = given["value"] if isinstance(given, dict) and "value" in given else given
            account = replace(account, **_changed(account, name, given, knowledge))
        except (ValueError, TypeError, KeyError, IndexError):
            continue
    return account


def _changed(account: Account, name: str, value: Any, knowledge: IncidentKnowledge) -> dict[str, Any]:
    """The parts of the account that a correction of this field makes other."""
    if name in ("killed", "injured"):
        return _toll(account, cast(Outcome, name), value)
    if name == "attributed_to":
        return _attributed(account, value)
    if name == "evidence":
        return {}
    return {name: _value(name, value, knowledge)}


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
    if name == "date":
        return None if value is None else _date(value)
    if name == "place":
        return None if value is None else Place(**value)
    if name in ("actor1", "actor2"):
        return tuple(Actor(**actor) for actor in value)
    if name == "background":
        return bool(value)
    raise KeyError(name)


def _toll(account: Account, outcome: Outcome, value: Any) -> dict[str, Any]:
    """The corrected number stands in the place of all counts of its outcome, and rests on what the first of them rested on."""
    total = None if value is None else (int(value[0]), None if value[1] is None else int(value[1]))
    old = [toll for toll in account.casualties if toll.outcome == outcome]
    kept = tuple(toll for toll in account.casualties if toll.outcome != outcome)
    if total is None or not old:
        return {outcome: total, "casualties": kept}
    same = old[0] if len({(toll.who, toll.side) for toll in old}) == 1 else replace(old[0], who="unknown", side=None)
    return {outcome: total, "casualties": (*kept, replace(same, low=total[0], high=total[1]))}


def _attributed(account: Account, value: Any) -> dict[str, Any]:
    """One chain asserts the event; what others deny or doubt stays, and every count rests on the claim that it is part of."""
    blames = tuple(dict.fromkeys(a for claim in account.claims if claim.stance == "asserts" for a in claim.blames))
    chain = tuple(Source(**source) for source in value)
    others = [number for number, claim in enumerate(account.claims) if claim.stance != "asserts"]
    place = {number: at for at, number in enumerate(others, 1)}
    tolls = tuple(replace(toll, claim=place.get(toll.claim, 0)) for toll in account.casualties)
    return {
        "claims": (AccountClaim(chain, "asserts", blames), *(account.claims[number] for number in others)),
        "casualties": tolls,
    }


def _date(value: Mapping[str, Any]) -> DateRange:
    start, end = dt.date.fromisoformat(value["start"]), dt.date.fromisoformat(value["end"])
    if end < start:
        raise ValueError("date")
    return DateRange(start, end, int(value.get("precision", 1)), "stated", value.get("time"))
