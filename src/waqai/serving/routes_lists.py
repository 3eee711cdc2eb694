"""Incidents and reports: lists, and one of each whole."""

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import Connection, select

from waqai.deriving.as_of import page_then
from waqai.exports.facts import Happening, Telling
from waqai.exports.flat import INCIDENT_COLUMNS, REPORT_TABLE, incident_row, telling_row
from waqai.queries.asking import day_of
from waqai.queries.conditions import INCIDENTS, REPORTS
from waqai.queries.errors import QueryError
from waqai.queries.filters import Filter
from waqai.queries.listing import Counted, Page, Stored, count, page
from waqai.queries.single import incident as incident_stored
from waqai.record.loading import happenings, happenings_of, tellings, tellings_of
from waqai.records import report_json
from waqai.records_incidents import incident_json
from waqai.sentences import NO_SUCH_CURSOR, NOT_KNOWN_THEN
from waqai.serving.answers import Item, Table, file_answer, json_answer, json_bytes, page_bytes
from waqai.serving.decided import decisions_on
from waqai.serving.errors import Refused, not_found, shortened
from waqai.serving.params import Dated, ReportListing
from waqai.serving.reasons import reasons
from waqai.serving.served import Record, Served
from waqai.serving.shapes import ERRORS, IncidentPage, IncidentRows, Report, ReportRows, Why
from waqai.serving.shown import incident_shown
from waqai.serving.totals import total
from waqai.serving.visitors import Asking, Visitor
from waqai.store.reading import StoredReport, article_by_number, report_by_id
from waqai.store.schema import articles
from waqai.store.schema import reports as reports_

ROUTER = APIRouter(tags=["incidents and reports"], responses=ERRORS)
_INCIDENTS = Table("incidents", [column.name for column in INCIDENT_COLUMNS], points=True)
_REPORTS = Table("reports", [column.name for column in REPORT_TABLE], points=True)
_OFFSET = re.compile(r"then:(\d{1,9})")
_SECONDS = 120  # for a file of all rows


@ROUTER.get("/incidents", response_model=IncidentRows)
def incidents(served: Record, query: Annotated[Dated, Query()]) -> Response:
    """What happened, as all reports of it tell it, by day. With `as_of`, as it was known on that day (oldest first)."""
    if query.format != "json":
        with served.read(_SECONDS) as connection:
            filter = _then(_known(query, served.filter(connection, query)))
            found = happenings(connection, filter, whole=served.care.public, limit=query.limit)
            return file_answer(_INCIDENTS, query.format, (_incident(served, connection, one) for one in found))
    with served.read() as connection:
        filter = _known(query, served.filter(connection, query))
        more: dict[str, Any] = {}
        if filter.as_of is None:
            held = page(connection, filter, INCIDENTS, query.rows, query.after, order=query.order, worths=served.worths)
            more = total(served, "incidents", query, lambda: count(connection, filter, INCIDENTS))
        else:
            held, number = _page_then(connection, _then(filter), query.rows, query.after)
            more = {"total": number.number, "total_more": number.more}
        return json_bytes(page_bytes(_incidents_json(served, connection, held.rows), held.after, more))


def _known(query: Dated, filter: Filter) -> Filter:
    """With whether a point and a day are to be known."""
    placed, dated = (None if asked is None else asked == "yes" for asked in (query.placed, query.dated))
    return replace(filter, placed=placed, dated=dated)


def _then(filter: Filter) -> Filter:
    """Incidents put together anew as of a day need not be held back besides."""
    return replace(filter, held_back=None) if filter.as_of else filter


def _page_then(connection: Connection, filter: Filter, limit: int, after: str | None) -> tuple[Page[Stored], Counted]:
    """A page of incidents as they were known on a day, and how many there are: they are put together anew, so the cursor is a
    number of rows."""
    match = _OFFSET.fullmatch(after or "then:0")
    if match is None:
        raise QueryError(NO_SUCH_CURSOR())
    begin = int(match[1])
    found, number = page_then(connection, filter, begin, limit + 1)
    return Page(found[:limit], f"then:{begin + limit}" if len(found) > limit else None), number


