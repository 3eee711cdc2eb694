"""A decision of a person: checked, added to the journal, and what it touches derived again, all in one transaction."""

import datetime as dt
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, get_args

import orjson
from sqlalchemy import Connection, select

from waqai.deriving.control import Teller, load_teller, tell_now
from waqai.deriving.correcting import Corrections, DecisionError, Words, check_begun, words_of
from waqai.deriving.incidents import OneByOne
from waqai.deriving.rulings import let_wait, rulings
from waqai.knowledge.codebook import load_codebook
from waqai.knowledge.files import load_files
from waqai.model.decision import Action, Bound, Decision
from waqai.model.incident import Grade
from waqai.model.mention import Actor, Place
from waqai.queries.known import Known
from waqai.sentences import (
    ALONE,
    ARTICLE,
    IS_UNDOING,
    ITSELF,
    KEPT_APART,
    MANY_DECIDE,
    MANY_OTHERS,
    NEEDS_EVIDENCE,
    NEEDS_OTHERS,
    NO_CHOICE,
    NO_ENTRY,
    NO_FIELD_GIVEN,
    NO_REPORT_GIVEN,
    NO_SUCH_SAMPLE,
    NONE_COUNTS,
    NOT_YOURS,
    OF_AN_ARTICLE,
    ONE_GRADE,
    ONE_REPORT,
    REASON_LENGTH,
    REASON_LETTERS,
    REPORT,
    SPAN_ALONE,
    TAKES_NO,
    UNDONE_BEFORE,
)
from waqai.store.adding import add_names
from waqai.store.control import waiting_places
from waqai.store.decisions import Entry, Told, add_entry, brought, decision_of, keep_seed, told_by_id
from waqai.store.incidents import current_id
from waqai.store.opening import Store, StoreError
from waqai.store.reading import article_by_key
from waqai.store.schema import decisions, incidents, reports

