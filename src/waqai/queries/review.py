"""The queue of the review desk: which reports a person looks at next, and why."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import orjson
from sqlalchemy import ColumnElement, Connection, Select, and_, or_, select

from waqai.queries.conditions import REPORTS, conditions
from waqai.queries.cursors import packed, unpacked
from waqai.queries.errors import QueryError
from waqai.queries.filters import Filter
from waqai.queries.review_doubts import Doubt, doubts, uncertainty
from waqai.queries.review_verdicts import Verdicts, verdicts
from waqai.records import Json
from waqai.sentences import NO_CURSOR, OF_QUEUE, OF_QUEUE_IN_ORDER
from waqai.store.decisions import seed_of
from waqai.store.schema import articles, reports

Order = Literal["uncertain", "random", "newest", "outlet"]
Leave = Literal["mine", "anyone", "nobody"]
ORDERS: tuple[Order, ...] = get_args(Order)
WINDOW = 2000
"""Reports of which the most uncertain are found, when more than so many fit: the first ones in random order."""
_AT_ONCE = 500
_LONGEST_CURSOR = 1000
_EMPTY = ""
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class QueueAsked:
    """A page of the queue of one person: in which order, and whose judged reports are left out."""

    order: Order = "uncertain"
    leave: Leave = "anyone"
    person: str | None = None
    limit: int = 20
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Queued:
    """A report to be looked at: its JSON as coded, its incident, its article, why it is uncertain and how much (0 to 1)."""

    id: str
    report: Json
    incident: str | None
    article: Json
    doubts: tuple[Doubt, ...]
    uncertainty: float


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of the queue, the cursor behind it, and how many reports its order was made from (None: all that fit)."""

    rows: tuple[Queued, ...]
    after: str | None
    considered: int | None
    seed: str


@dataclass(frozen=True, slots=True)
class _Phase:
    """A part of an order: its columns (True: falling), the conditions that hold in it, and whether no row has its first column."""

    columns: tuple[tuple[ColumnElement[Any], bool], ...]
    where: tuple[ColumnElement[bool], ...] = ()


def queue(connection: Connection, filter: Filter, asked: QueueAsked, said: Verdicts | None = None) -> Queue:
    """The next reports to look at. Raises QueryError for a cursor that no page of this order gave, or a wrong condition."""
    said = verdicts(connection) if said is None else said
    seed = seed_of(connection)
    left_out = _left_out(said, asked)
    fitting = conditions(connection, filter, REPORTS, paged=True)
    if asked.order == "uncertain":
        return _uncertain(connection, fitting, asked, left_out, seed)
    cursor = _read_cursor(asked.after, asked.order)
    keys = _keys(connection, fitting, _phases(asked.order, seed), cursor, left_out)
    page: list[tuple[Key, str]] = []
    for one in keys:
        page.append(one)
        if len(page) > asked.limit:
            break
    rows = _rows(connection, [id for _, id in page[: asked.limit]])
    after = _cursor(asked.order, page[asked.limit - 1][0]) if len(page) > asked.limit else None
    return Queue(tuple(rows), after, None, seed)


def _left_out(said: Verdicts, asked: QueueAsked) -> Callable[[str], bool]:
    if asked.leave == "nobody":
        return lambda _: False
    gone = said.by_report.keys() if asked.leave == "anyone" else said.by_person(asked.person or _EMPTY)
    return gone.__contains__


def _phases(order: Order, seed: str) -> tuple[_Phase, ...]:
    """An order as walks through indexes. At random means by the ids, which are hashes, from the seed on and round."""
    id, known, number = reports.c.id, articles.c.known, articles.c.number
    if order == "newest":
        return (_Phase(((known, True), (number, True), (reports.c.number, False))),)
    if order == "outlet":
        within = ((number, False), (reports.c.number, False))
        named = articles.c.outlet
        return (_Phase(((named, False), *within), (named.is_not(None),)), _Phase(within, (named.is_(None),)))
    return (_Phase(((id, False),), (id >= seed,)), _Phase(((id, False),), (id < seed,)))


def _keys(
    connection: Connection,
    fitting: Sequence[ColumnElement[bool]],
    phases: Sequence[_Phase],
    cursor: tuple[int, Key] | None,
    left_out: Callable[[str], bool],
    at_once: int = _AT_ONCE,
) -> Iterator[tuple[Key, str]]:
    """The rows of an order behind a cursor: the key of each (phase, values), and the report's id. Each question for `at_once` rows
    may have to sort all that fit."""
    begin, last = cursor or (0, None)
    for number in range(begin, len(phases)):
        phase = phases[number]
        while True:
            rows = connection.execute(_behind(fitting, phase, last).limit(at_once)).all()
            for row in rows:
                if not left_out(row.id):
                    yield (number, *row[1:]), row.id
            if len(rows) < at_once:
                break
            last = tuple(rows[-1][1:])
        last = None


