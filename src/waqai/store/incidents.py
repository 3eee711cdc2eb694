"""Incidents as they are kept: rows of reports that are clustered, incidents written with whom they name, ids that redirect."""

import datetime as dt
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import orjson
from sqlalchemy import BindParameter, ColumnElement, Connection, bindparam, case, delete, func, literal, select, update

from waqai.knowledge.codebook import Codebook
from waqai.model.account import Account, Outline
from waqai.model.incident import Incident
from waqai.records_incidents import incident_json
from waqai.records_reading import Packing
from waqai.store.counted_incidents import forget
from waqai.store.rows import Row, place_columns, source_key
from waqai.store.schema import (
    articles,
    incident_actors,
    incident_redirects,
    incident_sources,
    incidents,
    pending,
    reports,
)
from waqai.store.statements import chosen, chunks, insert_new, insert_new_from, insert_rows

_CHUNK = 5000
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
COUNTS: ColumnElement[bool] = reports.c.superseded.is_(None)


class Placed(NamedTuple):
    """Where a report was put, and the bits and the end of its strongest link; all None while it waits or where it is in none."""

    incident: str | None = None
    component: str | None = None
    top: float | None = None
    nearest: str | None = None


class Clustered(NamedTuple):
    """A report of the record as it is clustered: its number, where it was put (None while it waits) with its strongest link (its
    bits and where it leads, None where it has none), and its outline, packed, with what of its article belongs to it."""

    number: int
    incident: str | None
    component: str | None
    top: float | None
    nearest: str | None
    report_id: str
    packed: str
    article_key: str
    copy_of: str
    day: str

    def outline(self, packing: Packing) -> Outline:
        """Its outline, opened."""
        return packing.outline(self.report_id, self.packed, self.article_key, self.copy_of, self.known)

    @property
    def known(self) -> dt.date:
        """The day from which the record can have known it."""
        return dt.date.fromisoformat(self.day)


def waiting_reports(connection: Connection) -> list[int]:
    """The numbers of the reports that wait to be clustered, those of one region in the order of their days."""
    of = reports.c.governorate
    province = case(
        (of == "Rural Damascus", "Damascus"), else_=of
    )  # reports name either; see `incidents.places.province`
    statement = (
        select(reports.c.number)
        .join(pending, (pending.c.kind == "report") & (pending.c.what == reports.c.id))
        .where(COUNTS)
        .order_by(reports.c.country, province, reports.c.start, reports.c.number)
    )
    return list(connection.scalars(statement))


def some_wait(connection: Connection) -> bool:
    """Whether any report waits to be clustered."""
    return connection.scalar(select(literal(1)).where(pending.c.kind == "report").limit(1)) is not None


def clustered(
    connection: Connection,
    condition: ColumnElement[bool],
    ids: Iterable[Any],
    known: Container[int] = (),
    counts: ColumnElement[bool] = COUNTS,
) -> Iterator[Clustered]:
    """The reports that count and meet a condition on the parameter `ids`, which is given in pieces, but for those whose
    numbers are known."""
    own = [reports.c[name] for name in ("number", "incident", "component", "top", "nearest", "id", "outline")]
    of_article = [
        articles.c.key,
        articles.c.copy_of,
        reports.c.known,
    ]  # the same day as the article's, which stands behind its text
    statement = select(*own, *of_article).join(articles, reports.c.article == articles.c.number)
    statement = statement.where(counts, condition)
    for some in chunks(sorted(set(ids)), _CHUNK):
        for row in chosen(connection, statement, some):
            if row[0] not in known:
                yield Clustered._make(row)


def by_number(connection: Connection, numbers: Iterable[int]) -> Iterator[Clustered]:
    """The reports with these numbers that count."""
    return clustered(connection, reports.c.number.in_(_IDS), numbers)


def by_id(connection: Connection, ids: Iterable[str]) -> Iterator[Clustered]:
    """The reports with these ids that count."""
    return clustered(connection, reports.c.id.in_(_IDS), ids)


def by_component(connection: Connection, components: Iterable[str], known: Container[int]) -> Iterator[Clustered]:
    """The reports of these components that count, but for those whose numbers are known."""
    return clustered(connection, reports.c.component.in_(_IDS), components, known)


def write_incidents(
    connection: Connection, made: Sequence[tuple[Incident, Sequence[Account]]], codebook: Codebook
) -> None:
    """Add these incidents, each with its reports' accounts; none with their ids may be there."""
    rows: list[Row] = []
    roles: list[Row] = []
    quoted: list[Row] = []
    for incident, accounts in made:
        rows.append(incident_row(incident, min(account.known for account in accounts).isoformat(), codebook))
        roles += [{"actor": actor, "incident": incident.id, "role": role} for actor, role in _roles(incident)]
        quoted += [{"source": key, "incident": incident.id} for key in sorted(_sources(accounts))]
    for table, added in ((incidents, rows), (incident_actors, roles), (incident_sources, quoted)):
        insert_rows(connection, table, added)
    forget(connection, [row["id"] for row in rows])


def drop_incidents(connection: Connection, ids: Iterable[str]) -> None:
    """Delete the incidents with these ids."""
    gone = sorted(ids)
    forget(connection, gone)
    for some in chunks(gone, _CHUNK):
        for table, key in ((incident_actors, "incident"), (incident_sources, "incident"), (incidents, "id")):
            connection.execute(delete(table).where(table.c[key].in_(_IDS)), {"ids": list(some)})


