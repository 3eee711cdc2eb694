"""Decisions of the journal brought to the reports that they are bound to, whatever coder made these reports."""

from collections.abc import Iterable

import orjson
from sqlalchemy import ColumnElement, Connection, select

from waqai.incidents.rulings import Rulings
from waqai.model.decision import Bound, Decision
from waqai.model.incident import Grading
from waqai.store.decisions import brought, holding, journal
from waqai.store.schema import decisions, pending
from waqai.store.statements import insert_new

_GRADES = ("confirmed", "fair", "weak", "contested", "discounted")


def rulings(connection: Connection) -> Rulings:
    """All decisions that hold, by the ids of the reports they are bound to; those whose report is no more wait in the journal."""
    held = holding(journal(connection, _ruling()))
    if not held:
        return Rulings()
    found = brought(connection, {bound for one in held for bound in one.bounds})
    verdicts: dict[str, str] = {}
    pairs: dict[tuple[str, str], str] = {}
    edits: dict[str, tuple[tuple[str, str], ...]] = {}
    grades: dict[str, Grading] = {}
    for one in held:
        ids = [found[bound].id if bound in found else None for bound in one.bounds]
        first = ids[0] if ids else None
        if one.action in ("merge", "split"):
            others = [other for other in ids[1:] if other is not None and other != first]
            pairs |= {(min(first, other), max(first, other)): one.action for other in others if first is not None}
        elif first is None:
            continue
        elif one.action == "edit":
            edits[first] = (*edits.get(first, ()), (one.field or "", one.value or "null"))
        elif one.action == "grade":
            grades |= _grade(first, one)
        elif one.action in ("accept", "reject", "unsure"):
            verdicts[first] = one.action
    return Rulings(
        merged=tuple(pair for pair, action in pairs.items() if action == "merge"),
        split=tuple(pair for pair, action in pairs.items() if action == "split"),
        rejected=frozenset(id for id, verdict in verdicts.items() if verdict == "reject"),
        edits=edits,
        grades=grades,
    )


def _ruling() -> ColumnElement[bool]:
    """Which entries can rule anything: to accept what nobody rejected in its article changes nothing, and most entries do that."""
    rejected = select(decisions.c.article).where(decisions.c.action == "reject")
    return decisions.c.action.not_in(("accept", "unsure", "add", "whole")) | decisions.c.article.in_(rejected)


def _grade(report: str, decision: Decision) -> dict[str, Grading]:
    try:
        value = orjson.loads(decision.value or "null")
    except orjson.JSONDecodeError:
        value = decision.value
    grade, reason = (value.get("grade"), value.get("reason")) if isinstance(value, dict) else (value, None)
    if grade not in _GRADES:
        return {}
    return {report: Grading(grade, str(reason or f"set by {decision.person}"), decision.person)}


def let_wait(connection: Connection, bounds: Iterable[Bound]) -> list[str]:
    """Let the reports that these bounds mean wait to be clustered again, as a decision on them needs; their ids.

    To be called in the transaction in which the decision is added or undone.
    """
    wanted = list(bounds)
    found = brought(connection, wanted)
    ids = [found[bound].id for bound in wanted if bound in found]
    insert_new(connection, pending, [{"kind": "report", "what": id} for id in dict.fromkeys(ids)])
    return ids
