"""Decisions: checked, kept in the journal, and what they touch derived again at once, as a build would derive it."""

import dataclasses
import datetime as dt
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import orjson
import pytest
from sqlalchemy import func, insert, select

from cases import Coded, account, coded
from waqai.deriving.control import derive_control
from waqai.deriving.correcting import DecisionError, Words
from waqai.deriving.deciding import Decided, Decider, Wish
from waqai.deriving.incidents import derive_incidents
from waqai.deriving.rulings import rulings
from waqai.knowledge.codebook import load_codebook
from waqai.knowledge.files import load_files
from waqai.model.incident import Incident
from waqai.queries.asking import filter_asked
from waqai.queries.conditions import INCIDENTS
from waqai.queries.listing import every
from waqai.queries.naming import places_named
from waqai.records_incidents import incident_from
from waqai.store.decisions import SEED, seed_of
from waqai.store.incidents import current_id
from waqai.store.opening import Store, StoreError, open_store
from waqai.store.schema import control, decisions, incidents, pending, reports
from waqai.store.writing import Writer

STRIKE: dict[str, Any] = {"by": "regime", "vs": "civilians", "k": 12, "what": "market", "via": ["sohr"]}
PAPERS = ("الفجر", "المرقب", "البريد")
AT = dt.datetime(2026, 2, 3, 4, 5, 6, tzinfo=dt.UTC)
OTHER_TOWN = ["x-2", "تل بعيد", "Tell Baid", 33.10, 36.10, "settlement", "Daraa"]
MAHIN = "wof:1343250055"
BOOK = load_codebook(load_files())
PLACES = {"town": ["x-1", "تل حسان", "Tell Hassan", 35.61, 36.70, "settlement", "Idlib"], "other": OTHER_TOWN}


def strikes(count: int) -> list[Coded]:
    """Reports of one strike in different papers, the first known first."""
    told = [STRIKE | {"from": PAPERS[n], "pub": f"2016-05-{2 + n:02}", "art": f"a{n}"} for n in range(count)]
    return coded([account(f"r{n}", PLACES, **given) for n, given in enumerate(told)])


def far(id: str = "far", **more: Any) -> Coded:
    """A report of something else, elsewhere and later."""
    given = STRIKE | {"on": "2016-11-01", "pub": "2016-11-02", "art": id, "from": "الأفق", "at": "other"} | more
    return coded([account(id, PLACES, **given)])[0]


@contextmanager
def record(address: str, *articles: Coded) -> Iterator[tuple[Store, Decider]]:
    """A record with these articles, derived, and what decides in it."""
    with closing(open_store(address, create=True)) as store:
        put(store, *articles)
        yield store, Decider(store, lambda: AT)


def put(store: Store, *articles: Coded, coder: str = "made 1") -> None:
    with Writer(store) as writer:
        for one in articles:
            writer.add(one.article, one.reports, (), coder)
    derive_incidents(store)
    derive_control(store)


def id_of(one: Coded) -> str:
    return one.reports[0].id


def held(store: Store) -> dict[str, Incident]:
    with store.read() as connection:
        found = [incident_from(orjson.loads(json)) for json in connection.scalars(select(incidents.c.json))]
    return {one.id: one for one in found}


def whole(store: Store) -> tuple[Any, ...]:
    """Everything that is derived: incidents, where reports are, control; and what waits."""
    with store.read() as connection:
        asked = (
            select(incidents.c.id, incidents.c.json).order_by(incidents.c.id),
            select(reports.c.id, reports.c.incident, reports.c.component).order_by(reports.c.id),
            select(control.c.place, control.c.start, control.c.json).order_by(control.c.place, control.c.start),
            select(pending.c.kind, pending.c.what),
        )
        return tuple(tuple(map(tuple, connection.execute(one))) for one in asked)


def as_a_build(store: Store) -> tuple[Any, ...]:
    """What a build would derive of all reports and places, everything waiting."""
    with store.write() as connection:
        ids = connection.scalars(select(reports.c.id)).all()
        places = connection.scalars(select(reports.c.place).where(reports.c.place.is_not(None)).distinct()).all()
        connection.execute(insert(pending), [{"kind": "report", "what": id} for id in ids])
        rows = [{"kind": "place", "what": place} for place in places]
        connection.execute(insert(pending), rows)
    derive_incidents(store)
    derive_control(store)
    return whole(store)