def _behind(fitting: Sequence[ColumnElement[bool]], phase: _Phase, last: Key | None) -> Select[Any]:
    columns = [column.label(f"key{place}") for place, (column, _) in enumerate(phase.columns)]
    asked = select(reports.c.id, *columns).join(articles, reports.c.article == articles.c.number)
    asked = asked.where(*fitting, *phase.where)
    if last is not None:
        if len(last) != len(phase.columns):
            raise QueryError(NO_CURSOR(what=OF_QUEUE))
        asked = asked.where(_after(phase, last))
    return asked.order_by(*(column.desc() if falls else column.asc() for column, falls in phase.columns))


def _after(phase: _Phase, last: Key) -> ColumnElement[bool]:
    """What stands behind the last row: the first column that differs says so."""
    choices = []
    for place, ((column, falls), value) in enumerate(zip(phase.columns, last, strict=True)):
        same = [other == held for (other, _), held in zip(phase.columns[:place], last, strict=False)]
        choices.append(and_(*same, column < value if falls else column > value))
    return or_(*choices)


def _uncertain(
    connection: Connection,
    fitting: Sequence[ColumnElement[bool]],
    asked: QueueAsked,
    left_out: Callable[[str], bool],
    seed: str,
) -> Queue:
    """The most uncertain of the first reports in random order; of all that fit when they are few enough."""
    cursor = _read_cursor(asked.after, asked.order)
    ids: list[str] = []
    more = False
    for _, id in _keys(connection, fitting, _phases("random", seed), None, left_out, WINDOW + 1):
        more = len(ids) >= WINDOW
        if more:
            break
        ids.append(id)
    ranked = sorted(_rank(connection, ids))
    if cursor is not None:
        ranked = [one for one in ranked if list(one) > list(cursor[1])]
    page = ranked[: asked.limit]
    after = _cursor(asked.order, (0, *page[-1])) if len(ranked) > asked.limit else None
    return Queue(tuple(_rows(connection, [id for _, id in page])), after, len(ids) if more else None, seed)


def _rank(connection: Connection, ids: Sequence[str]) -> Iterator[tuple[float, str]]:
    for begin in range(0, len(ids), _AT_ONCE):
        held = select(reports.c.id, reports.c.json).where(reports.c.id.in_(ids[begin : begin + _AT_ONCE]))
        for id, json in connection.execute(held):
            yield -uncertainty(doubts(orjson.loads(json))), id


def _rows(connection: Connection, ids: Sequence[str]) -> list[Queued]:
    named = ("key", "doc_id", "title", "outlet", "url", "published", "synthetic")
    columns = [articles.c[name] for name in named]
    asked = select(reports.c.id, reports.c.json, reports.c.incident, *columns)
    asked = asked.join(articles, reports.c.article == articles.c.number).where(reports.c.id.in_(ids))
    found = {}
    for row in connection.execute(asked):
        record = orjson.loads(row.json)
        why = doubts(record)
        article = dict(zip(named, row[3:], strict=True))
        found[row.id] = Queued(row.id, record, row.incident, article, why, uncertainty(why))
    return [found[id] for id in ids]


def _cursor(order: Order, key: Key) -> str:
    return packed([order, *key])


def _read_cursor(text: str | None, order: Order) -> tuple[int, Key] | None:
    """The phase and the values of a cursor of this order."""
    if text is None:
        return None
    wrong = QueryError(NO_CURSOR(what=OF_QUEUE_IN_ORDER))
    held = unpacked(text[:_LONGEST_CURSOR])
    if not isinstance(held, list) or len(held) < 3 or held[0] != order or held[1] not in (0, 1):
        raise wrong
    kinds: dict[str, tuple[tuple[type, ...], ...]] = {
        "uncertain": ((float, str),),
        "random": ((str,), (str,)),
        "newest": ((str, int, int),),
        "outlet": ((str, int, int), (int, int)),
    }
    phases = kinds[order]
    expected = phases[held[1]] if held[1] < len(phases) else ()
    if [type(one) for one in held[2:]] != list(expected) or not all(map(_askable, held[2:])):
        raise wrong
    return held[1], tuple(held[2:])


def _askable(value: Any) -> bool:
    """Whether both databases can be asked for it."""
    return "\0" not in value if isinstance(value, str) else abs(value) < 2**31
