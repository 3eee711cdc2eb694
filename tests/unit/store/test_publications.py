"""The same words under other labels, outlets and days: the record is the same in whatever order they come."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from databases import database
from stored import article, report
from waqai.building import Plan, building
from waqai.model.article import Article, Published
from waqai.model.found import Found
from waqai.model.mention import DateRange
from waqai.model.report import NamedDate
from waqai.model.text import Span
from waqai.store.opening import Store, open_store
from waqai.store.schema import articles, incidents, publications, reports

LONG = " ".join(f"كلمة{n}" for n in range(60))
TEXTS = (
    f"قصف الطيران الحربي مدينة حلب صباح اليوم {LONG}",
    f"قصف الطيران الحربي مدينة حلب صباح اليوم {LONG} وفق مصادر محلية",
    "اشتباكات في محيط البلدة، بحسب بيان مؤرخ",
)
ANCHORED = TEXTS[2]
INSIDE = Published(dt.date(2016, 5, 2), "record")
DAYS = (None, "2016-05-01", "2016-05-03", "2016-05-20")


class Dating:
    """A pipeline whose one report lies on the day of publication, which one of the texts tells itself."""

    def __call__(self, coder: str) -> "Dating":
        return self

    def found(self, given: Article) -> Found:
        anchor = given.published or (INSIDE if given.text == ANCHORED else None)
        words = Span("text", 0, 4, given.text[:4])
        date = NamedDate(DateRange(anchor.day, anchor.day, 1, "published"), words) if anchor else None
        return Found((report(given, date=date),), (), anchor)


def build(store: Store, some: Sequence[Article], *, recode: bool = False) -> None:
    with building(store, Plan("grammar", 1, recode, Dating())) as made:  # type: ignore[arg-type]
        for _ in made.outcomes(some):
            pass
        made.finish()


def held(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """All that the record says, but for numbers."""
    with store.read() as connection:
        own = [
            articles.c[name] for name in ("key", "doc_id", "outlet", "url", "published", "known", "newer", "copy_of")
        ]
        told = [
            reports.c[name] for name in ("id", "json", "start", "known", "superseded", "incident", "top", "nearest")
        ]
        given = [publications.c[name] for name in ("mark", "doc_id", "newer")]
        asked = {"articles": own, "reports": told, "publications": given, "incidents": [incidents.c.json]}
        return {
            name: [tuple(row) for row in connection.execute(select(*columns).order_by(columns[0]))]
            for name, columns in asked.items()
        }


PUBLISHED = st.tuples(
    st.integers(0, 2), st.integers(0, 2), st.sampled_from(DAYS), st.sampled_from(("الأفق", "الفجر", None))
)


@settings(max_examples=30, deadline=None)
@given(st.lists(PUBLISHED, min_size=2, max_size=6), st.data())
def test_any_order_gives_the_same_record(
    tmp_path_factory: pytest.TempPathFactory, came: list[tuple[int, int, str | None, str | None]], data: st.DataObject
) -> None:
    some = [article(TEXTS[text], f"{text}-{label}", day, outlet=outlet) for text, label, day, outlet in came]
    found = []
    for order in (some, data.draw(st.permutations(some))):
        cut, recode = data.draw(st.integers(0, len(order))), data.draw(st.booleans())
        with database("sqlite", tmp_path_factory.mktemp("order")) as address:
            store = open_store(address, create=True)
            build(store, order[:cut])
            build(store, order[cut:], recode=recode)
            found.append(held(store))
            store.close()
    assert found[0] == found[1]


def test_the_earliest_day_decides_and_all_outlets_stay(record_address: str) -> None:
    store = open_store(record_address, create=True)
    build(store, [article(TEXTS[0], "ب", "2016-05-09", outlet="الفجر", url="https://fajr.example/1")])
    build(store, [article(TEXTS[0], "أ", "2016-05-04", outlet="الأفق")])
    build(store, [article(TEXTS[0], "ج", "2016-05-11", outlet="الشراع")])
    found = held(store)
    assert [row[1:6] for row in found["articles"]] == [("أ", "الأفق", None, "2016-05-04", "2016-05-04")]
    assert [row[2] for row in found["reports"]] == ["2016-05-04"]
    assert sorted(row[1] for row in found["publications"]) == ["أ", "ب", "ج"]
    store.close()


def test_a_later_label_without_a_day_does_not_name_the_reports(record_address: str) -> None:
    store = open_store(record_address, create=True)
    build(store, [article(TEXTS[0], "أ", outlet="الأفق")])
    before = held(store)
    build(store, [article(TEXTS[0], "ب", None, outlet="الأفق")])
    assert held(store) | {"publications": []} == before | {"publications": []}
    store.close()


@pytest.mark.parametrize("again", ["recode", "newer coder"])
@pytest.mark.parametrize(("text", "day"), [(TEXTS[0], "2016-05-04"), (ANCHORED, "2016-05-01"), (TEXTS[0], None)])
def test_a_later_label_without_a_day_names_no_reports_that_are_coded_again(
    record_address: str, again: str, text: str, day: str | None
) -> None:
    store = open_store(record_address, create=True)
    build(store, [article(text, "أ", day, outlet="الأفق")])
    before = held(store)
    if again == "newer coder":
        with store.write() as connection:
            connection.execute(update(articles).values(coder="an older one"))
    build(store, [article(text, "ب", None, outlet="الأفق")], recode=again == "recode")
    assert held(store) | {"publications": []} == before | {"publications": []}
    with store.read() as connection:
        assert "an older one" not in set(connection.scalars(select(articles.c.coder)))
        assert set(connection.scalars(select(publications.c.doc_id))) == {"أ", "ب"}
    store.close()


def test_an_earlier_day_in_the_words_names_the_reports_that_are_coded_again(record_address: str) -> None:
    store = open_store(record_address, create=True)
    build(store, [article(ANCHORED, "أ", "2016-05-04")])
    build(store, [article(ANCHORED, "ب", None)], recode=True)
    assert [row[1:5] for row in held(store)["articles"]] == [("ب", None, None, "2016-05-02")]
    assert [row[2] for row in held(store)["reports"]] == ["2016-05-02"]
    store.close()


def test_an_article_counts_while_one_of_its_labels_leads_to_it(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "r.db"), create=True)
    build(store, [article(TEXTS[0], "أ"), article(TEXTS[0], "ب"), article(TEXTS[1], "أ", "2016-05-06")])
    assert [row[6] for row in held(store)["articles"]] == [None, None]
    build(store, [article(TEXTS[2], "ب", "2016-05-07")])
    gone = {row[0]: row[6] for row in held(store)["articles"]}
    old, last = article(TEXTS[0]).key, article(TEXTS[1]).key
    assert gone[old] == last and gone[last] is None
    assert [row[4] for row in held(store)["reports"] if row[4]] == ["2016-05-06"]
    build(store, [article(TEXTS[0], "أ")])  # the older text again, under its old label
    assert {row[0]: row[6] for row in held(store)["articles"]} == gone
    build(store, [article(TEXTS[0], "ج")])  # and under another one
    assert [row[6] for row in held(store)["articles"]] == [None, None, None]
    assert [row[4] for row in held(store)["reports"]] == [None, None, None]
    store.close()
