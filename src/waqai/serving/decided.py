"""What persons decided on articles, as the pages of incidents show it."""

from collections.abc import Sequence
from typing import Any

import orjson
from sqlalchemy import Connection, select

from waqai.store.schema import decisions


def decisions_on(connection: Connection, keys: Sequence[str]) -> list[dict[str, Any]]:
    """The entries of the journal that are bound to these articles (keys), the oldest first."""
    asked = select(decisions).where(decisions.c.article.in_(list(dict.fromkeys(keys)))).order_by(decisions.c.number)
    return [
        {
            "number": row.number, "at": row.at, "person": row.person, "action": row.action,
            "bounds": orjson.loads(row.bounds), "field": row.field,
            "value": orjson.loads(row.value) if row.value else None, "undoes": row.undoes,
        }
        for row in connection.execute(asked)
    ]  # fmt: skip