VERDICTS: tuple[Action, ...] = ("accept", "reject", "unsure")
ACTIONS: tuple[Action, ...] = (*VERDICTS, "edit", "split", "merge", "grade", "add", "whole")
GRADES: tuple[Grade, ...] = get_args(Grade)
PATIENCE = 20
"""Seconds that a decision waits for another writer."""
_MOST = 500
_LONGEST = 2000
_MANY = 1_000_000


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person says of a report (its id), or of an article (its key): an action, and what it needs.

    `others` are the reports (or incidents) it is merged with or split from; none for a split means all others of its
    incident. `field`, `value` and `words` are of a correction, `value` also of a grade; `sample` says of which random sample
    a verdict is. `add` has an event's fields as value and its evidence as words; it and `whole` are said of an `article`.
    """

    action: Action
    report: str = ""
    others: tuple[str, ...] = ()
    field: str | None = None
    value: Any = None
    words: Words | None = None
    sample: str | None = None
    article: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """What was added to the journal; the ids of the incidents that it changed, where ids that are no more lead (None: nowhere),
    and the places whose control was told anew."""

    decision: Decision
    changed: tuple[str, ...] = ()
    gone: Mapping[str, str | None] = field(default_factory=dict)
    control: tuple[str, ...] = ()


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


class Decider:
    """Keeps decisions in one record. Its knowledge is loaded with the first decision; one decision at a time."""

    def __init__(
        self,
        store: Store,
        now: Callable[[], dt.datetime] = _now,
        known: Known | None = None,
        today: Callable[[], dt.date] = dt.date.today,
    ) -> None:
        """Take the open record, what is known by name, and the day of the clock."""
        self._store, self._now, self._lock = store, now, threading.Lock()
        self._known, self._today = known or Known(), today
        self._kept: tuple[OneByOne, Teller, Corrections] | None = None

    def decide(self, person: str, wish: Wish) -> Decided:
        """Keep a decision. Raises DecisionError when it cannot be as given, StoreError when the record cannot be written."""
        if wish.action not in ACTIONS:
            raise DecisionError(NO_CHOICE(name="action", value=wish.action[:40], known=", ".join(ACTIONS)))
        with self._alone() as connection:
            if wish.action in ("add", "whole"):
                bound, value = self._of_article(connection, wish)
                return Decided(add_entry(connection, Entry(self._now(), person, wish.action, (bound,), value=value)))
            first = _report(connection, wish.report)
            bounds = (first.bound, *(one.bound for one in self._others(connection, wish, first)))
            value = self._value(connection, wish, first)
            named = wish.field if wish.action == "edit" else None
            entry = Entry(self._now(), person, wish.action, bounds, named, value)
            keep_seed(connection)
            decision = add_entry(connection, entry)
            if wish.action in ("accept", "unsure") and first.incident is not None:
                return Decided(decision)
            return self._derived(connection, decision, decision)

    def undo(self, person: str, number: int, *, any_person: bool) -> Decided:
        """Take an entry back by an entry of its own; only a person's own one unless `any_person`."""
        with self._alone() as connection:
            asked = select(decisions).where(decisions.c.number == number)
            row = connection.execute(asked).one_or_none() if 0 < number < 2**31 else None
            if row is None:
                raise DecisionError(NO_ENTRY(number=number), "unknown")
            taken = decision_of(row)
            if taken.action == "undo":
                raise DecisionError(IS_UNDOING(number=number), "settled")
            if not any_person and taken.person != person:
                raise DecisionError(NOT_YOURS(number=number), "forbidden")
            before = connection.scalar(select(decisions.c.number).where(decisions.c.undoes == number))
            if before is not None:
                raise DecisionError(UNDONE_BEFORE(number=number, before=before), "settled")
            entry = Entry(self._now(), person, "undo", taken.bounds, undoes=number)
            return self._derived(connection, add_entry(connection, entry), taken)

    @contextmanager
    def _alone(self) -> Iterator[Connection]:
        """The record, to be written to by one decision at a time; none waits longer than the others may have to."""
        if not self._lock.acquire(timeout=PATIENCE):
            raise StoreError(MANY_DECIDE())
        try:
            with self._store.write(PATIENCE) as connection:
                yield connection
        finally:
            self._lock.release()

    def _others(self, connection: Connection, wish: Wish, first: Told) -> Sequence[Told]:
        if wish.action not in ("merge", "split"):
            if wish.others:
                raise DecisionError(ONE_REPORT(action=wish.action))
            return ()
        if len(wish.others) > _MOST:
            raise DecisionError(MANY_OTHERS(most=_MOST))
        found = [_report(connection, id) for id in dict.fromkeys(wish.others)]
        if not found and wish.action == "merge":
            raise DecisionError(NEEDS_OTHERS())
        if not found and first.incident is not None:
            beside = select(reports.c.id).where(reports.c.incident == first.incident, reports.c.id != first.id)
            ids = connection.scalars(beside.order_by(reports.c.id).limit(_MOST)).all()
            found = list(told_by_id(connection, ids).values())
            if not found:
                raise DecisionError(ALONE(id=first.id), "settled")
        if not found or any(one.id == first.id for one in found):
            raise DecisionError(ITSELF())
        return found if wish.action == "split" else [*found, *_kept_apart(connection, first, found)]

    def _value(self, connection: Connection, wish: Wish, first: Told) -> str | None:
        """What the journal keeps as the value, as JSON."""
        if wish.action in VERDICTS:
            _only(wish, sample=True)
            return None if wish.sample is None else _packed({"sample": wish.sample})
        if wish.action == "grade":
            return _packed(_grade(wish.value))
        if wish.action != "edit":
            _only(wish)
            return None
        if wish.field is None:
            raise DecisionError(NO_FIELD_GIVEN())
        value = self._knowledge()[2].value(connection, wish.field, wish.value)
        if wish.field == "date":
            check_begun(value, _modality(connection, first), self._today())
        span = None
        if wish.words is not None:
            article = article_by_key(connection, first.article_key)
            assert article is not None
            span = words_of(article, wish.words)
        elif wish.field == "evidence":
            raise DecisionError(SPAN_ALONE())
        return _packed({"value": value, "span": span})

    def _of_article(self, connection: Connection, wish: Wish) -> tuple[Bound, str | None]:
        """What is said of a whole article: what it is bound to, and its value."""
        if wish.report or wish.others or wish.field is not None or wish.sample is not None:
            raise DecisionError(OF_AN_ARTICLE(action=wish.action))
        article = article_by_key(connection, wish.article) if wish.article.isalnum() else None
        if article is None or article.newer is not None:
            raise DecisionError(NONE_COUNTS(what=ARTICLE, id=wish.article[:64]), "unknown")
        if wish.action == "whole":
            _only(wish)
            return Bound(article.key, "text", 0, len(article.article.text), "", None), None
        if wish.words is None:
            raise DecisionError(NEEDS_EVIDENCE())
        words = words_of(article, wish.words)
        event = self._knowledge()[2].event(connection, wish.value)
        check_begun(event["date"], event["modality"], self._today())
        family = load_codebook(load_files()).event_types[event["sub_event_type"]].family
        place = event["place"]["id"] if event["place"] else None
        bound = Bound(article.key, words["in"], words["start"], words["end"], family, place)
        return bound, _packed({"value": event, "span": words})

    def _derived(self, connection: Connection, added: Decision, meant: Decision) -> Decided:
        """Derive anew what the decision `meant` bears on."""
        if meant.action in ("add", "whole"):
            return Decided(added)
        derive, teller, _ = self._knowledge()
        waited = set(waiting_places(connection, _MANY))
        _name(connection, meant)
        found = brought(connection, meant.bounds)
        let_wait(connection, meant.bounds)
        was = {one.incident for one in found.values() if one.incident is not None}
        changed, moved = derive.derive(connection, sorted({one.number for one in found.values()}))
        here = set(connection.scalars(_incidents(connection, was)))
        left = {id: current_id(connection, id) for id in was - here} | moved
        gone = {id: None if id == to else to for id, to in left.items()}
        places = set(waiting_places(connection, _MANY)) - waited | _places(meant)
        told = tell_now(connection, places, teller, derive.packing) if places else []
        return Decided(added, tuple(sorted(changed)), gone, tuple(told))

    def _knowledge(self) -> tuple[OneByOne, Teller, Corrections]:
        if self._kept is None:
            self._kept = OneByOne(), load_teller(), Corrections(load_codebook(load_files()), self._known)
        return self._kept


