"""The record grows by exactly what is new; what is derived hears of every change."""

import dataclasses
from typing import Any

import pytest
from sqlalchemy import Connection, Table, func, select, update

from stored import ALEPPO, NEAR, NOW, article, holding, put, record, report
from waqai.store.opening import Store
from waqai.store.schema import articles, holdings, pending, places, report_actors, report_sources, reports, sources
from waqai.store.writing import New, Writer

FIRST = article("قصف الطيران الحربي سوقا في مدينة حلب وقتل ثلاثة مدنيين", "a1")
SECOND = article("سيطر مقاتلون على قرية في ريف إدلب بعد معارك عنيفة", "a2")


def rows(store: Store, table: Table, *columns: str) -> list[tuple[Any, ...]]:
    with store.read() as connection:
        asked = [table.c[name] for name in columns] or list(table.c)
        return sorted(tuple(row) for row in connection.execute(select(*asked)))


def settle(store: Store) -> None:
    """As if incidents had been derived: nothing waits, every report has an incident of its own."""
    with store.write() as connection:
        connection.execute(pending.delete())
        connection.execute(update(reports).values(incident=reports.c.id, component=reports.c.article))


def test_an_article_is_kept_whole(record_address: str) -> None:
    given = article(
        "نصّ الخبر\r\nسطر ثان", "t", None, title="عنوان", outlet="جريدة", url="u", language="ar", synthetic=True
    )
    with record(record_address, given) as store, store.read() as connection:
        row = connection.execute(select(articles)).one()
    assert (row.title, row.text, row.outlet, row.url, row.language) == (given.title, given.text, "جريدة", "u", "ar")
    assert (row.key, row.text_sha256, row.copy_of) == (given.key, given.text_sha256, given.key)
    assert (row.published, row.known, row.synthetic) == (None, NOW.date().isoformat(), True)


def test_the_same_article_again_is_nothing_new(record_address: str) -> None:
    with record(record_address, FIRST, FIRST) as store:
        before = rows(store, articles), rows(store, reports), rows(store, pending)
        again = put(store, FIRST, dataclasses.replace(FIRST, id="another label"))
        assert again.new == New(same=1)
        assert (rows(store, articles), rows(store, reports), rows(store, pending)) == before
        assert len(before[0]) == len(before[1]) == 1


def test_what_a_report_names_is_kept_once(record_address: str) -> None:
    with record(record_address, FIRST, SECOND) as store:
        assert rows(store, places, "id", "folded", "lat") == [("g1", "حلب|aleppo", 36.2)]
        assert [key for (key,) in rows(store, sources, "key")] == ["Syrian Observatory for Human Rights"]
        assert len(rows(store, report_actors)) == len(rows(store, report_sources)) == 2
        assert rows(store, report_sources, "stance", "furthest") == [("asserts", True)] * 2


def test_the_point_of_a_place_is_its_own_in_any_order(record_address: str) -> None:
    with record(record_address) as store:
        for place in (NEAR, ALEPPO, NEAR):
            one = article(f"قصف قرب المدينة {place.relation} {len(rows(store, articles))}")
            with Writer(store) as writer:
                writer.add(one, [report(one, 0, place)])
        assert rows(store, places, "id", "lat") == [("g1", 36.2)]


def test_new_reports_wait(record_address: str) -> None:
    with record(record_address, FIRST) as store:
        assert [row for row in rows(store, pending) if row[0] == "report"] == [("report", report(FIRST).id)]
        assert ("place", report(FIRST).place.place.id) in rows(store, pending), "a new town may have quarters"


def test_a_newer_version_under_the_same_label(record_address: str) -> None:
    newer = article("سيطر مقاتلون على قرية أخرى في ريف حماة دون قتال", "a1", "2016-05-06")
    with record(record_address, FIRST, SECOND) as store:
        settle(store)
        assert put(store, newer).new.versions == 1
        assert dict(rows_any(store, articles, "key", "newer")) == {
            FIRST.key: newer.key,
            SECOND.key: None,
            newer.key: None,
        }
        held = {row[0]: row[1:] for row in rows_any(store, reports, "id", "superseded", "incident")}
        assert held[report(FIRST).id] == ("2016-05-06", None)
        assert held[report(SECOND).id] == (None, report(SECOND).id)
        assert set(rows(store, pending)) == {("report", report(newer).id), ("incident", report(FIRST).id)}
        assert put(store, FIRST).new == New()


def rows_any(store: Store, table: Table, *columns: str) -> list[tuple[Any, ...]]:
    with store.read() as connection:
        return [tuple(row) for row in connection.execute(select(*(table.c[name] for name in columns)))]


