"""Statements of who holds a place, as they were stored with their articles."""

from collections.abc import Iterator, Sequence

import orjson
from sqlalchemy import Connection, bindparam, select

from waqai.model.control import Holding
from waqai.records_control import holding_from
from waqai.records_reading import ArticleFacts
from waqai.store.reading import facts_of
from waqai.store.schema import articles, holdings
from waqai.store.statements import chunks

_CHUNK = 5000


def holdings_at(connection: Connection, places: Sequence[str]) -> Iterator[tuple[Holding, ArticleFacts]]:
    """The statements on these places (ids) that count, each with the facts of its article, by id of the statement.

    Those of an article that a newer version replaced count no longer.
    """
    facts = [articles.c[name] for name in ("key", "doc_id", "copy_of", "outlet", "published", "known")]
    statement = (
        select(holdings.c.json, *facts)
        .join(articles, holdings.c.article == articles.c.number)
        .where(holdings.c.place.in_(bindparam("places", expanding=True)), holdings.c.superseded.is_(None))
        .order_by(holdings.c.id)
    )
    for some in chunks(sorted(set(places)), _CHUNK):
        for row in connection.execute(statement, {"places": list(some)}):
            yield holding_from(orjson.loads(row.json)), facts_of(row)
