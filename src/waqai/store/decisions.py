"""The journal of decisions: entries are added, never changed; and the reports that they are bound to, whatever coder made these."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import orjson
from sqlalchemy import BindParameter, ColumnElement, Connection, Select, bindparam, func, insert, select

from waqai.model.decision import Action, Bound, Decision
from waqai.store.schema import articles, decisions, facts, reports
from waqai.store.statements import chunks, insert_new

SEED = "5ea1c0de5ea1c0de5ea1"
"""Where the random order begins in a record that names no seed of its own yet; ids of reports are hashes."""
_SEED_FACT = "review seed"
_CHUNK = 500
_KEYS: BindParameter[Any] = bindparam("keys", expanding=True)


@dataclass(frozen=True, slots=True)
class Told:
    """A report as a bound sees it."""

    id: str
    number: int
    incident: str | None
    sub_event_type: str
    family: str
    place: str | None
    part: str
    start: int
    end: int
    article_key: str

    @property
    def bound(self) -> Bound:
        """What a decision on this report is bound to."""
        return Bound(self.article_key, self.part, self.start, self.end, self.family, self.place, self.id)

    @property
    def here(self) -> "Here":
        """The report as it stands in the record."""
        return Here(self.id, self.number, self.incident, self.sub_event_type)


@dataclass(frozen=True, slots=True)
class Here:
    """A report that a decision means: its id and number, the incident it is in (None: none), its type as it was coded."""

    id: str
    number: int
    incident: str | None
    sub_event_type: str


def journal(connection: Connection, *conditions: ColumnElement[bool]) -> list[Decision]:
    """The entries that meet all conditions, oldest first; undone ones and undoing ones too."""
    asked = select(decisions).where(*conditions).order_by(decisions.c.number)
    return [decision_of(row) for row in connection.execute(asked)]


def decision_of(row: Any) -> Decision:
    """The entry of a row."""
    bounds = tuple(Bound(**bound) for bound in orjson.loads(row.bounds))
    at = dt.datetime.fromisoformat(row.at)
    return Decision(row.number, at, row.person, row.action, bounds, row.field, row.value, row.undoes)


def holding(entries: Iterable[Decision]) -> list[Decision]:
    """The entries without what was undone, and without those that undo, in their order."""
    found = list(entries)
    undone = {one.undoes for one in found if one.action == "undo"}
    return [one for one in found if one.number not in undone and one.action != "undo"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What is added to the journal: a decision without the number that it gets there."""

    at: dt.datetime
    person: str
    action: Action
    bounds: tuple[Bound, ...]
    field: str | None = None
    value: str | None = None
    undoes: int | None = None


def add_entry(connection: Connection, entry: Entry) -> Decision:
    """Add an entry at the end of the journal; it with its number. Within a transaction that alone may write."""
    number = (connection.scalar(select(func.max(decisions.c.number))) or 0) + 1
    row = {
        "number": number,
        "at": entry.at.isoformat(timespec="seconds"),
        "person": entry.person,
        "action": entry.action,
        "article": entry.bounds[0].article_key if entry.bounds else None,
        "bounds": orjson.dumps([asdict(bound) for bound in entry.bounds]).decode(),
        "field": entry.field,
        "value": entry.value,
        "undoes": entry.undoes,
    }
    connection.execute(insert(decisions), [row])
    return Decision(number, entry.at, entry.person, entry.action, entry.bounds, entry.field, entry.value, entry.undoes)


def seed_of(connection: Connection) -> str:
    """Where the random order of this record begins: hex digits, as ids of reports have."""
    return connection.scalar(select(facts.c.value).where(facts.c.name == _SEED_FACT)) or SEED


def keep_seed(connection: Connection) -> None:
    """Write into the record where its random order begins, so that it stays."""
    insert_new(connection, facts, [{"name": _SEED_FACT, "value": SEED}])


def brought(connection: Connection, bounds: Iterable[Bound]) -> dict[Bound, Here]:
    """The reports that these bounds mean today; bounds whose report is no more are left out.

    A report that still has the id it had is meant; of others the one with the same part, family and place whose words overlap most.
    """
    wanted = set(bounds)
    by_id = here(connection, {bound.report for bound in wanted if bound.report is not None})
    found = {bound: by_id[bound.report] for bound in wanted if bound.report is not None and bound.report in by_id}
    left = wanted - found.keys()
    there = told_in(connection, {bound.article_key for bound in left})
    for bound in left:
        one = meant(bound, there.get(bound.article_key, ()))
        if one is not None:
            found[bound] = one.here
    return found


def here(connection: Connection, ids: Iterable[str]) -> dict[str, Here]:
    """The reports that count with these ids, by id."""
    columns = [reports.c[name] for name in ("id", "number", "incident", "sub_event_type")]
    asked = select(*columns).where(reports.c.superseded.is_(None), reports.c.id.in_(_KEYS))
    found: dict[str, Here] = {}
    for some in chunks(sorted(ids), _CHUNK):
        found |= {row.id: Here(*row) for row in connection.execute(asked, {"keys": list(some)})}
    return found


def meant(bound: Bound, told: Iterable[Told]) -> Told | None:
    """The report that a bound means: same part, family and place, words that overlap, the most of them and few others.

    None when there is none any more.
    """
    best: tuple[tuple[int, int, str], Told] | None = None
    for one in told:
        shared = min(bound.end, one.end) - max(bound.start, one.start)
        same = one.part == bound.part and one.family == bound.family and one.place == bound.place_id
        rank = (shared, one.start - one.end, one.id)
        if same and shared > 0 and (best is None or rank > best[0]):
            best = (rank, one)
    return best[1] if best else None


def told_in(connection: Connection, keys: Iterable[str]) -> Mapping[str, Sequence[Told]]:
    """The reports that count of the articles with these keys, by the key."""
    found: dict[str, list[Told]] = {}
    for one in _told(connection, _statement().where(articles.c.key.in_(_KEYS)).order_by(reports.c.number), keys):
        found.setdefault(one.article_key, []).append(one)
    return found


def told_by_id(connection: Connection, ids: Iterable[str]) -> dict[str, Told]:
    """The reports that count with these ids, by id."""
    return {one.id: one for one in _told(connection, _statement().where(reports.c.id.in_(_KEYS)), ids)}


def _statement() -> Select[Any]:
    own = [reports.c[name] for name in ("id", "number", "incident", "sub_event_type", "family", "place", "json")]
    asked = select(*own, articles.c.key.label("article_key")).join(articles, reports.c.article == articles.c.number)
    return asked.where(reports.c.superseded.is_(None))


def _told(connection: Connection, statement: Select[Any], keys: Iterable[str]) -> Iterable[Told]:
    for some in chunks(sorted(keys), _CHUNK):
        for row in connection.execute(statement, {"keys": list(some)}):
            words = orjson.loads(row.json)["evidence"]
            part, start, end = words.get("in", "text"), words["start"] or 0, words["end"] or 0
            own = (row.id, row.number, row.incident, row.sub_event_type, row.family, row.place)
            yield Told(*own, part, start, end, row.article_key)
