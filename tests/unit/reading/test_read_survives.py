"""Reading goes on after whatever is broken: one line names it, and the records beside it are read."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from waqai.model.article import Article
from waqai.reading import ReadOptions, Skipped, read_inputs

TEXT = "قصف الطيران الحربي مدينة تدمر صباح اليوم الأحد وقتل خمسة مدنيين."


def record(name: str) -> dict[str, str]:
    return {"id": name, "text": TEXT}


def read(path: Path, notices: list[str] | None = None) -> list[str | int | None]:
    """The ids of the articles, and the numbers of what was skipped."""
    options = ReadOptions(notice=(notices if notices is not None else []).append)
    return [item.id if isinstance(item, Article) else item.number for item in read_inputs([str(path)], options)]


def reasons(path: Path) -> list[str]:
    return [str(item) for item in read_inputs([str(path)]) if isinstance(item, Skipped)]


DAY = "Mon, 01 Jan 99999999999999999999 10:00:00"


def test_a_year_beyond_all_years(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps(record("a") | {"published": DAY}) + "\n" + json.dumps(record("b")))
    page = f'<html><head><meta name="date" content="{DAY}"></head><body><article><p>{TEXT * 5}</p></article></body>'
    (tmp_path / "b.html").write_text(page, encoding="utf-8")
    notices: list[str] = []
    assert read(tmp_path, notices) == ["a", "b", "b"] and len(notices) == 1


def odd_columns() -> dict[str, pa.Array]:
    three = pa.array([0, 2**40, 1], pa.int64())
    return {
        "timestamp": three.cast(pa.timestamp("s")),
        "date": pa.array([0, 2**30, 1], pa.int32()).cast(pa.date32()),
        "duration": pa.array([0, 2**62, 1], pa.int64()).cast(pa.duration("s")),
        "zone": pa.array([0, 1, 2], pa.timestamp("us", tz="Mars/Crater")),
    }


@pytest.mark.parametrize("name", odd_columns())
def test_odd_days_in_parquet(tmp_path: Path, name: str) -> None:
    table = pa.table({"id": ["a", "b", "c"], "text": [TEXT] * 3, "published": odd_columns()[name]})
    pq.write_table(table, tmp_path / "a.parquet")
    notices: list[str] = []
    assert read(tmp_path / "a.parquet", notices) == ["a", "b", "c"]
    assert any("record 2: its published" in notice for notice in notices)


def test_bad_utf8_in_parquet_is_one_record(tmp_path: Path) -> None:
    texts = [TEXT.encode(), b"\xff\xfe" + TEXT.encode()[1:], TEXT.encode()]
    column = pa.Array.from_buffers(pa.string(), 3, pa.array(texts, pa.binary()).buffers())
    pq.write_table(pa.table({"id": ["a", "b", "c"], "text": column}), tmp_path / "a.parquet")
    assert read(tmp_path / "a.parquet") == ["a", 2, "c"]


QUOTES = {
    "closed by the next": (f'b,"{TEXT}\nc,"{TEXT}",t\nd,"{TEXT}",t\n', [2, "c", "d"]),
    "never closed": (f'b,"{TEXT}\nc,{TEXT},t\nd,{TEXT},t\n', [2, "c", "d"]),
    "closed far below": (f'b,"{TEXT}\nc,{TEXT},t\nd,{TEXT}",t\ne,{TEXT},t\n', [2, "c", "d", "e"]),
    "articles of several lines": (f'b,"{TEXT}\nc,"{TEXT}\n{TEXT}",t\nd,{TEXT},t\n', [2, "c", "d"]),
    "the last": (f'b,{TEXT},t\nc,"{TEXT}\n{TEXT}\n', ["b", 3]),
}


@pytest.mark.parametrize("name", QUOTES)
def test_a_quote_never_closed_in_csv(tmp_path: Path, name: str) -> None:
    rows, expected = QUOTES[name]
    (tmp_path / "a.csv").write_text(f"id,text,title\na,{TEXT},t\n{rows}", encoding="utf-8")
    assert read(tmp_path / "a.csv") == ["a", *expected]


def test_a_quote_never_closed_in_a_table_without_ids(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f'text\n{TEXT}\n"{TEXT}\n{TEXT}\n', encoding="utf-8")
    assert read(tmp_path / "a.csv") == ["a-1", 2, "a-3"]


def test_an_enormous_line_of_csv(tmp_path: Path) -> None:
    rows = f'id,text\na,{TEXT}\nb,"{"x" * 51_000_000}"\nc,{TEXT}\n'
    (tmp_path / "a.csv").write_text(rows, encoding="utf-8")
    assert read(tmp_path / "a.csv") == ["a", 2, "c"]
    assert "enormous" in reasons(tmp_path / "a.csv")[0]


def test_a_text_of_several_lines_is_no_fault(tmp_path: Path) -> None:
    rows = f'id,text,title\na,"{TEXT}\n{TEXT} ""قال"", ثم\nأضاف, أمس, كذا",t\nb,{TEXT},t\n'
    (tmp_path / "a.csv").write_text(rows, encoding="utf-8")
    assert read(tmp_path / "a.csv") == ["a", "b"]
