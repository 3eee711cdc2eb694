"""Incidents as they were known on a day: put together anew from the reports known by then, beside the record, not in it."""

import datetime as dt
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Connection, bindparam, create_engine, select

from waqai.deriving.corrected import CorrectedReader
from waqai.deriving.neighbours import Around, PlaceIndex, reports_around
from waqai.deriving.rulings import rulings
from waqai.incidents.candidates import window
from waqai.incidents.features import Maker
from waqai.incidents.merging import Meeting, Merger, Tie
from waqai.knowledge.incidents import load_incidents
from waqai.model.account import Outline
from waqai.queries.conditions import INCIDENTS, REPORTS, conditions
from waqai.queries.filters import Filter
from waqai.queries.listing import Counted, Stored, count, every
from waqai.store.incidents import clustered, write_incidents
from waqai.store.schema import (
    METADATA,
    actors,
    counted_incidents,
    incident_actors,
    incident_sources,
    incidents,
    places,
    reports,
)
from waqai.store.statements import chunks, insert_new

_AT_ONCE = 500
_SEEDS = 20_000
_TOGETHER = (
    ("types",), ("actors", "roles"), ("camps", "roles"), ("places",), ("box",), ("area",), ("country",), ("governorates",),
    ("pcode",), ("start", "end"), ("sources",), ("outlets",), ("min_killed",), ("words",),
)  # fmt: skip
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)


def incidents_then(connection: Connection, filter: Filter, limit: int | None = None) -> Iterator[Stored]:
    """The incidents that fit, at most `limit`, as they were known at the end of the day `filter.as_of`, by day and id.

    What persons decided since holds for them too. Only reports that can have to do with what is asked are clustered.
    Raises ValueError when the filter names no day, QueryError when it asks what it cannot be asked for.
    """
    with _made_anew(connection, filter) as (beside, rest):
        yield from every(beside, rest, INCIDENTS, limit)


def page_then(connection: Connection, filter: Filter, begin: int, limit: int) -> tuple[tuple[Stored, ...], Counted]:
    """At most `limit` of these incidents behind the first `begin`, and how many there are. Raises what `incidents_then` raises."""
    with _made_anew(connection, filter) as (beside, rest):
        rows = islice(every(beside, rest, INCIDENTS, begin + limit), begin, None)
        return tuple(rows), count(beside, rest, INCIDENTS)


@contextmanager
def _made_anew(connection: Connection, filter: Filter) -> Iterator[tuple[Connection, Filter]]:
    """A record of the incidents of then, and what of the filter is still to be asked of it."""
    if filter.as_of is None:
        raise ValueError("the filter names no day")
    then = _Then(connection, filter.as_of)
    told = _told(connection, filter)
    written: set[str] = set()
    with _beside(connection) as beside:
        for some in chunks(_asked(connection, filter), _SEEDS):
            then.write(beside, then.around([number for number in some if number not in then.done]), told, written)
        yield beside, replace(filter, as_of=None, outlets=(), words=None, incident=None)


@contextmanager
def _beside(connection: Connection) -> Iterator[Connection]:
    """An empty record of incidents in a temporary folder, which knows the places and actors of this one."""
    kept = (incidents, incident_actors, incident_sources, counted_incidents, places, actors)
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


def _asked(connection: Connection, filter: Filter) -> list[int]:
    """The numbers of reports of which an incident that fits has to hold one, those of one place and day together.

    No single report has to tell all that is asked: an incident has its place from one and its toll from another. So they
    are those that tell one thing asked, the one that fewest tell.
    """
    found = None
    if filter.incident is not None:
        found = _of(connection, Filter(as_of=filter.as_of), filter.incident)
    for names in _TOGETHER:
        asked = {name: getattr(filter, name) for name in names}
        if any(asked[name] not in (None, ()) for name in names if name != "roles"):
            some = _of(connection, replace(Filter(as_of=filter.as_of), **asked))
            found = some if found is None or len(some) < len(found) else found
    return _of(connection, Filter(as_of=filter.as_of)) if found is None else found


def _of(connection: Connection, filter: Filter, report: str | None = None) -> list[int]:
    fitting = conditions(connection, filter, REPORTS)
    if report is not None:
        fitting.append(reports.c.id == report)
    asked = select(reports.c.number).where(*fitting)
    return list(connection.scalars(asked.order_by(reports.c.governorate, reports.c.start, reports.c.number)))


@dataclass(frozen=True, slots=True)
class _Linked:
    """Reports by number that are whole components as they were on the day, and the strongest tie of each that has one."""

    outlines: Mapping[int, Outline]
    ties: Mapping[str, Tie]