def _incidents_json(served: Served, connection: Connection, held: tuple[Stored, ...]) -> Iterator[bytes]:
    if not served.care.public:
        yield from (stored.json.encode() for stored in held)
        return
    for stored in held:
        yield served.care.remembered(stored.json, lambda stored=stored: _redacted(served, connection, stored))  # type: ignore[misc]


def _redacted(served: Served, connection: Connection, stored: Stored) -> bytes:
    return _incident(served, connection, next(happenings_of(connection, [stored], whole=True))).json()


def _incident(served: Served, connection: Connection, found: Happening) -> Item:
    shown = served.care.happening(connection, found)
    return Item(
        lambda: orjson.dumps(incident_json(shown.incident, served.codebook)),
        lambda: incident_row(shown, served.codebook),
    )


@ROUTER.get("/incidents/{id}", response_model=IncidentPage, responses={307: {"description": "an id that is no more"}})
def incident(
    request: Request,
    served: Record,
    asking: Asking,
    id: str,
    as_of: Annotated[str | None, Query(description="as it was known at the end of this day")] = None,
) -> Response:
    """One incident: every version of every field, whose word it is, its reports whole, what persons decided. An id that was
    and is no more, or the beginning of one, redirects. With `as_of`, as the list of that day holds it."""
    with served.read() as connection:
        if as_of is not None:
            return _whole(served, connection, _as_of(served, connection, id, day_of(as_of, last=True)), asking)
        try:
            full = incident_shown(connection, served.care, id)
        except QueryError:
            raise not_found("incident", id) from None
        if full != id:
            return RedirectResponse(str(request.url_for("incident", id=full).path), 307)
        found = next(iter(happenings_of(connection, [incident_stored(connection, full)], whole=True)))
        return _whole(served, connection, _settled(served, connection, found), asking)


def _as_of(served: Served, connection: Connection, id: str, day: dt.date) -> Happening:
    """The incident as it was known on a day: the one that has its id from the report it has it from, or else the one that holds
    the first report of today's that was known by then."""
    filter = _then(served.care.filter(connection, Filter(as_of=day)))
    for report in _seeds(served, connection, id, str(filter.as_of)):
        then = next(happenings(connection, replace(filter, incident=report), whole=True, limit=1), None)
        if then is not None:
            return then
    raise Refused(404, NOT_KNOWN_THEN(id=shortened(id), day=str(filter.as_of)))


def _seeds(served: Served, connection: Connection, id: str, day: str) -> Iterator[str]:
    if 0 < len(id) <= 64 and id.isascii() and id.replace("-", "").isalnum():
        yield id
    with suppress(QueryError):
        full = incident_shown(connection, served.care, id)
        known = select(reports_.c.id).where(reports_.c.incident == full, reports_.c.known <= day)
        yield from connection.scalars(known.order_by(reports_.c.known, reports_.c.id).limit(1))


def _whole(served: Served, connection: Connection, found: Happening, asking: Visitor) -> Response:
    if served.care.public:
        found = served.care.happening(connection, found)
    record = incident_json(found.incident, served.codebook)
    told = {report.id: _shown_json(served, report_json(report, served.codebook)) for report in found.reports}
    for ref in record["reports"]:
        facts = found.articles.get(ref["article_key"])
        ref |= {"title": facts.title, "url": facts.url, "synthetic": facts.synthetic} if facts else {}
        ref["report"] = told.get(ref["id"])
    keys = [ref["article_key"] for ref in record["reports"]]
    record["decisions"] = [] if served.care.public else decisions_on(connection, keys, list(told), asking)
    return json_answer(record)


def _settled(served: Served, connection: Connection, found: Happening) -> Happening:
    """In public, the incident as it was known on the last day that is shown, when something later is told of it."""
    if not served.care.public:
        return found
    last, id = served.care.last_day, found.incident.id
    if count(connection, Filter(incident=id, held_back=last), INCIDENTS).number:
        return found
    then = next(happenings(connection, Filter(incident=id, as_of=last), whole=True, limit=1), None)
    if then is None:
        raise not_found("incident", id)
    return then


