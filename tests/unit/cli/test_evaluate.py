"""`waqai evaluate` with files that other programs wrote, rightly or not."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from waqai.cli.main import main

Capture = pytest.CaptureFixture[str]
EVENT: dict[str, Any] = {
    "sub_event_type": "Air/drone strike",
    "modality": "happened",
    "background": False,
    "actor1": ["isis"],
    "actor2": [],
    "place": {"name": "حلب", "level": "settlement", "lat": 36.2, "lon": 37.16},
    "date": {"start": "2015-10-31", "end": "2015-10-31"},
    "killed": [5, None],
    "injured": None,
    "attributed_to": [],
    "evidence": "قصف الطيران الحربي",
}
FOUND = {"doc_id": "n0", "sub_event_type": "Air/drone strike", "place": {"name_ar": "حلب", "lat": 36.2, "lon": 37.16}}


def without(name: str) -> dict[str, Any]:
    return {other: value for other, value in EVENT.items() if other != name}


def evaluated(folder: Path, gold: object, predictions: str | None = None, *more: str) -> int:
    shutil.rmtree(folder / "gold", ignore_errors=True)
    (folder / "gold").mkdir()
    text = gold if isinstance(gold, str) else json.dumps(gold)
    (folder / "gold" / "n0.json").write_text(text, encoding="utf-8")
    found = json.dumps(FOUND) if predictions is None else predictions
    (folder / "found.jsonl").write_text(found, encoding="utf-8")
    return main(["evaluate", str(folder / "gold"), str(folder / "found.jsonl"), *more])


@pytest.mark.parametrize(
    ("gold", "words"),
    [
        ({"doc_id": "n0", "events": [without("sub_event_type")]}, "event 1: it has no sub_event_type"),
        ({"doc_id": "n0", "events": [EVENT, without("killed")]}, "event 2: it has no killed"),
        ({"doc_id": "n0", "events": [EVENT | {"place": {"name": "حلب", "level": "moon"}}]}, "its place"),
        ({"doc_id": "n0", "events": [EVENT | {"date": {"start": "soon"}}]}, "its date"),
        ({"doc_id": "n0", "events": [EVENT | {"killed": "five"}]}, "its killed"),
        ({"doc_id": "n0", "events": ["no"]}, "event 1: it is no JSON object"),
        ({"doc_id": "n0"}, "no list of events"),
        ({"doc_id": ["n0"], "events": []}, "its doc_id is not a string"),
        ([], "it is no JSON object"),
        ("{\n\n!", "line 3: it is not valid JSON"),
        ("[" * 100_000, "nested too deep"),
        ('{"doc_id": "n0", "events": [Infinity]}', "Infinity"),
    ],
)
def test_broken_gold_is_one_line(gold: object, words: str, tmp_path: Path, capsys: Capture) -> None:
    assert evaluated(tmp_path, gold) == 2
    err = capsys.readouterr().err
    assert words in err and "n0.json" in err and err.count("\n") == 1


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"doc_id": 7}', "its doc_id is not a string"),
        ('{"doc_id": "n0", "place": {"lat": Infinity}}', "Infinity is no number"),
        ("[" * 100_000, "nested too deep"),
        ("[1]", "no JSON object with a doc_id"),
        ("{broken", "not valid JSON"),
    ],
)
def test_broken_predictions_are_one_line(line: str, words: str, tmp_path: Path, capsys: Capture) -> None:
    assert evaluated(tmp_path, {"doc_id": "n0", "events": [EVENT]}, f"{json.dumps(FOUND)}\n\n{line}\n") == 2
    err = capsys.readouterr().err
    assert words in err and "found.jsonl, line 3: " in err and err.count("\n") == 1


def test_strange_numbers_are_wrong_and_no_more(tmp_path: Path) -> None:
    strange: list[dict[str, Any]] = [
        FOUND | {"place": {"name_ar": "حلب", "lat": lat, "lon": lon}, "killed": [10**400, 2]}
        for lat, lon in ((10**400, 0), (200.0, 37.0), (-36.2, -142.84), ("x", True))
    ]
    far = FOUND | {"date": {"start": "9999-12-31", "end": "9999-12-31"}, "evidence": {"text": 5}}
    lines = "\n".join(json.dumps(found) for found in [*strange, far])
    event = EVENT | {"date": {"start": "0001-01-01", "end": "9999-12-31"}}
    assert evaluated(tmp_path, {"doc_id": "n0", "events": [event]}, lines.replace(": 200.0", ": 1e999")) == 0
    assert evaluated(tmp_path, {"doc_id": "n0", "events": [event]}, lines) == 0


def test_lines_end_at_line_feeds_only(tmp_path: Path, capsys: Capture) -> None:
    found = FOUND | {"evidence": {"text": "قصف\u2028الطيران\x85الحربي"}}
    gold = {"doc_id": "n0", "events": [EVENT]}
    assert evaluated(tmp_path, gold, json.dumps(found, ensure_ascii=False) + "\r\n") == 0
    assert capsys.readouterr().out.startswith("1 document, 1 gold event, 1 predicted\n")


def test_documents_that_have_no_gold(tmp_path: Path, capsys: Capture) -> None:
    gold = {"doc_id": "n0", "events": [EVENT]}
    assert evaluated(tmp_path, gold, None, "--docs", "n0,nope") == 2
    assert capsys.readouterr().err == "waqai: --docs names articles that have no gold: 'nope'\n"
    assert evaluated(tmp_path, gold, None, "--docs", "n0", "--json") == 0
    assert '"predicted": 1,' in capsys.readouterr().out


def test_two_files_of_one_document_are_refused(tmp_path: Path, capsys: Capture) -> None:
    gold = {"doc_id": "n0", "events": []}
    evaluated(tmp_path, gold)
    (tmp_path / "gold" / "n1.json").write_text(json.dumps(gold), encoding="utf-8")
    capsys.readouterr()
    assert main(["evaluate", str(tmp_path / "gold"), str(tmp_path / "found.jsonl")]) == 2
    assert "has the doc_id 'n0', and so has" in capsys.readouterr().err
