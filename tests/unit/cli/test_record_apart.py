"""No command writes onto the record that it reads, and what cannot be answered leaves the file of the answer as it was."""

import os
import shutil
from argparse import ArgumentParser
from pathlib import Path

import pytest

from asked import asked
from waqai.cli.main import COMMANDS, main, parser

Capture = pytest.CaptureFixture[str]
MORE = {"search": ["المدينة"], "export": ["--to", "gdelt"]}


def _reading() -> list[str]:
    """The names of all commands with --db and -o."""
    found = []
    subparsers = next(action for action in parser()._actions if action.dest == "command")
    assert isinstance(subparsers.choices, dict) and len(subparsers.choices) == len(COMMANDS)
    for name, one in subparsers.choices.items():
        assert isinstance(one, ArgumentParser)
        if {"--db", "--output"} <= set(one._option_string_actions):
            found.append(name)
    return found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("apart") / "r.db"
    with asked(str(path)):
        pass
    return path


@pytest.fixture
def db(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copy(made, "r.db")
    Path("other.csv").write_text("event_id_cnty\n", encoding="utf-8")
    os.link("r.db", "hard.csv")
    Path("soft.csv").symlink_to("r.db")
    Path("linked.db").symlink_to("r.db")
    return tmp_path / "r.db"


def _asked(command: str) -> list[str]:
    return [command, *(["other.csv"] if command == "compare" else MORE.get(command, []))]


def test_the_commands_are_found() -> None:
    assert {"reports", "incidents", "control", "places", "search", "stats", "export", "compare"} <= set(_reading())


@pytest.mark.parametrize("command", _reading())
def test_no_command_writes_onto_its_record(command: str, db: Path, capsys: Capture) -> None:
    before = db.read_bytes()
    for output in ("r.db", "./r.db", str(db), "hard.csv", "soft.csv", "linked.db"):
        assert main([*_asked(command), "--db", "r.db", "-o", output]) == 2
        assert capsys.readouterr().err == f"waqai: {output!r} is both the record and the output\n"
    for ending in ("-wal", "-shm", "-journal", "-build"):
        for record in ("r.db", "linked.db"):
            assert main([*_asked(command), "--db", record, "-o", f"r.db{ending}"]) == 2
            assert "belongs to the record" in capsys.readouterr().err
    assert db.read_bytes() == before and not list(db.parent.glob("r.db-*"))


def test_nor_do_pictures_and_what_stands_beside_an_export(db: Path, capsys: Capture) -> None:
    os.link("r.db", "plot.svg")
    os.link("r.db", "a.tsv.meta.json")
    os.link("r.db", "b.mentions.tsv")
    before = db.read_bytes()
    assert main(["stats", "--db", "r.db", "--plot", "plot.svg"]) == 2
    assert main(["export", "--db", "r.db", "--to", "gdelt", "-o", "a.tsv"]) == 2
    assert main(["export", "--db", "r.db", "--to", "gdelt", "-o", "b.tsv"]) == 2
    assert capsys.readouterr().err.count("both the record and the output") == 3
    assert main(["compare", "r.db", "other.csv", "-o", "other.csv"]) == 2
    assert capsys.readouterr().err == "waqai: 'other.csv' is both input and output\n"
    assert db.read_bytes() == before


@pytest.mark.parametrize(
    "command",
    [
        ["search", '"'],
        ["search", "المدينة", "--place", "لا مكان"],
        ["reports", "--words", '"'],
        ["control", "--place", "لا مكان"],
    ],
)
def test_a_question_without_an_answer_leaves_the_file(command: list[str], db: Path) -> None:
    Path("kept.csv").write_text("kept", encoding="utf-8")
    assert main([*command, "--db", "r.db", "--format", "csv", "-o", "kept.csv"]) == 2
    assert Path("kept.csv").read_text(encoding="utf-8") == "kept"


def test_errors_are_one_line_whatever_the_name(capsys: Capture) -> None:
    for command in (["reports", "--db", "a\nb.db"], ["read", "a\nb.txt"], ["reports", "--db", "", "a\nb"]):
        assert main(command) == 2
        assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("command", [["build", "other.csv"], ["reports"], ["explain", "abc"]])
def test_an_empty_record_is_no_record(command: list[str], db: Path, capsys: Capture) -> None:
    assert main([*command, "--db="]) == 2
    assert "--db is empty" in capsys.readouterr().err and not Path("waqai.db").exists()