def refused(decider: Decider, wish: Wish, fault: str = "wrong") -> str:
    """The sentence with which a decision is refused; nothing is kept of it."""
    with pytest.raises(DecisionError) as told:
        decider.decide("reem", wish)
    assert told.value.fault == fault
    assert "\n" not in str(told.value) and len(str(told.value)) < 700
    return str(told.value)


def test_a_rejected_report_leaves_and_comes_back_when_this_is_undone(record_address: str) -> None:
    first, second = strikes(2)
    with record(record_address, first, second) as (store, decider):
        before = whole(store)
        done = decider.decide("reem", Wish("reject", id_of(first)))
        assert (done.decision.number, done.decision.person, done.decision.at) == (1, "reem", AT)
        assert (done.changed, done.gone) == ((id_of(second),), {id_of(first): id_of(second)})
        assert list(held(store)) == [id_of(second)]
        with store.read() as connection:
            assert current_id(connection, id_of(first)) == id_of(second)
        back = decider.undo("reem", 1, any_person=False)
        assert (back.decision.number, back.decision.action, back.decision.undoes) == (2, "undo", 1)
        assert back.changed == (id_of(first),)
        assert whole(store) == before


def test_what_was_alone_leads_nowhere_when_it_is_rejected(record_address: str) -> None:
    (one,) = strikes(1)
    with record(record_address, one) as (store, decider):
        done = decider.decide("reem", Wish("reject", id_of(one)))
        assert (done.changed, done.gone, held(store)) == ((), {id_of(one): None}, {})
        assert decider.decide("omar", Wish("accept", id_of(one))).changed == (id_of(one),)


def test_to_accept_or_doubt_what_nobody_rejected_changes_nothing(record_address: str) -> None:
    (one,) = strikes(1)
    with record(record_address, one) as (store, decider):
        before = whole(store)
        for action in ("accept", "unsure"):
            done = decider.decide("reem", Wish(action, id_of(one), sample="type=x"))  # type: ignore[arg-type]
            assert done == Decided(done.decision)
            assert orjson.loads(done.decision.value or "") == {"sample": "type=x"}
        assert whole(store) == before
        with store.read() as connection:
            assert seed_of(connection) == SEED


def test_a_split_without_others_parts_a_report_from_its_whole_incident(record_address: str) -> None:
    articles = strikes(3)
    first, second, third = map(id_of, articles)
    with record(record_address, *articles) as (store, decider):
        assert len(held(store)) == 1
        done = decider.decide("reem", Wish("split", second))
        assert {bound.report for bound in done.decision.bounds} == {first, second, third}
        assert sorted(tuple(ref.id for ref in one.reports) for one in held(store).values()) == [
            (first, third),
            (second,),
        ]
        assert done.changed == tuple(sorted((first, second)))
        refused(decider, Wish("split", second), "settled")
        decider.decide("reem", Wish("merge", second, (first,)))
        assert len(held(store)) == 1
        assert whole(store) == as_a_build(store)


