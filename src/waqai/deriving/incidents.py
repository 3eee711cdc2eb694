"""Incidents derived from the reports that wait in the store: only what they are linked to is clustered again.

After each batch the incidents are those of all reports that do not wait: a function of them, not of the order of batches.
"""

import sys
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, func, select

from waqai.deriving.neighbours import Around, PlaceIndex, reports_around
from waqai.deriving.rulings import rulings
from waqai.incidents.candidates import window
from waqai.incidents.features import Maker
from waqai.incidents.merging import Group, Meeting, Merger, Tie
from waqai.incidents.rulings import Rulings, edited
from waqai.knowledge.control import load_control
from waqai.knowledge.incidents import load_incidents
from waqai.knowledge.load import no_garbage
from waqai.model.account import Account
from waqai.records_reading import Packing
from waqai.store.control import let_wait
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
    waiting_reports,
    wake,
    write_incidents,
)
from waqai.store.opening import Store
from waqai.store.schema import places
from waqai.store.statements import chunks

BATCH = 40_000
"""Reports that wait and are clustered in one transaction."""
NEAR = 60_000
"""Clustered reports in the windows of one batch, at most."""
_SAID_EVERY = 100_000
_WRITTEN_AT_ONCE = 500
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
    with store.read() as connection:
        waiting = waiting_reports(connection)
    if waiting:
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
    return done + Counts(gone=gone)


@dataclass(slots=True)
class _Deriver:
    """What is kept from batch to batch: knowledge, the actors and places that were met, the numbers of reports that wait; and,
    of the last batch, the ids of the incidents that were written, and where ids that are no more lead."""

    most: int
    waiting: set[int] = field(default_factory=set)
    merger: Merger = field(default_factory=lambda: Merger(load_incidents()))
    packing: Packing = field(default_factory=Packing)
    index: PlaceIndex | None = None
    made: set[str] = field(default_factory=set)
    moved: dict[str, str] = field(default_factory=dict)
    held_by: frozenset[str] = field(default_factory=lambda: frozenset(type for type, _ in load_control().events))

    def derive(self, connection: Connection, numbers: Sequence[int]) -> Counts | TooMany:
        """Cluster one batch with all that it is linked to, and write what comes of it; nothing is done when the reports it may
        be linked to are too many and the batch can be smaller."""
        decided = rulings(connection)
        new = {one.number: one for one in by_number(connection, numbers, self.packing)}
        told = self._told(new.values(), decided)
        around = self._around(connection, told) - new.keys() - self.waiting
        if len(around) > self.most and len(numbers) > 1:
            return TooMany(len(around))
        near = {one.number: one for one in by_number(connection, around, self.packing) if one.component is not None}
        maker = Maker(self.merger.knowledge)
        meeting = self.merger.meet(
            _standing(told, decided), _standing(self._told(near.values(), decided), decided), maker
        )
        ties, risen = _ties_now(meeting, near.values())
        joined = risen | meeting.joined(ties)
        touched = [one for one in near.values() if one.account.report_id in joined]
        touched += [*new.values(), *self._partners(connection, told, decided)]
        components = {one.component for one in touched if one.component is not None}
        held = new | {number: one for number, one in near.items() if one.component in components}
        held |= {one.number: one for one in by_component(connection, components, self.packing, held)}
        ties = _ties_of(one for number, one in held.items() if number not in new) | ties
        groups = self.merger.groups(self._told(held.values(), decided), _without_edits(decided), maker, ties, meeting)
        counts = self._write(connection, held, groups, decided, new, ties)
        no_longer_wait(connection, [one.account.report_id for one in new.values()])
        self.waiting.difference_update(numbers)
        let_wait(
            connection,
            {a.place.id for a in (*told, *_raw(new)) if a.place is not None and a.sub_event_type in self.held_by},
        )
        return Counts(len(numbers)) + counts

    def _told(self, held: Iterable[Clustered], decided: Rulings) -> list[Account]:
        """The accounts as persons corrected them."""
        knowledge = self.merger.knowledge
        return [
            edited(one.account, decided.edits.get(one.account.report_id, ()), knowledge)
            if decided.edits
            else one.account
            for one in held
        ]

    def _around(self, connection: Connection, told: Sequence[Account]) -> set[int]:
        """The numbers of the clustered reports that lie in the windows of the batch."""
        knowledge = self.merger.knowledge
        if self.index is None:
            self.index = PlaceIndex(connection, knowledge)
        told_once = {(a.place, a.date, a.sub_event_type): a for a in told}.values()
        windows = [one for account in told_once if (one := window(account, knowledge)) is not None]
        return reports_around(connection, Around(windows, self.index), knowledge.longest)

    def _partners(self, connection: Connection, told: Sequence[Account], decided: Rulings) -> Iterator[Clustered]:
        """The reports of which a person said that they are one happening with a report of the batch."""
        ids = {account.report_id for account in told}
        partners = {b if a in ids else a for a, b in decided.merged if (a in ids) != (b in ids)}
        return by_id(connection, partners, self.packing)

    def _write(
        self,
        connection: Connection,
        held: dict[int, Clustered],
        groups: Sequence[Group],
        decided: Rulings,
        new: dict[int, Clustered],
        ties: Mapping[str, Tie],
    ) -> Counts:
        before = {one.account.report_id: one for one in held.values()}
        now: dict[str, tuple[str, str]] = {}
        for group in groups:
            component = min(account.report_id for account in group.accounts)
            for accounts, _ in group.incidents:
                now |= {account.report_id: (accounts[0].report_id, component) for account in accounts}
        alive = {incident for incident, _ in now.values()}
        gone = {one.incident for one in before.values() if one.incident is not None} - alive
        same = _unchanged(before.values(), now, {one.account.report_id for one in new.values()})
        made = [parts for group in groups for parts in group.incidents if parts[0][0].report_id not in same]
        drop_incidents(connection, gone | alive - same)
        for some in chunks(made, _WRITTEN_AT_ONCE):
            incidents = [(self.merger.incident(accounts, merges, decided), accounts) for accounts, merges in some]
            write_incidents(connection, incidents, self.merger.knowledge.codebook)
        placed = {one.number: _placed(now.get(id), ties.get(id)) for id, one in before.items()}
        changed = {one.number for one in before.values() if placed[one.number] != one.place}
        place_reports(connection, {number: placed[number] for number in changed})
        self.made, self.moved = alive - same, _moved(before.values(), now, alive)
        redirect(connection, self.moved, self.made)
        return Counts(0, len(made), len(gone))


