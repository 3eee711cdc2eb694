"""How many rows a list has in all, beside a page of it."""

from collections.abc import Callable
from typing import Any

import orjson

from waqai.queries.listing import Counted
from waqai.serving.params import Listing
from waqai.serving.served import Served

_OF_THE_PAGE = {"limit", "after", "format", "order"}


def total(served: Served, name: str, query: Listing, count: Callable[[], Counted]) -> dict[str, Any]:
    """The number of all rows under the conditions of a list; where counting ended before them, `total_more` says so."""

    def make() -> bytes:
        found = count()
        return orjson.dumps({"total": found.number, "total_more": found.more})

    asked = query.model_dump_json(by_alias=True, exclude=_OF_THE_PAGE, exclude_defaults=True)
    found: dict[str, Any] = orjson.loads(served.memory.answer(f"total {name} {served.today} {asked}", make))
    return found
