"""What persons decided on the reports of an incident, as its page shows it."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import orjson
from sqlalchemy import Connection

from waqai.queries.review_verdicts import JournalAsked, entries
from waqai.serving.visitors import Visitor

_MOST = 200  # entries of one article


def decisions_on(
    connection: Connection, keys: Sequence[str], reports: Sequence[str], asking: Visitor
) -> list[dict[str, Any]]:
    """The entries of the journal that mean one of these reports (ids), of articles with these keys; the oldest first.

    As in the journal, a reviewer is not shown what others said of reports that she has not judged.
    """
    blind = asking.name if asking.role != "admin" else None
    found = [
        entry.decision
        for key in dict.fromkeys(keys)
        for entry in entries(connection, JournalAsked(article=key, blind_to=blind, limit=_MOST)).rows
        if not set(reports).isdisjoint(entry.reports)
    ]
    return [
        {
            "number": one.number, "at": one.at.isoformat(), "person": one.person, "action": one.action,
            "bounds": [asdict(bound) for bound in one.bounds], "field": one.field,
            "value": orjson.loads(one.value) if one.value else None, "undoes": one.undoes,
        }
        for one in sorted(found, key=lambda one: one.number)
    ]  # fmt: skip
