"""`waqai control` as a person and as a program sees it."""

import csv
import datetime as dt
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from coded import pipeline
from waqai.cli.main import main
from waqai.deriving.control import derive_control
from waqai.model.article import Article, Published
from waqai.records_control import CONTROL_COLUMNS
from waqai.store.control import let_wait
from waqai.store.opening import open_store
from waqai.store.schema import reports
from waqai.store.writing import Writer

TEXTS = {
    "2015-11-01": "سيطر تنظيم الدولة الإسلامية على بلدة مهين اليوم الأحد.",
    "2015-11-02": "بلدة صدد في ريف حمص تحت سيطرة القوات الحكومية.",
    "2015-11-23": "استعاد الجيش السوري بلدة مهين من تنظيم داعش اليوم الاثنين.",
}


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = str(tmp_path_factory.mktemp("record") / "record.db")
    store = open_store(path, create=True)
    with Writer(store) as writer:
        for day, text in TEXTS.items():
            article = Article(f"a-{day}", text, "", Published(dt.date.fromisoformat(day), "record"), "صحيفة الصباح")
            writer.add(article, *pipeline().reports_and_holdings(article), "grammar")
    with store.write() as connection:
        let_wait(connection, [id for id in connection.scalars(select(reports.c.place).distinct()) if id])
    derive_control(store)
    store.close()
    yield path


def lines(capfdbinary: pytest.CaptureFixture[bytes], *args: str) -> list[dict[str, object]]:
    assert main(["control", *args, "--format", "jsonl"]) == 0
    return [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]


def test_a_place_on_a_day(db: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    (found,) = lines(capfdbinary, "--db", db, "--place", "مهين", "--at", "2015-11-10")
    assert found["status"] == "held"
    assert found["holders"][0]["actor"]["camp"] == "isis"  # type: ignore[index]
    assert (found["from"], found["to"]) == ("2015-11-01", "2015-11-23")
    assert found["reports"][0]["doc_id"] == "a-2015-11-01"  # type: ignore[index]


def test_between_two_days(db: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    found = lines(capfdbinary, "--db", db, "--place", "Mahin", "--between", "2015-11-22", "2015-11-24")
    assert [line["from"] for line in found] == ["2015-11-01", "2015-11-23"]


def test_as_of_a_day_leaves_out_what_was_not_known(db: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    (found,) = lines(capfdbinary, "--db", db, "--place", "مهين", "--at", "2015-11-24", "--as-of", "2015-11-10")
    assert found["holders"][0]["actor"]["camp"] == "isis"  # type: ignore[index]


def test_places_added_up(db: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    (homs,) = lines(capfdbinary, "--db", db, "--at", "2015-11-10", "--by", "governorate")
    assert (homs["name"], homs["places"]) == ("Homs", 2)


def test_a_table_of_rows(db: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["control", "--db", db, "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capfdbinary.readouterr().out.decode())))
    assert tuple(rows[0]) == CONTROL_COLUMNS
    assert {row["place"] for row in rows} == {"Mahin", "Sadad"}


def test_a_readable_table(db: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["control", "--db", db, "--place", "مهين", "--format", "table"]) == 0
    shown = capfdbinary.readouterr().out.decode()
    assert "2015-11-01 to 2015-11-23  held       Islamic State" in shown
    assert "صحيفة الصباح" in shown


def test_nothing_known_is_status_one(db: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["control", "--db", db, "--at", "1999-01-01", "--format", "jsonl"]) == 1


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--by", "district"], "give it with --at"),
        (["--at", "2015-13-40"], "is not a day"),
        (["--words", "حلب"], "cannot be limited by words"),
        (["--between", "2015-11-24", "2015-11-22"], "the earlier day comes first"),
    ],
)
def test_wrong_usage_is_one_line(
    db: str, args: list[str], said: str, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    assert main(["control", "--db", db, *args]) == 2
    told = capfdbinary.readouterr().err.decode()
    assert said in told and told.count("\n") == 1
