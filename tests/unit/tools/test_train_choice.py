"""The weights in the package are those that the reports of training/ give."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def test_the_weights_are_in_step_with_what_they_are_learned_from() -> None:
    command = [sys.executable, "tools/train_choice.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_report_to_learn_from_is_marked_made_up_and_its_evidence_stands_in_it() -> None:
    reports = [
        json.loads(line) for line in (ROOT / "training" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    gold = [json.loads(line) for line in (ROOT / "training" / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [r["id"] for r in reports] == [g["doc_id"] for g in gold]
    assert all(r["synthetic"] is True and not r.get("outlet") and not r.get("url") for r in reports)
    for report, document in zip(reports, gold, strict=True):
        for event in document["events"]:
            assert event["evidence"] in f"{report['title']}\n{report['text']}", (report["id"], event["evidence"])
