"""The review desk: what is looked at next, what was decided, and what the decisions measure."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response
from sqlalchemy import Connection, Table, select

from waqai.deriving.correcting import DecisionError, Fault, field_kinds
from waqai.deriving.deciding import Decided
from waqai.model.mention import Actor, Place
from waqai.queries.review import Leave, QueueAsked, queue
from waqai.queries.review_figures import CONFIDENCE, agreements, precision
from waqai.queries.review_verdicts import Entry, JournalAsked, entries, told, verdicts
from waqai.sentences import NOBODY_NAMED
from waqai.serving.answers import json_answer, rows_answer
from waqai.serving.errors import Refused
from waqai.serving.params import Flat
from waqai.serving.review import (
    AgreementRows,
    DecidedShape,
    DecisionBody,
    DecisionRows,
    FieldRows,
    Journaling,
    KnownActor,
    KnownActors,
    KnownPlace,
    KnownPlaces,
    KnownShape,
    Measuring,
    PrecisionShape,
    Queueing,
    QueuePage,
    Seeking,
    agreement_json,
    check_sample,
    decided_json,
    entry_json,
    field_json,
    precision_json,
    queued_json,
    sample_of,
)
from waqai.serving.review_rows import (
    AGREEMENT,
    JOURNAL,
    PRECISION,
    QUEUE,
    entry_row,
    precision_rows,
    queued_row,
)
from waqai.serving.served import Record, Served
from waqai.serving.shapes import ERRORS, Error
from waqai.serving.visitors import Asking, Visitor
from waqai.store.schema import actors, places

ROUTER = APIRouter(tags=["review"], responses=ERRORS | {409: {"model": Error, "description": "it is settled already"}})
_AT_ONCE = 500
_STATUS: dict[Fault, int] = {"unknown": 404, "wrong": 422, "settled": 409, "forbidden": 403}


@ROUTER.get("/queue", response_model=QueuePage)
def review_queue(served: Record, asking: Asking, query: Annotated[Queueing, Query()]) -> Response:
    """The reports to be looked at next: the most uncertain first, at random, the newest, or outlet by outlet. A file holds the
    first thousand."""
    person = _person(asking)
    leave: Leave = query.leave or ("mine" if query.order == "random" else "anyone")
    asked = QueueAsked(query.order, leave, person, query.rows, query.after)
    with served.read() as connection:
        said = verdicts(connection)
        found = queue(connection, served.filter(connection, query), asked, said)
    if query.format != "json":
        return rows_answer(QUEUE, query.format, (queued_json(one, said, person) for one in found.rows), queued_row)
    return json_answer(
        {
            "rows": [queued_json(one, said, person) for one in found.rows],
            "after": found.after,
            "order": query.order,
            "seed": found.seed,
            "sample": sample_of(query) if query.order == "random" else None,
            "considered": found.considered,
        }
    )


@ROUTER.get("/decisions", response_model=DecisionRows)
def journal(served: Record, asking: Asking, query: Annotated[Journaling, Query()]) -> Response:
    """The journal, the latest entry first. A reviewer is not shown what others said of reports that she has not judged."""
    blind = asking.name if asking.role != "admin" else None
    asked = JournalAsked(query.person, query.action, query.article, query.report, blind, query.rows, query.after)
    with served.read() as connection:
        if query.format != "json":
            found = map(entry_json, _every(connection, asked, query.limit))
            return rows_answer(JOURNAL, query.format, found, entry_row)
        page = entries(connection, asked)
    return json_answer({"rows": [entry_json(one) for one in page.rows], "after": page.after})


def _every(connection: Connection, asked: JournalAsked, limit: int | None) -> Iterator[Entry]:
    """The entries of all pages, or of the first `limit`."""
    after, left = asked.after, limit
    while left is None or left > 0:
        page = entries(connection, replace(asked, limit=_AT_ONCE if left is None else min(left, _AT_ONCE), after=after))
        yield from page.rows
        after, left = page.after, None if left is None else left - len(page.rows)
        if after is None:
            return


@ROUTER.post("/decisions", response_model=DecidedShape, status_code=201)
def decide(served: Record, asking: Asking, body: DecisionBody) -> Response:
    """Decide on a report. What the decision touches is derived again before the answer, which says what changed."""
    check_sample(body.sample)
    with _sentences():
        done = served.decider.decide(_person(asking), body.wish())
    served.standing.check_kept()
    return _decided(served, done)


@ROUTER.post("/decisions/{number}/undo", response_model=DecidedShape, status_code=201)
def undo(served: Record, asking: Asking, number: int) -> Response:
    """Take an entry back. This is an entry of its own: nothing is overwritten."""
    with _sentences():
        done = served.decider.undo(_person(asking), number, any_person=asking.role == "admin")
    served.standing.check_kept()
    return _decided(served, done)


@ROUTER.get("/fields", response_model=FieldRows)
def fields(served: Record) -> Response:
    """The fields of a report that can be corrected, and how."""
    return json_answer({"rows": [field_json(kind) for kind in field_kinds(served.codebook)]})


@ROUTER.get("/known/places", response_model=KnownPlaces)
def known_places(served: Record, query: Annotated[Seeking, Query()]) -> Response:
    """The places of the gazetteer by name, those too that the record does not name: a correction may give any of them."""
    return _known(served, served.known.places_holding(query.name, query.limit), places, KnownPlace)


@ROUTER.get("/known/actors", response_model=KnownActors)
def known_actors(served: Record, query: Annotated[Seeking, Query()]) -> Response:
    """The parties that are known by name, those too that the record does not name: a correction may give any of them."""
    return _known(served, served.known.actors_holding(query.name, query.limit), actors, KnownActor)


def _known(served: Served, found: Sequence[Place | Actor], table: Table, shape: type[KnownShape]) -> Response:
    with served.read() as connection:
        recorded = set(connection.scalars(select(table.c.id).where(table.c.id.in_([one.id for one in found]))))
    held = ({"recorded": one.id in recorded, **asdict(one)} for one in found)
    return json_answer({"rows": [{name: row[name] for name in shape.model_fields} for row in held]})


@ROUTER.get("/precision", response_model=PrecisionShape)
def sample_precision(served: Record, query: Annotated[Measuring, Query()]) -> Response:
    """How precise the coder is, by the verdicts in the random order of these conditions: overall, by type, field by field."""
    sample, names = sample_of(query), [kind.name for kind in field_kinds(served.codebook)]
    with served.read() as connection:
        found = precision(connection, served.filter(connection, query), sample, verdicts(connection), names)
    if query.format != "json":
        return rows_answer(PRECISION, query.format, precision_rows(found))
    return json_answer(precision_json(found, sample, CONFIDENCE))


@ROUTER.get("/agreement", response_model=AgreementRows)
def agreement(served: Record, format: Flat = "json") -> Response:
    """How far persons who have judged the same reports agree."""
    with served.read() as connection:
        found = agreements(verdicts(connection))
    if format != "json":
        return rows_answer(AGREEMENT, format, map(agreement_json, found))
    return json_answer({"rows": [agreement_json(one) for one in found]})


@contextmanager
def _sentences() -> Iterator[None]:
    """Let what cannot be decided leave with its status."""
    try:
        yield
    except DecisionError as error:
        raise Refused(_STATUS[error.fault], error.said) from None


def _person(asking: Visitor) -> str:
    if asking.name is None:
        raise Refused(403, NOBODY_NAMED())
    return asking.name


def _decided(served: Record, done: Decided) -> Response:
    with served.read() as connection:
        (entry,) = told(connection, [done.decision])
    made = json_answer(decided_json(done, entry))
    made.status_code = 201
    return made
