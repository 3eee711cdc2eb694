"""Adding the reports and holdings of articles that stand in the record, and whom, where and whose words they name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from waqai.knowledge.codebook import Codebook
from waqai.model.control import Holding
from waqai.model.report import Report
from waqai.records_reading import ArticleFacts, Packing
from waqai.store.rows import Row, actor_row, actors_of, holding_row, place_row, places_of, report_rows, sources_of
from waqai.store.schema import actors, holdings, pending, places, report_actors, report_sources, reports, sources
from waqai.store.statements import insert_new, insert_or_fill, insert_rows


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
            rows.append(made.report | {"number": number, "article": one.number, "superseded": one.superseded})
            roles += [{"actor": actor, "report": number, "role": role} for actor, role in made.actors]
            quoted += [
                {"source": key, "report": number, "stance": stance, "furthest": furthest}
                for key, stance, furthest in made.sources
            ]
    _name(connection, [report for one in found for report in one.reports])
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
    insert_or_fill(connection, places, _once((place_row(one.place) for one in every), "id"), ("lat", "lon"))
    insert_new(connection, actors, _once((actor_row(one.actor) for one in every if one.actor), "id"))
    insert_rows(connection, holdings, rows)
    waiting = sorted({row["place"] for row in rows if row["superseded"] is None})
    insert_new(connection, pending, [{"kind": "place", "what": place} for place in waiting])
    return len(rows)


def _name(connection: Connection, found: Sequence[Report]) -> None:
    """Those whom the reports name, in their own tables."""
    insert_or_fill(connection, places, _once(places_of(found), "id"), ("lat", "lon"))
    insert_new(connection, actors, _once(actors_of(found), "id"))
    insert_new(connection, sources, _once(sources_of(found), "key"))


def _once(rows: Iterable[Row], key: str) -> list[Row]:
    """Each key once, the row that has a point before others: one statement must not meet a key twice."""
    found: dict[str, Row] = {}
    for row in rows:
        held = found.get(row[key])
        if held is None or (held.get("lat") is None and row.get("lat") is not None):
            found[row[key]] = row
    return [found[key] for key in sorted(found)]
