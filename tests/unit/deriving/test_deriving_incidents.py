"""Incidents in the store: a function of the reports, however they came; ids that lead on; decisions that hold."""

import dataclasses
import datetime as dt
import random
from collections.abc import Sequence
from contextlib import closing
from typing import Any

import orjson
import pytest
from sqlalchemy import func, insert, select

from cases import Coded, account, coded, corpus
from waqai.deriving.incidents import derive_incidents
from waqai.deriving.rulings import let_wait
from waqai.incidents.merging import Merger
from waqai.knowledge.incidents import load_incidents
from waqai.model.account import Account
from waqai.model.decision import Bound
from waqai.model.incident import Incident
from waqai.records_incidents import incident_from
from waqai.store.incidents import current_id
from waqai.store.opening import Store, open_store
from waqai.store.reading import accounts as stored_accounts
from waqai.store.schema import (
    decisions,
    incident_actors,
    incident_redirects,
    incident_sources,
    incidents,
    pending,
    reports,
)
from waqai.store.writing import Writer

STRIKE: dict[str, Any] = {"by": "regime", "vs": "civilians", "k": 12, "what": "market", "via": ["sohr"]}
PAPERS = ("الفجر", "المرقب", "البريد", "النهضة", "الساحل")


def strikes(count: int, **more: Any) -> list[Account]:
    """Reports of one strike in different papers, the first known first."""
    days = [f"2016-05-{2 + n:02}" for n in range(count)]
    return [
        account(f"r{n}", **(STRIKE | {"from": PAPERS[n], "pub": day, "art": f"a{n}"} | more))
        for n, day in enumerate(days)
    ]


def put(store: Store, articles: Sequence[Coded], coder: str = "made 1") -> None:
    with Writer(store) as writer:
        for one in articles:
            writer.add(one.article, one.reports, (), coder)


def stored(store: Store) -> dict[str, Incident]:
    """The incidents of the record, by id."""
    with store.read() as connection:
        found = [incident_from(orjson.loads(json)) for json in connection.scalars(select(incidents.c.json))]
        for one in found:
            held = select(reports.c.id).where(reports.c.incident == one.id)
            assert set(connection.scalars(held)) == {report.id for report in one.reports}
    return {one.id: one for one in found}


def count(store: Store, table: Any, *conditions: Any) -> int:
    with store.read() as connection:
        return connection.scalar(select(func.count()).select_from(table).where(*conditions)) or 0


def plain(found: Sequence[Incident]) -> list[Incident]:
    """Incidents as the JSON form holds them."""
    from waqai.knowledge.codebook import load_codebook
    from waqai.knowledge.files import load_files
    from waqai.records_incidents import incident_json

    book = load_codebook(load_files())
    return [incident_from(incident_json(one, book)) for one in found]


@pytest.mark.parametrize("seed", [1, 2])
def test_the_record_holds_what_clustering_all_at_once_gives(record_address: str, seed: int) -> None:
    chance = random.Random(seed)
    articles = coded([case.account for case in corpus("corpus_groups.yaml")])
    chance.shuffle(articles)
    with closing(open_store(record_address, create=True)) as store:
        at = 0
        while at < len(articles):
            size = chance.randrange(1, 30)
            put(store, articles[at : at + size])
            derive_incidents(store, batch=chance.choice((3, 1000)), near=chance.choice((2, 1000)))
            at += size
        with store.read() as connection:
            every = list(stored_accounts(connection))
        expected = plain(Merger(load_incidents()).incidents(every))
        assert list(stored(store).values()) or expected
        assert sorted(stored(store).values(), key=lambda one: one.id) == expected
        assert count(store, pending, pending.c.kind == "report") == 0
        assert count(store, incident_actors) > count(store, incidents) / 2
        assert count(store, incident_sources) > 0


def test_nothing_that_waits_is_nothing_to_do(record_address: str) -> None:
    with closing(open_store(record_address, create=True)) as store:
        put(store, coded(strikes(2)))
        assert derive_incidents(store).written == 1
        assert derive_incidents(store) == type(derive_incidents(store))()
        assert len(stored(store)) == 1


def test_only_what_is_linked_is_written_again(record_address: str) -> None:
    with closing(open_store(record_address, create=True)) as store:
        put(store, coded([*strikes(2), account("x", on="2016-09-01", pub="2016-09-02", **{"from": "الأفق"})]))
        derive_incidents(store)
        put(store, coded(strikes(3)[2:]))
        done = derive_incidents(store)
        assert (done.reports, done.written, done.gone) == (1, 1, 0)
        assert sorted(len(one.reports) for one in stored(store).values()) == [1, 3]


def test_reports_near_places_that_nobody_names_themselves_find_each_other(record_address: str) -> None:
    places = {
        "town": ["x-1", "تل حسان", "Tell Hassan", 35.61, 36.70, "settlement", "Idlib"],
        "next": ["x-4", "تل عباس", "Tell Abbas", 35.62, 36.72, "settlement", "Idlib"],
    }
    told = [
        account(f"r{n}", places, **(STRIKE | {"at": at, "near": True, "art": f"a{n}", "from": PAPERS[n]}))
        for n, at in enumerate(places)
    ]
    assert len(Merger(load_incidents()).incidents(told)) == 1
    with closing(open_store(record_address, create=True)) as store:
        for one in coded(told):
            put(store, [one])
            derive_incidents(store)
        assert len(stored(store)) == 1


