"""Incidents and reports of a record with what an export needs of their reports and articles."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import bindparam, func, literal, select

from waqai.exports.facts import ArticleFacts, Happening, Level, Telling
from waqai.model.report import Report
from waqai.queries.conditions import INCIDENTS, REPORTS
from waqai.queries.listing import Stored, every
from waqai.records_incidents import incident_from
from waqai.records_reading import report_from
from waqai.store.schema import articles, reports

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from waqai.queries.filters import Filter

_STEP = 500
_LEAD = 4000


def stored_incidents(connection: "Connection", filter: "Filter", limit: int | None = None) -> Iterator[Stored]:
    """The incidents that fit, as stored; put together anew from what was known then when the filter has a day `as_of`."""
    if filter.as_of is None:
        return every(connection, filter, INCIDENTS, limit)
    from waqai.deriving.as_of import incidents_then

    return incidents_then(connection, filter, limit)


def happenings(
    connection: "Connection", filter: "Filter", *, whole: bool = False, limit: int | None = None
) -> Iterator[Happening]:
    """The incidents that fit, with their articles; with their reports, and lengths of texts, when `whole`."""
    for some in _parts(stored_incidents(connection, filter, limit)):
        yield from happenings_of(connection, some, whole=whole)


def happenings_of(connection: "Connection", some: Sequence[Stored], *, whole: bool = False) -> Iterator[Happening]:
    """These incidents with their articles; with their reports, and lengths of texts, when `whole`."""
    made = [incident_from(orjson.loads(stored.json)) for stored in some]
    ids = [ref.id for incident in made for ref in incident.reports]
    told = reports_by_id(connection, ids) if whole else {}
    held = article_facts(connection, (ref.article_key for incident in made for ref in incident.reports), whole=whole)
    for incident in made:
        keys = {ref.article_key for ref in incident.reports}
        yield Happening(
            incident,
            tuple(told[ref.id] for ref in incident.reports if ref.id in told),
            {key: held[key] for key in sorted(keys) if key in held},
        )


def tellings(connection: "Connection", filter: "Filter", limit: int | None = None) -> Iterator[Telling]:
    """The reports that fit, each with its article and the id of its incident."""
    for some in _parts(every(connection, filter, REPORTS, limit)):
        yield from tellings_of(connection, some)


def tellings_of(connection: "Connection", some: Sequence[Stored]) -> Iterator[Telling]:
    """These reports, each with its article and the id of its incident."""
    told = [report_from(orjson.loads(stored.json)) for stored in some]
    held = article_facts(connection, (report.article_key for report in told))
    asked = select(reports.c.id, reports.c.incident).where(reports.c.id.in_(bindparam("ids", expanding=True)))
    rows = connection.execute(asked, {"ids": [report.id for report in told]})
    incidents = {row.id: row.incident for row in rows}
    for report in told:
        yield Telling(report, held[report.article_key], incidents.get(report.id))


def _parts(found: Iterator[Stored]) -> Iterator[Sequence[Stored]]:
    while some := list(islice(found, _STEP)):
        yield some


def reports_by_id(connection: "Connection", ids: Sequence[str]) -> dict[str, Report]:
    """The reports with these ids, by id."""
    asked = select(reports.c.id, reports.c.json).where(reports.c.id.in_(bindparam("ids", expanding=True)))
    found: dict[str, Report] = {}
    for begin in range(0, len(ids), _STEP):
        rows = connection.execute(asked, {"ids": ids[begin : begin + _STEP]})
        found |= {id: report_from(orjson.loads(json)) for id, json in rows}
    return found


def article_facts(connection: "Connection", keys: Iterable[str], *, whole: bool = False) -> dict[str, ArticleFacts]:
    """The articles with these keys as an export cites them, by key; lengths of texts only when `whole`."""
    table = articles.c
    length: Any = func.length(table.text) if whole else literal(0)
    begin: Any = func.substr(table.text, 1, _LEAD) if whole else literal("")
    columns = (
        table.key, table.doc_id, table.title, table.outlet, table.url, table.language, table.published, table.stored,
        table.synthetic, length.label("length"), begin.label("begin"),
    )  # fmt: skip
    asked = select(*columns).where(table.key.in_(bindparam("keys", expanding=True)))
    wanted = sorted(set(keys))
    found: dict[str, ArticleFacts] = {}
    for at in range(0, len(wanted), _STEP):
        for row in connection.execute(asked, {"keys": wanted[at : at + _STEP]}):
            found[row.key] = ArticleFacts(
                row.key, row.doc_id, row.title, row.outlet, row.url, row.language,
                dt.date.fromisoformat(row.published) if row.published else None,
                _moment(row.stored), bool(row.synthetic), row.length, lead_of(row.begin),
            )  # fmt: skip
    return found


def _moment(text: str) -> dt.datetime:
    moment = dt.datetime.fromisoformat(text)
    return moment.astimezone(dt.UTC) if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def lead_of(text: str) -> int:
    r"""Where the first paragraph of a text ends, in code points.

    >>> lead_of("\n  حلب: قصف.\nوقال شهود.")
    12
    """
    start = len(text) - len(text.lstrip())
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def coders(connection: "Connection") -> tuple[str, ...]:
    """The coders whose reports the record holds: name, version, knowledge."""
    return tuple(connection.scalars(select(articles.c.coder).distinct().order_by(articles.c.coder)))


def level_items(
    connection: "Connection", filter: "Filter", level: Level, *, whole: bool
) -> Iterator[Happening] | Iterator[Telling]:
    """What an export of this level is made of."""
    return happenings(connection, filter, whole=whole) if level == "incidents" else tellings(connection, filter)
