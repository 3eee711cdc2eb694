"""Near-copies are linked to the earliest of their group, in whatever order they come."""

import itertools

from sqlalchemy import select, update

from stored import article, put, record, report
from unit_texts import LONG, OTHER
from waqai.store.opening import Store
from waqai.store.schema import articles, pending, reports

ONE = article(LONG, "agency", "2016-05-04", outlet="وكالة")
TWO = article(f"وكالة الأفق\n{LONG}", "paper", "2016-05-05", outlet="جريدة")
THREE = article(f"{LONG}\nوقالت مصادر محلية إن الطرق المؤدية إلى البلدة لا تزال مقطوعة.", "site", "2016-05-03")
ELSE = article(OTHER, "else", "2016-05-04")


def groups(store: Store) -> dict[str, str]:
    with store.read() as connection:
        rows = connection.execute(select(articles.c.doc_id, articles.c.copy_of)).all()
        keys = {row.key: row.doc_id for row in connection.execute(select(articles.c.key, articles.c.doc_id))}
    return {row.doc_id: keys[row.copy_of] for row in rows}


def test_copies_are_linked_to_the_earliest_in_any_order(tmp_path: object) -> None:
    for batch, order in itertools.product((1, 500), itertools.permutations((ONE, TWO, THREE, ELSE))):
        with record(f"{tmp_path}/{batch}{''.join(one.id for one in order)}") as store:
            assert put(store, *order, batch=batch).new.articles == 4
            assert groups(store) == {"agency": "site", "paper": "site", "site": "site", "else": "else"}


def test_copies_in_both_databases(record_address: str) -> None:
    with record(record_address) as store:
        new = put(store, ONE, TWO, ELSE).new
        assert (new.articles, new.copies) == (3, 1)
        assert groups(store) == {"agency": "agency", "paper": "agency", "else": "else"}


def test_an_earlier_copy_makes_the_reports_of_later_ones_wait(record_address: str) -> None:
    with record(record_address, ONE, TWO, ELSE) as store:
        with store.write() as connection:
            connection.execute(pending.delete())
            connection.execute(update(reports).values(incident=reports.c.id))
        put(store, THREE)
        with store.read() as connection:
            waiting = {what for (what,) in connection.execute(select(pending.c.what))}
        assert waiting == {report(one).id for one in (ONE, TWO, THREE)}


def test_a_text_between_two_groups_makes_them_one(record_address: str) -> None:
    words = LONG.split()
    early, late = " ".join(words[: len(words) * 3 // 4]), " ".join(words[len(words) // 4 :])
    ends = article(early, "early", "2016-05-01"), article(late, "late", "2016-05-02")
    with record(record_address, *ends) as store:
        assert groups(store) == {"early": "early", "late": "late"}
        put(store, article(LONG, "whole", "2016-05-03"))
        assert set(groups(store).values()) == {"early"}


def test_a_text_that_is_printed_very_often(record_address: str) -> None:
    many = [article(f"صحيفة رقم {n}\n{LONG}", f"n{n:03}", "2016-05-04") for n in range(130)]
    with record(record_address) as store:
        assert put(store, *many, batch=40).new.copies == 129
        assert len(set(groups(store).values())) == 1
