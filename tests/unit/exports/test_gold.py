"""Gold of what persons reviewed: only what is judged whole, as it was corrected; it measures the coder as other gold does."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from sample_record import sample_record
from waqai.cli.evaluate import read_gold
from waqai.cli.main import main
from waqai.deriving.correcting import Words
from waqai.deriving.deciding import Decider, Wish
from waqai.evaluation import evaluate, figures
from waqai.exports.gold import ReviewedArticle, corrected, file_name, gold_json
from waqai.knowledge.codebook import load_codebook
from waqai.knowledge.files import load_files
from waqai.sample import sample_path
from waqai.store.opening import Store, open_store
from waqai.store.reading import StoredArticle, StoredReport, article_by_doc_id, reports_of
from waqai.store.schema import articles, reports


class Desk:
    """A record of its own and what decides in it."""

    def __init__(self, store: Store, path: str) -> None:
        self.store, self.path, self.decider = store, path, Decider(store)

    def article(self, doc_id: str) -> tuple[StoredArticle, Sequence[StoredReport]]:
        with self.store.read() as connection:
            found = article_by_doc_id(connection, doc_id)
            assert found is not None
            return found, reports_of(connection, found.number)

    def say(self, action: Any, report: str = "", **more: Any) -> None:
        self.decider.decide("reem", Wish(action, report, **more))

    def gold(self, folder: Path, *more: str) -> tuple[int, dict[str, Any]]:
        """The exit status of the export, and what it wrote, by the labels of articles."""
        status = main(["export", "--to", "gold", "--db", self.path, "-o", str(folder), *more])
        return status, {one["doc_id"]: one for one in read_gold(str(folder))} if status == 0 else {}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    path = str(tmp_path / "record.db")
    shutil.copy(sample_record(), path)
    with closing(open_store(path)) as store:
        yield Desk(store, path)


def labels(desk: Desk, least: int, count: int) -> list[str]:
    """The labels of articles with so many reports, and at least so many."""
    with desk.store.read() as connection:
        told = connection.execute(select(articles.c.doc_id).join(reports, reports.c.article == articles.c.number)).all()
    held = [label for (label,) in told]
    return [label for label in dict.fromkeys(held) if held.count(label) >= least][:count]


def test_an_article_is_gold_when_every_report_of_it_is_judged_for_sure(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (label,) = labels(desk, 3, 1)
    stored, told = desk.article(label)
    for one in told[1:]:
        desk.say("accept", one.id)
    assert desk.gold(tmp_path / "a")[0] == 1
    desk.say("unsure", told[0].id)
    assert desk.gold(tmp_path / "b")[0] == 1
    assert "left out: 1" in capsys.readouterr().err
    desk.say("reject", told[0].id)
    status, found = desk.gold(tmp_path / "c")
    assert (status, list(found), len(found[label]["events"])) == (0, [label], len(told) - 1)
    assert found[label]["reviewed"] == {"persons": ["reem"], "nothing_missing": False, "article_key": stored.key}
    texts = (stored.article.title, stored.article.text)
    assert all(any(event["evidence"] in text for text in texts) for event in found[label]["events"])
    assert desk.gold(tmp_path / "d", "--country", "YE")[0] == 1


def test_gold_holds_what_was_corrected_and_what_was_missed(desk: Desk, tmp_path: Path) -> None:
    (label,) = labels(desk, 2, 1)
    stored, told = desk.article(label)
    with desk.store.read() as connection:
        place = connection.scalar(
            select(reports.c.place).where(reports.c.country == "SY", reports.c.level == "settlement")
        )
    first = told[0].id
    for field, value in (
        ("sub_event_type", "Grenade"), ("modality", "attempted"), ("killed", [3, None]), ("injured", None),
        ("date", {"start": "2016-02-01", "end": "2016-02-03"}), ("actor1", ["isis", "syrian-army"]), ("actor2", []),
        ("place", place), ("attributed_to", [{"name_en": "A Nurse", "kind": "medical"}]), ("background", True),
    ):  # fmt: skip
        desk.say("edit", first, field=field, value=value)
    desk.say("edit", first, field="killed", value=[4, None])
    desk.say("edit", first, field="evidence", words=Words("text", 0, 7))
    for one in told[1:]:
        desk.say("accept", one.id)
    elsewhere = "wof:1276864251"  # in the gazetteer, and not in the record
    missed = {"sub_event_type": "Looting/property destruction", "place": elsewhere, "actor1": ["nigerian-army"]}
    desk.say("add", article=stored.key, value=missed, words=Words("text", 8, 20))
    desk.say("whole", article=stored.key)
    events = desk.gold(tmp_path / "gold")[1][label]["events"]
    assert [event["id"] for event in events] == [f"e{n}" for n in range(1, len(told) + 2)]
    (one,) = [event for event in events if event["sub_event_type"] == "Grenade"]
    place_of = one.pop("place")
    assert one == {
        "id": one["id"], "sub_event_type": "Grenade", "modality": "attempted", "background": True,
        "actor1": ["isis", "regime"], "actor2": [], "date": {"start": "2016-02-01", "end": "2016-02-03"},
        "killed": [4, None], "injured": None, "attributed_to": ["a nurse"], "evidence": stored.article.text[:7],
    }  # fmt: skip
    assert place_of["level"] == "settlement" and round(place_of["lat"], 2) == place_of["lat"]
    (added,) = [event for event in events if event["sub_event_type"] == missed["sub_event_type"]]
    assert added["evidence"] == stored.article.text[8:20] and added["place"]["name"] == "كفر ناسج"
    assert (added["actor1"], added["modality"], added["killed"]) == (["nigerian army"], "happened", None)


def test_a_quiet_article_is_gold_when_somebody_read_it_to_the_end(desk: Desk, tmp_path: Path) -> None:
    with desk.store.read() as connection:
        of = select(articles.c.key, articles.c.doc_id).where(articles.c.number.not_in(select(reports.c.article)))
        key, label = connection.execute(of.limit(1)).one()
    desk.say("whole", article=key)
    found = desk.gold(tmp_path / "gold")[1]
    assert found[label]["events"] == [] and found[label]["reviewed"]["nothing_missing"]


def predictions(desk: Desk, only: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """What the coder said of these articles, as the record holds it."""
    return {label: [json.loads(one.json) for one in desk.article(label)[1]] for label in only}


def test_the_coder_is_measured_by_what_was_reviewed(desk: Desk, tmp_path: Path, shared: Path) -> None:
    chosen = labels(desk, 2, 6)
    wrong = rejected = count = 0
    for label in chosen:
        for number, one in enumerate(desk.article(label)[1]):
            count += 1
            if number == 0:
                desk.say("reject", one.id)
                rejected += 1
            elif number == 1:
                desk.say("edit", one.id, field="modality", value="planned" if "planned" not in one.json else "denied")
                wrong += 1
            else:
                desk.say("accept", one.id)
    folder = tmp_path / "gold"
    found = desk.gold(folder)[1]
    assert sorted(found) == sorted(chosen)
    said = predictions(desk, chosen)
    measured = figures(evaluate(list(found.values()), said, load_codebook(load_files())))
    background = sum(event["background"] for one in found.values() for event in one["events"])
    assert measured["gold"] == count - rejected - background
    assert measured["detection"]["recall"] == 1.0
    assert 0 < measured["detection"]["precision"] < 1
    assert measured["fields_on_matched"]["modality"]["right"] < 1 == measured["fields_on_matched"]["place"]["right"]
    lines = tmp_path / "said.jsonl"
    lines.write_text("\n".join(json.dumps(one) for told in said.values() for one in told), encoding="utf-8")
    score = [sys.executable, str(shared / "eval" / "score.py"), str(folder), str(lines)]
    theirs = subprocess.run(score, capture_output=True, text=True, check=True).stdout
    assert f"{len(chosen)} documents, {measured['gold']} gold events" in theirs
    assert f"P {measured['detection']['precision']:.3f}  R 1.000" in theirs


def test_a_perfect_review_of_the_sample_is_what_the_coder_said(desk: Desk, tmp_path: Path) -> None:
    chosen = labels(desk, 1, 12)
    for label in chosen:
        for one in desk.article(label)[1]:
            desk.say("accept", one.id)
    found = desk.gold(tmp_path / "gold")[1]
    measured = figures(evaluate(list(found.values()), predictions(desk, chosen), load_codebook(load_files())))
    assert measured["strict"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert all(field["right"] == 1.0 for field in measured["fields_on_matched"].values())
    hand = json.loads(sample_path("gold").joinpath("sample-001.json").read_text(encoding="utf-8"))
    for name in hand:
        assert name in next(iter(found.values()))
    written = {name for one in found.values() for event in one["events"] for name in event}
    assert written == {name for event in hand["events"] for name in event}


@pytest.mark.parametrize(
    "more", [["--of", "reports"], ["--include", "denied"], ["--redact-persons"], ["--round-coordinates", "5"]]
)
def test_what_takes_things_out_has_no_place_in_gold(desk: Desk, tmp_path: Path, more: list[str]) -> None:
    assert desk.gold(tmp_path / "gold", *more)[0] == 2
    assert not (tmp_path / "gold").exists()


def test_a_folder_with_other_files_and_a_file_are_refused(desk: Desk, tmp_path: Path) -> None:
    full = tmp_path / "full"
    full.mkdir()
    (full / "notes.txt").write_text("mine")
    for place in (full, full / "notes.txt", tmp_path / "no" / "such" / "folder"):
        assert desk.gold(place)[0] == 2
    assert [one.name for one in full.iterdir()] == ["notes.txt"]


def article(**more: Any) -> ReviewedArticle:
    given = {
        "key": "k" * 64,
        "doc_id": "a",
        "published": None,
        "published_from": None,
        "events": (),
        "persons": (),
        "whole": False,
    }
    return ReviewedArticle(**(given | more))


@pytest.mark.parametrize("label", ["../up", "a/b", "", ".hidden", "x" * 101, "مقال", "a\0b", "nul\n"])
def test_a_label_that_is_no_name_for_a_file_gives_way_to_the_key(label: str) -> None:
    assert file_name(article(doc_id=label)) == f"article-{'k' * 16}.json"


@pytest.mark.parametrize(
    ("basis", "told"), [("record", "metadata"), ("html", "metadata"), ("text", "text"), (None, "none")]
)
def test_where_the_day_is_from_is_told_as_the_guide_does(basis: str | None, told: str) -> None:
    found = gold_json(article(published="2016-01-01" if basis else None, published_from=basis), {})
    assert found["published_from"] == told


def test_later_corrections_stand_over_earlier_ones_and_what_they_touch_follows() -> None:
    toll = {"outcome": "killed", "low": 1, "high": 1}
    denial = {"stance": "denies", "chain": [], "blames": []}
    record = {
        "killed": [1, 1], "casualties": [toll, toll | {"outcome": "injured"}],
        "claims": [{"stance": "asserts", "chain": [], "blames": []}, denial], "attributed_to": [],
    }  # fmt: skip
    source = {"name_en": "x", "name_ar": "", "kind": "ngo"}
    made = corrected(
        record,
        [
            ("killed", "[2, 2]"),
            ("killed", '{"value": [3, null], "span": null}'),
            ("attributed_to", json.dumps([source])),
        ],
    )
    assert made["killed"] == [3, None] and [one["outcome"] for one in made["casualties"]] == ["injured"]
    assert made["claims"][1:] == [denial] and made["attributed_to"][0]["name_en"] == "x"
    assert record["killed"] == [1, 1]