@ROUTER.get("/reports", response_model=ReportRows)
def reports(served: Record, query: Annotated[ReportListing, Query()]) -> Response:
    """The coded events, one for each article that tells of it, by day."""
    if query.format != "json":
        with served.read(_SECONDS) as connection:
            filter = _known(query, served.filter(connection, query, query.incident))
            found = tellings(connection, filter, query.limit)
            return file_answer(_REPORTS, query.format, (_report(served, connection, one) for one in found))
    with served.read() as connection:
        filter = _known(query, served.filter(connection, query, query.incident))
        held = page(connection, filter, REPORTS, query.rows, query.after, order=query.order, worths=served.worths)
        more = total(served, "reports", query, lambda: count(connection, filter, REPORTS))
        return json_bytes(page_bytes(_reports_json(served, connection, held.rows), held.after, more))


def _report(served: Served, connection: Connection, found: Telling) -> Item:
    shown = served.care.telling(connection, found)
    return Item(
        lambda: orjson.dumps(_shown_json(served, report_json(shown.report, served.codebook))),
        lambda: telling_row(shown, served.codebook) | ({"text_sha256": None} if served.care.public else {}),
    )


def _reports_json(served: Served, connection: Connection, held: tuple[Stored, ...]) -> Iterator[bytes]:
    """The reports as stored, with their articles beside them; in public, as they may be shown."""
    if served.care.public:
        for one in tellings_of(connection, held):
            yield orjson.dumps(_told_json(served, served.care.telling(connection, one)))
        return
    beside = _beside(connection, [one.id for one in held])
    for stored in held:
        yield stored.json.encode()[:-1] + b"," + orjson.dumps(beside[stored.id])[1:]


def _beside(connection: Connection, ids: list[str]) -> dict[str, dict[str, Any]]:
    """What stands beside a report: its incident, and what is known of its article."""
    table = articles.c
    columns = (table.title, table.outlet, table.url, table.published, table.synthetic)
    asked = select(reports_.c.id, reports_.c.incident, *columns).join(articles, reports_.c.article == table.number)
    return {
        row.id: {
            "incident": row.incident, "title": row.title, "outlet": row.outlet, "url": row.url,
            "published": row.published, "synthetic": bool(row.synthetic),
        }
        for row in connection.execute(asked.where(reports_.c.id.in_(ids)))
    }  # fmt: skip


def _told_json(served: Served, shown: Telling) -> dict[str, Any]:
    """A report with what is known of its article beside it."""
    article = shown.article
    published = article.published.isoformat() if article.published else None
    beside = {"incident": shown.incident, "title": article.title, "outlet": article.outlet, "url": article.url}
    record = _shown_json(served, report_json(shown.report, served.codebook))
    return record | beside | {"published": published, "synthetic": article.synthetic}


def _shown_json(served: Served, record: dict[str, Any]) -> dict[str, Any]:
    """A report as JSON; in public without what confirms a guess of its text."""
    return record | {"text_sha256": None} if served.care.public else record


def _stored(served: Served, connection: Connection, id: str) -> StoredReport:
    found = report_by_id(connection, id) if 0 < len(id) <= 64 and id.isascii() and id.isalnum() else None
    if found is None:
        raise not_found("report", id)
    article = article_by_number(connection, found.article)
    if article is None or not served.care.shows_day(article.known):
        raise not_found("report", id)
    return found


@ROUTER.get("/reports/{id}", response_model=Report)
def report(served: Record, id: str) -> Response:
    """One report, with its incident and its article."""
    with served.read() as connection:
        stored = _stored(served, connection, id)
        found = next(iter(tellings_of(connection, [Stored(stored.id, stored.json)])))
        shown = _told_json(served, served.care.telling(connection, found))
    return json_answer(shown | {"superseded": stored.superseded})


@ROUTER.get("/reports/{id}/why", response_model=Why)
def why(served: Record, id: str) -> Response:
    """Why a report says what it says: its article is coded again, and each field told with its rule, the words it rests on,
    and what else was considered."""
    with served.read() as connection:
        stored = _stored(served, connection, id)
        article = article_by_number(connection, stored.article)
    return json_answer(reasons(served, stored, article))
