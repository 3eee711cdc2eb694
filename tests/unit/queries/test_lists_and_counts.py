"""Pages, counts, facets, inventories and what was known on a day, asked of the made record in both databases."""

import datetime as dt
import json
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from asked import asked, told
from stored import NOW, article
from waqai.deriving.as_of import incidents_then
from waqai.deriving.incidents import derive_incidents
from waqai.queries.conditions import INCIDENTS, REPORTS, Subject
from waqai.queries.errors import QueryError
from waqai.queries.facets import facets
from waqai.queries.filters import Filter
from waqai.queries.inventory import actors_in, part_of, places_in, sources_in
from waqai.queries.listing import Order, count, every, page
from waqai.queries.single import incident, incident_id
from waqai.queries.stats import Dimension, Stats, period, stats
from waqai.store.opening import Store
from waqai.store.schema import counted_incidents, incidents
from waqai.store.writing import Writer


@pytest.fixture
def store(record_address: str) -> Iterator[Store]:
    with asked(record_address) as found:
        yield found


@pytest.mark.parametrize("subject", [REPORTS, INCIDENTS], ids=["reports", "incidents"])
def test_pages_meet_without_gap_or_overlap(store: Store, subject: Subject) -> None:
    with store.read() as connection:
        whole = [one.id for one in every(connection, Filter(), subject)]
        for size in (1, 2, 3, 50):
            found: list[str] = []
            after = None
            while True:
                some = page(connection, Filter(), subject, size, after)
                found += [one.id for one in some.rows]
                after = some.after
                if after is None:
                    break
            assert found == whole
        days = [
            (json.loads(one.json)["date"] or {"start": "~"})["start"] for one in every(connection, Filter(), subject)
        ]
        assert days == sorted(days) and days[-1] == "~"
        assert [one.id for one in every(connection, Filter(), subject, 3)] == whole[:3]
        assert count(connection, Filter(), subject).number == len(whole)
        assert count(connection, Filter(), subject, 2).shown == "more than 2"


@pytest.mark.parametrize("cursor", ["", "!", "bm8", "WzEsMl0", "W10", "a" * 999, "ه"])
def test_a_cursor_that_no_page_gave_is_refused(store: Store, cursor: str) -> None:
    with store.read() as connection, pytest.raises(QueryError):
        page(connection, Filter(), REPORTS, 5, cursor)


ORDERS: tuple[Order, ...] = ("-day", "-killed", "injured", "place", "-place_ar", "type", "-known")


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("subject", [REPORTS, INCIDENTS], ids=["reports", "incidents"])
def test_pages_of_every_order_meet_without_gap_or_overlap(store: Store, subject: Subject, order: Order) -> None:
    with store.read() as connection:
        whole = [one.id for one in page(connection, Filter(), subject, 50, order=order).rows]
        assert sorted(whole) == sorted(one.id for one in every(connection, Filter(), subject))
        for size in (1, 2, 3):
            found: list[str] = []
            after = None
            while not found or after:
                some = page(connection, Filter(), subject, size, after, order=order)
                found, after = [*found, *(one.id for one in some.rows)], some.after
            assert found == whole
        part = Filter(modalities=("happened",), camps=("regime",))
        assert [one.id for one in page(connection, part, subject, 50, order=order).rows] == [
            id for id in whole if id in {one.id for one in every(connection, part, subject)}
        ]


def test_an_order_goes_on_where_its_row_is_no_more(store: Store) -> None:
    with store.read() as connection:
        whole = [one.id for one in page(connection, Filter(), INCIDENTS, 50, order="place").rows]
        after = page(connection, Filter(), INCIDENTS, 2, order="place").after
    with store.write() as connection:
        connection.execute(counted_incidents.delete())
        connection.execute(incidents.delete().where(incidents.c.id == whole[1]))
    with store.read() as connection:
        assert [one.id for one in page(connection, Filter(), INCIDENTS, 50, after, order="place").rows] == whole[2:]