class OneByOne:
    """Clusters single reports at once, in a transaction of the caller: what a decision on them needs. Keeps its knowledge."""

    def __init__(self) -> None:
        """Read the knowledge."""
        self._deriver, self._places = _Deriver(sys.maxsize), -1

    @property
    def packing(self) -> Packing:
        """The actors and places that were met."""
        return self._deriver.packing

    def derive(self, connection: Connection, numbers: Sequence[int]) -> tuple[frozenset[str], dict[str, str]]:
        """Cluster the reports with these numbers anew; the ids of incidents that were written, and where lost ones lead."""
        known = connection.scalar(select(func.count()).select_from(places)) or 0
        if known != self._places:
            self._deriver.index, self._places = None, known
        self._deriver.derive(connection, sorted({*numbers, *led_to(connection, numbers)}))
        return frozenset(self._deriver.made), self._deriver.moved


def _standing(told: Iterable[Account], decided: Rulings) -> list[Account]:
    """Those that a person has not rejected."""
    return [account for account in told if account.report_id not in decided.rejected]


def _ties_of(held: Iterable[Clustered]) -> dict[str, Tie]:
    """The strongest ties of reports as they were kept."""
    return {
        one.account.report_id: Tie(one.place.top, one.place.nearest)
        for one in held
        if one.place.top is not None and one.place.nearest is not None
    }


def _ties_now(meeting: Meeting, near: Iterable[Clustered]) -> tuple[dict[str, Tie], set[str]]:
    """The strongest ties of the reports that met, and those near the new ones that have a stronger one than they had."""
    found, before = meeting.ties(), _ties_of(near)
    ids = {one.account.report_id for one in near}
    risen = {id for id, tie in found.items() if id in ids and tie.exceeds(before.get(id))}
    return found | {id: tie for id, tie in before.items() if id not in risen}, risen


def _placed(now: tuple[str, str] | None, tie: Tie | None) -> Placed:
    return Placed() if now is None else Placed(*now, *((tie.bits, tie.to) if tie else (None, None)))


def _unchanged(before: Iterable[Clustered], now: Mapping[str, tuple[str, str]], new: Container[str]) -> set[str]:
    """The incidents that have the reports they had, none of them new: an incident is a function of its reports."""
    was: dict[str, int] = {}
    touched: set[str] = set()
    for one in before:
        to = now.get(one.account.report_id, ("", ""))[0]
        if one.incident is not None:
            was[one.incident] = was.get(one.incident, 0) + 1
        if one.incident != to or one.account.report_id in new:
            touched |= {to, one.incident or to}
    return was.keys() - touched


def _raw(held: dict[int, Clustered]) -> list[Account]:
    return [one.account for one in held.values()]


def _without_edits(decided: Rulings) -> Rulings:
    """The rulings for accounts that are corrected already."""
    return Rulings(decided.merged, decided.split, decided.rejected, {}, decided.grades)


def _moved(before: Iterable[Clustered], now: dict[str, tuple[str, str]], alive: set[str]) -> dict[str, str]:
    """For each incident that is no more the one that has its earliest report, or, where that left, most of its reports."""
    members: dict[str, list[str]] = {}
    for one in before:
        if one.incident is not None and one.incident not in alive and one.account.report_id in now:
            members.setdefault(one.incident, []).append(now[one.account.report_id][0])
    found = {}
    for old, targets in members.items():
        most = max(sorted(set(targets)), key=targets.count)
        found[old] = now[old][0] if old in now else most
    return found
