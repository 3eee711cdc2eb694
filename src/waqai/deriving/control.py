"""Control derived from the places that wait in the store.

What a place's control is told from is read, and the result written, in one transaction with the note that it waits no
longer: a run that is killed leaves the places waiting that it had not told, and nothing half told.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Literal

from sqlalchemy import Connection

from waqai.control.evidence import Sides, Telling, evidence_of_account, evidence_of_holding, is_centre
from waqai.control.joining import is_quarter, is_within, reaching, town_of
from waqai.control.timeline import timeline
from waqai.deriving.rulings import rulings
from waqai.incidents.rulings import Rulings, edited
from waqai.knowledge.actors import ActorKnowledge, load_actors
from waqai.knowledge.codebook import load_codebook
from waqai.knowledge.control import ControlKnowledge, load_control
from waqai.knowledge.files import KnowledgeFiles, load_files
from waqai.knowledge.incidents import load_incidents
from waqai.knowledge.sources import SourceKnowledge, load_sources
from waqai.model.account import Account
from waqai.model.control import ControlEvidence, Interval
from waqai.model.mention import Place
from waqai.records_control import Reference
from waqai.records_reading import ArticleFacts, Packing
from waqai.store.control import let_wait, places_beside, places_by_id, replace_control, waiting_places
from waqai.store.holdings import holdings_at
from waqai.store.opening import Store
from waqai.store.reading import accounts, accounts_by_id
from waqai.store.schema import reports
from waqai.store.statements import chunks

PLACES = 500
"""Places told in one transaction."""
_CHUNK = 5000
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Teller:
    """What telling control needs to know."""

    known: ControlKnowledge
    sides: Sides
    families: tuple[str, ...]


@dataclass(slots=True)
class Gathered:
    """Evidence by place, and what each reference stands in."""

    evidence: dict[str, list[ControlEvidence]] = field(default_factory=lambda: defaultdict(list))
    references: dict[str, Reference] = field(default_factory=dict)


def load_teller(files: KnowledgeFiles | None = None) -> Teller:
    """The knowledge that telling control needs, of the package or of other files; KnowledgeError when it is wrong."""
    files = files or load_files()
    known = load_control(files)
    types = load_codebook(files).event_types
    families = sorted({types[name].family for name, _ in known.events})
    return Teller(known, sides_of(load_sources(files), load_actors(files)), tuple(families))


def sides_of(sources: SourceKnowledge, actors: ActorKnowledge) -> Sides:
    """The camps that named sources speak for, and that parties speak for themselves."""
    named = [entry for entry in sources.named.values() if entry.side]
    arabic = {entry.source.name_ar: entry.side for entry in named if entry.side}
    english = {entry.source.name_en: entry.side for entry in named if entry.side}
    known = [entry.actor for entry in actors.entries.values() if entry.actor.camp not in ("unknown", "civilians")]
    return Sides({**arabic, **{actor.name_en: actor.camp for actor in known}, **english})


def derive_control(store: Store, say: Say | None = None, teller: Teller | None = None) -> int:
    """Tell the control of every place that waits; how many places were told.

    A quarter that waits makes its town wait, and an area the places in it. Raises StoreError when the record cannot be
    written. `say` gets a line now and then.
    """
    with store.read() as connection:
        if not waiting_places(connection, 1):
            return 0
    teller = teller or load_teller()
    packing = Packing()
    with store.write() as connection:
        let_wait(connection, _touched(connection, waiting_places(connection, 1_000_000), teller.known))
    told = 0
    while True:
        with store.write() as connection:
            ids = waiting_places(connection, PLACES)
            if not ids:
                return told
            found = places_by_id(connection, ids)
            replace_control(connection, ids, tell(connection, list(found.values()), teller, packing))
        told += len(ids)
        if say is not None:
            say(f"control of {told:,} places told")


def tell_now(connection: Connection, ids: Iterable[str], teller: Teller, packing: Packing) -> list[str]:
    """Tell the control of these places, and of those that theirs bears on, in the transaction of the caller; their ids."""
    given = set(ids)
    wanted = sorted(given | _touched(connection, given, teller.known))
    found = places_by_id(connection, wanted)
    for some in chunks(wanted, PLACES):
        asked = [found[id] for id in some if id in found]
        replace_control(connection, some, tell(connection, asked, teller, packing))
    return wanted


def _touched(connection: Connection, ids: Iterable[str], known: ControlKnowledge) -> set[str]:
    """The places whose control one of these bears on: the town of a quarter, the places of an area, and where a town is new, the
    towns that the quarters about it may have belonged to."""
    waiting = places_by_id(connection, ids)
    wide = [place for place in waiting.values() if place.level in ("area", "governorate")]
    quarters = [place for place in waiting.values() if place.level == "neighbourhood"]
    towns = [place for place in waiting.values() if place.level == "settlement"]
    centres = {place.id.partition("/")[0] for place in waiting.values() if is_centre(place, known)}
    if not (wide or quarters or towns):
        return centres
    beside = places_beside(connection, [*wide, *quarters, *towns])
    claimed = [*quarters, *_about(towns, beside, known)]
    found = centres | {town.id for quarter in claimed for town in _towns(quarter, beside, known)}
    return found | {place.id for place in beside if any(is_within(place, area) for area in wide)}


def _about(towns: Sequence[Place], beside: Sequence[Place], known: ControlKnowledge) -> list[Place]:
    """The places that may be quarters of one of these towns."""
    by_governorate = defaultdict[object, list[Place]](list)
    for town in towns:
        by_governorate[town.country, town.governorate].append(town)
    return [
        place
        for place in beside
        if place.level == "neighbourhood"
        and any(is_quarter(place, town, known) for town in by_governorate.get((place.country, place.governorate), ()))
    ]


def _towns(quarter: Place, beside: Sequence[Place], known: ControlKnowledge) -> list[Place]:
    """All towns that a place may be a quarter of: which one is, others of the record decide."""
    return [town for town in beside if is_quarter(quarter, town, known)]


def tell(
    connection: Connection, asked: Sequence[Place], teller: Teller, packing: Packing, as_of: dt.date | None = None
) -> Iterable[tuple[tuple[Interval, ...], dict[str, Reference]]]:
    """The intervals of each of these places, with the references they name; `as_of` leaves out what was known later."""
    beside = places_beside(connection, asked)
    quarters = _quarters(asked, beside, teller.known)
    wide = [place for place in beside if place.level in ("area", "governorate")]
    ids = {place.id for place in asked}
    centres = {p.id for p in beside if p.id.partition("/")[0] in ids and is_centre(p, teller.known)}
    needed = ids | centres | {place.id for place in wide} | {q.id for rows in quarters.values() for q in rows}
    gathered = gather(connection, sorted(needed), teller, packing, as_of)
    wide = [place for place in wide if gathered.evidence.get(place.id)]
    for place in asked:
        areas = {area.id: gathered.evidence[area.id] for area in wide if is_within(place, area)}
        parts = {q.id: (q, gathered.evidence.get(q.id, [])) for q in quarters.get(place.id, ())}
        evidence = reaching(place, gathered.evidence.get(place.id, []), parts, areas, teller.known)
        intervals = timeline(place, evidence, teller.known)
        named = {id for interval in intervals for id in (*interval.supporting, *interval.against)}
        yield intervals, {id: gathered.references[id] for id in named}


def _quarters(asked: Iterable[Place], beside: Sequence[Place], known: ControlKnowledge) -> Mapping[str, list[Place]]:
    """The quarters of the settlements that are asked for, by the id of the settlement."""
    wanted = {place.id for place in asked if place.level == "settlement"}
    towns: dict[tuple[str | None, str | None], list[Place]] = defaultdict(list)
    for place in beside:
        if place.level == "settlement":
            towns[place.country, place.governorate].append(place)
    found: dict[str, list[Place]] = defaultdict(list)
    for quarter in beside if wanted else ():
        if quarter.level == "neighbourhood":
            town = town_of(quarter, towns[quarter.country, quarter.governorate], known)
            if town is not None and town.id in wanted:
                found[town.id].append(quarter)
    return found


def control_as_of(
    connection: Connection, ids: Sequence[str], day: dt.date
) -> Iterator[tuple[tuple[Interval, ...], dict[str, Reference]]]:
    """The intervals of these places (ids) by what was known at the end of a day, with the references they name.

    They are told anew: some milliseconds for each place.
    """
    teller, packing = load_teller(), Packing()
    for some in chunks(ids, PLACES):
        yield from tell(connection, list(places_by_id(connection, some).values()), teller, packing, day)


def gather(
    connection: Connection, ids: Sequence[str], teller: Teller, packing: Packing, as_of: dt.date | None = None
) -> Gathered:
    """All evidence that the reports and statements on these places (ids) give, the reports as persons corrected them."""
    out = Gathered()
    decided = rulings(connection)
    corrected = _corrected(connection, decided, set(ids), packing)
    for account in chain(_accounts(connection, ids, teller, packing), corrected):
        if account.report_id in decided.rejected or (as_of is not None and account.known > as_of):
            continue
        if account.report_id not in decided.edits or account in corrected:
            _take(out, evidence_of_account(account, teller.known, teller.sides), account, "report")
    for holding, facts in holdings_at(connection, ids):
        if as_of is None or facts.known <= as_of:
            told = Telling(facts.key, facts.copy_of, facts.outlet, facts.known)
            _take(out, evidence_of_holding(holding, told, teller.known, teller.sides), facts, "statement")
    return out


def _accounts(connection: Connection, ids: Sequence[str], teller: Teller, packing: Packing) -> Iterator[Account]:
    """The reports on these places whose type may say something of control."""
    for some in chunks(ids, _CHUNK):
        conditions = [reports.c.place.in_(list(some)), reports.c.family.in_(teller.families)]
        yield from accounts(connection, *conditions, packing=packing)


def _corrected(connection: Connection, decided: Rulings, ids: set[str], packing: Packing) -> list[Account]:
    """The corrected reports that are of these places after their correction."""
    if not decided.edits:
        return []
    known = load_incidents(load_files())
    found = accounts_by_id(connection, decided.edits, packing)
    changed = [edited(account, decided.edits[id], known) for id, account in sorted(found.items())]
    return [account for account in changed if account.place is not None and account.place.id in ids]


def _take(
    out: Gathered,
    evidence: Sequence[ControlEvidence],
    facts: Account | ArticleFacts,
    kind: Literal["report", "statement"],
) -> None:
    for one in evidence:
        out.evidence[one.place.id].append(one)
        if one.reference not in out.references:
            out.references[one.reference] = Reference(
                one.reference, kind, facts.doc_id, one.article_key, facts.outlet, facts.published
            )
