"""Adding the reports and holdings of articles that stand in the record, and whom, where and whose words they name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from waqai.knowledge.codebook import Codebook
from waqai.model.control import Holding
from waqai.model.mention import Place
from waqai.model.report import Report
from waqai.records_reading import ArticleFacts, Packing
from waqai.store.counted import PIECE, forget
from waqai.store.rows import Row, actor_row, holding_row, place_row, report_rows, source_key, source_row
from waqai.store.schema import actors, holdings, pending, places, report_actors, report_sources, reports, sources
from waqai.store.statements import chunks, insert_new, insert_or_fill, insert_rows


@dataclass(frozen=True, slots=True)
class Stored:
    """An article by its number in the record, with the facts its reports carry, and what was found in it.

    `superseded` is the day from which a newer version of it was known, None while it counts.
    """

    number: int
    facts: ArticleFacts
    superseded: str | None
    reports: tuple[Report, ...]
    holdings: tuple[Holding, ...]


def add_reports(connection: Connection, found: Sequence[Stored], codebook: Codebook, packing: Packing) -> int:
    """Add the reports of these articles, which have none; they wait to be clustered. How many there are."""
    number = connection.scalar(select(func.max(reports.c.number))) or 0
    rows: list[Row] = []
    roles: list[Row] = []
    quoted: list[Row] = []
    for one in found:
        for report in one.reports:
            number += 1
            made = report_rows(report, one.facts, codebook, packing)
            made.report.update(number=number, article=one.number, superseded=one.superseded)
            rows.append(made.report)
            roles += [{"actor": actor, "report": number, "role": role} for actor, role in made.actors]
            quoted += [
                {"source": key, "report": number, "stance": stance, "furthest": furthest}
                for key, stance, furthest in made.sources
            ]
    _name(connection, [report for one in found for report in one.reports])
    forget(connection, {row["number"] // PIECE for row in rows})
    for table, added in ((reports, rows), (report_actors, roles), (report_sources, quoted)):
        insert_rows(connection, table, added)
    waiting = [row["id"] for row in rows if row["superseded"] is None]
    insert_new(connection, pending, [{"kind": "report", "what": id} for id in waiting])
    return len(rows)


def add_holdings(connection: Connection, found: Sequence[Stored]) -> int:
    """Add the holdings of these articles, which have none; the control of their places waits to be told. How many there are."""
    rows = [
        holding_row(holding, one.facts.known) | {"article": one.number, "superseded": one.superseded}
        for one in found
        for holding in one.holdings
    ]
    if not rows:
        return 0
    every = [holding for one in found for holding in one.holdings]
    _add_places(connection, [one.place for one in every])
    named = {one.actor.id: one.actor for one in every if one.actor}
    insert_new(connection, actors, [actor_row(named[id]) for id in sorted(named)])
    insert_rows(connection, holdings, rows)
    waiting = sorted({row["place"] for row in rows if row["superseded"] is None})
    insert_new(connection, pending, [{"kind": "place", "what": place} for place in waiting])
    return len(rows)


def _name(connection: Connection, found: Sequence[Report]) -> None:
    """Those whom the reports name, in their own tables."""
    _add_places(connection, [report.place.place for report in found if report.place])
    claims = [claim for report in found for claim in report.claims]
    named = {
        one.actor.id: one.actor
        for group in (*((r.actor1, r.actor2) for r in found), *((claim.blames,) for claim in claims))
        for part in group
        for one in part
    }
    insert_new(connection, actors, [actor_row(named[id]) for id in sorted(named)])
    quoted = {source_key(one.source): one.source for claim in claims for one in claim.chain}
    insert_new(connection, sources, [source_row(quoted[key]) for key in sorted(quoted)])


def _add_places(connection: Connection, found: Iterable[Place]) -> None:
    """Each place once, by its own point before that of "near" it: one statement must not meet a key twice."""
    once: dict[str, Place] = {}
    for place in found:
        if place.id not in once or once[place.id].relation is not None:
            once[place.id] = place
    known = select(places.c.id).where(places.c.lat.is_not(None))
    placed = {
        id for some in chunks(sorted(once), 5000) for id in connection.scalars(known.where(places.c.id.in_(some)))
    }
    insert_or_fill(connection, places, [place_row(once[id]) for id in sorted(once)], ("lat", "lon"))
    towns = [id for id, place in once.items() if place.level == "settlement" and place.lat is not None]
    new = sorted(id for id in towns if id not in placed)  # a quarter may be theirs, and no other town's any more
    insert_new(connection, pending, [{"kind": "place", "what": id} for id in new])
