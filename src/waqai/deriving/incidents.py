"""Incidents derived from the reports that wait in the store: only what they are linked to is clustered again.

After each batch the incidents are those of all reports that do not wait: a function of them, not of the order of batches.
"""

import sys
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, func, select

from waqai.deriving.corrected import CorrectedReader
from waqai.deriving.neighbours import Around, PlaceIndex, reports_around
from waqai.deriving.rulings import rulings
from waqai.incidents.candidates import window
from waqai.incidents.features import Maker, Told
from waqai.incidents.merging import Group, Meeting, Merger, Tie
from waqai.incidents.rulings import Rulings
from waqai.knowledge.control import load_control
from waqai.knowledge.incidents import load_incidents
from waqai.knowledge.load import no_garbage
from waqai.model.account import Outline
from waqai.records_reading import Packing
from waqai.store.control import let_wait
from waqai.store.counted_incidents import keep_missing
from waqai.store.incidents import (
    Clustered,
    Placed,
    by_component,
    by_id,
    by_number,
    drop_incidents,
    forget_lost,
    led_to,
    no_longer_wait,
    place_reports,
    redirect,
    some_wait,
    waiting_reports,
    wake,
    write_incidents,
)
from waqai.store.opening import Store
from waqai.store.schema import places, reports
from waqai.store.statements import chunks

BATCH = 40_000
"""Reports that wait and are clustered in one transaction."""
NEAR = 100_000
"""Clustered reports in the windows of one batch, at most."""
_SAID_EVERY = 100_000
_WRITTEN_AT_ONCE = 500
_COUNTED_PLACES = select(func.count()).select_from(places).scalar_subquery()
_LAST_REPORT = select(func.max(reports.c.number)).scalar_subquery()
_ROOM = 0.9  # of the room for what is near, what a part of a batch is made to fill


@dataclass(frozen=True, slots=True)
class Counts:
    """What was done: reports that waited, incidents made or changed, incidents that are no more."""

    reports: int = 0
    written: int = 0
    gone: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.reports + other.reports, self.written + other.written, self.gone + other.gone)


