"""The review desk over the API: what a person is shown, what she decides, and what others are not told of it."""

import csv
import io
import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from sample_record import sample_record
from unit.serving.asking import API, client, got, public_client, refused, serving
from waqai.serving.accounts import Accounts, accounts_file, hashed
from waqai.serving.keys import make_key
from waqai.serving.params import Conditions
from waqai.serving.review import (
    AgreementRows,
    DecidedShape,
    DecisionRows,
    FieldRows,
    KnownPlaces,
    PrecisionShape,
    QueuePage,
    sample_of,
)
from waqai.serving.rights import TOKEN

HASH = hashed("a long way to Palmyra")


@contextmanager
def desk(folder: Path, **settings: Any) -> Iterator[TestClient]:
    """The desk of the person at the machine, over a record of its own."""
    path = str(folder / "record.db")
    shutil.copy(sample_record(), path)
    with serving(path, **({"reviewer": "reem"} | settings)) as found:
        found.headers[TOKEN] = found.get(f"{API}/session").json()["csrf"]
        yield found


def queued(desk: TestClient, **asked: Any) -> dict[str, Any]:
    response = desk.get(f"{API}/queue", params=asked)
    assert response.status_code == 200, response.text
    QueuePage.model_validate(response.json())
    found: dict[str, Any] = response.json()
    return found


def decided(desk: TestClient, **body: Any) -> dict[str, Any]:
    response = desk.post(f"{API}/decisions", json=body)
    assert response.status_code == 201, response.text
    DecidedShape.model_validate(response.json())
    found: dict[str, Any] = response.json()
    return found


def journal(desk: TestClient, **asked: Any) -> list[dict[str, Any]]:
    response = desk.get(f"{API}/decisions", params=asked)
    assert response.status_code == 200, response.text
    DecisionRows.model_validate(response.json())
    rows: list[dict[str, Any]] = response.json()["rows"]
    return rows


def test_a_decision_is_seen_in_the_record_at_once(tmp_path: Path) -> None:
    with desk(tmp_path) as here:
        row = queued(here, type="Air/drone strike", background="no", limit=1)["rows"][0]
        report, incident = row["report"]["id"], row["incident"]
        before = here.get(f"{API}/incidents/{incident}").json()
        done = decided(
            here, action="edit", report=report, field="killed", value=[77, 77],
            span={"in": "text", "start": 0, "end": 5, "unit": "utf-16"},
        )  # fmt: skip
        assert incident in done["changed"] and done["decision"]["person"] == "reem"
        after = here.get(f"{API}/incidents/{incident}").json()
        assert after["killed"]["high"] == 77 != (before["killed"] or {}).get("high")
        assert [one["number"] for one in after["decisions"]] == [done["decision"]["number"]]
        assert row["report"]["id"] not in {one["report"]["id"] for one in queued(here, limit=100)["rows"]}
        undone = here.post(f"{API}/decisions/{done['decision']['number']}/undo")
        assert undone.status_code == 201
        again = here.get(f"{API}/incidents/{incident}").json()
        assert again | {"decisions": []} == before | {"decisions": []}
        assert [(one["action"], one["undoes"], one["undone_by"]) for one in journal(here)] == [
            ("undo", 1, None), ("edit", None, 2),
        ]  # fmt: skip


