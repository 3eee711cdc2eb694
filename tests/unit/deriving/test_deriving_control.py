"""Control derived from a record: what the sample corpus tells equals the facts it was written from; decisions; as of a day."""

import csv
import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from coded import pipeline
from waqai.arabic.letters import fold
from waqai.deriving.control import control_as_of, derive_control
from waqai.model.article import Article, Published
from waqai.model.control import Interval
from waqai.model.report import Report
from waqai.queries.control import control_in_brief, control_intervals, control_lines, places_asked
from waqai.queries.errors import QueryError
from waqai.queries.filters import Filter
from waqai.records_control import FIRST_FEW, SIDES
from waqai.sample import sample_path
from waqai.store.control import brief_missing, let_wait, waiting_places
from waqai.store.opening import Store, open_store
from waqai.store.schema import control, control_brief, reports
from waqai.store.writing import Writer

FACTS = list(
    csv.DictReader(
        sample_path("facts.tsv").read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE
    )
)


def put(store: Store, *rows: dict[str, str]) -> list[Report]:
    """Articles coded and stored, their places waiting."""
    found: list[Report] = []
    with Writer(store) as writer:
        for row in rows:
            day = Published(dt.date.fromisoformat(row["published"]), "record")
            article = Article(row["id"], row["text"], row.get("title", ""), day, row.get("outlet"))
            coded, held = pipeline().reports_and_holdings(article)
            writer.add(article, coded, held, "grammar")
            found += coded
    with store.write() as connection:
        let_wait(connection, [id for id in connection.scalars(select(reports.c.place).distinct()) if id])
    return found


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = open_store(str(tmp_path_factory.mktemp("record") / "sample.db"), create=True)
    lines = sample_path("articles.jsonl").read_text(encoding="utf-8").splitlines()
    put(store, *(json.loads(line) for line in lines))
    derive_control(store)
    yield store
    store.close()


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Store]:
    store = open_store(str(tmp_path / "record.db"), create=True)
    yield store
    store.close()


def answer(store: Store, name: str, day: str) -> tuple[str, str]:
    """Camps and status of a place on a day, by its name; of namesakes the one of which something is known."""
    gazetteer = pipeline().knowledge.gazetteer
    ids = {c.entry.id for c in gazetteer.candidates(fold(name)) if c.entry.level not in ("area", "governorate")}
    with store.read() as connection:
        found = list(control_intervals(connection, Filter(places=tuple(ids)), at=dt.date.fromisoformat(day)))
    known = [interval for interval in found if interval.holders] or found
    return (camps(known[0]), known[0].status) if known else ("", "nothing")


def camps(interval: Interval) -> str:
    return "|".join(sorted({holder.actor.camp for holder in interval.holders}))


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"{fact['place_en']} {fact['day']}")
def test_the_sample_answers_as_the_facts_say(sample: Store, fact: dict[str, str]) -> None:
    wanted = ("|".join(sorted(fact["holder"].split("|"))), fact["status"])
    found = answer(sample, fact["place_ar"], fact["day"])
    assert found == wanted


def test_nothing_waits_and_telling_again_changes_nothing(sample: Store) -> None:
    with sample.read() as connection:
        before = connection.execute(select(control).order_by(control.c.place, control.c.start)).all()
        assert waiting_places(connection, 1) == []
    assert derive_control(sample) == 0
    with sample.write() as connection:
        let_wait(connection, [row.place for row in before])
    derive_control(sample)
    with sample.read() as connection:
        assert connection.execute(select(control).order_by(control.c.place, control.c.start)).all() == before


TAKEN = {"id": "a", "published": "2015-11-01", "text": "سيطر تنظيم الدولة الإسلامية على بلدة مهين اليوم الأحد."}
LATER = {"id": "b", "published": "2015-11-23", "text": "استعاد الجيش السوري بلدة مهين من تنظيم داعش اليوم الاثنين."}


def test_articles_in_any_order_give_the_same_control(record: Store, tmp_path: Path) -> None:
    other = open_store(str(tmp_path / "other.db"), create=True)
    put(record, TAKEN, LATER)
    derive_control(record)
    put(other, LATER)
    derive_control(other)
    put(other, TAKEN)
    derive_control(other)
    told = []
    for store in (record, other):
        with store.read() as connection:
            told.append(list(control_lines(connection, Filter())))
    other.close()
    assert told[0] == told[1] != []


def test_what_was_known_at_the_end_of_a_day(record: Store) -> None:
    put(record, TAKEN, LATER)
    derive_control(record)
    with record.read() as connection:
        ids = places_asked(connection, Filter())
        early = [i for intervals, _ in control_as_of(connection, ids, dt.date(2015, 11, 10)) for i in intervals]
        late = [i for intervals, _ in control_as_of(connection, ids, dt.date(2015, 12, 1)) for i in intervals]
    assert {camps(i) for i in early if i.status == "held"} == {"isis"}
    assert {camps(i) for i in late if i.status == "held"} == {"isis", "regime"}


