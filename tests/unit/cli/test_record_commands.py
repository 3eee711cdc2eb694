"""The commands that read a record, as a person calls them: tables, lines, what is said, and the exit status."""

import csv
import io
import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from asked import asked
from waqai.cli.main import main
from waqai.cli.show_record import INCIDENT_COLUMNS

Capture = pytest.CaptureFixture[str]
LISTS = ("reports", "incidents", "places", "actors", "sources")


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    address = str(tmp_path_factory.mktemp("record") / "record.db")
    with asked(address):
        pass
    yield address


@pytest.mark.parametrize("command", LISTS)
def test_lists_are_lines_when_piped_and_rows_in_csv(command: str, db: str, capsys: Capture, tmp_path: Path) -> None:
    assert main([command, "--db", db]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(lines) >= 2
    assert main([command, "--db", db, "-o", str(tmp_path / "all.csv")]) == 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "all.csv").read_text(encoding="utf-8"))))
    assert len(rows) == len(lines) and all(row["id"] for row in rows)
    assert main([command, "--db", db, "--limit", "1"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1


@pytest.mark.parametrize("command", LISTS)
def test_tables_say_how_much_they_leave_out(command: str, db: str, capsys: Capture) -> None:
    assert main([command, "--db", db, "--format", "table", "--limit", "1"]) == 0
    out, err = capsys.readouterr()
    assert ("\x1b" not in out and "حلب" in out) or command in ("actors", "sources", "reports", "incidents")
    assert err.startswith("waqai: 1 of ") and err.count("\n") == 1


def test_what_is_alleged_planned_and_denied_looks_so(db: str, capsys: Capture) -> None:
    assert main(["incidents", "--db", db, "--format", "table"]) == 0
    out = capsys.readouterr().out
    assert "Islamic State (alleged, by" in out
    assert "planned" in out and "denied" in out and "background" in out
    assert "(suggested):" in out and "2 voices, 2 reports" in out
    assert "denies" in out


def test_incidents_are_flat_in_csv(db: str, capsys: Capture) -> None:
    assert main(["incidents", "--db", db, "--format", "csv", "--type", "Air/drone strike"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert tuple(rows[0]) == INCIDENT_COLUMNS and len(rows) == 1
    assert rows[0]["killed_low"] == "3" and rows[0]["grade_suggested"] == "true"
    assert rows[0]["outlets"] == "نهار الشمال; البحر" and rows[0]["voices"] == "2"


def test_reports_of_an_incident_and_incidents_of_a_day(db: str, capsys: Capture) -> None:
    assert main(["incidents", "--db", db, "--place", "حلب"]) == 0
    strike = json.loads(capsys.readouterr().out)
    assert main(["reports", "--db", db, "--incident", strike["id"][:8]]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2
    assert main(["incidents", "--db", db, "--place", "حلب", "--as-of", "2016-05-04"]) == 0
    assert len(json.loads(capsys.readouterr().out)["reports"]) == 1


def test_nothing_found_is_status_1_and_a_wrong_name_status_2(db: str, capsys: Capture) -> None:
    assert main(["incidents", "--db", db, "--from", "2020"]) == 1
    assert capsys.readouterr().err == "waqai: no incident of this record fits\n"
    assert main(["incidents", "--db", db, "--place", "حلبب"]) == 2
    assert "near are: g1" in capsys.readouterr().err
    assert main(["places", "--db", f"{db}.not"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert main(["reports", "--db", db, "--polygon", f"{db}.not"]) == 2
    assert main(["reports", "--db", db, "--limit", "many"]) == 2


def test_search_marks_what_it_finds(db: str, capsys: Capture) -> None:
    assert main(["search", "المدينه", "--db", db, "--format", "table"]) == 0
    out = capsys.readouterr().out
    assert "[المدينة]" in out and "نهار الشمال" in out
    assert main(["search", '"وسط ادلب"', "--db", db]) == 0
    found = json.loads(capsys.readouterr().out)
    start, end = found["text_marks"][0]
    assert found["text"][start:end] == "وسط إدلب"
    assert main(["search", "مجهول", "--db", db]) == 1
    assert main(["search", "***", "--db", db]) == 2
    assert main(["search", "المدينة", "--db", db, "--format", "csv", "--limit", "1"]) == 0


def test_stats_as_table_lines_and_picture(db: str, capsys: Capture, tmp_path: Path) -> None:
    picture = tmp_path / "plot.svg"
    assert main(["stats", "--db", db, "--by", "month,place", "--plot", str(picture), "--format", "table"]) == 0
    out = capsys.readouterr().out
    assert "articles" in out and "حلب" in out and "not known" in out and "120–120–150" in out and "3+" in out
    assert picture.read_text(encoding="utf-8").startswith("<?xml")
    assert main(["stats", "--db", db, "--by", "camp", "--of", "reports"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {row["camp"]: row["reports"] for row in rows} == {"regime": 3}
    assert main(["stats", "--db", db, "--by", "month", "--format", "csv"]) == 0
    assert capsys.readouterr().out.startswith("month,incidents,across,killed_low")
    assert main(["stats", "--db", db, "--by", "colour"]) == 2
    assert main(["stats", "--db", db, "--plot", "a.jpeg"]) == 2


def test_compare_summarises_and_lists(db: str, capsys: Capture, tmp_path: Path) -> None:
    path = tmp_path / "ged.csv"
    path.write_text(
        "id,date_start,date_end,type_of_violence,where_coordinates,where_prec,latitude,longitude,low,best,high\n"
        "7,2016-05-03,2016-05-03,1,Aleppo city,1,36.2,37.16,2,3,4\n8,2016-05-03,2016-05-03,1,Hama,1,35.1,36.7,1,1,1\n",
        encoding="utf-8",
    )
    assert main(["compare", db, str(path), "--format", "table"]) == 0
    out = capsys.readouterr().out
    assert "matched" in out and "1: 50% of ucdp" in out and "20 km, 2 days" in out
    assert main(["compare", db, str(path)]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {(row["standing"], row["their_id"]) for row in rows} >= {("matched", "7"), ("missing", "8")}
    assert main(["compare", db, str(path), "--format", "csv", "--km", "5"]) == 0
    assert main(["compare", db, str(path), "--km", "0"]) == 2
    assert main(["compare", db, db]) == 2
    with path.open("a", encoding="utf-8") as more:
        more.write("9,not a day,2016-05-03,1,x,1,36.2,37.16,2,3,4\n")
    assert main(["compare", db, str(path), "--format", "table"]) == 3


def test_explain_tells_why_reports_are_one(db: str, capsys: Capture) -> None:
    assert main(["incidents", "--db", db, "--place", "حلب"]) == 0
    strike = json.loads(capsys.readouterr().out)
    assert main(["explain", strike["id"], "--db", db]) == 0
    out, err = capsys.readouterr()
    assert f"incident {strike['id']}" in out and "the same place" in out and "strike-2" in out
    assert "the coder of today makes it no more" in err
    assert main(["explain", "zz", "--db", db]) == 1
    assert main(["explain", "zz", "file.txt", "--db", db]) == 2


def test_search_takes_the_conditions_of_all_commands(db: str, capsys: Capture) -> None:
    def found(*more: str) -> list[str]:
        assert main(["search", "المدينة", "--db", db, *more]) in (0, 1)
        return sorted(json.loads(line)["doc_id"] for line in capsys.readouterr().out.splitlines())

    everything = found()
    assert {"strike-1", "strike-2"} <= set(everything)
    assert found("--outlet", "البحر", "--actor", "syrian-army") == ["strike-2"]
    assert found("--from", "2016-05-05", "--to", "2016-05-05") == ["strike-2"]
    assert found("--place", "حلب", "--min-killed", "5") == ["strike-2"]
    assert found("--place", "إدلب") == []


def test_compare_takes_the_record_as_every_command(db: str, capsys: Capture, tmp_path: Path) -> None:
    path = tmp_path / "ged.csv"
    path.write_text(
        "id,date_start,date_end,type_of_violence,where_coordinates,where_prec,latitude,longitude,low,best,high\n"
        "7,2016-05-03,2016-05-03,1,Aleppo city,1,36.2,37.16,2,3,4\n",
        encoding="utf-8",
    )
    assert main(["compare", db, str(path)]) == 0
    before = capsys.readouterr().out
    assert main(["compare", str(path), "--db", db]) == 0 and capsys.readouterr().out == before
    assert main(["compare", db, "--km", "20", str(path)]) == 0 and capsys.readouterr().out == before
    assert main(["compare", db, str(path), "--db", db]) == 2 and "given twice" in capsys.readouterr().err
    assert main(["compare", db, db, str(path)]) == 2


@pytest.mark.parametrize("condition", ["actor", "place", "words", "polygon", "from", "outlet", "incident"])
@pytest.mark.parametrize("value", ["", "  "])
def test_an_empty_condition_is_none_but_a_mistake(condition: str, value: str, db: str, capsys: Capture) -> None:
    assert main(["reports", "--db", db, f"--{condition}", value]) == 2
    out, err = capsys.readouterr()
    assert not out and err.count("\n") == 1 and (f"{condition} is empty" in err or condition == "incident")


def test_control_that_is_not_told_of_is_said(db: str, capsys: Capture) -> None:
    assert main(["control", "--db", db, "--at", "1999-01-01"]) == 1
    assert capsys.readouterr().err == "waqai: this record tells nothing of who held that\n"


def test_a_polygon_without_end_is_refused(db: str, capsys: Capture) -> None:
    assert main(["reports", "--db", db, "--polygon", "/dev/zero"]) == 2
    assert "too large" in capsys.readouterr().err


def test_a_record_without_a_table_is_told_so(db: str, capsys: Capture, tmp_path: Path) -> None:
    broken = tmp_path / "broken.db"
    shutil.copy(db, broken)
    with closing(sqlite3.connect(broken)) as connection:
        connection.execute("DROP TABLE report_actors")
    assert main(["reports", "--db", str(broken), "--camp", "regime"]) == 2
    assert "lacks a part that every record has: go back to a copy" in capsys.readouterr().err


def test_one_incident_is_listed_by_the_beginning_of_its_id(db: str, capsys: Capture) -> None:
    assert main(["incidents", "--db", db]) == 0
    ids = [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()]
    assert main(["incidents", "--db", db, "--incident", ids[1]]) == 0
    assert [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()] == [ids[1]]
    assert main(["incidents", "--db", db, "--incident", "none"]) == 2
    assert "no incident of this record" in capsys.readouterr().err


def test_a_word_that_begins_with_a_hyphen_is_a_word(db: str, capsys: Capture) -> None:
    for word in ("حلب", "-حلب", "-5"):
        assert main(["search", word, "--db", db]) == 1
        assert capsys.readouterr().err == "waqai: no article of this record fits\n"
    assert main(["search", "-x", "--db", db]) == 2