def test_a_correction_gives_a_place_and_a_party_that_the_record_does_not_name(tmp_path: Path) -> None:
    with desk(tmp_path) as here:
        assert here.get(f"{API}/places", params={"name": "Kafr Nasij"}).json()["rows"] == []
        (place,) = here.get(f"{API}/known/places", params={"name": "كفر ناسج"}).json()["rows"]
        assert (place["recorded"], place["level"], place["governorate"]) == (False, "settlement", "Daraa")
        party = here.get(f"{API}/known/actors", params={"name": "al-qaeda", "limit": 1}).json()["rows"][0]
        assert (party["id"], party["recorded"]) == ("al-qaeda", False)
        row = queued(here, type="Air/drone strike", background="no", limit=1)["rows"][0]
        for field, value in (("place", place["id"]), ("actor1", [party["id"]])):
            done = decided(here, action="edit", report=row["report"]["id"], field=field, value=value)
            KnownPlaces.model_validate(here.get(f"{API}/known/places", params={"name": "كفر"}).json())
        asked = {"place": "Kafr Nasij", "actor": "al-qaeda"}
        (told,) = here.get(f"{API}/incidents", params=asked).json()["rows"]
        assert told["id"] in done["changed"] and told["place"]["id"] == place["id"]
        assert here.get(f"{API}/places", params={"name": "Kafr Nasij"}).json()["rows"][0]["incidents"] == 1
        assert here.get(f"{API}/known/actors", params={"name": "al-qaeda", "limit": 1}).json()["rows"][0]["recorded"]


def test_old_ids_of_incidents_lead_on_after_a_merge_and_come_back_after_undo(tmp_path: Path) -> None:
    with desk(tmp_path) as here:
        one, other = here.get(f"{API}/incidents", params={"limit": 2}).json()["rows"]
        done = decided(here, action="merge", report=other["id"], others=[one["id"]])
        ((old, new),) = done["gone"].items()
        assert {old, new} == {one["id"], other["id"]}
        response = here.get(f"{API}/incidents/{old}", follow_redirects=False)
        assert (response.status_code, response.headers["location"]) == (307, f"{API}/incidents/{new}")
        merged = here.get(f"{API}/incidents/{old}").json()
        assert len(merged["reports"]) == len(one["reports"]) + len(other["reports"])
        parted = decided(here, action="split", report=other["id"], others=[one["id"]])
        assert set(parted["changed"]) == {one["id"], other["id"]}
        assert here.get(f"{API}/incidents/{old}", follow_redirects=False).status_code == 200


def test_a_random_sample_measures_the_coder(tmp_path: Path) -> None:
    with desk(tmp_path) as here:
        page = queued(here, order="random", limit=5, country="SY")
        assert page["sample"] == "country=SY"
        for number, row in enumerate(page["rows"]):
            action = "reject" if number == 2 else "accept"
            decided(here, action=action, report=row["report"]["id"], sample=page["sample"])
        found = here.get(f"{API}/precision", params={"country": "SY"}).json()
        PrecisionShape.model_validate(found)
        assert (found["events"]["right"], found["events"]["judged"], found["skipped"]) == (4, 5, 0)
        assert 0 < found["events"]["low"] < found["events"]["share"] == 0.8 < found["events"]["high"] < 1
        assert here.get(f"{API}/precision").json()["events"]["share"] is None
        rest = queued(here, order="random", limit=100, country="SY")["rows"]
        assert not {row["report"]["id"] for row in rest} & {row["report"]["id"] for row in page["rows"]}


def test_what_no_queue_gave_is_no_sample_and_what_is_no_kind_of_source_is_named(tmp_path: Path) -> None:
    with desk(tmp_path) as here:
        report = queued(here, limit=1)["rows"][0]["report"]["id"]
        for sample in ("zzz", "colour=red", "country=SY&country=", "type=b&type=a", "country=SY&"):
            asked = here.post(f"{API}/decisions", json={"action": "accept", "report": report, "sample": sample})
            assert asked.status_code == 422 and repr(sample) in asked.json()["error"], sample
        value = [{"name_ar": "لجان التنسيق", "kind": "rumour"}]
        body = {"action": "edit", "report": report, "field": "attributed_to", "value": value}
        asked = here.post(f"{API}/decisions", json=body)
        assert asked.status_code == 422 and "no kind of source 'rumour'" in asked.json()["error"]
        assert journal(here) == []


