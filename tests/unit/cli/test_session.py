"""What a run says of articles that were skipped: the first of each kind, and how many more."""

import pytest

from waqai.cli.session import Halted, Session
from waqai.reading.outcome import Skipped


def test_many_of_one_kind_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    session = Session(strict=False, progress=False)
    for number in range(1, 31):
        session.skip(Skipped("أخبار.jsonl", number, f"line {number} is no JSON"))
    session.skip(Skipped("أخبار.jsonl", 31, "there is no text"))
    assert session.end() == 3
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 22
    assert said[0] == "waqai: skipped أخبار.jsonl, record 1: line 1 is no JSON"
    assert said[20] == "waqai: skipped أخبار.jsonl, record 31: there is no text"
    assert said[21] == "waqai: skipped 10 more, as the last of these: line 30 is no JSON"


def test_a_strict_run_ends_at_the_first(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Halted):
        Session(strict=True, progress=False).skip(Skipped("a", 1, "it is broken"))
    assert capsys.readouterr().err == "waqai: skipped a, record 1: it is broken\n"