def test_a_merge_names_a_report_or_an_incident_and_old_ids_lead_on(record_address: str) -> None:
    one, other = strikes(1)[0], far()
    with record(record_address, one, other) as (store, decider):
        done = decider.decide("reem", Wish("merge", id_of(other), (id_of(one),)))
        assert done.gone == {id_of(other): id_of(one)}
        assert list(held(store)) == [id_of(one)]
        assert whole(store) == as_a_build(store)


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("killed", [3, None], lambda one: (one.killed.low, one.killed.high, one.civilians_killed.low) == (3, None, 3)),
        ("killed", None, lambda one: one.killed is None and one.tolls == ()),
        ("sub_event_type", "Armed clash", lambda one: one.sub_event_type == "Armed clash"),
        ("modality", "denied", lambda one: one.modality == "denied"),
        ("background", True, lambda one: one.background),
        ("date", "2016-06-07", lambda one: one.date.start == one.date.end == dt.date(2016, 6, 7)),
        ("date", {"start": "2016-06-01", "end": "2016-06-30"}, lambda one: one.date.precision == 4),
        ("date", None, lambda one: one.date is None),
        ("place", "x-2", lambda one: (one.place.id, one.place.name_en) == ("x-2", "Tell Baid")),
        ("place", None, lambda one: one.place is None),
        ("actor1", ["isis"], lambda one: [actor.camp for actor in one.actor1] == ["isis"]),
        ("actor1", [], lambda one: one.actor1 == ()),
        ("target", "school", lambda one: one.target == "school"),
        ("weapon", None, lambda one: one.weapon is None),
        ("attributed_to", [], lambda one: [voice.source.name_ar for voice in one.voices] == [PAPERS[0]]),
        (
            "attributed_to",
            [{"name_en": "a nurse", "kind": "medical"}],
            lambda one: [voice.source.name_en for voice in one.voices] == ["a nurse"] and one.killed.low == 12,
        ),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_correction_changes_the_incident_and_survives_coding_again(
    record_address: str, field: str, value: Any, shown: Any
) -> None:
    (one,) = strikes(1)
    with record(record_address, one, far()) as (store, decider):
        before = whole(store)
        assert not shown(held(store)[id_of(one)]) or field == "weapon"
        decider.decide("reem", Wish("edit", id_of(one), field=field, value=value, words=Words("text", 0, 4)))
        assert shown(held(store)[id_of(one)])
        assert whole(store) == as_a_build(store)
        again = dataclasses.replace(one.reports[0], id="another-id")
        put(store, dataclasses.replace(one, reports=(again,)), coder="made 2")
        assert shown(held(store)["another-id"])
        put(store, one, coder="made 3")
        decider.undo("reem", 1, any_person=False)
        assert whole(store) == before


def test_control_is_told_anew_where_a_correction_puts_it_and_where_it_was(record_address: str) -> None:
    taken = coded([account("t", PLACES, **{"is": "takes", "by": "isis", "art": "t"})])[0]
    with record(record_address, taken, far()) as (store, decider):
        before = whole(store)
        done = decider.decide("reem", Wish("edit", id_of(taken), field="place", value="x-2"))
        assert done.control == ("x-1", "x-2")
        with store.read() as connection:
            assert set(connection.scalars(select(control.c.place))) == {"x-2"}
        assert whole(store) == as_a_build(store)
        assert decider.undo("reem", 1, any_person=False).control == ("x-1", "x-2")
        assert whole(store) == before
        decider.decide("reem", Wish("edit", id_of(taken), field="sub_event_type", value="Air/drone strike"))
        assert whole(store)[2] == ()
        decider.undo("reem", 3, any_person=False)
        assert whole(store) == before


def test_a_correction_may_name_a_place_and_a_party_that_the_record_does_not(record_address: str) -> None:
    """Mahin is in the gazetteer and al-Qaeda in the knowledge files, and nothing of the record names them."""
    taken = coded([account("t", PLACES, **{"is": "takes", "by": "isis", "art": "t"})])[0]
    with record(record_address, taken, far()) as (store, decider):
        before = whole(store)
        assert decider.decide("reem", Wish("edit", id_of(taken), field="place", value=MAHIN)).control == (MAHIN, "x-1")
        decider.decide("reem", Wish("edit", id_of(taken), field="actor2", value=["al-qaeda"]))
        assert whole(store) == as_a_build(store)
        with store.read() as connection:
            assert set(connection.scalars(select(control.c.place))) == {MAHIN}
            assert places_named(connection, ["مهين"]) == (MAHIN,)
            found = filter_asked(connection, {"place": ["Mahin"], "camp": ["aqap"]}, BOOK)
            assert [one.id for one in every(connection, found, INCIDENTS)] == [id_of(taken)]
        again = dataclasses.replace(taken.reports[0], id="another-id")
        put(store, dataclasses.replace(taken, reports=(again,)), coder="made 2")
        told = held(store)["another-id"]
        assert told.place and told.place.id == MAHIN and [actor.id for actor in told.actor2] == ["al-qaeda"]
        put(store, taken, coder="made 3")
        for number in (2, 1):
            decider.undo("reem", number, any_person=False)
        assert whole(store) == before


