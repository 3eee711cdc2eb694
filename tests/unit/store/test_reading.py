"""What was stored comes back: articles, versions, reports by the beginning of their id, accounts."""

import dataclasses

import pytest

from stored import article, put, record, report
from waqai.records_reading import ArticleFacts, account_of
from waqai.store.opening import Store
from waqai.store.reading import (
    Unclear,
    accounts,
    accounts_by_id,
    article_by_doc_id,
    article_by_key,
    article_by_number,
    articles_by_number,
    count_articles,
    each_article,
    each_report,
    report_by_id,
    reports_of,
    versions_of,
)
from waqai.store.schema import reports
from waqai.store.writing import Writer

ONE = article("قصف الطيران الحربي سوقا في حلب", "a1", title="غارة", outlet="جريدة", url="u", language="ar")
TWO = article("سيطر مقاتلون على قرية", "a2", None)
NEWER = article("سيطر مقاتلون على قريتين", "a2", "2016-07-01")


def test_articles_come_back(record_address: str) -> None:
    with record(record_address, ONE, TWO, NEWER) as store, store.read() as connection:
        found = article_by_key(connection, ONE.key)
        assert found is not None and found.article == ONE and found.key == ONE.key
        assert article_by_number(connection, found.number) == found
        assert article_by_doc_id(connection, "a1") == found
        newest = article_by_doc_id(connection, "a2")
        assert newest is not None and newest.article == NEWER
        assert [one.article for one in versions_of(connection, "a2")] == [TWO, NEWER]
        assert [one.article for one in each_article(connection)] == [ONE, TWO, NEWER]
        assert set(articles_by_number(connection, [found.number, 999])) == {found.number}
        assert count_articles(connection) == 3


def test_what_is_not_there(record_address: str) -> None:
    with record(record_address) as store, store.read() as connection:
        assert article_by_key(connection, "0" * 64) is None and article_by_doc_id(connection, "a") is None
        assert report_by_id(connection, "abc") is None and versions_of(connection, "a") == ()


def test_a_report_by_its_id_or_how_it_begins(record_address: str) -> None:
    made = [report(ONE, n, id=f"{name}5") for n, name in enumerate(("abc1", "abd2", "bcd3"))]
    with record(record_address) as store:
        with Writer(store) as writer:
            writer.add(ONE, made)
        with store.read() as connection:
            whole = report_by_id(connection, "abc15")
            assert whole is not None and whole.record["id"] == "abc15"
            assert dataclasses.replace(whole.report, date=made[0].date) == made[0]
            assert report_by_id(connection, "b") == report_by_id(connection, "bcd35")
            assert report_by_id(connection, "%") is None and report_by_id(connection, "abc1_") is None
            for unclear in ("ab", ""):
                with pytest.raises(Unclear):
                    report_by_id(connection, unclear)
            assert [one.id for one in reports_of(connection, whole.article)] == [one.id for one in made]


def test_accounts_are_those_of_the_reports_that_count(record_address: str) -> None:
    with record(record_address, ONE, TWO, NEWER) as store, store.read() as connection:
        found = {one.report_id: one for one in accounts(connection)}
        assert set(found) == {report(ONE).id, report(NEWER).id}
        assert ONE.published is not None
        facts = ArticleFacts(ONE.key, "a1", ONE.key, "جريدة", ONE.published.day, ONE.published.day)
        assert found[report(ONE).id] == account_of(report(ONE), facts)
        assert accounts_by_id(connection, [report(ONE).id, report(TWO).id]) == {report(ONE).id: found[report(ONE).id]}


def test_pages_of_any_size(record_address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("waqai.store.reading._AT_ONCE", 2)
    many = [article(f"خبر عن قصف رقم {n}", f"n{n}") for n in range(5)]
    with record(record_address, *many) as store, store.read() as connection:
        assert [one.article for one in each_article(connection)] == many
        assert len(list(each_report(connection, reports.c.superseded.is_(None)))) == 5


def test_a_reader_beside_the_writer(record_address: str) -> None:
    with record(record_address, ONE) as store:
        assert _read_while_writing(store) == (1, 2)


def _read_while_writing(store: Store) -> tuple[int, int]:
    with store.write(), store.read() as connection:
        before = count_articles(connection)
    put(store, TWO)
    with store.read() as connection:
        return before, count_articles(connection)
