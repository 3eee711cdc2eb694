"""What persons said of reports: their verdicts and corrections, brought to the reports of today; and the journal itself."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import orjson
from sqlalchemy import Connection, select

from waqai.model.decision import Bound, Decision
from waqai.queries.errors import QueryError
from waqai.queries.listing import Page
from waqai.sentences import NO_CURSOR, OF_JOURNAL
from waqai.store.decisions import Here, brought, decision_of, here, holding, journal, told_by_id
from waqai.store.schema import decisions

Verdict = Literal["accept", "reject", "unsure"]
VERDICTS: tuple[Verdict, ...] = ("accept", "reject", "unsure")
OF_ARTICLES = ("add", "whole")
"""What is said of an article, and of no report."""
_JUDGING = (*VERDICTS, "edit")
_MOST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Said:
    """What one person said of a report: the verdict that holds (a correction accepts what it corrects), the corrections by
    field, and of which random samples the verdict is."""

    verdict: Verdict
    edits: Mapping[str, Any] = field(default_factory=dict)
    samples: frozenset[str] = frozenset()
    last: int = 0


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What all persons said of reports: by the report's id, then by person. `here` holds these reports by id."""

    by_report: Mapping[str, Mapping[str, Said]]
    here: Mapping[str, Here]

    def of(self, report: str, person: str) -> Said | None:
        """What this person said of this report."""
        return self.by_report.get(report, {}).get(person)

    def last(self, report: str) -> Said | None:
        """What holds of this report, whoever said it: what was said last."""
        said = self.by_report.get(report)
        return max(said.values(), key=lambda one: one.last) if said else None

    def by_person(self, person: str) -> frozenset[str]:
        """The reports that this person has judged."""
        return frozenset(id for id, said in self.by_report.items() if person in said)


@dataclass(frozen=True, slots=True)
class _Word:
    """A verdict or correction as the journal holds it, and what it is bound to, as JSON."""

    number: int
    person: str
    action: str
    field: str | None
    value: Any
    bound: Mapping[str, Any]


def verdicts(connection: Connection) -> Verdicts:
    """The verdicts and corrections that hold, by the reports that count today."""
    words = list(_words(connection))
    by_id = here(connection, {one.bound["report"] for one in words if one.bound.get("report")})
    bounds = {one.number: Bound(**one.bound) for one in words if one.bound.get("report") not in by_id}
    found = brought(connection, bounds.values())
    by_report: dict[str, dict[str, Said]] = {}
    reports: dict[str, Here] = {}
    for one in words:
        report = found.get(bounds[one.number]) if one.number in bounds else by_id[one.bound["report"]]
        if report is not None:
            reports[report.id] = report
            said = by_report.setdefault(report.id, {})
            said[one.person] = _after(said.get(one.person), one)
    return Verdicts(by_report, reports)


def _words(connection: Connection) -> Iterator[_Word]:
    """What holds, oldest first; read without more ado: there is one for each report that anybody looked at."""
    names = ("number", "person", "action", "field", "value", "bounds", "undoes")
    asked = select(*(decisions.c[name] for name in names)).where(decisions.c.action.in_((*_JUDGING, "undo")))
    rows = [tuple(row) for row in connection.execute(asked.order_by(decisions.c.number))]
    undone = {undoes for *_, undoes in rows if undoes is not None}
    for number, person, action, field_, value, bounds, _ in rows:
        if action != "undo" and number not in undone:
            bound = orjson.loads(bounds)[0]
            yield _Word(number, person, action, field_, orjson.loads(value) if value else {}, bound)


def _after(before: Said | None, one: _Word) -> Said:
    """What a person says after one more entry of hers."""
    edits, samples = before.edits if before else {}, before.samples if before else frozenset()
    if one.action == "edit":
        held = {**edits, one.field or "": one.value}
        return Said(before.verdict if before else "accept", held, samples, one.number)
    verdict = next(known for known in VERDICTS if known == one.action)
    sample = one.value.get("sample")
    return Said(verdict, edits, samples if sample is None else samples | {sample}, one.number)