def test_only_what_is_planned_begins_after_today(record_address: str) -> None:
    (one,) = strikes(1)
    today, tomorrow = "2026-02-03", "2026-02-04"
    with record(record_address, one) as (store, _):
        decider = Decider(store, lambda: AT, today=AT.date)
        dated = Wish("edit", id_of(one), field="date", value=tomorrow)
        assert refused(decider, dated) == f"{tomorrow} lies after today, {today}; only what is planned can"
        words = Words("text", 0, 4)
        event = {"sub_event_type": "Attack", "date": tomorrow}
        assert "after today" in refused(decider, Wish("add", article=one.article.key, value=event, words=words))
        decider.decide("reem", Wish("add", article=one.article.key, value=event | {"modality": "planned"}, words=words))
        decider.decide("reem", dataclasses.replace(dated, value={"start": today, "end": tomorrow}))
        decider.decide("reem", Wish("edit", id_of(one), field="modality", value="planned"))
        decider.decide("reem", dated)
        assert held(store)[id_of(one)].date.start == dt.date.fromisoformat(tomorrow)  # type: ignore[union-attr]


def test_words_of_a_correction_are_kept_as_code_points_however_they_are_counted(record_address: str) -> None:
    plain = far()
    text = f"\U0001f600 {plain.article.text}"
    moved = dataclasses.replace(plain.article, text=text)
    report = dataclasses.replace(plain.reports[0], article_key=moved.key, text_sha256=moved.text_sha256)
    with record(record_address, Coded(moved, (report,))) as (_, decider):
        wish = Wish("edit", report.id, field="evidence", words=Words("text", 3, 6, text[2:5], utf16=True))
        span = orjson.loads(decider.decide("reem", wish).decision.value or "")["span"]
        assert span == {"in": "text", "start": 2, "end": 5, "text": text[2:5]}
        within = Words("text", 1, 6, utf16=True)  # begins within a character
        assert "no words" in refused(decider, Wish("edit", report.id, field="evidence", words=within))


def _added(**more: Any) -> Wish:
    return Wish("add", article="KEY", value={"sub_event_type": "Attack", **more}, words=Words("text", 0, 4))


