"""`waqai build`: one line of what is new, the same statuses as the other commands, errors in one line."""

import json
from pathlib import Path

import pytest

from fake_pipeline import CRASH, open_fake
from waqai.cli.main import main


def run(*arguments: str) -> int:
    return main(["build", *arguments], open_fake)  # type: ignore[arg-type]


def written(path: Path, *texts: str) -> str:
    lines = [json.dumps({"id": f"n{n}", "text": text, "published": "2016-05-04"}) for n, text in enumerate(texts)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path)


def test_what_is_new_is_said_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = written(tmp_path / "a.jsonl", "قصف على دوما", "سيطرة على قرية بعيدة في الريف")
    record = str(tmp_path / "x.db")
    assert run(given, "--db", record) == 0
    out, err = capsys.readouterr()
    assert out == "" and err.splitlines()[-1].startswith("waqai: 2 new articles; 2 new reports; ")
    assert run(given, "--db", record, "--jobs", "2") == 0
    assert "0 new articles; 2 articles known already; 0 new reports; 0 incidents" in capsys.readouterr().err


def test_the_record_may_be_named_by_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAQAI_DB", str(tmp_path / "named.db"))
    assert run(written(tmp_path / "a.jsonl", "قصف")) == 0
    assert (tmp_path / "named.db").exists()


def test_skipped_input_is_said_with_status_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = written(tmp_path / "a.jsonl", "قصف على دوما", CRASH)
    assert run(given, "--db", str(tmp_path / "x.db")) == 3
    said = capsys.readouterr().err.splitlines()
    assert said[0].startswith("waqai: skipped article n1") and "1 new article;" in said[-1]


def test_strict_stops_and_keeps_what_came_before(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given, record = written(tmp_path / "a.jsonl", "قصف على دوما", CRASH, "خبر"), str(tmp_path / "x.db")
    assert run(given, "--db", record, "--strict") == 1
    assert run(written(tmp_path / "b.jsonl", "قصف على دوما"), "--db", record) == 0
    assert "1 article known already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("record", "status", "said"),
    [("a.jsonl", 1, "is no record of waqai"), (".", 1, "is a folder"), ("none/x.db", 1, "cannot be opened")],
)
def test_a_record_that_cannot_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], record: str, status: int, said: str
) -> None:
    given = written(tmp_path / "a.jsonl", "قصف على دوما" * 50)
    assert run(given, "--db", str(tmp_path / record)) == status
    err = capsys.readouterr().err
    assert said in err and err.count("\n") == 1


def test_wrong_usage(tmp_path: Path) -> None:
    assert run(str(tmp_path / "none.jsonl"), "--db", str(tmp_path / "x.db")) == 2
    assert not (tmp_path / "x.db").exists()
    assert run(written(tmp_path / "a.jsonl", "قصف"), "--coder", "x", "--db", str(tmp_path / "x.db")) == 2
