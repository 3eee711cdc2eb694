"""Counts by time, type, actor and place, with the killed and injured, beside the articles and outlets of the time.

Coverage is not violence: a month with twice the events may be a month with twice the newspapers.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

import numpy as np
import orjson
from sqlalchemy import ColumnElement, Connection, Date, cast, func, select

from waqai.queries.articles import of_articles
from waqai.queries.columns import Column, Ints, camps_of, columns, fitting, needed
from waqai.queries.conditions import Subject
from waqai.queries.counting import Named, Sums, named, toll_columns, tolls
from waqai.queries.errors import QueryError
from waqai.queries.filters import Filter
from waqai.sentences import ACTOR_OR_CAMP, MANY_COUNTS, NO_COUNT, NO_GRADES
from waqai.store.counted import ACTORS, SOURCES
from waqai.store.schema import actors, articles, places

Time = Literal["day", "week", "month", "year"]
Dimension = Literal[
    "day", "week", "month", "year", "type", "event-type", "modality", "grade", "actor", "camp", "place", "governorate",
    "country", "source",
]  # fmt: skip
DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)
TIMES: tuple[Time, ...] = get_args(Time)
_MOST = 3
_NAMED: Mapping[str, str] = {"type": "sub_event_type", "event-type": "event_type"}
_IN: Mapping[str, str] = {"actor": ACTORS, "camp": ACTORS, "source": SOURCES}
ACTING = ("actor1", "actor2")
_LETTERS = {"year": 4, "month": 7}
_COUNTED = ("events", "across", "killed_low", "killed_best", "killed_high", "killed_open")
_SUMS = (*_COUNTED, "injured_low", "injured_best", "injured_high", "injured_open")


@dataclass(frozen=True, slots=True)
class Sum:
    """Added-up tolls. `open` is the number of events for which no upper end is known; they add their lowest or best to
    `high`, which is then too low."""

    low: int
    best: int
    high: int
    open: int


@dataclass(frozen=True, slots=True)
class StatsRow:
    """The counts under one value of each dimension (None: not known).

    `across` are those of the events that may as well lie in a later period. `articles` and `outlets` are those of the
    period, whatever they tell; None when the counts are not by time.
    """

    keys: tuple[str | None, ...]
    events: int
    across: int
    killed: Sum
    injured: Sum
    articles: int | None = None
    outlets: int | None = None


@dataclass(frozen=True, slots=True)
class Stats:
    """Rows in the order of time, then of number; `labels` gives the names of ids that stand in them.

    `filter` is the one that was used: planned and denied events and background are left out unless they were asked for.
    """

    by: tuple[Dimension, ...]
    rows: tuple[StatsRow, ...]
    labels: Mapping[str, str]
    filter: Filter


def stats(connection: Connection, filter: Filter, by: Sequence[Dimension], subject: Subject) -> Stats:
    """Count what fits by one to three dimensions, at most one of them of time; QueryError for others.

    Something with two actors counts for both of them; the same holds for sources.
    """
    time = _check(by, subject)
    used = happened(filter)
    found = _summed(connection, used, by, subject)
    beside = coverage(connection, used, time) if time else {}
    if len(by) == 1:
        found |= {(period,): [0] * len(_SUMS) for period in beside if (period,) not in found}
    at = by.index(time) if time else None
    rows = [
        _row(keys, sums, beside.get(keys[at] or "", (0, 0)) if at is not None else None) for keys, sums in found.items()
    ]
    rows.sort(key=lambda row: _order(row, at))
    return Stats(tuple(by), tuple(rows), _labels(connection, by, rows), used)


def happened(filter: Filter) -> Filter:
    """The filter for what is counted as an event: what was planned, denied or only recalled is not, unless asked for."""
    if not filter.modalities:
        filter = replace(filter, modalities=("happened", "attempted"))
    return filter if filter.background is not None else replace(filter, background=False)


def _check(by: Sequence[Dimension], subject: Subject) -> Time | None:
    unknown = [name for name in by if name not in DIMENSIONS]
    if unknown or not by:
        raise QueryError(NO_COUNT(name=unknown[0][:40] if unknown else "nothing", known=", ".join(DIMENSIONS)))
    times = [name for name in TIMES if name in by]
    if len(times) > 1 or len(set(by)) < len(by) or len(by) > _MOST:
        raise QueryError(MANY_COUNTS(most=_MOST, times=", ".join(TIMES)))
    if "grade" in by and subject.kind == "reports":
        raise QueryError(NO_GRADES())
    if "actor" in by and "camp" in by:
        raise QueryError(ACTOR_OR_CAMP())
    return times[0] if times else None


def _summed(
    connection: Connection, filter: Filter, by: Sequence[Dimension], subject: Subject
) -> dict[tuple[str | None, ...], list[int]]:
    """The sums under each value of the dimensions, from the columns of the reports or incidents."""
    where = {name: _IN.get(name, _NAMED.get(name, name)) for name in by if name not in TIMES}
    asked = {*needed(filter, subject.kind), *where.values(), *toll_columns(subject.kind), "start", "end"}
    held = columns(connection, asked, subject.kind)
    sums = Sums(np.flatnonzero(fitting(connection, filter, held)))
    camps = camps_of(connection) if "camp" in by else {}
    across = np.zeros(len(held), dtype=np.int64)
    for name in by:
        if name in TIMES:
            begin, end = periods(held["start"], name), periods(held["end"], name)
            across = differ(begin, end)
            sums = sums.by(begin)
        elif name in _IN:
            sums = sums.by_each(*_pairs(held[where[name]], name, filter, camps), len(held))
        else:
            sums = sums.by(Named(held[where[name]].values, held[where[name]].codes))
    return sums.added([across, *tolls(held)])


def periods(days: Column, time: Time) -> Named:
    """The periods in which days lie."""
    return named(days, lambda day: period(day, time))


def _pairs(column: Column, name: Dimension, filter: Filter, camps: Mapping[str, str]) -> tuple[Named, Ints]:
    """The actors, camps or sources that count, and the reports that they belong to."""
    roles = frozenset(filter.roles or ACTING)
    kept = column.where(lambda pair: name == "source" or pair[1] in roles)
    each = named(column, lambda pair: camps.get(pair[0]) if name == "camp" else pair[0])
    return Named(each.names, each.codes[kept]), column.owners[kept]


def differ(one: Named, other: Named) -> Ints:
    """1 where the names of two are not the same."""
    place = {name: number for number, name in enumerate(one.names)}
    same = np.array([place.get(name, -1) for name in other.names] or [0], dtype=np.int64)
    return np.asarray(one.codes != same[other.codes], dtype=np.int64)


def period(day: str | None, time: Time) -> str | None:
    """The period in which a day (or what is left of it) lies; weeks are those of ISO 8601.

    >>> period("2016-01-01", "month"), period("2016-01-01", "week")
    ('2016-01', '2015-W53')
    """
    if day is None or time == "day":
        return day
    if time == "week":
        year, week, _ = dt.date.fromisoformat(day).isocalendar()
        return f"{year:04d}-W{week:02d}"
    return day[: _LETTERS[time]]


def _row(keys: tuple[str | None, ...], sums: Sequence[int], beside: tuple[int, int] | None) -> StatsRow:
    killed, injured = Sum(*sums[2:6]), Sum(*sums[6:10])
    return StatsRow(keys, sums[0], sums[1], killed, injured, *(beside or ()))


def _order(row: StatsRow, at: int | None) -> tuple[object, ...]:
    when = row.keys[at] if at is not None else ""
    return when is None, when or "", -row.events, tuple(key or "\uffff" for key in row.keys)


def coverage(connection: Connection, filter: Filter, time: Time) -> dict[str, tuple[int, int]]:
    """Articles and outlets of each period of publication, within the days and outlets of the filter."""
    own = (filter.start, filter.end, filter.as_of, filter.held_back, filter.outlets)
    answered: Answered = connection.info.get(ANSWERED, _made)
    found = answered(f"coverage {time} {own}", lambda: orjson.dumps(_coverage(connection, filter, time)))
    return {name: (number, outlets) for name, number, outlets in orjson.loads(found)}


Answered = Callable[[str, Callable[[], bytes]], bytes]
ANSWERED = "answers that hold"
"""The name under which a connection's `info` may hold what keeps answers for as long as the record stays as it is."""


