"""One thing of a record, found by its id or the beginning of it."""

from sqlalchemy import Column, Connection, select

from waqai.queries.errors import QueryError
from waqai.queries.listing import Stored
from waqai.sentences import MADE_ANEW, NONE_BEGINS, SEVERAL_BEGIN
from waqai.store.schema import incident_redirects, incidents

_SHOWN = 5
_LONGEST = 64


def incident_id(connection: Connection, begin: str) -> str:
    """The id of the incident whose id begins so; an id that is no more leads to the incident that took its place.

    Raises QueryError when there is none, or several.
    """
    found = _beginning(connection, incidents.c.id, begin)
    if not found:
        old = _beginning(connection, incident_redirects.c.old, begin)
        if len(old) == 1:
            new = connection.scalar(select(incident_redirects.c.new).where(incident_redirects.c.old == old[0]))
            return str(new)
        found = old
    if len(found) > 1:
        raise QueryError(SEVERAL_BEGIN(begin=begin[:40], ids=", ".join(found[:_SHOWN])))
    if not found:
        raise QueryError(NONE_BEGINS(begin=begin[:40]))
    return found[0]


def incident(connection: Connection, begin: str) -> Stored:
    """The incident whose id begins so, as it is stored; QueryError when there is none, or several."""
    id = incident_id(connection, begin)
    json = connection.scalar(select(incidents.c.json).where(incidents.c.id == id))
    if json is None:
        raise QueryError(MADE_ANEW(id=id))
    return Stored(id, json)


def _beginning(connection: Connection, column: Column[str], begin: str) -> list[str]:
    """Ids that begin so, as a range: no sign in what was given has a meaning."""
    if not begin or len(begin) > _LONGEST or not begin.isascii() or not begin.replace("-", "").isalnum():
        return []
    exact = connection.scalar(select(column).where(column == begin))
    if exact:
        return [exact]
    within = select(column).where(column > begin, column < begin + "~").order_by(column).limit(_SHOWN + 1)
    return list(connection.scalars(within))