def test_the_name_of_a_sample_does_not_depend_on_how_it_is_asked_for() -> None:
    one = Conditions.model_validate({"type": ["b", "a"], "country": "SY"})
    other = Conditions.model_validate({"country": "SY", "type": ["a", "b"]})
    assert sample_of(one) == sample_of(other) == "country=SY&type=a&type=b"
    assert sample_of(Conditions.model_validate({})) == ""


@contextmanager
def reviewers(folder: Path) -> Iterator[tuple[TestClient, dict[str, dict[str, str]]]]:
    """A server with two reviewers and an admin, and the headers of each."""
    path = str(folder / "record.db")
    shutil.copy(sample_record(), path)
    accounts, headers = Accounts(accounts_file(path)), {}
    for name, role in (("reem", "reviewer"), ("omar", "reviewer"), ("head", "admin")):
        accounts.change(("INSERT INTO accounts VALUES (?, ?, ?, ?)", (name, role, HASH, "2026-01-01")))
        headers[name] = {"authorization": f"Bearer {make_key(accounts, name, 'tests')[0]}"}
    with serving(path) as found:
        yield found, headers


def test_a_second_reviewer_is_not_shown_what_the_first_said(tmp_path: Path) -> None:
    with reviewers(tmp_path) as (server, who):

        def ask(name: str, path: str, **asked: Any) -> Any:
            return server.get(f"{API}{path}", params=asked, headers=who[name]).json()

        def say(name: str, **body: Any) -> int:
            response = server.post(f"{API}/decisions", json=body, headers=who[name])
            assert response.status_code == 201, response.text
            number: int = response.json()["decision"]["number"]
            return number

        page = ask("reem", "/queue", order="random", limit=2)
        report, other = (row["report"]["id"] for row in page["rows"])
        first = say("reem", action="reject", report=report, sample="")
        say("reem", action="edit", report=other, field="killed", value=[1, 1])
        again = ask("omar", "/queue", order="random", limit=2)
        assert [row["report"] for row in again["rows"]] == [row["report"] for row in page["rows"]]
        assert [(row["mine"], row["judged_by"]) for row in again["rows"]] == [(None, 1), (None, 1)]
        assert ask("omar", "/decisions")["rows"] == []
        assert len(ask("head", "/decisions")["rows"]) == 2
        incident = page["rows"][1]["incident"]
        seen = {name: ask(name, f"/incidents/{incident}")["decisions"] for name in who}
        assert {name: len(found) for name, found in seen.items()} == {"reem": 1, "omar": 0, "head": 1}
        say("omar", action="accept", report=report, sample="")
        assert {row["person"] for row in ask("omar", "/decisions")["rows"]} == {"reem", "omar"}
        assert ask("omar", "/queue", order="random", limit=1)["rows"][0]["report"]["id"] == other
        mine = ask("reem", "/queue", order="random", leave="nobody", limit=2)["rows"]
        assert mine[0]["mine"] == {"verdict": "reject", "edits": {}}
        assert mine[1]["mine"]["edits"]["killed"] == {"value": [1, 1], "span": None}
        found = ask("reem", "/agreement")
        AgreementRows.model_validate(found)
        assert (found["rows"][0]["both"], found["rows"][0]["agreed"]) == (1, 0)
        undo = f"{API}/decisions/{first}/undo"
        assert server.post(undo, headers=who["omar"]).status_code == 403
        assert server.post(undo, headers=who["head"]).status_code == 201
        assert server.post(undo, headers=who["reem"]).status_code == 409