def test_an_earlier_report_takes_the_incident_over_and_the_old_id_leads_to_it(record_address: str) -> None:
    first, second, third = coded(strikes(3))
    with closing(open_store(record_address, create=True)) as store:
        for one in (third, second, first):
            put(store, [one])
            derive_incidents(store)
        assert list(stored(store)) == [first.reports[0].id]
        with store.read() as connection:
            for one in (first, second, third):
                assert current_id(connection, one.reports[0].id) == first.reports[0].id
        assert count(store, incident_redirects) == 2


def test_coding_again_takes_old_reports_out_and_an_id_that_comes_back_leads_nowhere_else(record_address: str) -> None:
    first, second = coded(strikes(2))
    with closing(open_store(record_address, create=True)) as store:
        put(store, [second])
        derive_incidents(store)
        put(store, [first])
        derive_incidents(store)
        put(store, [dataclasses.replace(first, reports=())], "made 2")
        derive_incidents(store)
        assert list(stored(store)) == [second.reports[0].id]
        assert count(store, incident_redirects, incident_redirects.c.old == second.reports[0].id) == 0
        put(store, [dataclasses.replace(second, reports=())], "made 2")
        derive_incidents(store)
        assert stored(store) == {}
        assert count(store, pending, pending.c.kind.in_(["report", "incident"])) == 0


def test_a_newer_version_of_an_article_counts_and_the_older_no_longer(record_address: str) -> None:
    (old,) = coded(strikes(1))
    newer = dataclasses.replace(old.article, text=old.article.text + " ثم ارتفع العدد.")
    with closing(open_store(record_address, create=True)) as store:
        put(store, [old])
        derive_incidents(store)
        put(store, [Coded(newer, ())])
        derive_incidents(store)
        assert stored(store) == {}


def decide(
    store: Store, action: str, *of: Coded, value: str | None = None, number: int = 1, undoes: int | None = None
) -> None:
    """Write a decision on the first reports of these articles into the journal, as a person's."""
    made = [
        Bound(
            one.article.key,
            "text",
            r.evidence.start + 1,
            r.evidence.end,
            "remote",
            r.place.place.id if r.place else None,
        )
        for one in of
        for r in one.reports[:1]
    ]
    row = {
        "number": number, "at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC).isoformat(), "person": "a reviewer", "action": action,
        "article": made[0].article_key if made else None, "bounds": orjson.dumps([dataclasses.asdict(b) for b in made]).decode(),
        "field": None, "value": value, "undoes": undoes,
    }  # fmt: skip
    with store.write() as connection:
        connection.execute(insert(decisions), [row])
        let_wait(connection, made)
    derive_incidents(store)


def test_a_split_holds_and_survives_coding_again(record_address: str) -> None:
    first, second = coded(strikes(2))
    with closing(open_store(record_address, create=True)) as store:
        put(store, [first, second])
        derive_incidents(store)
        assert len(stored(store)) == 1
        decide(store, "split", first, second)
        assert len(stored(store)) == 2
        again = dataclasses.replace(second.reports[0], id="another-id")
        put(store, [dataclasses.replace(second, reports=(again,))], "made 2")
        derive_incidents(store)
        assert len(stored(store)) == 2


def test_a_merge_joins_what_nothing_else_would(record_address: str) -> None:
    first, second = strikes(2)
    far = account("far", **(STRIKE | {"on": "2016-11-01", "pub": "2016-11-02", "art": "far", "from": "الأفق"}))
    articles = coded([first, second, far])
    with closing(open_store(record_address, create=True)) as store:
        put(store, articles)
        derive_incidents(store)
        assert len(stored(store)) == 2
        decide(store, "merge", articles[2], articles[1])
        (made,) = stored(store).values()
        assert len(made.reports) == 3
        assert any("a person said" in reason for merge in made.merges for reason in merge.reasons)


def test_grades_and_rejections_hold_until_undone(record_address: str) -> None:
    first, second = coded(strikes(2))
    with closing(open_store(record_address, create=True)) as store:
        put(store, [first, second])
        derive_incidents(store)
        decide(store, "grade", first, value='"confirmed"')
        (made,) = stored(store).values()
        assert made.grading is not None
        assert (made.grading.grade, made.grading.person) == ("confirmed", "a reviewer")
        decide(store, "reject", first, number=2)
        assert list(stored(store)) == [second.reports[0].id]
        assert count(store, reports, reports.c.incident.is_(None)) == 1
        decide(store, "undo", first, number=3, undoes=2)
        assert len(next(iter(stored(store).values())).reports) == 2


def test_places_whose_control_may_have_changed_wait_to_be_told(record_address: str) -> None:
    taken = account("t", **{"is": "takes", "by": "isis", "art": "t"})
    with closing(open_store(record_address, create=True)) as store:
        put(store, coded([taken, *strikes(1)]))
        derive_incidents(store)
        with store.read() as connection:
            held = list(connection.scalars(select(pending.c.what).where(pending.c.kind == "place")))
        assert held == ["x-1"]