WRONG: tuple[tuple[Wish, str], ...] = (
    (Wish("edit", "ID"), "field is missing"),
    (Wish("edit", "ID", field="colour", value=1), "no field 'colour'"),
    (Wish("edit", "ID", field="killed", value=[5, 3]), "killed is [low, high]"),
    (Wish("edit", "ID", field="killed", value=[-1, 3]), "killed is [low, high]"),
    (Wish("edit", "ID", field="killed", value=[True, None]), "killed is [low, high]"),
    (Wish("edit", "ID", field="killed", value=[1, 10**9]), "killed is [low, high]"),
    (Wish("edit", "ID", field="killed", value="3"), "killed is [low, high]"),
    (Wish("edit", "ID", field="modality", value="maybe"), "no modality"),
    (Wish("edit", "ID", field="modality", value=None), "no modality"),
    (Wish("edit", "ID", field="modality", value=["x"] * 9), "no modality"),
    (Wish("edit", "ID", field="background", value="yes"), "true or false"),
    (Wish("edit", "ID", field="date", value="2016-02-30"), "no day"),
    (Wish("edit", "ID", field="date", value="0001-01-01"), "no day"),
    (Wish("edit", "ID", field="date", value={"start": "2016-03-02", "end": "2016-03-01"}), "holds no day"),
    (Wish("edit", "ID", field="date", value={"start": "2016-03-02", "precision": 9}), "precision"),
    (Wish("edit", "ID", field="date", value={"start": "2016-03-02", "time": "noonish"}), "no part of a day"),
    (Wish("edit", "ID", field="date", value={"when": "2016-03-02"}), "a date is"),
    (Wish("edit", "ID", field="place", value="nowhere'; DROP TABLE reports;--"), "no place with the id"),
    (Wish("edit", "ID", field="place", value=7), "given by its id"),
    (Wish("edit", "ID", field="place", value="x\0"), "given by its id"),
    (Wish("edit", "ID", field="actor1", value="isis"), "a list of at most"),
    (Wish("edit", "ID", field="actor1", value=["isis"] * 11), "a list of at most"),
    (Wish("edit", "ID", field="actor1", value=["isiss"]), "near are: isis"),
    (Wish("edit", "ID", field="actor1", value=[None, "\ud800"]), "no actor"),
    (Wish("edit", "ID", field="attributed_to", value=["nobody quoted"]), "quotes no source"),
    (Wish("edit", "ID", field="attributed_to", value=[{"name_en": "x", "kind": "ghost"}]), "no kind of source"),
    (Wish("edit", "ID", field="attributed_to", value=[{"name_en": "x" * 301, "kind": "ngo"}]), "has a name"),
    (Wish("edit", "ID", field="attributed_to", value=[{"name_en": " ", "kind": "ngo"}]), "has a name"),
    (Wish("edit", "ID", field="attributed_to", value=[{"name_en": "x\u202ey", "kind": "ngo"}]), "turn the direction"),
    (Wish("edit", "ID", field="attributed_to", value=[{"name_ar": "ناشط\nآخر", "kind": "ngo"}]), "on one line"),
    (Wish("edit", "ID", field="evidence"), "by a span"),
    (Wish("edit", "ID", field="evidence", value="x", words=Words("text", 0, 2)), "by a span alone"),
    (Wish("edit", "ID", field="killed", value=[1, 1], words=Words("text", 0, 10**6)), "no words of it"),
    (Wish("edit", "ID", field="killed", value=[1, 1], words=Words("text", 4, 4)), "no words of it"),
    (Wish("edit", "ID", field="killed", value=[1, 1], words=Words("body", 0, 4)), "not in 'body'"),
    (Wish("edit", "ID", field="killed", value=[1, 1], words=Words("title", 0, 4)), "has 0 characters"),
    (Wish("edit", "ID", field="killed", value=[1, 1], words=Words("text", 0, 2, "other")), "other words"),
    (Wish("accept", "ID", value=[1, 1]), "accept takes no value"),
    (Wish("accept", "ID", field="killed"), "accept takes no field"),
    (Wish("reject", "ID", ("ID",)), "one report alone"),
    (Wish("reject", "ID", sample="x" * 2001), "no such sample"),
    (Wish("merge", "ID"), "needs others"),
    (Wish("merge", "ID", ("ID",)), "than itself"),
    (Wish("merge", "ID", tuple(map(str, range(501)))), "at most 500"),
    (Wish("grade", "ID", value="excellent"), "a grade is one of"),
    (Wish("grade", "ID", value={"grade": "fair", "reason": 3}), "reason"),
    (Wish("grade", "ID", value={"grade": "fair", "reason": "\ud800"}), "half a letter"),
    (Wish("grade", "ID", value={"grade": "fair", "why": "x"}), "a grade is one of"),
    (Wish("add", article="KEY", value={"sub_event_type": "Attack"}), "has evidence"),
    (Wish("add", article="KEY", value={"sub_event_type": "x"}, words=Words("text", 0, 4)), "no sub_event_type"),
    (Wish("add", article="KEY", value={"killed": [1, 1]}, words=Words("text", 0, 4)), "with sub_event_type"),
    (_added(colour="red"), "an event is an object"),
    (_added(evidence=None), "an event is an object"),
    (_added(place={"id": "g1", "colour": "red"}), "a place has no 'colour'"),
    (_added(actor1=[{"id": "isis", "colour": "red"}]), "an actor has no 'colour'"),
    (_added(attributed_to=[{"name_en": "x", "kind": "ngo", "colour": "red"}]), "a source has no 'colour'"),
    (_added(date={"start": "2016-03-02", "colour": "red"}), "a date is"),
    (Wish("add", report="ID", article="KEY"), "said of an article"),
    (Wish("whole", article="KEY", value=1), "whole takes no value"),
    (Wish("nonsense", "ID"), "no action"),  # type: ignore[arg-type]
)