@dataclass(frozen=True, slots=True)
class TooMany:
    """A batch was not clustered: so many clustered reports would have to be looked at."""

    near: int

    def fitting(self, size: int, most: int) -> int:
        """How many of the `size` reports of the batch will hardly have more than `most` near them, fewer than all."""
        return max(1, min((size + 1) // 2, int(_ROOM * size * most / self.near)))


def derive_incidents(
    store: Store, say: Callable[[str], None] = lambda _: None, batch: int = BATCH, near: int = NEAR
) -> Counts:
    """Cluster the reports that wait; `say` is told in one line, now and then, how far it is.

    Each batch is kept whole or not at all, with what no longer waits; whatever ends the process, the next call goes on.
    A batch that would have to look at more than `near` clustered reports is taken in parts, so memory stays bounded.
    Raises StoreError when the record cannot be written.
    """
    waiting: list[int] = []
    with store.read() as connection:
        any_wait = some_wait(connection)
    if any_wait:
        with store.write() as connection:
            wake(connection)
            waiting = waiting_reports(connection)
    done = Counts()
    deriver = _Deriver(near, waiting=set(waiting))
    ahead = [list(some) for some in chunks(waiting, batch)][::-1]
    while ahead:
        some = ahead.pop()
        with no_garbage(), store.write() as connection:
            counts = deriver.derive(connection, some)
        if isinstance(counts, TooMany):
            size = counts.fitting(len(some), near)
            ahead += [some[start : start + size] for start in range(0, len(some), size)][::-1]
            continue
        done += counts
        if done.reports // _SAID_EVERY > (done.reports - len(some)) // _SAID_EVERY:
            say(f"{done.reports:,} of {len(waiting):,} reports clustered")
    with store.write() as connection:
        gone = forget_lost(connection)
        keep_missing(connection)
    return done + Counts(gone=gone)


@dataclass(slots=True)
class _Deriver:
    """What is kept from batch to batch: knowledge, the actors and places that were met, the numbers of reports that wait; and,
    of the last batch, the ids of the incidents that were written, and where ids that are no more lead."""

    most: int
    waiting: set[int] = field(default_factory=set)
    merger: Merger = field(default_factory=lambda: Merger(load_incidents()))
    reader: CorrectedReader = field(init=False)
    index: PlaceIndex | None = None
    made: set[str] = field(default_factory=set)
    moved: dict[str, str] = field(default_factory=dict)
    held_by: frozenset[str] = field(default_factory=lambda: frozenset(type for type, _ in load_control().events))

    def __post_init__(self) -> None:
        self.reader = CorrectedReader(self.merger.knowledge)

    def derive(self, connection: Connection, numbers: Sequence[int]) -> Counts | TooMany:
        """Cluster one batch with all that it is linked to, and write what comes of it; nothing is done when the reports it may
        be linked to are too many and the batch can be smaller."""
        decided = rulings(connection)
        new = {one.number: one for one in by_number(connection, numbers)}
        told = list(self.reader.outlines(connection, new.values(), decided).values())
        around = self._around(connection, told) - new.keys() - self.waiting
        if len(around) > self.most and len(numbers) > 1:
            return TooMany(len(around))
        near = {one.number: one for one in by_number(connection, around) if one.component is not None}
        maker = Maker(self.merger.knowledge, self.reader.packing)
        beside = self.reader.compared(connection, near.values(), decided).values()
        meeting = self.merger.meet(_standing(told, decided), _standing(beside, decided), maker)
        ties, risen = _ties_now(meeting, near.values())
        joined = risen | meeting.joined(ties)
        touched = [one for one in near.values() if one.report_id in joined]
        touched += [*new.values(), *self._partners(connection, told, decided)]
        components = {one.component for one in touched if one.component is not None}
        held = new | {number: one for number, one in near.items() if one.component in components}
        beyond = {one.number: one for one in by_component(connection, components, held)}
        held, ties = held | beyond, _ties_of(beyond.values()) | ties
        outlines = self.reader.compared(connection, held.values(), decided).values()
        was = {one.report_id: one.component for one in held.values() if one.component and one.number not in new}
        groups = self.merger.groups(outlines, decided, maker, ties, meeting, was)
        counts = self._write(connection, _Parted(held, new.keys(), groups, ties), decided, maker)
        no_longer_wait(connection, [one.report_id for one in new.values()])
        self.waiting.difference_update(numbers)
        self._let_control_wait(connection, (*told, *(one.outline(self.reader.packing) for one in new.values())))
        return Counts(len(numbers)) + counts

    def _let_control_wait(self, connection: Connection, told: Iterable[Outline]) -> None:
        """Let the control of the places be told anew of which these reports tell."""
        held = self.held_by
        let_wait(connection, {one.place.id for one in told if one.place is not None and one.sub_event_type in held})

    def _around(self, connection: Connection, told: Sequence[Outline]) -> set[int]:
        """The numbers of the clustered reports that lie in the windows of the batch."""
        knowledge = self.merger.knowledge
        if self.index is None:
            self.index = PlaceIndex(connection, knowledge)
        told_once = {(one.place, one.date, one.sub_event_type): one for one in told}.values()
        windows = [found for one in told_once if (found := window(one, knowledge)) is not None]
        return reports_around(connection, Around(windows, self.index), knowledge.longest)

    def _partners(self, connection: Connection, told: Sequence[Outline], decided: Rulings) -> Iterator[Clustered]:
        """The reports of which a person said that they are one happening with a report of the batch."""
        ids = {outline.report_id for outline in told}
        partners = {b if a in ids else a for a, b in decided.merged if (a in ids) != (b in ids)}
        return by_id(connection, partners)

    def _write(self, connection: Connection, parted: "_Parted", decided: Rulings, maker: Maker) -> Counts:
        """Write what is other than it was: incidents, and where reports were put."""
        before, now = parted.held.values(), parted.now()
        alive = {incident for incident, _ in now.values()}
        gone = {one.incident for one in before if one.incident is not None} - alive
        same = _unchanged(before, now, parted.new)
        made = [members for group in parted.groups for members in group.incidents if members.id not in same]
        drop_incidents(connection, gone | alive - same)
        numbers = {one.report_id: one.number for one in before}
        for some in chunks(made, _WRITTEN_AT_ONCE):
            needed = [numbers[outline.report_id] for members in some for outline in members.outlines]
            accounts = self.reader.accounts(connection, needed, decided)
            told = list(self.merger.told(some, accounts, decided, maker))
            write_incidents(connection, told, self.merger.knowledge.codebook)
        place_reports(connection, parted.placed(now))
        self.made, self.moved = alive - same, _moved(before, now, alive)
        redirect(connection, self.moved, self.made)
        return Counts(0, len(made), len(gone))


@dataclass(frozen=True, slots=True)
class _Parted:
    """The reports of the components that were touched, by number; which of them are new; what they are parted into now, and the
    strongest tie of each."""

    held: Mapping[int, Clustered]
    new: Container[int]
    groups: Sequence[Group]
    ties: Mapping[str, Tie]

    def now(self) -> dict[str, tuple[str, str]]:
        """The incident and the component in which each report is now."""
        now: dict[str, tuple[str, str]] = {}
        for group in self.groups:
            component = min(outline.report_id for outline in group.outlines)
            for members in group.incidents:
                now |= dict.fromkeys([one.report_id for one in members.outlines], (members.id, component))
        return now

    def placed(self, now: Mapping[str, tuple[str, str]]) -> dict[int, Placed]:
        """Where those of the reports are put that were elsewhere, or have another strongest tie."""
        found = {}
        for number, one in self.held.items():
            placed = _placed(now.get(one.report_id), self.ties.get(one.report_id))
            if placed != (one.incident, one.component, one.top, one.nearest):
                found[number] = placed
        return found


class OneByOne:
    """Clusters single reports at once, in a transaction of the caller: what a decision on them needs. Keeps its knowledge."""

    def __init__(self) -> None:
        """Read the knowledge."""
        self._deriver = _Deriver(sys.maxsize)
        self._known: object = None

    @property
    def packing(self) -> Packing:
        """The actors and places that were met."""
        return self._deriver.reader.packing

    def derive(self, connection: Connection, numbers: Sequence[int]) -> tuple[frozenset[str], dict[str, str]]:
        """Cluster the reports with these numbers anew; the ids of incidents that were written, and where lost ones lead."""
        known = connection.execute(select(_COUNTED_PLACES, _LAST_REPORT)).one()
        if known != self._known:
            self._deriver.index, self._known = None, known
        self._deriver.derive(connection, sorted({*numbers, *led_to(connection, numbers)}))
        keep_missing(connection)
        return frozenset(self._deriver.made), self._deriver.moved


def _standing(told: Iterable[Told], decided: Rulings) -> list[Told]:
    """Those that a person has not rejected."""
    return [outline for outline in told if outline.report_id not in decided.rejected]


def _ties_of(held: Iterable[Clustered]) -> dict[str, Tie]:
    """The strongest ties of reports as they were kept."""
    return {one.report_id: Tie(one.top, one.nearest) for one in held if one.top is not None and one.nearest is not None}


def _ties_now(meeting: Meeting, near: Iterable[Clustered]) -> tuple[dict[str, Tie], set[str]]:
    """The strongest ties of the reports that met, and those near the new ones that have a stronger one than they had."""
    found, before = meeting.ties(), _ties_of(near)
    ids = {one.report_id for one in near}
    risen = {id for id, tie in found.items() if id in ids and tie.exceeds(before.get(id))}
    return found | {id: tie for id, tie in before.items() if id not in risen}, risen


def _placed(now: tuple[str, str] | None, tie: Tie | None) -> Placed:
    return Placed() if now is None else Placed(*now, *((tie.bits, tie.to) if tie else (None, None)))


def _unchanged(before: Iterable[Clustered], now: Mapping[str, tuple[str, str]], new: Container[int]) -> set[str]:
    """The incidents that have the reports they had, none of them new: an incident is a function of its reports."""
    was: set[str] = set()
    touched: set[str] = set()
    for one in before:
        incident = one.incident
        to = now.get(one.report_id, ("", ""))[0]
        if incident is not None:
            was.add(incident)
        if incident != to or one.number in new:
            touched |= {to, incident or to}
    return was - touched


def _moved(before: Iterable[Clustered], now: Mapping[str, tuple[str, str]], alive: set[str]) -> dict[str, str]:
    """For each incident that is no more the one that has its earliest report, or, where that left, most of its reports."""
    members: dict[str, list[str]] = {}
    for one in before:
        if one.incident is not None and one.incident not in alive and one.report_id in now:
            members.setdefault(one.incident, []).append(now[one.report_id][0])
    found = {}
    for old, targets in members.items():
        most = max(sorted(set(targets)), key=targets.count)
        found[old] = now[old][0] if old in now else most
    return found
