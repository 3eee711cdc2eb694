"""A filter as conditions of SQL: every value is a bound parameter.

A condition over another table (an actor, a source, the words of an article) can be answered in two ways: gather what
fits and sort it, or walk through the days and look at each. Which is quick depends on how much fits, so that is
counted first, up to a limit.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Table,
    and_,
    exists,
    false,
    func,
    or_,
    select,
    tuple_,
)

from waqai.queries.areas import Area, Box
from waqai.queries.errors import QueryError
from waqai.queries.filters import Filter
from waqai.queries.wording import matching_articles
from waqai.sentences import AREA_TOO_FULL
from waqai.store import schema
from waqai.store.schema import articles, incidents, places, report_actors, report_sources, reports

Kind = Literal["reports", "incidents"]
Condition = ColumnElement[bool]
_FEW = 3000
_MANY = 20_000
_TOLD = 4  # reports of an article, or so
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


REPORTS = Subject("reports", reports, reports.c.number, report_actors, report_sources, "report")
INCIDENTS = Subject("incidents", incidents, incidents.c.id, schema.incident_actors, schema.incident_sources, "incident")
SUBJECTS = {"reports": REPORTS, "incidents": INCIDENTS}


@dataclass(frozen=True, slots=True)
class _Member:
    """A condition in both forms: the keys that fit, and a test of one row; and the articles that fit, where it is of articles:
    they are sooner counted."""

    keys: Select[Any]
    test: Condition
    articles: Select[Any] | None = None


def conditions(connection: Connection, filter: Filter, subject: Subject, *, paged: bool = False) -> list[Condition]:
    """What a row of the subject's table has to be; QueryError when the filter asks what it cannot be asked for.

    `paged` says that the first rows by day are wanted, not all: then it can be quicker to walk through the days.
    """
    found = [*_plain(filter, subject), *_when(connection, filter, subject), *_standing(filter, subject)]
    members = list(_members(connection, filter, subject))
    for column, values in _listed(filter, subject):
        if not paged and "happened" in values:  # nearly everything: an index would only lead to the rows one by one
            found.append(_unindexed(column).in_(values))
        elif len(values) == 1 or not paged:
            found.append(column == values[0] if len(values) == 1 else column.in_(values))
        else:
            keys = select(subject.key).where(column.in_(values))
            members.append(_Member(keys, _unindexed(column).in_(values)))
    few = _FEW * min(4, len(found) + len(members))
    return [*found, *(_quicker(connection, member, subject, few) for member in members)]


def _quicker(connection: Connection, member: _Member, subject: Subject, few: int) -> Condition:
    """Gathered when few fit; of several conditions all may have to hold of a row, and one found by walking is rare."""
    if member.articles is None:
        fit = _counted(connection, member.keys, few) <= few
    else:
        fit = _counted(connection, member.articles, few // _TOLD) <= few // _TOLD
    return subject.key.in_(member.keys) if fit else member.test


def _counted(connection: Connection, keys: Select[Any], most: int) -> int:
    return connection.scalar(select(func.count()).select_from(keys.limit(most + 1).subquery())) or 0


def _unindexed(column: Column[Any]) -> ColumnElement[Any]:
    """The same value by a way on which no index is used: the rows come in the order of their days."""
    return column + ""


def _listed(filter: Filter, subject: Subject) -> list[tuple[Column[Any], Sequence[str]]]:
    held = subject.table.c
    return [
        (column, values)
        for column, values in (
            (held.sub_event_type, filter.types),
            (held.place, filter.places),
            (held.governorate, filter.governorates),
            (held.modality, filter.modalities),
        )
        if values
    ]


def _plain(filter: Filter, subject: Subject) -> Iterator[Condition]:
    held = subject.table.c
    if filter.pcode:
        yield held.pcode.startswith(filter.pcode, autoescape=True)
    if filter.country:
        yield held.country == filter.country.upper()
    if filter.placed is not None:
        yield held.lat.is_not(None) if filter.placed else held.lat.is_(None)
    if filter.dated is not None:
        day = func.coalesce(held.start, held.end)
        yield day.is_not(None) if filter.dated else day.is_(None)
    if filter.background is not None:
        yield held.background == filter.background


def _when(connection: Connection, filter: Filter, subject: Subject) -> Iterator[Condition]:
    held = subject.table.c
    if filter.end:
        yield held.start <= filter.end.isoformat()
    if filter.start:
        yield held.end >= filter.start.isoformat()
        earliest = _earliest(connection, subject, filter.start.isoformat())
        if earliest is not None:
            yield held.start >= earliest
    if filter.as_of:
        yield held.known <= filter.as_of.isoformat()
    if filter.held_back:
        yield from _held_back(filter.held_back.isoformat(), subject)


def _held_back(day: str, subject: Subject) -> Iterator[Condition]:
    yield subject.table.c.known <= day
    if subject.kind == "incidents":
        told, table = reports.alias(), articles.alias()
        young = select(told.c.incident).join(table, told.c.article == table.c.number)
        yield incidents.c.id.not_in(young.where(table.c.known > day, told.c.incident.is_not(None)))


def _earliest(connection: Connection, subject: Subject, day: str) -> str | None:
    """The first start of what reaches to the day: nothing before it need be looked at. None when it is not worth the search."""
    start, end = subject.table.c.start, subject.table.c.end
    if _counted(connection, select(start).where(start < day), _MANY) <= _MANY:
        return None
    reaching = end >= day
    few = _counted(connection, select(end).where(reaching), _MANY) <= _MANY
    first = func.min(_unindexed(start) if few else start)  # found among those, or by walking through the days
    return connection.scalar(select(first).where(reaching, _unindexed(start) < day)) or day


def _standing(filter: Filter, subject: Subject) -> Iterator[Condition]:
    """What holds for one of the two only: reports of a version of an article that a newer one replaced count no longer."""
    if subject.kind == "reports":
        counts = reports.c.superseded.is_(None)
        yield or_(counts, reports.c.superseded > filter.as_of.isoformat()) if filter.as_of else counts
        if filter.incident:
            yield reports.c.incident == filter.incident
    else:
        if filter.incident:
            yield incidents.c.id == filter.incident
        if filter.grades:
            yield incidents.c.grade.in_(filter.grades)


def _members(connection: Connection, filter: Filter, subject: Subject) -> Iterator[_Member]:
    yield from _actors(filter, subject)
    if filter.sources:
        table = subject.sources.alias()
        yield _tied(subject, table, table.c.source.in_(filter.sources))
    if filter.outlets:
        yield _articles(subject, select(articles.c.number).where(articles.c.outlet.in_(filter.outlets)))
    if filter.words:
        yield _articles(subject, matching_articles(connection, filter.words))
    if filter.grades and subject.kind == "reports":
        yield _graded(filter.grades)
    if filter.min_killed is not None:
        lowest = subject.table.c.killed_low
        yield _Member(select(subject.key).where(lowest >= filter.min_killed), lowest + 0 >= filter.min_killed)
    if filter.pcode:
        yield _coded(filter.pcode, subject)
    if filter.box:
        yield _in_box(filter.box, subject)
    if filter.area:
        yield _in_area(connection, filter.area, subject)


def _tied(subject: Subject, table: FromClause, *fitting: Condition) -> _Member:
    named = table.c[subject.named]
    return _Member(select(named).where(*fitting), exists().where(named == subject.key, *fitting))


def _actors(filter: Filter, subject: Subject) -> Iterator[_Member]:
    """Actors and camps are two conditions, which different actors of a row may fulfil; roles limit both."""
    table = subject.actors.alias()
    roles = [table.c.role.in_(filter.roles)] if filter.roles else []
    if filter.actors:
        yield _tied(subject, table, table.c.actor.in_(filter.actors), *roles)
    if filter.camps:
        of_camp = select(schema.actors.c.id).where(schema.actors.c.camp.in_(filter.camps))
        yield _tied(subject, table, table.c.actor.in_(of_camp), *roles)


def _articles(subject: Subject, fitting: Select[Any]) -> _Member:
    """Reports of articles that fit, or incidents with such a report."""
    if subject.kind == "reports":
        told = reports.alias()
        keys = select(told.c.number).where(told.c.article.in_(fitting))
        return _Member(keys, (reports.c.article + 0).in_(fitting), fitting)
    return _Member(incidents_told(fitting), _telling(fitting), fitting)


def incidents_told(fitting: Select[Any]) -> Select[Any]:
    """The ids of the incidents of which articles (their numbers) tell, each as often as it is told."""
    told = reports.alias()
    return select(told.c.incident).where(told.c.article.in_(fitting), told.c.incident.is_not(None))


def _telling(fitting: Select[Any]) -> Condition:
    """Of an incident: whether one of the articles tells of it."""
    told = reports.alias()
    return exists().where(told.c.incident == incidents.c.id, (told.c.article + 0).in_(fitting))  # as no index on it


def incidents_of(connection: Connection, fitting: Select[Any]) -> Select[Any]:
    """A question for the ids of the incidents of which articles (their numbers) tell, the way that is quicker."""
    if _counted(connection, fitting, _FEW) <= _FEW:
        return incidents_told(fitting).distinct()
    return select(incidents.c.id).where(_telling(fitting))


def _graded(grades: Sequence[str]) -> _Member:
    table, told = incidents.alias(), reports.alias()
    keys = select(told.c.number).join(table, table.c.id == told.c.incident).where(table.c.grade.in_(grades))
    return _Member(keys, exists().where(table.c.id == reports.c.incident, table.c.grade.in_(grades)))


def _coded(begin: str, subject: Subject) -> _Member:
    """By the places that have such a code: no index leads to the beginnings of codes."""
    some = subject.table.alias()
    coded = select(places.c.id).where(places.c.pcode.startswith(begin, autoescape=True))
    keys = select(some.c[subject.key.name]).where(some.c.place.in_(coded))
    return _Member(keys, subject.table.c.place.in_(coded))


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
        raise QueryError(AREA_TOO_FULL(most=f"{_MOST_POINTS:,}"))
    lat, lon = subject.table.c.lat, subject.table.c.lon
    return _Member(select(subject.key).where(tuple_(lat, lon).in_(points)), tuple_(lat + 0.0, lon + 0.0).in_(points))


def _points_in(connection: Connection, area: Area, table: Table) -> Sequence[tuple[float, float]]:
    box = area.box
    within = (table.c.lat.between(box.south, box.north), table.c.lon.between(box.west, box.east))
    found = connection.execute(select(table.c.lat, table.c.lon).where(*within).distinct())
    return [(lat, lon) for lat, lon in found if area.holds(lat, lon)]