class _Then:
    """The reports that were known and counted on a day, and what they are linked to."""

    def __init__(self, connection: Connection, day: dt.date) -> None:
        """Take the decisions of today."""
        self._connection, self._day = connection, day
        self._merger, self._decided = Merger(load_incidents()), rulings(connection)
        self._reader = CorrectedReader(self._merger.knowledge)
        self._index = PlaceIndex(connection, self._merger.knowledge)
        self._seen: dict[
            int, Outline | None
        ] = {}  # what was read for the components that are looked for; None: not there
        self.done: set[int] = set()

    def around(self, seeds: Iterable[int]) -> _Linked:
        """The components in which these reports were.

        What a report is joined to depends on the strongest links of both, so those of all that it is linked to are found.
        """
        known = self._merger.knowledge
        self._seen.clear()
        held: dict[int, Outline] = {}
        ties: dict[str, Tie] = {}
        maker, frontier = Maker(known), self._read(seeds)
        while frontier:
            held |= frontier
            near, meeting = self._met(frontier, maker)
            ties |= self._own(meeting)
            linked = meeting.linked()
            ring = {
                n: a for n, a in near.items() if n not in held and a.report_id in linked and a.report_id not in ties
            }
            if ring:
                ties |= self._own(self._met(ring, maker)[1])
            joined = meeting.joined(ties) | self._partners(frontier.values())
            frontier = {number: a for number, a in near.items() if a.report_id in joined and number not in held}
            frontier |= self._read_ids(self._partners(held.values()) - {a.report_id for a in held.values()})
        self.done |= held.keys()
        return _Linked(held, ties)

    def _own(self, meeting: Meeting) -> dict[str, Tie]:
        own = {outline.report_id for outline in meeting.outlines[: meeting.new]}
        return {id: tie for id, tie in meeting.ties().items() if id in own}

    def _met(self, some: Mapping[int, Outline], maker: Maker) -> tuple[dict[int, Outline], Meeting]:
        """Those near these reports, and how these are linked."""
        known = self._merger.knowledge
        told_once = {(one.place, one.date, one.sub_event_type): one for one in some.values()}.values()
        windows = [found for one in told_once if (found := window(one, known)) is not None]
        numbers = reports_around(self._connection, Around(windows, self._index), known.longest, self._day) - some.keys()
        near = self._read(numbers)
        return near, self._merger.meet(list(some.values()), list(near.values()), maker)

    def _partners(self, outlines: Iterable[Outline]) -> set[str]:
        """The reports of which a person said that they are one happening with one of these."""
        if not self._decided.merged:
            return set()
        ids = {outline.report_id for outline in outlines}
        return {b if a in ids else a for a, b in self._decided.merged if (a in ids) != (b in ids)}

    def _read(self, numbers: Iterable[int]) -> dict[int, Outline]:
        wanted = set(numbers)
        missing = wanted - self._seen.keys()
        found = self._standing(reports.c.number.in_(_IDS), missing)
        self._seen |= {number: found.get(number) for number in missing}
        return {number: one for number in sorted(wanted) if (one := self._seen[number]) is not None}

    def _read_ids(self, ids: Iterable[str]) -> dict[int, Outline]:
        return self._standing(reports.c.id.in_(_IDS), ids)

    def _standing(self, condition: ColumnElement[bool], ids: Iterable[Any]) -> dict[int, Outline]:
        """These of the reports that counted then and that nobody has rejected, as persons corrected them."""
        day, rejected = self._day.isoformat(), self._decided.rejected
        counted = (reports.c.known <= day) & (reports.c.superseded.is_(None) | (reports.c.superseded > day))
        found = clustered(self._connection, condition, ids, counts=counted)
        held = [one for one in found if one.report_id not in rejected]
        return self._reader.outlines(self._connection, held, self._decided)

    def write(self, beside: Connection, linked: _Linked, told: set[str] | None, written: set[str]) -> None:
        """Put the incidents of these reports that hold one of those told into the record beside, each once."""
        merger, numbers = self._merger, {one.report_id: number for number, one in linked.outlines.items()}
        made = [
            members
            for group in merger.groups(linked.outlines.values(), self._decided, known=linked.ties)
            for members in group.incidents
            if members.id not in written and (told is None or any(one.report_id in told for one in members.outlines))
        ]
        written |= {members.id for members in made}
        for some in chunks(made, _AT_ONCE):
            needed = [numbers[outline.report_id] for members in some for outline in members.outlines]
            accounts = self._reader.accounts(self._connection, needed, self._decided)
            write_incidents(beside, list(merger.told(some, accounts, self._decided)), merger.knowledge.codebook)