def place_reports(connection: Connection, rows: Mapping[int, Placed]) -> None:
    """Say of the reports with these numbers where they were put."""
    if not rows:
        return
    values: dict[str, BindParameter[Any]] = {
        "incident": bindparam("to"),
        "component": bindparam("within"),
        "top": bindparam("bits"),
        "nearest": bindparam("end"),
    }
    statement = update(reports).where(reports.c.number == bindparam("of")).values(values)
    compiled = statement.compile(dialect=connection.dialect)
    given = [
        {"of": of, "to": one.incident, "within": one.component, "bits": one.top, "end": one.nearest}
        for of, one in sorted(rows.items())
    ]
    if compiled.positiontup is None:
        connection.exec_driver_sql(str(compiled), given)
    else:
        connection.exec_driver_sql(
            str(compiled), [tuple([row[name] for name in compiled.positiontup]) for row in given]
        )


def wake(connection: Connection) -> None:
    """Let the reports wait whose strongest link leads to one that waits: it may be another one now."""
    waiting = select(pending.c.what).where(pending.c.kind == "report")
    led = select(literal("report"), reports.c.id).where(COUNTS, reports.c.nearest.in_(waiting))
    insert_new_from(connection, pending, ("kind", "what"), led)


def led_to(connection: Connection, numbers: Sequence[int]) -> list[int]:
    """The numbers of the reports whose strongest link leads to one of these."""
    ids = select(reports.c.id).where(reports.c.number.in_(numbers))
    return list(connection.scalars(select(reports.c.number).where(COUNTS, reports.c.nearest.in_(ids))))


def no_longer_wait(connection: Connection, ids: Sequence[str]) -> None:
    """The reports with these ids wait no longer."""
    for some in chunks(ids, _CHUNK):
        connection.execute(delete(pending).where(pending.c.kind == "report", pending.c.what.in_(_IDS)), {"ids": some})


def forget_lost(connection: Connection) -> int:
    """Take from what waits the reports that count no longer, and delete incidents that have lost all reports. How many."""
    there = select(reports.c.id).where(COUNTS)
    connection.execute(delete(pending).where(pending.c.kind == "report", pending.c.what.not_in(there)))
    lost = list(connection.scalars(select(pending.c.what).where(pending.c.kind == "incident")))
    empty: list[str] = []
    for some in chunks(lost, _CHUNK):
        held = set(
            connection.scalars(select(reports.c.incident).where(reports.c.incident.in_(_IDS)).distinct(), {"ids": some})
        )
        empty += [id for id in some if id not in held]
    count = 0
    for some in chunks(empty, _CHUNK):
        asked = select(func.count()).select_from(incidents).where(incidents.c.id.in_(_IDS))
        count += connection.scalar(asked, {"ids": list(some)}) or 0
    drop_incidents(connection, empty)
    connection.execute(delete(pending).where(pending.c.kind == "incident"))
    return count


def redirect(connection: Connection, moved: Mapping[str, str], alive: Iterable[str]) -> None:
    """Let the old ids lead to the new ones, to the end of each chain; an id that is `alive` again leads nowhere else."""
    for some in chunks(sorted(alive), _CHUNK):
        connection.execute(delete(incident_redirects).where(incident_redirects.c.old.in_(_IDS)), {"ids": list(some)})
    if not moved:
        return
    rows = [{"was": old, "now": new} for old, new in moved.items()]
    for some in chunks([row["was"] for row in rows], _CHUNK):
        connection.execute(delete(incident_redirects).where(incident_redirects.c.old.in_(_IDS)), {"ids": list(some)})
    follow = update(incident_redirects).where(incident_redirects.c.new == bindparam("was")).values(new=bindparam("now"))
    connection.execute(follow, rows)
    insert_new(connection, incident_redirects, [{"old": row["was"], "new": row["now"]} for row in rows])


def current_id(connection: Connection, id: str) -> str:
    """The id of the incident that an id leads to: itself, or the one that it became a part of."""
    return connection.scalar(select(incident_redirects.c.new).where(incident_redirects.c.old == id)) or id


def incident_row(incident: Incident, known: str, codebook: Codebook) -> Row:
    """The row of an incident of which the earliest report was known on the day `known`."""
    date = incident.date if incident.date and incident.date.start else None
    row: Row = {
        "id": incident.id,
        "event_type": codebook.event_type(incident.sub_event_type),
        "sub_event_type": incident.sub_event_type,
        "modality": incident.modality,
        "disputed": incident.disputed,
        "background": incident.background,
        **place_columns(incident.place),
        "start": date.start.isoformat() if date and date.start else None,
        "end": date.end.isoformat() if date and date.end else None,
        "date_precision": date.precision if date else None,
    }
    for name, toll in (("killed", incident.killed), ("injured", incident.injured)):
        row |= {f"{name}_low": toll.low if toll else None, f"{name}_best": toll.best if toll else None}
        row |= {f"{name}_high": toll.high if toll else None}
    return row | {
        "grade": incident.grading.grade if incident.grading else None,
        "voices": incident.independent,
        "size": len(incident.reports),
        "known": known,
        "json": orjson.dumps(incident_json(incident, codebook)).decode(),
    }


def _roles(incident: Incident) -> list[tuple[str, str]]:
    """Whom an incident names in any version, and in which role, each once."""
    found = {(actor.id, "actor1") for version in incident.actors1 for actor in version.value}
    found |= {(actor.id, "actor2") for version in incident.actors2 for actor in version.value}
    found |= {(version.value.id, "blamed") for version in incident.blamed}
    return sorted(found)


def _sources(accounts: Iterable[Account]) -> set[str]:
    return {source_key(s) for account in accounts for claim in account.claims for s in claim.chain}
