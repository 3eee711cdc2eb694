"""No output overwrites an input, and no run reads what it writes."""

import json
import os
from pathlib import Path

import pytest

from fake_pipeline import open_fake
from waqai.cli.main import main

TEXT = "قصف الطيران الحربي مدينة تدمر صباح اليوم الأحد وقتل خمسة مدنيين."
Capture = pytest.CaptureFixture[str]


def run(*arguments: str) -> int:
    return main(arguments, open_fake)  # type: ignore[arg-type]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "folder"
    found.mkdir()
    for name in ("a", "b"):
        (found / f"{name}.jsonl").write_text(json.dumps({"id": name, "text": TEXT}) + "\n")
    return found


@pytest.mark.parametrize("name", ["folder/b.jsonl", "linked.jsonl", "hard.jsonl"])
def test_a_file_of_an_input_folder_is_not_overwritten(name: str, folder: Path, capsys: Capture) -> None:
    (folder.parent / "linked.jsonl").symlink_to(folder / "b.jsonl")
    os.link(folder / "b.jsonl", folder.parent / "hard.jsonl")
    before = (folder / "b.jsonl").read_bytes()
    assert run("code", str(folder), "-o", str(folder.parent / name)) == 2
    err = capsys.readouterr().err
    assert "both input and output" in err and err.count("\n") == 1
    assert (folder / "b.jsonl").read_bytes() == before


def test_the_file_that_standard_input_reads_is_not_overwritten(folder: Path, capsys: Capture) -> None:
    path = folder / "a.jsonl"
    before, kept = path.read_bytes(), os.dup(0)
    with open(path) as file:
        os.dup2(file.fileno(), 0)
    try:
        assert run("code", "-", "-o", str(path)) == 2
    finally:
        os.dup2(kept, 0)
        os.close(kept)
    assert "both input and output" in capsys.readouterr().err
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["new.jsonl", "new.csv", "aa.jsonl"])
def test_a_new_file_in_an_input_folder_is_not_read(name: str, folder: Path, capsys: Capture) -> None:
    assert run("code", str(folder), "-o", str(folder / name)) == 0
    assert capsys.readouterr().err == ""
    assert len((folder / name).read_text().splitlines()) == 2 + name.endswith(".csv")


def test_a_new_file_in_an_empty_folder(tmp_path: Path, capsys: Capture) -> None:
    assert run("code", str(tmp_path), "-o", str(tmp_path / "new.jsonl")) == 3
    assert "there is no file in this folder" in capsys.readouterr().err