@pytest.mark.parametrize("order", ["place", "-killed", "voices", "type"])
def test_a_cursor_of_another_order_is_refused(store: Store, order: Order) -> None:
    with store.read() as connection:
        after = page(connection, Filter(), INCIDENTS, 2).after
        with pytest.raises(QueryError):
            page(connection, Filter(), INCIDENTS, 2, after, order=order)


def counted(store: Store, *by: Dimension, of: Subject = INCIDENTS, filter: Filter = Filter()) -> Stats:  # noqa: B008 - frozen
    with store.read() as connection:
        return stats(connection, filter, by, of)


def numbers(found: Stats) -> dict[tuple[str | None, ...], int]:
    return {row.keys: row.events for row in found.rows}


def test_stats_leave_out_what_did_not_happen(store: Store) -> None:
    assert numbers(counted(store, "type")) == {
        ("Air/drone strike",): 1, ("Armed clash",): 1, ("Shelling/artillery/missile attack",): 1,
    }  # fmt: skip
    assert sum(numbers(counted(store, "type", of=REPORTS)).values()) == 4
    planned = counted(store, "modality", filter=Filter(modalities=("planned", "denied")))
    assert numbers(planned) == {("planned",): 1, ("denied",): 1}
    assert numbers(counted(store, "type", filter=Filter(background=True))) == {("Peaceful protest",): 1}


def test_stats_stand_beside_articles_and_outlets(store: Store) -> None:
    rows = {row.keys[0]: row for row in counted(store, "month").rows}
    assert (rows["2016-05"].events, rows["2016-05"].articles, rows["2016-05"].outlets) == (1, 2, 2)
    assert (rows["2016-07"].events, rows["2016-07"].articles, rows["2016-07"].outlets) == (0, 2, 1)
    assert rows[None].events == 1 and list(rows)[-1] is None
    weeks = {row.keys[0]: row for row in counted(store, "week").rows}
    assert weeks["2016-W18"].events == 1 and weeks["2016-W18"].articles == 2
    days = {row.keys[0]: row for row in counted(store, "day").rows}
    assert days["2016-06-09"].across == 1


def test_tolls_keep_their_range(store: Store) -> None:
    strike = next(row for row in counted(store, "type").rows if row.keys == ("Air/drone strike",))
    assert strike.killed.low <= strike.killed.best <= strike.killed.high and strike.killed.low == 3
    assert strike.killed.open == 1 and strike.injured.high == 0


def test_who_counts_for_two_actors_counts_twice(store: Store) -> None:
    found = counted(store, "actor", filter=Filter(modalities=("denied",)))
    assert numbers(found) == {("isis",): 1, ("syrian-army",): 1}
    assert "الجيش السوري" in found.labels["syrian-army"]
    assert numbers(counted(store, "camp", "year", filter=Filter(modalities=("denied",))))[("regime", "2016")] == 1
    assert ("وكالة الساحل",) in numbers(counted(store, "source"))
    blamed = counted(store, "actor", filter=Filter(camps=("isis",), roles=("blamed",)))
    assert numbers(blamed) == {("isis",): 1}


def test_what_cannot_be_counted_is_said(store: Store) -> None:
    wrong: list[tuple[str, ...]] = [
        (),
        ("colour",),
        ("day", "month"),
        ("type", "type"),
        ("type", "place", "year", "grade"),
        ("actor", "camp"),
    ]
    for by in wrong:
        with pytest.raises(QueryError):
            counted(store, *by)  # type: ignore[arg-type]
    with pytest.raises(QueryError):
        counted(store, "grade", of=REPORTS)


def test_periods() -> None:
    assert period("2021-01-03", "week") == "2020-W53" and period("2021-01-04", "week") == "2021-W01"
    assert period(None, "month") is None and period("2021-01-03", "year") == "2021"


