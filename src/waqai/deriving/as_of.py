"""Incidents as they were known on a day: put together anew from the reports known by then, beside the record, not in it."""

import datetime as dt
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sqlalchemy import BindParameter, Connection, and_, bindparam, create_engine, select

from waqai.deriving.neighbours import Around, PlaceIndex, reports_around
from waqai.deriving.rulings import rulings
from waqai.incidents.candidates import window
from waqai.incidents.merging import Merger
from waqai.incidents.rulings import Rulings
from waqai.knowledge.incidents import load_incidents
from waqai.model.account import Account
from waqai.queries.conditions import INCIDENTS, REPORTS, conditions
from waqai.queries.filters import Filter
from waqai.queries.listing import Stored, every
from waqai.records_reading import Packing
from waqai.store.incidents import by_number, clustered, write_incidents
from waqai.store.reading import facts_of
from waqai.store.schema import METADATA, actors, articles, incident_actors, incident_sources, incidents, places, reports
from waqai.store.statements import chunks, insert_new

_AT_ONCE = 500
_TOGETHER = (
    ("types",), ("actors", "roles"), ("camps", "roles"), ("places",), ("box",), ("area",), ("country",), ("governorates",),
    ("pcode",), ("start", "end"), ("sources",), ("outlets",), ("min_killed",), ("words",),
)  # fmt: skip
_IDS: BindParameter[list[str]] = bindparam("ids", expanding=True)


def incidents_then(connection: Connection, filter: Filter, limit: int | None = None) -> Iterator[Stored]:
    """The incidents that fit, at most `limit`, as they were known at the end of the day `filter.as_of`, by day and id.

    What persons decided since holds for them too. Only reports that can have to do with what is asked are clustered.
    Raises ValueError when the filter names no day, QueryError when it asks what it cannot be asked for.
    """
    if filter.as_of is None:
        raise ValueError("the filter names no day")
    merger, decided = Merger(load_incidents()), rulings(connection)
    told = _told(connection, filter)
    with _beside(connection) as then:
        for accounts in _batches(connection, filter, filter.as_of, merger):
            _write(then, accounts, merger, decided, told)
        rest = replace(filter, as_of=None, outlets=(), words=None, incident=None)
        yield from every(then, rest, INCIDENTS, limit)


@contextmanager
def _beside(connection: Connection) -> Iterator[Connection]:
    """An empty record of incidents in a temporary folder, which knows the places and actors of this one."""
    kept = (incidents, incident_actors, incident_sources, places, actors)
    with tempfile.TemporaryDirectory(prefix="waqai-as-of-") as folder:
        engine = create_engine(f"sqlite:///{Path(folder) / 'then.db'}")
        try:
            METADATA.create_all(engine, tables=kept)
            with engine.connect() as then:
                for table in (places, actors):
                    rows = [dict(row) for row in connection.execute(select(table)).mappings()]
                    for some in chunks(rows, _AT_ONCE):
                        insert_new(then, table, some)
                yield then
        finally:
            engine.dispose()


def _told(connection: Connection, filter: Filter) -> set[str] | None:
    """The reports of which an incident has to hold one, where that is asked; None where it is not."""
    if filter.incident is not None:
        return {filter.incident}
    if not filter.words and not filter.outlets:
        return None
    asked = Filter(words=filter.words, outlets=filter.outlets, as_of=filter.as_of)
    return set(connection.scalars(select(reports.c.id).where(*conditions(connection, asked, REPORTS))))


def _batches(connection: Connection, filter: Filter, day: dt.date, merger: Merger) -> Iterator[list[Account]]:
    """The accounts known by the day, those that may be linked in one batch: whole components of today, which hold those of
    then. What counted then and counts no longer is in no component of today; it comes with all it may be linked to."""
    packing = Packing()
    wanted = _components(connection, filter)
    past = list(_past(connection, day, packing))
    linked = _linked(connection, past, merger, packing) if past else set()
    if past:
        yield [*past, *_known(connection, sorted(linked), day, packing)]
    for some in chunks(sorted(wanted - linked), _AT_ONCE):
        yield _known(connection, some, day, packing)


def _known(connection: Connection, components: Sequence[str], day: dt.date, packing: Packing) -> list[Account]:
    known = and_(reports.c.component.in_(_IDS), reports.c.known <= day.isoformat())
    return [one.account for one in clustered(connection, known, components, packing)]


def _components(connection: Connection, filter: Filter) -> set[str]:
    """The components that can hold an incident that fits: for each thing asked, one of their reports tells it.

    No single report has to tell all of it: an incident has its place from one and its toll from another.
    """
    found: set[str] | None = None
    if filter.incident is not None:
        found = set(_of(connection, Filter(as_of=filter.as_of), filter.incident))
    for names in _TOGETHER:
        asked = {name: getattr(filter, name) for name in names}
        if any(asked[name] not in (None, ()) for name in names if name != "roles"):
            some = set(_of(connection, replace(Filter(as_of=filter.as_of), **asked)))
            found = some if found is None else found & some
    return set(_of(connection, Filter(as_of=filter.as_of))) if found is None else found


def _of(connection: Connection, filter: Filter, report: str | None = None) -> Iterable[str]:
    fitting = conditions(connection, filter, REPORTS)
    if report is not None:
        fitting.append(reports.c.id == report)
    asked = select(reports.c.component).where(reports.c.component.is_not(None), *fitting).distinct()
    return [str(component) for component in connection.scalars(asked)]


def _past(connection: Connection, day: dt.date, packing: Packing) -> Iterator[Account]:
    """The accounts that counted on the day, but count no longer."""
    of_article = [articles.c[name] for name in ("key", "doc_id", "copy_of", "outlet", "published", "known")]
    asked = (
        select(reports.c.id, reports.c.account, *of_article)
        .join(articles, reports.c.article == articles.c.number)
        .where(reports.c.superseded > day.isoformat(), reports.c.known <= day.isoformat())
        .order_by(reports.c.number)
    )
    for row in connection.execute(asked):
        yield packing.unpack(row.id, row.account, facts_of(row))


def _linked(connection: Connection, past: Sequence[Account], merger: Merger, packing: Packing) -> set[str]:
    """The components of today that these accounts are linked to."""
    known = merger.knowledge
    windows = [one for account in past if (one := window(account, known)) is not None]
    numbers = reports_around(connection, Around(windows, PlaceIndex(connection, known)), known.longest)
    near = list(by_number(connection, numbers, packing))
    ids = {account.report_id for account in merger.linked(past, [one.account for one in near])}
    return {one.component for one in near if one.account.report_id in ids and one.component is not None}


def _write(
    then: Connection, accounts: Sequence[Account], merger: Merger, decided: Rulings, told: set[str] | None
) -> None:
    made = [
        (merger.incident(held, merges, decided), held)
        for group in merger.groups(accounts, decided)
        for held, merges in group.incidents
        if told is None or any(account.report_id in told for account in held)
    ]
    for some in chunks(made, _AT_ONCE):
        write_incidents(then, some, merger.knowledge.codebook)