def corrections(connection: Connection, keys: Sequence[str]) -> dict[str, tuple[tuple[str, str], ...]]:
    """The corrections that hold in the articles with these keys, by the report's id, the oldest first: field and JSON."""
    held = [one for one in holding(_in_articles(connection, keys)) if one.action == "edit" and one.bounds]
    found = brought(connection, {one.bounds[0] for one in held})
    by_report: dict[str, tuple[tuple[str, str], ...]] = {}
    for one in held:
        report = found.get(one.bounds[0])
        if report is not None:
            by_report[report.id] = (*by_report.get(report.id, ()), (one.field or "", one.value or "null"))
    return by_report


def _in_articles(connection: Connection, keys: Sequence[str]) -> list[Decision]:
    """The entries on articles, with those that undo them: these are bound to the same article."""
    return journal(connection, decisions.c.article.in_(list(dict.fromkeys(keys))))


@dataclass(frozen=True, slots=True)
class JournalAsked:
    """Which entries of the journal are asked for; `blind_to` is a person who is not shown what others said of reports that she
    has not judged herself."""

    person: str | None = None
    action: str | None = None
    article: str | None = None
    report: str | None = None
    blind_to: str | None = None
    limit: int = 50
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the journal with the ids of the reports that it means today (None: no more), and the entry that took it back."""

    decision: Decision
    reports: tuple[str | None, ...]
    undone_by: int | None


def entries(connection: Connection, asked: JournalAsked) -> Page[Entry]:
    """The entries that fit, the latest first. Raises QueryError for a cursor that no page gave."""
    last = _MOST if asked.after is None else _number(asked.after)
    conditions = [decisions.c[name] == value for name, value in _plain(asked).items() if value is not None]
    own = _own_bounds(connection, asked.blind_to) if asked.blind_to else None
    bounds = _bounds_of(connection, asked.report) if asked.report else None
    found: list[Decision] = []
    while len(found) <= asked.limit:
        some = select(decisions).where(decisions.c.number < last, *conditions)
        rows = connection.execute(some.order_by(decisions.c.number.desc()).limit(asked.limit * 2 + 1)).all()
        if not rows:
            break
        last = rows[-1].number
        for one in map(decision_of, rows):
            shown = own is None or one.person == asked.blind_to or _seen(one.bounds, own)
            if shown and (bounds is None or not bounds.isdisjoint(one.bounds)):
                found.append(one)
    page = found[: asked.limit]
    return Page(tuple(told(connection, page)), str(page[-1].number) if len(found) > asked.limit else None)


def told(connection: Connection, given: Sequence[Decision]) -> list[Entry]:
    """These entries with the reports that they mean today."""
    found = brought(connection, {bound for one in given for bound in one.bounds})
    numbers = [one.number for one in given]
    undoing = select(decisions.c.undoes, decisions.c.number).where(decisions.c.undoes.in_(numbers))
    undone = {row.undoes: row.number for row in connection.execute(undoing)}
    return [
        Entry(one, tuple(found[b].id if b in found else None for b in one.bounds), undone.get(one.number))
        for one in given
    ]


def _plain(asked: JournalAsked) -> dict[str, str | None]:
    return {"person": asked.person, "action": asked.action, "article": asked.article}


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise QueryError(NO_CURSOR(what=OF_JOURNAL))
    return int(text)


def _own_bounds(connection: Connection, person: str) -> frozenset[Bound]:
    """What a person has judged herself."""
    held = holding(journal(connection, decisions.c.person == person))
    return frozenset(one.bounds[0] for one in held if one.action in _JUDGING and one.bounds)


def _seen(bounds: Sequence[Bound], own: frozenset[Bound]) -> bool:
    return all(bound in own for bound in bounds)


def _bounds_of(connection: Connection, report: str) -> frozenset[Bound]:
    """The bounds of the journal that mean this report."""
    one = told_by_id(connection, [report]).get(report)
    if one is None:
        return frozenset()
    mentioned = journal(connection, decisions.c.bounds.contains(one.article_key, autoescape=True))
    found = brought(connection, _every(mentioned))
    return frozenset(bound for bound, other in found.items() if other.id == report)


def _every(given: Iterable[Decision]) -> set[Bound]:
    return {bound for one in given for bound in one.bounds}
