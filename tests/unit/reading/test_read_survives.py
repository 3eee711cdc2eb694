"""Reading goes on after whatever is broken: one line names it, and the records beside it are read."""

import datetime as dt
import gzip
import json
import os
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from waqai.model.article import Article, Published
from waqai.reading import ReadOptions, Skipped, read_inputs
from waqai.reading.names import own_names

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


A, B = json.dumps(record("a")), json.dumps(record("b"))
LISTS = {
    f"[null, {A}, {B}]": [1, "a", "b"],
    f'[{A}, "x, [{{", {B}]': ["a", 2, "b"],
    f"[{A}, 1, 2, nul, {B}]": ["a", 2, "b"],
    f"[{A}]{B}": ["a", "b"],
    f"[{A}]\n[{B}]": ["a", "b"],
    f"[[{A}], {B}]": [1, "b"],
    f"[[{A}, {B}]]": [1],
    f"[{A}}}, {B}]": ["a", 2, "b"],
    f"[{A}, {B[:-9]}": ["a", 2],
    f"[{A}, ": ["a", 2],
}


@pytest.mark.parametrize("data", LISTS)
def test_a_json_list_goes_on_after_a_bad_element(tmp_path: Path, data: str) -> None:
    (tmp_path / "a.json").write_text(data)
    assert read(tmp_path / "a.json") == LISTS[data]


def test_an_enormous_element_of_a_json_list(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(f'[{A}, {{"text": "{"x" * 51_000_000}"}}, {B}]')
    assert read(tmp_path / "a.json") == ["a", 2, "b"]
    assert "enormous" in reasons(tmp_path / "a.json")[0]


def test_a_zstd_bomb_is_unpacked_piece_by_piece(tmp_path: Path) -> None:
    passed_over = b"\x50\x2a\x4d\x18\x04\0\0\0abcd"
    bomb = zstandard.compress(f"{A}\n".encode() + b"0" * 300_000_000 + f"\n{B}".encode())
    (tmp_path / "a.jsonl.zst").write_bytes(passed_over + bomb + passed_over + zstandard.compress(f"\n{A}".encode()))
    tracemalloc.start()
    assert read(tmp_path / "a.jsonl.zst") == ["a", 2, "b", "a"]
    _, highest = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert highest < 150_000_000


def test_folders_that_are_not_entered_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b", "elsewhere"):
        (tmp_path / "in" / name).mkdir(parents=True)
        (tmp_path / "in" / name / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "in" / "link").symlink_to(tmp_path / "in" / "elsewhere")
    scan = os.scandir

    def refuse(path: str) -> Iterator[os.DirEntry[str]]:
        if path.endswith("b"):
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr("os.scandir", refuse)
    assert read(tmp_path / "in") == ["a", None, "elsewhere", None]
    denied, link = reasons(tmp_path / "in")
    assert denied.endswith("in/b: it cannot be read: Permission denied")
    assert link.endswith("in/link: it is a link to a folder, and is not followed")


def test_names_that_are_no_utf8_or_no_line(tmp_path: Path) -> None:
    for name, text in ((b"\xe3\xe4.txt", TEXT), (b"a\nb.txt", "")):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text(text, encoding="utf-8")
    assert read(tmp_path) == [None, "\ufffd\ufffd"]
    assert reasons(tmp_path)[0].endswith("a\\nb.txt: it is empty")


def response(body: bytes = TEXT.encode(), header: str = "", length: int | None = None) -> bytes:
    kind = "Content-Type: text/plain; charset=utf-8"
    reply = f"HTTP/1.1 200 OK\r\n{kind}\r\n{header}Content-Length: {len(body)}\r\n\r\n".encode() + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        "WARC-Date: 2020-01-01T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(reply) if length is None else length}\r\n\r\n"
    )
    return head.encode() + reply + b"\r\n\r\n"


ARCHIVES = {
    "packed": (response(gzip.compress(TEXT.encode()), "Content-Encoding: gzip\r\n"), ["a-1", "a-2"]),
    "not gzip": (response(header="Content-Encoding: gzip\r\n"), [1, "a-2"]),
    "an unknown encoding": (response(header="Content-Encoding: none such\r\n"), [1, "a-2"]),
    "not in chunks": (response(header="Transfer-Encoding: chunked\r\n"), [1, "a-2"]),
    "too long": (response(length=500) + response(), [1]),
    "too short": (response(length=150), [1]),
    "longer than the file": (response(length=10**12), [1]),
}


@pytest.mark.parametrize("name", ARCHIVES)
def test_a_bad_response_in_a_web_archive(tmp_path: Path, name: str) -> None:
    data, expected = ARCHIVES[name]
    (tmp_path / "a.warc").write_bytes(data + response())
    assert read(tmp_path / "a.warc") == expected


@pytest.mark.parametrize("form", ["a{0}=1", "a{0}='>'", "a{0}", 'a=b\' a{0}="1"'])
def test_a_tag_of_100000_attributes(tmp_path: Path, form: str) -> None:
    attributes = " ".join(form.format(n) for n in range(100_000))
    (tmp_path / "a.html").write_text(f"<html><body><p {attributes}>{TEXT}</p></body></html>", encoding="utf-8")
    assert read(tmp_path / "a.html") == [None] and "1,000 attributes" in reasons(tmp_path / "a.html")[0]


def test_long_values_and_stray_nuls_in_a_page_are_no_fault(tmp_path: Path) -> None:
    page = f"<html><body data-state='{'a b > ' * 9000}'><article><p>{TEXT * 5}</p></article></body></html>"
    (tmp_path / "a.html").write_bytes(page.replace("<p>", "<p>" + "\0" * 5000).encode())
    assert read(tmp_path / "a.html") == ["a"]


def test_damaged_letters_and_odd_ids_are_told(tmp_path: Path) -> None:
    bad = json.dumps(record("a"), ensure_ascii=False).encode().replace("قصف".encode(), "قصف".encode() + b"\xd9")
    lines = [bad, *(json.dumps({"id": odd, "text": TEXT}).encode() for odd in ([1], {"a": 1}, True))]
    (tmp_path / "x.jsonl").write_bytes(b"\n".join(lines))
    notices: list[str] = []
    assert read(tmp_path / "x.jsonl", notices) == ["a", "x-2", "x-3", "x-4"]
    assert "record 1: 1 of its characters could not be decoded" in notices[0]
    assert ["its id is not a text but" in notice for notice in notices] == [False, True, True, True]


OTHER_NAMES = {
    "Article_ID": "a",
    "Body": TEXT,
    "HEADLINE": "عنوان",
    "date": "2015-11-01",
    "Source": "وكالة",
    "link": "u",
}


@pytest.mark.parametrize("ending", ["jsonl", "csv", "parquet"])
def test_fields_by_other_names(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"x.{ending}"
    if ending == "parquet":
        pq.write_table(pa.table({name: [value] for name, value in OTHER_NAMES.items()}), path)
    elif ending == "csv":
        path.write_text(",".join(OTHER_NAMES) + "\n" + ",".join(OTHER_NAMES.values()), encoding="utf-8")
    else:
        path.write_text(json.dumps(OTHER_NAMES))
    (found,) = read_inputs([str(path)])
    day = Published(dt.date(2015, 11, 1), "record")
    assert found == Article("a", TEXT, "عنوان", day, "وكالة", "u")


def test_the_own_name_comes_first_and_only_whole_names_count() -> None:
    assert own_names(["Text", "body", "my_title", "text", 7]) == {"text": "text"}
    assert own_names(["html", "content", "ID", "doc_id"]) == {"id": "ID", "html": "html"}