def test_facets_agree_with_the_lists(store: Store) -> None:
    with store.read() as connection:
        for subject, whole in ((REPORTS, 7), (INCIDENTS, 6)):
            found = {facet.name: facet for facet in facets(connection, Filter(), subject)}
            for name in ("event_type", "sub_event_type", "modality", "country", "governorate", "place", "year"):
                assert sum(value.number for value in found[name].values) == whole
            for value in found["actor"].values:
                asked_for = Filter(actors=(str(value.value),))
                assert value.number == count(connection, asked_for, subject).number
        army = facets(connection, Filter(actors=("syrian-army",)), REPORTS, ("modality", "actor"))
        assert [(one.value, one.number) for one in army[0].values] == [("happened", 3), ("denied", 1)]
        assert ("isis", 1) in [(one.value, one.number) for one in army[1].values]
        few = facets(connection, Filter(), REPORTS, ("place",), 2)[0]
        assert few.more and len(few.values) == 2 and few.values[0].label == "حلب"


def test_inventories(store: Store) -> None:
    with store.read() as connection:
        places = places_in(connection, Filter())
        assert next((one.id, one.counts.reports, one.counts.incidents) for one in places) == ("g1", 2, 1)
        assert {one.id for one in places_in(connection, Filter(), "ادلب")} == {"g2", "g3"}
        assert {one.id for one in places_in(connection, Filter(governorates=("Idlib",)))} == {"g2", "g3"}
        assert not places_in(connection, Filter(), "%")
        army = next(one for one in actors_in(connection, Filter()) if one.id == "syrian-army")
        assert (army.counts.reports, army.counts.first, army.counts.last) == (4, "2016-05-03", "2016-07-19")
        quoted = {one.name_ar: one for one in sources_in(connection, Filter())}
        assert quoted["وكالة الساحل"].counts.reports == 1
        assert sum(one.denies for one in quoted.values()) == 1
        first = part_of(places, 2)
        assert first.after == places[1].id and part_of(places, 50, first.after).rows == tuple(places[2:])


def test_an_incident_is_found_by_the_beginning_of_its_id(store: Store) -> None:
    with store.read() as connection:
        id = str(connection.scalar(select(incidents.c.id).limit(1)))
        assert incident_id(connection, id[:10]) == id and incident(connection, id).id == id
        for wrong in ("", "zz", "%", "' OR 1=1", "a" * 99, "ح"):
            with pytest.raises(QueryError):
                incident_id(connection, wrong)


def test_what_was_known_on_a_day(store: Store) -> None:
    """The second report of the strike came a day later; a newer version of an article replaced one after that."""
    newer = article("سقطت قذائف على وسط إدلب وأصابت مدرسة وفق شهود جدد", "shells", "2016-06-20")
    with Writer(store, now=lambda: NOW) as writer:
        writer.add(newer, [told(newer, place=None, day="2016-06-09")], [], "made 1")
    derive_incidents(store)
    with store.read() as connection:
        now = list(every(connection, Filter(), INCIDENTS))
        assert list(incidents_then(connection, Filter(as_of=dt.date(2030, 1, 1)))) == now
        first = [json.loads(one.json) for one in incidents_then(connection, Filter(as_of=dt.date(2016, 5, 4)))]
        assert [len(one["reports"]) for one in first] == [1] and first[0]["killed"]["high"] == 3
        before = Filter(as_of=dt.date(2016, 6, 11), governorates=("Idlib",))
        assert [json.loads(one.json)["sub_event_type"] for one in incidents_then(connection, before)] == [
            "Shelling/artillery/missile attack"
        ]
        assert not list(
            every(connection, Filter(governorates=("Idlib",), types=("Shelling/artillery/missile attack",)), INCIDENTS)
        )
        worded = Filter(as_of=dt.date(2016, 7, 1), words="أحياء المدينة", actors=("syrian-army",))
        assert len(list(incidents_then(connection, worded))) == 1
        with pytest.raises(ValueError):
            list(incidents_then(connection, Filter()))