@pytest.mark.parametrize(
    ("body", "status", "sentence"),
    [
        ({}, 422, "action is missing"),
        ({"action": "explode", "report": "REPORT"}, 422, "action"),
        ({"action": "accept"}, 422, "report is missing"),
        ({"action": "accept", "report": "0" * 20}, 404, "no report"),
        ({"action": "accept", "report": "../../etc/passwd"}, 404, "no report"),
        ({"action": "accept", "report": "' OR 1=1 --"}, 404, "no report"),
        ({"action": "accept", "report": "x" * 65}, 422, "report"),
        ({"action": "accept", "report": "REPORT", "colour": "red"}, 422, "no field 'colour'"),
        ({"action": "accept", "report": "REPORT", "value": 1}, 422, "accept takes no value"),
        ({"action": "edit", "report": "REPORT", "field": "killed", "value": "many"}, 422, "[low, high]"),
        ({"action": "edit", "report": "REPORT", "field": "killed", "value": {"a": [[[[]]]]}}, 422, "[low, high]"),
        ({"action": "edit", "report": "REPORT", "field": "__class__", "value": 1}, 422, "no field"),
        ({"action": "edit", "report": "REPORT", "field": "evidence", "span": {"start": 5, "end": 2}}, 422, "no words"),
        ({"action": "edit", "report": "REPORT", "field": "evidence", "span": {"start": -5, "end": 2}}, 422, "start"),
        ({"action": "edit", "report": "REPORT", "field": "evidence", "span": {"start": 0, "end": 10**9}}, 422, "no words"),
        (
            {"action": "edit", "report": "REPORT", "field": "evidence", "span": {"start": 0, "end": 2, "text": "<b>"}},
            422,
            "other words",
        ),
        ({"action": "merge", "report": "REPORT", "others": ["REPORT"]}, 422, "than itself"),
        ({"action": "merge", "report": "REPORT", "others": ["x"] * 501}, 422, "others"),
        ({"action": "whole", "article": "0" * 64}, 404, "no article"),
        ({"action": "grade", "report": "REPORT", "value": ["fair"]}, 422, "a grade is one of"),
        ([], 422, ""),
        ("accept", 422, ""),
    ],
    ids=lambda value: str(value)[:60],
)  # fmt: skip
def test_a_wrong_decision_is_one_sentence(body: Any, status: int, sentence: str) -> None:
    """On the sample that nothing may write to: a decision that came through would fail other tests."""
    if isinstance(body, dict):
        report = got("/reports", limit=1)["rows"][0]["id"]
        body = {
            name: [report if v == "REPORT" else v for v in value] if name == "others" else report if value == "REPORT" else value
            for name, value in body.items()
        }  # fmt: skip
    headers = {TOKEN: client().get(f"{API}/session").json()["csrf"]}
    response = client().post(f"{API}/decisions", json=body, headers=headers)
    assert response.status_code == status, response.text
    assert list(response.json()) == ["error", "error_ar"] and sentence in response.json()["error"]
    assert "\n" not in response.json()["error"]
    arabic = response.json()["error_ar"]
    assert "بالإنجليزية" not in arabic, "a sentence of its own"
    assert not re.search("[A-Za-z]", re.sub("\u2068[^\u2068\u2069]*\u2069", "", arabic)), arabic


def test_bodies_that_are_none_and_unknown_entries_are_refused() -> None:
    headers = {TOKEN: client().get(f"{API}/session").json()["csrf"], "content-type": "application/json"}
    for content, status in ((b"{", 422), (b"\xff", 400), (b'{"action": "accept", ' + b" " * 1_100_000, 413)):
        assert client().post(f"{API}/decisions", content=content, headers=headers).status_code == status
    for number, status in (("0", 404), ("999", 404), ("-1", 404), ("9" * 25, 404), ("x", 422)):
        response = client().post(f"{API}/decisions/{number}/undo", headers=headers)
        assert (response.status_code, list(response.json())) == (status, ["error", "error_ar"]), number


def test_wrong_questions_name_the_parameter() -> None:
    assert "order" in refused("/queue", 422, order="best")
    assert "limit" in refused("/queue", 422, limit=101)
    assert "cursor" in refused("/queue", 422, after="x")
    assert "colour" in refused("/queue", 422, colour="red")
    assert "Atlantis" in refused("/queue", 422, place="Atlantis")
    assert "action" in refused("/decisions", 422, action="explode")
    assert "cursor" in refused("/decisions", 422, after="x")
    assert "yesterday" in refused("/precision", 422, **{"from": "yesterday"})


