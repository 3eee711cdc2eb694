"""A filter as conditions of SQL: every value is a bound parameter.

A condition over another table (an actor, a source, the words of an article) can be answered in two ways: gather what
fits and sort it, or walk through the days and look at each. Which is quick depends on how much fits, so that is
counted first, up to a limit.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Column, ColumnElement, Connection, Select, Table, and_, exists, false, func, or_, select, tuple_

from waqai.queries.areas import Area, Box
from waqai.queries.errors import QueryError
from waqai.queries.filters import Filter
from waqai.store import schema
from waqai.store.schema import articles, incidents, report_actors, report_sources, reports

Kind = Literal["reports", "incidents"]
Condition = ColumnElement[bool]
_FEW = 4000
_MOST_POINTS = 30_000


@dataclass(frozen=True, slots=True)
class Subject:
    """What is asked for: its table, the key by which other tables name it, and these tables."""

    kind: Kind
    table: Table
    key: Column[Any]
    actors: Table
    sources: Table
    named: str

    def gather(self, table: Table, *conditions: Condition) -> Select[Any]:
        """The keys that `table` names under these conditions."""
        return select(table.c[self.named]).where(*conditions)


REPORTS = Subject("reports", reports, reports.c.number, report_actors, report_sources, "report")
INCIDENTS = Subject(
    "incidents", incidents, incidents.c.id, schema.incident_actors, schema.incident_sources, "incident"
)
SUBJECTS = {"reports": REPORTS, "incidents": INCIDENTS}


@dataclass(frozen=True, slots=True)
class _Member:
    """A condition in both forms: the keys that fit, and a test of one row."""

    keys: Select[Any]
    test: Condition


def conditions(connection: Connection, filter: Filter, subject: Subject) -> list[Condition]:
    """What a row of the subject's table has to be; QueryError when the filter asks what it cannot be asked for."""
    found = [*_plain(filter, subject), *_when(filter, subject), *_standing(filter, subject)]
    for member in _members(connection, filter, subject):
        found.append(_quicker(connection, member, subject))
    return found


def _quicker(connection: Connection, member: _Member, subject: Subject) -> Condition:
    held = connection.scalar(select(func.count()).select_from(member.keys.limit(_FEW + 1).subquery())) or 0
    return subject.key.in_(member.keys) if held <= _FEW else member.test


def _plain(filter: Filter, subject: Subject) -> Iterator[Condition]:
    held = subject.table.c
    for column, values in (
        (held.sub_event_type, filter.types),
        (held.place, filter.places),
        (held.governorate, filter.governorates),
        (held.modality, filter.modalities),
    ):
        if values:
            yield column == values[0] if len(values) == 1 else column.in_(values)
    if filter.country:
        yield held.country == filter.country.upper()
    if filter.pcode:
        yield held.pcode.startswith(filter.pcode, autoescape=True)
    if filter.background is not None:
        yield held.background == filter.background


def _when(filter: Filter, subject: Subject) -> Iterator[Condition]:
    held = subject.table.c
    if filter.end:
        yield held.start <= filter.end.isoformat()
    if filter.start:
        yield held.end >= filter.start.isoformat()
    if filter.as_of:
        yield held.known <= filter.as_of.isoformat()


def _standing(filter: Filter, subject: Subject) -> Iterator[Condition]:
    """What only one of the two can be asked for; a report has no grade, so none of them fits one."""
    if subject.kind == "reports":
        if filter.incident:
            yield reports.c.incident == filter.incident
        if filter.grades:
            yield reports.c.incident.in_(select(incidents.c.id).where(incidents.c.grade.in_(filter.grades)))
    else:
        if filter.incident:
            yield incidents.c.id == filter.incident
        if filter.grades:
            yield incidents.c.grade.in_(filter.grades)


def _members(connection: Connection, filter: Filter, subject: Subject) -> Iterator[_Member]:
    if filter.actors or filter.camps:
        yield _actors(filter, subject)
    if filter.sources:
        yield _tied(subject, subject.sources, subject.sources.c.source.in_(filter.sources))
    if filter.outlets:
        yield _articles(subject, articles.c.outlet.in_(filter.outlets))
    if filter.words:
        yield _worded(connection, filter.words, subject)
    if filter.min_killed is not None:
        lowest = subject.table.c.killed_low
        yield _Member(select(subject.key).where(lowest >= filter.min_killed), lowest + 0 >= filter.min_killed)
    if filter.box:
        yield _in_box(filter.box, subject)
    if filter.area:
        yield _in_area(connection, filter.area, subject)


def _tied(subject: Subject, table: Table, *fitting: Condition) -> _Member:
    test = exists().where(table.c[subject.named] == subject.key, *fitting)
    return _Member(subject.gather(table, *fitting), test)


def _actors(filter: Filter, subject: Subject) -> _Member:
    table = subject.actors
    choices = [table.c.actor.in_(filter.actors)] if filter.actors else []
    if filter.camps:
        choices.append(table.c.actor.in_(select(schema.actors.c.id).where(schema.actors.c.camp.in_(filter.camps))))
    roles = [table.c.role.in_(filter.roles)] if filter.roles else []
    return _tied(subject, table, or_(*choices), *roles)


def _articles(subject: Subject, *fitting: Condition) -> _Member:
    """Reports of articles that fit, or incidents with such a report."""
    numbers = select(articles.c.number).where(*fitting)
    if subject.kind == "reports":
        test = exists().where(articles.c.number == reports.c.article, *fitting)
        return _Member(select(reports.c.number).where(reports.c.article.in_(numbers)), test)
    within = and_(reports.c.incident == incidents.c.id, articles.c.number == reports.c.article)
    keys = select(reports.c.incident).where(reports.c.article.in_(numbers), reports.c.incident.is_not(None))
    return _Member(keys, exists().where(within, *fitting))


def _worded(connection: Connection, words: str, subject: Subject) -> _Member:
    from waqai.queries.wording import matching_articles

    return _articles(subject, articles.c.number.in_(matching_articles(connection, words)))


def _in_box(box: Box, subject: Subject) -> _Member:
    lat, lon = subject.table.c.lat, subject.table.c.lon
    keys = select(subject.key).where(lat.between(box.south, box.north), lon.between(box.west, box.east))
    return _Member(keys, and_((lat + 0.0).between(box.south, box.north), (lon + 0.0).between(box.west, box.east)))


def _in_area(connection: Connection, area: Area, subject: Subject) -> _Member:
    """The points of the record that lie in the polygons: they are few beside what happened there."""
    points = _points_in(connection, area, subject.table)
    if not points:
        return _Member(select(subject.key).where(false()), false())
    if len(points) > _MOST_POINTS:
        raise QueryError(f"the area holds more than {_MOST_POINTS:,} points of the record; ask by country or governorate")
    held = tuple_(subject.table.c.lat, subject.table.c.lon).in_(points)
    return _Member(select(subject.key).where(held), held)


def _points_in(connection: Connection, area: Area, table: Table) -> Sequence[tuple[float, float]]:
    box = area.box
    within = (table.c.lat.between(box.south, box.north), table.c.lon.between(box.west, box.east))
    found = connection.execute(select(table.c.lat, table.c.lon).where(*within).distinct())
    return [(lat, lon) for lat, lon in found if area.holds(lat, lon)]
