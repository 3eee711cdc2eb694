"""The articles that a filter means: those whose own outlet and day fit, with a report that fits the rest."""

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import ColumnElement, Connection, Select, select

from waqai.queries.conditions import REPORTS, conditions
from waqai.queries.filters import Filter
from waqai.store.schema import articles, reports

Condition = ColumnElement[bool]


def articles_fitting(connection: Connection, filter: Filter) -> Select[tuple[int]] | None:
    """A question for the numbers of these articles; None when the filter asks for nothing.

    `start` and `end` are days of publication, `as_of` the day by which an article was known; all other conditions but the
    outlet are of its reports, one of which has to fit them all. Raises QueryError for what cannot be asked.
    """
    if filter == Filter():
        return None
    found = list(of_articles(filter))
    rest = replace(filter, outlets=(), start=None, end=None, as_of=None, held_back=None)
    if rest != Filter():
        fitting = conditions(connection, replace(rest, as_of=filter.as_of, held_back=filter.held_back), REPORTS)
        found.append(articles.c.number.in_(select(reports.c.article).where(*fitting)))
    return select(articles.c.number).where(*found)


def of_articles(filter: Filter) -> Iterator[Condition]:
    """The conditions that are of an article itself: when it was published and known, and by whom."""
    if filter.start:
        yield articles.c.published >= filter.start.isoformat()
    if filter.end:
        yield articles.c.published <= filter.end.isoformat()
    if filter.as_of:
        yield articles.c.known <= filter.as_of.isoformat()
    if filter.held_back:
        yield articles.c.known <= filter.held_back.isoformat()
    if filter.outlets:
        yield articles.c.outlet.in_(filter.outlets)
