"""Near-copies are linked to the earliest of their group, in whatever order they come."""

import itertools
import tempfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from stored import article, put, record, report
from unit_texts import LONG, OTHER
from waqai.store.opening import Store
from waqai.store.schema import articles, likenesses, pending, reports

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
        with store.read() as connection:
            assert connection.scalar(select(func.count()).select_from(likenesses)) == 1


def near(family: str, exchanged: int, start: int) -> str:
    """A text of the family in which so many words from this one on are other ones."""
    words = family.split()
    return " ".join(f"كلمة{n}" if start <= n < start + exchanged else word for n, word in enumerate(words))


FAMILIES = (LONG, OTHER, " ".join(OTHER.split()[:14]))
TEXTS = st.builds(near, st.sampled_from(FAMILIES), st.integers(0, 13), st.integers(0, 30))
DAYS = st.sampled_from(["2016-05-01", "2016-05-03", "2016-05-06", None])


@settings(max_examples=12, deadline=None)
@given(
    st.lists(st.tuples(TEXTS, DAYS), min_size=2, max_size=10, unique_by=lambda one: one[0]).flatmap(
        lambda many: st.tuples(st.just(many), st.permutations(many))
    ),
    st.sampled_from([1, 3, 500]),
)
def test_groups_and_their_number_are_the_same_in_any_order(
    orders: tuple[list[tuple[str, str | None]], list[tuple[str, str | None]]], batch: int
) -> None:
    found = []
    for order, size in zip(orders, (500, batch), strict=True):
        with tempfile.TemporaryDirectory() as folder, record(f"{folder}/x.db") as store:
            new = put(store, *(article(text, article(text).key, day) for text, day in order), batch=size).new
            found.append((groups(store), new.copies))
            assert new.copies == sum(key != first for key, first in found[-1][0].items())
    assert found[0] == found[1]


@pytest.mark.parametrize("batch", [1, 7, 500])
def test_a_family_of_near_copies_forwards_and_backwards(tmp_path: object, batch: int) -> None:
    words = LONG.split()
    family = [
        article(near(LONG, n % 13 + 1, (n * 7) % (len(words) - 14)), f"n{n}", f"2016-05-{n % 28 + 1:02}")
        for n in range(39)
    ]
    with record(f"{tmp_path}/a.db") as one, record(f"{tmp_path}/b.db") as two:
        forwards, backwards = put(one, *family, batch=batch).new, put(two, *family[::-1], batch=batch).new
        assert groups(one) == groups(two) and forwards.copies == backwards.copies
        assert len(set(groups(one).values())) < forwards.articles