def test_three_versions_in_one_batch(record_address: str) -> None:
    versions = [article(f"نص مختلف تماما رقم {word}", "same") for word in ("واحد", "اثنان", "ثلاثة")]
    with record(record_address, *versions) as store:
        held = dict(rows_any(store, articles, "key", "newer"))
    assert held == {versions[0].key: versions[1].key, versions[1].key: versions[2].key, versions[2].key: None}


def test_coding_again_replaces_reports(record_address: str) -> None:
    with record(record_address, FIRST, SECOND) as store:
        with store.write() as connection:
            connection.execute(pending.delete())
            connection.execute(update(reports).values(incident="i1", component="c1"))
        with Writer(store) as writer:
            writer.add(FIRST, [report(FIRST, 1), report(FIRST, 2)], [], "made 2")
        assert writer.new == New(recoded=1, reports=2)
        assert {row[0] for row in rows(store, reports, "id")} == {
            report(FIRST, 1).id,
            report(FIRST, 2).id,
            report(SECOND).id,
        }
        assert dict(rows_any(store, articles, "key", "coder")) == {FIRST.key: "made 2", SECOND.key: "made 1"}
        waiting = {("report", report(FIRST, 1).id), ("report", report(FIRST, 2).id)}
        assert set(rows(store, pending)) == waiting | {("report", report(SECOND).id), ("incident", "i1")}
        numbers = {number for (number,) in rows(store, reports, "number")}
        assert {number for (number,) in rows(store, report_actors, "report")} == numbers


def test_the_same_coder_codes_again_only_when_asked(record_address: str) -> None:
    with record(record_address, FIRST) as store:
        assert put(store, FIRST).new == New()
        assert put(store, FIRST, recode=True).new == New(recoded=1, reports=1)


def test_an_older_version_coded_again_still_counts_no_longer(record_address: str) -> None:
    newer = article("خبر آخر لا يشبه الأول", "a1", "2016-06-01")
    with record(record_address, FIRST, newer) as store:
        put(store, FIRST, coder="made 2")
        assert dict(rows_any(store, reports, "id", "superseded"))[report(FIRST).id] == "2016-06-01"


def test_holdings_are_kept_and_their_places_wait(record_address: str) -> None:
    with record(record_address) as store:
        with Writer(store) as writer:
            writer.add(FIRST, [], [holding(FIRST)], "made 1")
        assert writer.new == New(articles=1, holdings=1)
        assert rows(store, holdings, "place", "actor", "effect") == [("g1", "isis", "holds")]
        assert rows(store, pending) == [("place", "g1")]
        with Writer(store) as writer:
            writer.add(FIRST, [], [], "made 2")
        assert rows(store, holdings) == []


def test_batches_are_kept_as_they_fill(record_address: str) -> None:
    with record(record_address) as store:
        writer = Writer(store, batch=2)
        counts = []
        for n in range(5):
            one = article(f"خبر رقم {n} عن بلدة بعيدة", f"n{n}")
            counts.append(writer.add(one, [report(one)]).articles)
        assert counts == [0, 2, 0, 2, 0]
        assert writer.flush().articles == 1 and writer.flush() == New()
        assert writer.new.articles == 5


def test_what_both_databases_cannot_hold_keeps_its_place(record_address: str) -> None:
    given = article("قبل\0بعد", "a\0b" * 2000, outlet="ج" * 3000)
    with record(record_address, given) as store, store.read() as connection:
        row = connection.execute(select(articles)).one()
        assert row.text == "قبل\ufffdبعد" and len(row.doc_id) < 500 and len(row.outlet) < 500
        assert put(store, given).new == New()


def test_reports_that_are_not_the_article_s(record_address: str) -> None:
    with record(record_address) as store:
        for wrong in ([report(SECOND)], [report(FIRST), report(FIRST)], [report(FIRST, sub_event_type="غزو")]):
            with pytest.raises(ValueError, match="article a1"):
                Writer(store).add(FIRST, wrong)


def test_half_a_character_is_refused(record_address: str) -> None:
    with record(record_address) as store, pytest.raises(ValueError, match="surrogate"):
        Writer(store).add(article("نص \ud800"), [])


def test_nothing_of_a_batch_that_fails(record_address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> int:
        raise RuntimeError("قصد")

    with record(record_address) as store:
        monkeypatch.setattr("waqai.store.copies.Copies.link", fail)
        writer = Writer(store)
        writer.add(FIRST, [report(FIRST)])
        with pytest.raises(RuntimeError):
            writer.flush()
        monkeypatch.undo()
        with store.read() as connection:
            assert _count(connection, articles) == _count(connection, reports) == _count(connection, pending) == 0
        assert writer.flush() == New(articles=1, reports=1)


def _count(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0