def _incidents(connection: Connection, ids: Iterable[str]) -> Any:
    return select(incidents.c.id).where(incidents.c.id.in_(sorted(ids)))


def _report(connection: Connection, id: str) -> Told:
    """The report that counts with this id, or the earliest one of the incident with this id, which may lead on to another one."""
    if 0 < len(id) <= 64 and id.isascii() and id.replace("-", "").isalnum():
        for named in (id, current_id(connection, id)):
            found = told_by_id(connection, [named]).get(named)
            if found is not None:
                return found
    if not id:
        raise DecisionError(NO_REPORT_GIVEN())
    raise DecisionError(NONE_COUNTS(what=REPORT, id=id[:40]), "unknown")


def _modality(connection: Connection, told: Told) -> str:
    """The modality of a report, as it was corrected last."""
    corrected = [value for name, value in rulings(connection).edits.get(told.id, ()) if name == "modality"]
    if corrected:
        return str(orjson.loads(corrected[-1])["value"])
    return str(connection.scalar(select(reports.c.modality).where(reports.c.id == told.id)))


def _kept_apart(connection: Connection, first: Told, others: Sequence[Told]) -> list[Told]:
    """The reports of the incidents that are to be joined from which the first one was split before: this merge is said of them too.

    Raises DecisionError when earlier splits keep other reports of the two apart.
    """
    split = rulings(connection).split
    if not split:
        return []
    mine, theirs = _beside(connection, [first]), _beside(connection, others)
    pairs = [
        pair for pair in split if (pair[0] in mine and pair[1] in theirs) or (pair[1] in mine and pair[0] in theirs)
    ]
    for one, other in pairs:
        if first.id not in (one, other):
            raise DecisionError(KEPT_APART(one=one, other=other), "settled")
    known = {one.id for one in others}
    partners = {id for pair in pairs for id in pair} - known - {first.id}
    return list(told_by_id(connection, partners).values())


def _beside(connection: Connection, told: Sequence[Told]) -> set[str]:
    """The reports (ids) of the incidents that these are in, and these."""
    within = {one.incident for one in told if one.incident is not None}
    found = connection.scalars(select(reports.c.id).where(reports.c.incident.in_(sorted(within))))
    return {*found, *(one.id for one in told)}


def _only(wish: Wish, *, sample: bool = False) -> None:
    """Refuse what this action does not take: somebody would believe that it was kept."""
    for name, given in (("field", wish.field), ("value", wish.value), ("span", wish.words)):
        if given is not None:
            raise DecisionError(TAKES_NO(action=wish.action, name=name))
    if wish.sample is not None and (not sample or len(wish.sample) > _LONGEST):
        raise DecisionError(NO_SUCH_SAMPLE(action=wish.action))


def _grade(value: Any) -> dict[str, Any]:
    given = {"grade": value} if isinstance(value, str) else value
    if not isinstance(given, Mapping) or given.get("grade") not in GRADES or not set(given) <= {"grade", "reason"}:
        raise DecisionError(ONE_GRADE(known=", ".join(GRADES)))
    reason = given.get("reason")
    if reason is not None and (not isinstance(reason, str) or len(reason) > _LONGEST or "\0" in reason):
        raise DecisionError(REASON_LENGTH(most=f"{_LONGEST:,}"))
    if reason is not None and any("\ud800" <= letter <= "\udfff" for letter in reason):
        raise DecisionError(REASON_LETTERS())
    return {"grade": given["grade"], "reason": reason or None}


def _packed(value: Any) -> str:
    return orjson.dumps(value).decode()


def _name(connection: Connection, decision: Decision) -> None:
    """Put the place or the actors that a correction gives into the record, which may not name them yet."""
    if decision.action != "edit" or decision.field not in ("place", "actor1", "actor2"):
        return
    value = orjson.loads(decision.value or "{}").get("value")
    if decision.field == "place":
        add_names(connection, [Place(**value)] if value else [], [])
    else:
        add_names(connection, [], [Actor(**actor) for actor in value])


def _places(decision: Decision) -> set[str]:
    """The places whose control a correction bears on: where the report was, and where it is now."""
    if decision.action != "edit" or decision.field in ("evidence", "killed", "injured", "weapon"):
        return set()
    found = {bound.place_id for bound in decision.bounds}
    if decision.field == "place":
        value = orjson.loads(decision.value or "{}").get("value")
        found.add(value["id"] if value else None)
    return {id for id in found if id is not None}
