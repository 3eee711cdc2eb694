"""`waqai export` as a person calls it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from sample_record import sample_record
from waqai.cli.main import main

Capture = pytest.CaptureFixture[str]


def export(*arguments: str) -> int:
    return main(["export", "--db", sample_record(), *arguments])


def test_it_writes_the_file_and_says_what_it_did(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "a.csv"
    assert export("--to", "acled", "-o", str(path)) == 0
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1
    rows = path.read_text(encoding="utf-8").count("\nWQ-")
    assert err.startswith(f"waqai: {rows:,} incidents written to {path}; left out: ") and "background" in err
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.csv", "a.csv.meta.json"]


def test_gdelt_makes_two_files(tmp_path: Path) -> None:
    assert export("--to", "gdelt", "-o", str(tmp_path / "g.tsv")) == 0
    assert sorted(one.name for one in tmp_path.iterdir()) == ["g.mentions.tsv", "g.tsv", "g.tsv.meta.json"]


def test_to_is_the_form_and_the_last_day(tmp_path: Path) -> None:
    path = tmp_path / "a.geojson"
    asked = [
        "--to",
        "geojson",
        "--from",
        "2015-01",
        "--to",
        "2015-12",
        "--type",
        "Battles",
        "--include",
        "background,planned",
    ]
    assert export(*asked, "-o", str(path)) == 0
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    assert features and all(one["properties"]["date_start"] <= "2015-12-31" for one in features)
    meta = json.loads((tmp_path / "a.geojson.meta.json").read_text(encoding="utf-8"))
    assert meta["query"] == {"type": "Battles", "from": "2015-01", "to": "2015-12"}
    assert meta["include"] == ["background", "planned"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "a.csv"], "required: --to"),
        (["--to", "2016", "-o", "a.csv"], "say what to export to"),
        (["--to", "excel", "-o", "a.csv"], "'excel' is none of acled"),
        (["--to", "acled"], "-o/--output"),
        (["--to", "acled", "-o", "x/a.csv"], "no such folder"),
        (["--to", "acled", "-o", "."], "it is a folder"),
        (["--to", "acled", "--of", "reports", "-o", "a.csv"], "made of incidents, not of reports"),
        (["--to", "acled", "--include", "rumours", "-o", "a.csv"], "'rumours' is none of planned"),
        (["--to", "acled", "--round-coordinates", "nan", "-o", "a.csv"], "'nan' is not a width"),
        (["--to", "acled", "--place", "لا مكان كهذا", "-o", "a.csv"], "no place"),
    ],
)
def test_wrong_usage_is_one_line_and_no_file(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    db = sample_record()
    monkeypatch.chdir(tmp_path)
    assert main(["export", "--db", db, *arguments]) == 2
    err = capsys.readouterr().err
    assert said in err and err.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_nothing_that_fits_is_an_empty_table(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "a.csv"
    assert export("--to", "acled", "--from", "1950", "--to", "1951", "-o", str(path)) == 1
    assert path.read_text(encoding="utf-8").count("\n") == 1 and "0 incidents written" in capsys.readouterr().err


def test_persons_out_and_points_rounded(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    asked = ["--to", "csv", "--of", "reports", "--redact-persons", "--round-coordinates", "25", "--place", "مهين"]
    assert export(*asked, "-o", str(path)) == 0
    text = path.read_text(encoding="utf-8")
    assert "سامر" not in text and "[…]" in text
    meta = json.loads((tmp_path / "r.csv.meta.json").read_text(encoding="utf-8"))
    assert (meta["private_persons"], meta["coordinates_rounded_to_km"]) == ("left out", 25.0)


def test_the_command_line_starts_without_the_record(tmp_path: Path) -> None:
    heavy = ("sqlalchemy", "pandas", "pyarrow", "matplotlib", "numpy")
    code = f"import sys; from waqai.cli.main import parser; parser(); print([n for n in {heavy} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout.strip() == "[]"