def test_every_reference_is_a_report_or_statement_of_the_record(sample: Store) -> None:
    with sample.read() as connection:
        lines = [json.loads(line) for line in control_lines(connection, Filter())]
    named = [one for line in lines for one in (*line["reports"], *line["against"])]
    assert named
    assert all(one["kind"] in ("report", "statement") and one["doc_id"].startswith("sample-") for one in named)


def test_a_filter_by_place_camp_status_and_days(sample: Store) -> None:
    day = dt.date(2024, 12, 5)
    with sample.read() as connection:
        at = list(control_intervals(connection, Filter(camps=("sdf",)), at=day))
        assert at
        assert all("sdf" in camps(i) and i.start <= day and (i.end is None or i.end > day) for i in at)
        divided = list(control_intervals(connection, Filter(governorates=("Aleppo",)), at=day, statuses=["divided"]))
        assert [i.place.name_en for i in divided] == ["Aleppo"]
        coded = list(control_intervals(connection, Filter(pcode="SY0401"), at=day))
        assert all((i.place.pcode or "").startswith("SY0401") for i in coded)
        between = (dt.date(2024, 11, 27), dt.date(2024, 12, 8))
        changing = list(control_intervals(connection, Filter(), between=between))
        assert len(changing) > len(list(control_intervals(connection, Filter(), at=day)))


def test_a_filter_that_control_has_not_is_refused(sample: Store) -> None:
    with sample.read() as connection:
        with pytest.raises(QueryError, match="cannot be limited by words"):
            list(control_lines(connection, Filter(words="حلب")))
        with pytest.raises(QueryError, match="the earlier day comes first"):
            list(control_lines(connection, Filter(), between=(dt.date(2020, 1, 2), dt.date(2020, 1, 1))))


def test_a_quarter_makes_its_town_wait(record: Store) -> None:
    first = {"id": "a", "published": "2024-11-26", "text": "مدينة حلب تحت سيطرة القوات الحكومية."}
    second = {"id": "b", "published": "2024-11-27", "text": "حي الشيخ مقصود في حلب بيد قوات سوريا الديمقراطية."}
    put(record, first)
    derive_control(record)
    put(record, second)
    derive_control(record)
    assert answer(record, "حلب", "2024-11-28") == ("regime|sdf", "divided")


def test_a_new_town_takes_its_quarters_from_another(record: Store, tmp_path: Path) -> None:
    quarter = {"id": "a", "text": "سيطرت فصائل المعارضة على حي الضبيط بريف إدلب.", "published": "2015-03-27"}
    farther = {"id": "b", "text": "قصفت الطائرات بلدة بنش بريف إدلب.", "published": "2015-03-27"}
    nearer = {"id": "c", "text": "قصفت الطائرات مدينة إدلب.", "published": "2015-03-28"}
    add(record, quarter, farther)
    before = held(record)
    add(record, nearer)
    with_all = open_store(str(tmp_path / "all.db"), create=True)
    add(with_all, quarter, farther, nearer)
    told = held(with_all)
    with_all.close()
    assert told == held(record) != before


def add(store: Store, *rows: dict[str, str]) -> None:
    """Articles coded and stored; of what they tell only the places taken wait, as after incidents were derived."""
    taken: list[str] = []
    with Writer(store) as writer:
        for row in rows:
            article = Article(row["id"], row["text"], "", Published(dt.date.fromisoformat(row["published"]), "record"))
            coded, statements = pipeline().reports_and_holdings(article)
            writer.add(article, coded, statements, "grammar")
            taken += [r.place.place.id for r in coded if r.place and "overtakes" in r.sub_event_type]
    with store.write() as connection:
        let_wait(connection, taken)
    derive_control(store)


def held(store: Store) -> list[tuple[str, str]]:
    """The places of which control is told, with the status."""
    with store.read() as connection:
        return sorted((row.place, row.status) for row in connection.execute(select(control.c.place, control.c.status)))


def test_in_brief_only_the_first_references_stand_and_their_number(sample: Store) -> None:
    with sample.read() as connection:
        whole = [json.loads(line) for line in control_lines(connection, Filter())]
        brief = [json.loads(one.json) for one in control_in_brief(connection, Filter())]
    assert any(len(one[side]) > FIRST_FEW for one in whole for side in SIDES)
    for one, short in zip(whole, brief, strict=True):
        assert {side: short.pop(f"{side}_total") for side in SIDES} == {side: len(one[side]) for side in SIDES}
        assert short == one | {side: one[side][:FIRST_FEW] for side in SIDES}


def test_a_record_without_the_short_forms_gets_them(sample: Store) -> None:
    with sample.read() as connection:
        before = list(control_in_brief(connection, Filter()))
    with sample.write() as connection:
        connection.execute(delete(control_brief))
        assert brief_missing(connection) == len(before)
        assert brief_missing(connection) == 0
    with sample.read() as connection:
        assert list(control_in_brief(connection, Filter())) == before
