"""The queue of the review desk, the journal, and what the decisions measure."""

import base64
import dataclasses
import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import select

from asked import AGENCY, ARMY, asked, told
from stored import OBSERVER, article
from waqai.deriving.deciding import Decider, Wish
from waqai.deriving.incidents import derive_incidents
from waqai.incidents.rulings import EDITABLE
from waqai.knowledge.codebook import load_codebook
from waqai.knowledge.files import load_files
from waqai.model.mention import Source
from waqai.model.report import Casualties, Claim, NamedSource, Report
from waqai.model.text import Span
from waqai.queries import review
from waqai.queries.errors import QueryError
from waqai.queries.filters import Filter
from waqai.queries.review import ORDERS, Order, Queue, QueueAsked, queue
from waqai.queries.review_doubts import WEIGHTS, doubts, uncertainty
from waqai.queries.review_figures import agreements, kappa, precision, wilson
from waqai.queries.review_verdicts import JournalAsked, entries, verdicts
from waqai.records import report_json
from waqai.store.decisions import SEED
from waqai.store.opening import Store
from waqai.store.schema import reports
from waqai.store.writing import Writer

MORE = 12
AT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
BOOK = load_codebook(load_files())


@contextmanager
def desk(address: str) -> Iterator[tuple[Store, Decider]]:
    """The record of known content with a dozen more reports in one article, and what decides in it."""
    with asked(address) as store:
        long = article("اشتباكات متفرقة في أحياء حلب طوال اليوم " * 3, "long", "2016-09-01", outlet="البحر")
        with Writer(store) as writer:
            writer.add(long, [told(long, n, by=ARMY, sub_event_type="Armed clash") for n in range(MORE)], [], "made 1")
        derive_incidents(store)
        yield store, Decider(store, lambda: AT)


def walked(store: Store, order: Order, limit: int = 5, filter: Filter | None = None, **more: Any) -> list[str]:
    """The ids of the whole queue, page by page."""
    found: list[str] = []
    after: str | None = None
    while True:
        page = asked_for(store, order, filter=filter, limit=limit, after=after, **more)
        assert len(page.rows) <= limit
        found += [row.id for row in page.rows]
        after = page.after
        if after is None:
            return found


def asked_for(store: Store, order: Order, filter: Filter | None = None, **more: Any) -> Queue:
    with store.read() as connection:
        return queue(connection, filter or Filter(), QueueAsked(order, **more))


def every(store: Store) -> set[str]:
    with store.read() as connection:
        return set(connection.scalars(select(reports.c.id).where(reports.c.superseded.is_(None))))


def test_every_order_walks_through_all_reports_once(record_address: str) -> None:
    with desk(record_address) as (store, _):
        for order in ORDERS:
            for limit in (1, 4, 100):
                found = walked(store, order, limit)
                assert sorted(found) == sorted(every(store)), order


def test_the_random_order_begins_at_the_seed_and_goes_round(record_address: str) -> None:
    with desk(record_address) as (store, _):
        found = walked(store, "random")
        ids = sorted(every(store))
        assert found == [id for id in ids if id >= SEED] + [id for id in ids if id < SEED]
        assert 0 < sum(id < SEED for id in ids) < len(ids)


def test_the_newest_come_first_and_outlets_one_after_another(record_address: str) -> None:
    with desk(record_address) as (store, _):
        days = [row.article["published"] for row in asked_for(store, "newest", limit=100).rows]
        known = [day for day in days if day is not None]
        assert known == sorted(known, reverse=True) and known[0] == "2016-09-01"
        outlets = [row.article["outlet"] for row in asked_for(store, "outlet", limit=100).rows]
        assert [outlet for n, outlet in enumerate(outlets) if n == 0 or outlets[n - 1] != outlet] == [
            "البحر", "نهار الشمال", None,
        ]  # fmt: skip


def test_the_most_uncertain_come_first_with_their_reasons(record_address: str) -> None:
    with desk(record_address) as (store, _):
        rows = asked_for(store, "uncertain", limit=100).rows
        assert [row.uncertainty for row in rows] == sorted((row.uncertainty for row in rows), reverse=True)
        assert rows[0].uncertainty > rows[-1].uncertainty
        for row in rows:
            assert row.doubts == doubts(row.report) and row.uncertainty == uncertainty(row.doubts)