def test_every_field_that_can_be_corrected_is_told_with_its_choices() -> None:
    found = got("/fields")
    FieldRows.model_validate(found)
    fields = {row["name"]: row for row in found["rows"]}
    assert "Air/drone strike" in fields["sub_event_type"]["choices"] and not fields["sub_event_type"]["empty"]
    assert fields["evidence"]["kind"] == "words" and fields["place"]["empty"]


def test_in_public_nothing_of_the_desk_is_there() -> None:
    for path in ("/queue", "/decisions", "/precision", "/agreement", "/keys"):
        assert public_client().get(f"{API}{path}").status_code == 403
    assert public_client().post(f"{API}/decisions", json={}).status_code == 403
    assert public_client().post(f"{API}/session", json={"name": "x", "password": "y"}).status_code == 403


def sheet(desk: TestClient, path: str, **asked: Any) -> list[dict[str, str]]:
    response = desk.get(f"{API}{path}", params=asked | {"format": "csv"})
    assert response.status_code == 200 and "attachment" in response.headers["content-disposition"], response.text
    return list(csv.DictReader(io.StringIO(response.text)))


def lines(desk: TestClient, path: str, **asked: Any) -> list[Any]:
    return [json.loads(line) for line in desk.get(f"{API}{path}", params=asked | {"format": "jsonl"}).text.splitlines()]


def test_queue_journal_precision_and_agreement_come_as_files(tmp_path: Path) -> None:
    with desk(tmp_path) as here:
        page = queued(here, order="random", limit=100)
        first, second = page["rows"][0]["report"]["id"], page["rows"][1]["report"]["id"]
        decided(here, action="accept", report=first, sample=page["sample"])
        decided(here, action="edit", report=second, field="killed", value=[3, None])
        every = len(got("/reports", limit=500)["rows"])
        rows = sheet(here, "/queue", order="newest", leave="nobody")
        assert [row["id"] for row in rows] == [
            one["report"]["id"] for one in lines(here, "/queue", order="newest", leave="nobody")
        ]
        assert len(rows) == every > 100 and len(sheet(here, "/queue", limit=7)) == 7
        judged = next(row for row in rows if row["id"] == first)
        assert (judged["verdict"], judged["judged_by"]) == ("accept", "1") and judged["uncertainty"] and judged["title"]
        entries = sheet(here, "/decisions")
        assert [(one["action"], one["field"], one["value"], one["reports"]) for one in entries] == [
            ("edit", "killed", "[3,null]", second), ("accept", "", "", first),
        ]  # fmt: skip
        assert lines(here, "/decisions") == journal(here) and len(lines(here, "/decisions", limit=1)) == 1
        shares = sheet(here, "/precision")
        assert {name: shares[0][name] for name in ("of", "right", "judged")} == {
            "of": "events", "right": "1", "judged": "1",
        }  # fmt: skip
        assert {row["of"] for row in shares} == {"events", "type", "field"}
        assert lines(here, "/precision")[0]["share"] == 1.0
        assert (
            sheet(here, "/agreement") == lines(here, "/agreement") == here.get(f"{API}/agreement").json()["rows"] == []
        )


def test_a_file_of_the_journal_shows_a_reviewer_no_more_than_a_page(tmp_path: Path) -> None:
    with desk(tmp_path) as here:
        id = queued(here, limit=1)["rows"][0]["report"]["id"]
        decided(here, action="accept", report=id)
        accounts = Accounts(accounts_file(str(tmp_path / "record.db"), None))
        accounts.add("other", "reviewer", HASH)
        key, _ = make_key(accounts, "other", "test", "reviewer", 1)
        here.headers["authorization"] = f"Bearer {key}"
        assert journal(here) == lines(here, "/decisions") == []
        assert here.get(f"{API}/decisions", params={"format": "csv"}).text.count("\n") == 1
