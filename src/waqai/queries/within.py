"""What articles have to be, as it is found out from a filter."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement

from waqai.queries.columns import Ints


@dataclass(frozen=True, slots=True)
class Within:
    """What articles have to be: conditions of SQL, and, where it was found out from the columns of their reports, which."""

    conditions: Sequence[ColumnElement[bool]]
    numbers: Ints | None = None