def test_of_many_reports_the_most_uncertain_of_the_first_at_random_are_shown(
    record_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(review, "WINDOW", 6)
    with desk(record_address) as (store, _):
        page = asked_for(store, "uncertain", limit=100)
        assert page.considered == 6
        assert {row.id for row in page.rows} == set(walked(store, "random")[:6])
        filter = Filter(types=("Peaceful protest",))
        assert asked_for(store, "uncertain", filter=filter).considered is None


def test_all_conditions_of_lists_hold(record_address: str) -> None:
    with desk(record_address) as (store, _):
        for filter, count in (
            (Filter(types=("Armed clash",)), MORE + 3),
            (Filter(outlets=("نهار الشمال",)), 2),
            (Filter(words="مظاهرة"), 1),
            (Filter(actors=("isis",), roles=("blamed",)), 1),
            (Filter(start=dt.date(2017, 1, 1)), 0),
        ):
            for order in ORDERS:
                assert len(walked(store, order, filter=filter)) == count, (order, filter)


def test_what_was_judged_is_left_out_as_asked(record_address: str) -> None:
    with desk(record_address) as (store, decider):
        first, second, third, *_ = walked(store, "random")
        decider.decide("reem", Wish("accept", first))
        decider.decide("omar", Wish("reject", second))
        decider.decide("omar", Wish("edit", third, field="killed", value=[1, 1]))
        for order in ORDERS:
            everybody = set(walked(store, order, person="reem"))
            assert everybody == every(store) - {first, second, third}
            assert set(walked(store, order, person="reem", leave="mine")) == every(store) - {first}
            assert set(walked(store, order, person="omar", leave="mine")) == every(store) - {second, third}
            assert set(walked(store, order, person="omar", leave="nobody")) == every(store)
        decider.undo("omar", 2, any_person=False)
        assert second in walked(store, "random", person="omar", leave="mine")


@pytest.mark.parametrize("order", ORDERS)
def test_cursors_of_others_are_refused(record_address: str, order: Order) -> None:
    with desk(record_address) as (store, _):
        good = {one: asked_for(store, one, limit=1).after for one in ORDERS}
        huge = base64.urlsafe_b64encode(b'["newest",0,"2016-01-01",9999999999,1]').decode()
        bad = [
            huge,
            "",
            "x",
            "\0",
            "é",
            "W10",
            "WyJyYW5kb20iXQ",
            "A" * 5000,
            *(good[one] for one in ORDERS if one != order),
        ]
        for cursor in bad:
            with pytest.raises(QueryError):
                asked_for(store, order, after=cursor)


def report_of(**more: Any) -> Report:
    """A report of which little is in doubt."""
    of = article("قصف الجيش السوري أحياء حلب أمس وقتل ثلاثة مدنيين")
    return told(of, 0, by=ARMY, whom=ARMY, **more)


def named(report: Report) -> set[str]:
    return {doubt.name for doubt in doubts(report_json(report, BOOK))}


def test_each_reason_to_doubt_is_found_and_nothing_else() -> None:
    words = Span("text", 0, 4, "قصف ")
    party = Claim((NamedSource(Source("a spokesman", "", "party"), words),))
    denial = Claim((NamedSource(AGENCY, words),), "denies")
    quoted = Claim((NamedSource(OBSERVER, words),))
    tolls = tuple(Casualties("killed", "unknown", None, n, n, 0, words) for n in (2, 9))
    changes: dict[str, dict[str, Any]] = {
        "weak words": {"confidence": 0.3},
        "no place": {"place": None},
        "no date": {"day": None},
        "not happened": {"modality": "attempted"},
        "told as history": {"background": True},
        "one side says so": {"claims": (party,)},
        "nobody is quoted": {"claims": (Claim(()),)},
        "denied by somebody": {"claims": (quoted, denial)},
        "tolls differ": {"killed": (2, 9), "casualties": tolls},
        "toll is wide": {"killed": (2, 90)},
    }
    assert named(report_of()) == set()
    for name, given in changes.items():
        made = report_of(**{key: value for key, value in given.items() if key not in ("claims", "casualties")})
        for key in ("claims", "casualties"):
            if key in given:
                made = _with(made, key, given[key])
        assert named(made) == {name}, name
    assert named(_with(_with(report_of(), "actor1", ()), "actor2", ())) == {"no first party", "no second party"}
    assert set(changes) < set(WEIGHTS)
    assert 0 < uncertainty(doubts(report_json(report_of(place=None, confidence=0.1), BOOK))) < 1


def _with(report: Report, field: str, value: Any) -> Report:
    return dataclasses.replace(report, **{field: value})


def test_precision_is_of_the_random_sample_alone(record_address: str) -> None:
    with desk(record_address) as (store, decider):
        order = walked(store, "random")
        for number, action in ((0, "accept"), (1, "reject"), (3, "accept"), (4, "unsure")):
            decider.decide("reem", Wish(action, order[number], sample=""))  # type: ignore[arg-type]
        decider.decide("reem", Wish("edit", order[0], field="killed", value=[1, 1]))
        decider.decide("reem", Wish("reject", order[7]))  # of no sample
        decider.decide("reem", Wish("reject", order[8], sample="type=x"))
        with store.read() as connection:
            said = verdicts(connection)
            found = precision(connection, Filter(), "", said, EDITABLE)
            types = dict(connection.execute(select(reports.c.id, reports.c.sub_event_type)).all())
        assert found.events == wilson(2, 3)
        assert (found.unsure, found.skipped, found.seed) == (1, 1, SEED)
        assert sum(share.judged for share in found.by_type.values()) == 3
        assert set(found.by_type) == {types[order[n]] for n in (0, 1, 3)}
        assert found.fields["killed"] == wilson(1, 2) and found.fields["place"] == wilson(2, 2)


def test_the_skipped_are_counted_round_the_end_of_the_order(record_address: str) -> None:
    with desk(record_address) as (store, decider):
        order = walked(store, "random")
        behind = [id for id in order if id < SEED]
        decider.decide("reem", Wish("accept", behind[1], sample=""))
        with store.read() as connection:
            found = precision(connection, Filter(), "", verdicts(connection), EDITABLE)
        assert found.skipped == order.index(behind[1])


def test_two_reviewers_agree_as_far_as_they_do(record_address: str) -> None:
    with desk(record_address) as (store, decider):
        order = walked(store, "random")
        said = (("accept", "accept"), ("accept", "reject"), ("reject", "reject"), ("accept", "accept"))
        for id, (one, other) in zip(order, said, strict=False):
            decider.decide("omar", Wish(one, id))  # type: ignore[arg-type]
            decider.decide("reem", Wish(other, id))  # type: ignore[arg-type]
        decider.decide("omar", Wish("accept", order[9]))
        with store.read() as connection:
            (found,) = agreements(verdicts(connection))
        assert (found.one, found.other, found.both, found.agreed, found.raw) == ("omar", "reem", 4, 3, 0.75)
        assert found.kappa == 0.5
        assert found.table == {("accept", "accept"): 2, ("accept", "reject"): 1, ("reject", "reject"): 1}
        assert kappa({("accept", "accept"): 7}) is None


def test_the_journal_is_told_latest_first_and_blind_to_what_was_not_judged(record_address: str) -> None:
    with desk(record_address) as (store, decider):
        first, second, *_ = walked(store, "random")
        decider.decide("omar", Wish("accept", first))
        decider.decide("omar", Wish("reject", second))
        decider.decide("reem", Wish("accept", first))
        decider.undo("omar", 2, any_person=False)

        def numbers(**given: Any) -> list[int]:
            with store.read() as connection:
                return [one.decision.number for one in entries(connection, JournalAsked(**given)).rows]

        assert numbers() == [4, 3, 2, 1]
        assert numbers(blind_to="reem") == [3, 1]
        assert numbers(blind_to="omar") == [4, 3, 2, 1]
        assert numbers(person="omar") == [4, 2, 1]
        assert numbers(action="accept") == [3, 1]
        assert numbers(report=first) == [3, 1]
        assert numbers(report="none") == []
        with store.read() as connection:
            page = entries(connection, JournalAsked(limit=3))
            assert page.after == "2"
            assert [one.decision.number for one in entries(connection, JournalAsked(after=page.after)).rows] == [1]
            assert [(one.undone_by, one.reports) for one in page.rows[1:]] == [(None, (first,)), (4, (second,))]
            for cursor in ("x", "-1", "9" * 20):
                with pytest.raises(QueryError):
                    entries(connection, JournalAsked(after=cursor))
