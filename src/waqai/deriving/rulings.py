"""Decisions of the journal brought to the reports that they are bound to, whatever coder made these reports."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import BindParameter, Connection, bindparam, select

from waqai.incidents.rulings import Rulings
from waqai.model.decision import Bound, Decision
from waqai.model.incident import Grading
from waqai.store.schema import articles, decisions, pending, reports
from waqai.store.statements import chunks, insert_new

_CHUNK = 500
_KEYS: BindParameter[Any] = bindparam("keys", expanding=True)
_GRADES = ("confirmed", "fair", "weak", "contested", "discounted")


@dataclass(frozen=True, slots=True)
class _Told:
    """A report as a bound sees it."""

    id: str
    family: str
    place: str | None
    part: str
    start: int
    end: int


def decisions_that_hold(connection: Connection) -> list[Decision]:
    """The journal without what was undone, oldest first."""
    found = [_decision(row) for row in connection.execute(select(decisions).order_by(decisions.c.number))]
    undone = {one.undoes for one in found if one.action == "undo"}
    return [one for one in found if one.number not in undone and one.action != "undo"]


def _decision(row: Any) -> Decision:
    bounds = tuple(Bound(**bound) for bound in orjson.loads(row.bounds))
    at = dt.datetime.fromisoformat(row.at)
    return Decision(row.number, at, row.person, row.action, bounds, row.field, row.value, row.undoes)


def rulings(connection: Connection) -> Rulings:
    """All decisions that hold, by the ids of the reports they are bound to; those whose report is no more wait in the journal."""
    held = decisions_that_hold(connection)
    if not held:
        return Rulings()
    told = _told(connection, {bound.article_key for one in held for bound in one.bounds})
    verdicts: dict[str, str] = {}
    pairs: dict[tuple[str, str], str] = {}
    edits: dict[str, tuple[tuple[str, str], ...]] = {}
    grades: dict[str, Grading] = {}
    for one in held:
        ids = [meant(bound, told.get(bound.article_key, ())) for bound in one.bounds]
        first, second = [*ids, None, None][:2]
        if one.action in ("merge", "split"):
            if first is not None and second is not None:
                pairs[min(first, second), max(first, second)] = one.action
        elif first is None:
            continue
        elif one.action == "edit":
            edits[first] = (*edits.get(first, ()), (one.field or "", one.value or "null"))
        elif one.action == "grade":
            grades |= _grade(first, one)
        else:
            verdicts[first] = one.action
    return Rulings(
        merged=tuple(pair for pair, action in pairs.items() if action == "merge"),
        split=tuple(pair for pair, action in pairs.items() if action == "split"),
        rejected=frozenset(id for id, verdict in verdicts.items() if verdict == "reject"),
        edits=edits,
        grades=grades,
    )


def _grade(report: str, decision: Decision) -> dict[str, Grading]:
    try:
        value = orjson.loads(decision.value or "null")
    except orjson.JSONDecodeError:
        value = decision.value
    grade, reason = (value.get("grade"), value.get("reason")) if isinstance(value, dict) else (value, None)
    if grade not in _GRADES:
        return {}
    return {report: Grading(grade, str(reason or f"set by {decision.person}"), decision.person)}


def _told(connection: Connection, keys: Iterable[str]) -> Mapping[str, Sequence[_Told]]:
    found: dict[str, list[_Told]] = {}
    statement = (
        select(articles.c.key, reports.c.id, reports.c.family, reports.c.place, reports.c.json)
        .join(articles, reports.c.article == articles.c.number)
        .where(articles.c.key.in_(_KEYS), reports.c.superseded.is_(None))
        .order_by(reports.c.number)
    )
    for some in chunks(sorted(keys), _CHUNK):
        for row in connection.execute(statement, {"keys": list(some)}):
            words = orjson.loads(row.json)["evidence"]
            told = _Told(row.id, row.family, row.place, words.get("in", "text"), words["start"] or 0, words["end"] or 0)
            found.setdefault(row.key, []).append(told)
    return found


def meant(bound: Bound, told: Iterable[_Told]) -> str | None:
    """The id of the report that a decision is bound to: same part, family and place, words that overlap, the most of them.

    None when there is none any more.
    """
    best: tuple[int, str] | None = None
    for one in told:
        shared = min(bound.end, one.end) - max(bound.start, one.start)
        same = one.part == bound.part and one.family == bound.family and one.place == bound.place_id
        if same and shared > 0 and (best is None or (shared, one.id) > best):
            best = (shared, one.id)
    return best[1] if best else None


def let_wait(connection: Connection, bounds: Iterable[Bound]) -> list[str]:
    """Let the reports that these bounds mean wait to be clustered again, as a decision on them needs; their ids.

    To be called in the transaction in which the decision is added or undone.
    """
    wanted = list(bounds)
    told = _told(connection, {bound.article_key for bound in wanted})
    ids = [id for bound in wanted if (id := meant(bound, told.get(bound.article_key, ()))) is not None]
    insert_new(connection, pending, [{"kind": "report", "what": id} for id in dict.fromkeys(ids)])
    return ids
