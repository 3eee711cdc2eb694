"""Reports and holdings that leave: their article was coded again, or a newer version of it came; and those that come back.

What they were part of has to be derived again, so it is put into `pending` in the same transaction.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, delete, literal, select, update

from waqai.store.counted import forget_articles
from waqai.store.schema import holdings, pending, report_actors, report_sources, reports
from waqai.store.statements import chunks, insert_new_from

_CHUNK = 5000
_NUMBERS: BindParameter[Any] = bindparam("numbers", expanding=True)


def remove_reports(connection: Connection, numbers: Sequence[int]) -> None:
    """Delete all reports and holdings of the articles with these numbers."""
    for some in chunks(numbers, _CHUNK):
        given = {"numbers": some}
        _make_wait(connection, some)
        forget_articles(connection, some)
        mine = select(reports.c.number).where(reports.c.article.in_(_NUMBERS))
        for table in (report_actors, report_sources):
            connection.execute(delete(table).where(table.c.report.in_(mine)), given)
        connection.execute(delete(reports).where(reports.c.article.in_(_NUMBERS)), given)
        connection.execute(delete(holdings).where(holdings.c.article.in_(_NUMBERS)), given)


def supersede_reports(connection: Connection, days: Mapping[int, str]) -> None:
    """Let the reports and holdings of articles count no longer; `days` gives, by the article's number, the day from
    which its newer version was known."""
    for some in chunks(sorted(days), _CHUNK):
        _make_wait(connection, some)
        forget_articles(connection, some)
    rows = [{"of": number, "day": day} for number, day in days.items()]
    if not rows:
        return
    day: BindParameter[Any] = bindparam("day")
    connection.execute(
        update(reports)
        .where(reports.c.article == bindparam("of"), reports.c.superseded.is_(None))
        .values(superseded=day, incident=None, component=None, top=None, nearest=None),
        rows,
    )
    connection.execute(
        update(holdings)
        .where(holdings.c.article == bindparam("of"), holdings.c.superseded.is_(None))
        .values(superseded=day),
        rows,
    )


def restore_reports(connection: Connection, numbers: Sequence[int]) -> None:
    """Let the reports and holdings of articles count again; they wait."""
    for some in chunks(numbers, _CHUNK):
        given = {"numbers": some}
        forget_articles(connection, some)
        for table in (reports, holdings):
            connection.execute(update(table).where(table.c.article.in_(_NUMBERS)).values(superseded=None), given)
        back = select(literal("report"), reports.c.id).where(reports.c.article.in_(_NUMBERS))
        insert_new_from(connection, pending, ("kind", "what"), back, given)
        held = select(holdings.c.place).where(holdings.c.article.in_(_NUMBERS)).distinct().subquery()
        places = select(literal("place"), held.c.place).where(literal("place") == "place")
        insert_new_from(connection, pending, ("kind", "what"), places, given)


def _make_wait(connection: Connection, numbers: Sequence[int]) -> None:
    """What the reports and holdings of these articles were part of."""
    given = {"numbers": numbers}
    leaving = reports.c.article.in_(_NUMBERS)
    waits = ("kind", "what")
    gone = select(reports.c.incident).where(leaving, reports.c.incident.is_not(None)).distinct()
    components = select(reports.c.component).where(leaving, reports.c.component.is_not(None))
    held = select(holdings.c.place).where(holdings.c.article.in_(_NUMBERS)).distinct()
    for kind, found in (
        ("incident", select(literal("incident"), gone.subquery().c.incident)),
        ("place", select(literal("place"), held.subquery().c.place)),
    ):
        insert_new_from(connection, pending, waits, found.where(literal(kind) == kind), given)
    beside = select(literal("report"), reports.c.id).where(reports.c.component.in_(components), ~leaving)
    insert_new_from(connection, pending, waits, beside, given)
    own = select(reports.c.id).where(leaving)
    led = select(literal("report"), reports.c.id).where(reports.c.nearest.in_(own), ~leaving)
    insert_new_from(connection, pending, waits, led, given)
