"""What of the record is known to who sees a public view: what something tells of that is not held back."""

from dataclasses import replace

from sqlalchemy import Connection, select

from waqai.queries.conditions import INCIDENTS, REPORTS, conditions
from waqai.queries.errors import QueryError
from waqai.queries.filters import Filter
from waqai.queries.naming import Kind, Shown
from waqai.queries.single import incident_id
from waqai.sentences import NONE_BEGINS
from waqai.serving.care import Care
from waqai.store.schema import articles, holdings


def shown_in(connection: Connection, care: Care) -> Shown:
    """Whether a place, an actor, a source and so on is known: all are where nothing is held back."""

    def known(kind: Kind, id: str) -> bool:
        return not care.public or _told(connection, kind, id, Filter(held_back=care.last_day))

    return known


def _told(connection: Connection, kind: Kind, id: str, filter: Filter) -> bool:
    asked = {
        "place": replace(filter, places=(id,)),
        "actor": replace(filter, actors=(id,)),
        "source": replace(filter, sources=(id,)),
        "outlet": replace(filter, outlets=(id,)),
        "governorate": replace(filter, governorates=(id,)),
        "country": replace(filter, country=id),
    }[kind]
    for subject in (REPORTS, INCIDENTS):
        one = select(subject.key).where(*conditions(connection, asked, subject, paged=True)).limit(1)
        if connection.scalar(one) is not None:
            return True
    last = filter.held_back.isoformat() if filter.held_back else ""
    if kind == "outlet":
        printed = select(articles.c.number).where(articles.c.outlet == id, articles.c.known <= last).limit(1)
        return connection.scalar(printed) is not None
    if kind == "place":
        held = select(holdings.c.id).where(holdings.c.place == id, holdings.c.known <= last).limit(1)
        return connection.scalar(held) is not None
    return False


def incident_shown(connection: Connection, care: Care, begin: str) -> str:
    """The id of the incident that is meant by an id or its beginning; QueryError when there is none, or several.

    In public only a whole id means one, whose reports are not all held back: guesses of beginnings tell nothing.
    """
    if not care.public:
        return incident_id(connection, begin)
    none = QueryError(NONE_BEGINS(begin=begin[:40]))
    try:
        found = incident_id(connection, begin)
    except QueryError:
        raise none from None
    whole = len(begin) >= len(found)
    told = Filter(incident=found, held_back=care.last_day)
    if (
        not whole
        or connection.scalar(select(REPORTS.key).where(*conditions(connection, told, REPORTS)).limit(1)) is None
    ):
        raise none
    return found