def test_what_cannot_be_decided_is_one_sentence_and_leaves_no_trace(record_address: str) -> None:
    (one,) = strikes(1)
    with record(record_address, one) as (store, decider):
        before = whole(store)
        for wish, sentence in WRONG:
            report, article = wish.report.replace("ID", id_of(one)), wish.article.replace("KEY", one.article.key)
            others = tuple(other.replace("ID", id_of(one)) for other in wish.others)
            given = dataclasses.replace(wish, report=report, article=article, others=others)
            assert sentence in refused(decider, given), wish
        for id in ("0" * 20, "x'; --", "\0", "x" * 100, "é"):
            refused(decider, Wish("accept", id), "unknown")
            refused(decider, Wish("whole", article=id), "unknown")
        assert "report is missing" in refused(decider, Wish("accept"))
        assert whole(store) == before
        with store.read() as connection:
            assert connection.scalar(select(func.count()).select_from(decisions)) == 0


def test_an_entry_is_taken_back_once_and_by_whom_it_may_be(record_address: str) -> None:
    (one,) = strikes(1)
    with record(record_address, one) as (_, decider):
        decider.decide("reem", Wish("reject", id_of(one)))
        faults = {}
        with pytest.raises(DecisionError) as told:
            decider.undo("omar", 1, any_person=False)
        faults[1] = told.value.fault
        decider.undo("omar", 1, any_person=True)
        for number in (1, 2, 3, 0, -1, 10**30):
            with pytest.raises(DecisionError) as told:
                decider.undo("reem", number, any_person=True)
            faults[number] = told.value.fault
        assert faults == {1: "settled", 2: "settled", 3: "unknown", 0: "unknown", -1: "unknown", 10**30: "unknown"}


def test_of_two_reports_with_the_same_words_the_one_that_was_meant_is_meant(record_address: str) -> None:
    (one,) = strikes(1)
    twin = dataclasses.replace(one.reports[0], id="zz-twin", sub_event_type="Shelling/artillery/missile attack")
    with record(record_address, Coded(one.article, (*one.reports, twin))) as (store, decider):
        decider.decide("reem", Wish("reject", id_of(one)))
        decider.decide("reem", Wish("edit", "zz-twin", field="killed", value=[1, 1]))
        with store.read() as connection:
            found = rulings(connection)
        assert found.rejected == {id_of(one)}
        assert list(found.edits) == ["zz-twin"]


def test_what_is_said_of_an_article_rules_no_report(record_address: str) -> None:
    (one,) = strikes(1)
    with record(record_address, one) as (store, decider):
        before = whole(store)
        decider.decide("reem", Wish("reject", id_of(one)))
        event = {"sub_event_type": "Air/drone strike", "place": "x-1", "killed": [2, 2]}
        words = Words("text", 0, len(one.article.text))
        decider.decide("reem", Wish("add", article=one.article.key, value=event, words=words))
        decider.decide("reem", Wish("whole", article=one.article.key))
        assert held(store) == {}
        decider.undo("reem", 2, any_person=False)
        decider.undo("reem", 1, any_person=False)
        assert whole(store) == before


def test_a_decision_while_reports_of_a_build_wait_touches_its_own_alone(record_address: str) -> None:
    first, second = strikes(2)
    with record(record_address, first) as (store, decider):
        with Writer(store) as writer:
            writer.add(second.article, second.reports, (), "made 1")
        decider.decide("reem", Wish("edit", id_of(first), field="killed", value=[1, 1]))
        assert list(held(store)) == [id_of(first)]
        with store.read() as connection:
            assert list(connection.scalars(select(pending.c.what).where(pending.c.kind == "report"))) == [id_of(second)]
        derive_incidents(store)
        derive_control(store)
        assert whole(store) == as_a_build(store)


def test_a_decision_does_not_wait_for_another_writer_for_ever(
    record_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (one,) = strikes(1)
    monkeypatch.setattr("waqai.deriving.deciding.PATIENCE", 1)
    with record(record_address, one) as (store, decider):
        with store.write(), pytest.raises(StoreError, match="another program"):
            decider.decide("reem", Wish("accept", id_of(one)))
        assert decider.decide("reem", Wish("accept", id_of(one))).decision.number == 1
        with decider._lock, pytest.raises(StoreError, match="many decide"):
            decider.decide("reem", Wish("accept", id_of(one)))