def _made(_: str, make: Callable[[], bytes]) -> bytes:
    return make()


def _coverage(connection: Connection, filter: Filter, time: Time) -> list[tuple[str, int, int]]:
    begin = _begin(articles.c.published, time, connection)
    asked = select(begin, func.count(), func.count(articles.c.outlet.distinct())).where(
        articles.c.published.is_not(None),
        (articles.c.newer + "").is_(None),  # as no index on it: the one that holds all that is asked is quicker
        *of_articles(filter),
    )
    rows = connection.execute(asked.group_by(begin))
    return [(period(day, time) or "", number, outlets) for day, number, outlets in rows]


def _begin(day: ColumnElement[Any], time: Time, connection: Connection) -> ColumnElement[Any]:
    """A period of SQL that `period` understands: what is left of a day, or the Monday of its week."""
    if time != "week":
        return func.substr(day, 1, _LETTERS.get(time, 10))
    if connection.dialect.name == "sqlite":
        return func.date(day, "weekday 0", "-6 days")
    return func.to_char(func.date_trunc("week", cast(day, Date)), "YYYY-MM-DD")


def _labels(connection: Connection, by: Sequence[Dimension], rows: Sequence[StatsRow]) -> dict[str, str]:
    """The names of the places and actors among the keys: Arabic, with the English one where there is one."""
    found: dict[str, str] = {}
    for name, table in (("actor", actors), ("place", places)):
        if name not in by:
            continue
        at = by.index(name)
        ids = sorted({key for row in rows if (key := row.keys[at])})
        for begin in range(0, len(ids), 1000):
            asked = select(table.c.id, table.c.name_ar, table.c.name_en).where(
                table.c.id.in_(ids[begin : begin + 1000])
            )
            found |= {id: " / ".join(dict.fromkeys(filter(None, (ar, en)))) for id, ar, en in connection.execute(asked)}
    return found
