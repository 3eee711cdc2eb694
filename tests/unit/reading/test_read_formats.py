"""Every format, what it gives, and what is told when it cannot be read."""

import csv
import datetime as dt
import gzip
import io
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from waqai.model.article import Article, Published
from waqai.reading import InputError, ReadOptions, Skipped, read_inputs

TEXT = "قصف الطيران الحربي مدينة تدمر صباح اليوم الأحد،\r\nوقتل خمسة مدنيين."
RECORD = {
    "id": "a1",
    "text": TEXT,
    "title": "غارات على تدمر",
    "published": "2015-11-01T08:00:00Z",
    "outlet": "وكالة",
    "url": "https://news.example/1",
    "language": "ar",
}
EXPECTED = Article(
    "a1", TEXT, "غارات على تدمر", Published(dt.date(2015, 11, 1), "record"), "وكالة", "https://news.example/1", "ar"
)


def read(*paths: object, **options: object) -> list[Article | Skipped]:
    return list(read_inputs([str(path) for path in paths], ReadOptions(**options)))  # type: ignore[arg-type]


def as_csv(delimiter: str = ",", mark: str = "") -> bytes:
    held = io.StringIO()
    writer = csv.DictWriter(held, RECORD, delimiter=delimiter)
    writer.writeheader()
    writer.writerow(RECORD)
    return (mark + held.getvalue()).encode()


def as_parquet() -> bytes:
    held = io.BytesIO()
    pq.write_table(pa.table({name: [value] for name, value in RECORD.items()}), held)
    return held.getvalue()


FORMATS = {
    "a.jsonl": json.dumps(RECORD, ensure_ascii=False).encode() + b"\n",
    "a.ndjson": json.dumps(RECORD).encode(),
    "a.json": json.dumps(RECORD, indent=2).encode(),
    "list.json": json.dumps([RECORD], ensure_ascii=False).encode(),
    "a.csv": as_csv(mark="\ufeff"),
    "semicolon.csv": as_csv(";"),
    "a.tsv": as_csv("\t"),
    "a.parquet": as_parquet(),
}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("packed", ["", ".gz", ".zst"])
def test_the_same_article_from_every_format(tmp_path: Path, name: str, packed: str) -> None:
    pack = {"": bytes, ".gz": gzip.compress, ".zst": zstandard.compress}[packed]
    (tmp_path / (name + packed)).write_bytes(pack(FORMATS[name]))
    assert read(tmp_path / (name + packed)) == [EXPECTED]


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "a.tsv"])
def test_the_format_is_guessed_from_the_bytes(tmp_path: Path, name: str) -> None:
    (tmp_path / "unnamed").write_bytes(FORMATS[name])
    found = read(tmp_path / "unnamed")
    assert [item.text for item in found if isinstance(item, Article)] == [TEXT] or "semicolon" in name


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (TEXT.encode(), TEXT),
        (b"\xef\xbb\xbf" + TEXT.encode(), TEXT),
        (TEXT.encode("cp1256"), TEXT),
        (TEXT.encode("utf-16"), TEXT),
        (gzip.compress(TEXT.encode("cp1256")), TEXT),
    ],
)
def test_plain_text_in_its_encodings(tmp_path: Path, data: bytes, text: str) -> None:
    (tmp_path / "حلب.v2.txt").write_bytes(data)
    assert read(tmp_path / "حلب.v2.txt") == [Article("حلب.v2", text)]


def test_broken_utf8_is_not_taken_for_windows_1256(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT.encode() * 3 + "قصف".encode()[:-1])
    notices: list[str] = []
    (found,) = read(tmp_path / "a.txt", notice=notices.append)
    assert isinstance(found, Article) and found.text == TEXT * 3 + "قص\ufffd"
    assert "1 of its characters could not be decoded" in notices[0]


def test_a_page_gives_text_and_metadata(tmp_path: Path) -> None:
    paragraphs = "".join(f"<p>{TEXT} الفقرة رقم {n} من خبر اليوم عن المدينة وريفها.</p>" for n in range(4))
    page = (
        '<html lang="ar"><head><meta charset="windows-1256"><title>عنوان</title>'
        '<meta property="og:site_name" content="موقع الخبر"><meta property="og:title" content="غارات على تدمر">'
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2015-11-01T10:00:00+03:00"}'
        f"</script></head><body><nav><a href='/'>الرئيسية</a></nav><article>{paragraphs}</article></body></html>"
    )
    (tmp_path / "a.html").write_bytes(page.encode("cp1256"))
    (found,) = read(tmp_path / "a.html")
    assert isinstance(found, Article)
    assert (found.id, found.title, found.outlet) == ("a", "غارات على تدمر", "موقع الخبر")
    assert found.published == Published(dt.date(2015, 11, 1), "html")
    assert "الفقرة رقم 3" in found.text and "الرئيسية" not in found.text


def test_html_in_a_record_and_the_record_wins(tmp_path: Path) -> None:
    page = f"<html><head><title>من الصفحة</title></head><body><article><p>{TEXT * 5}</p></article></body></html>"
    (tmp_path / "a.jsonl").write_text(json.dumps({"html": page, "title": "من السجل", "published": "2015-01-02"}))
    (found,) = read(tmp_path / "a.jsonl")
    assert isinstance(found, Article)
    assert (found.id, found.title) == ("a-1", "من السجل")
    assert found.published == Published(dt.date(2015, 1, 2), "record")


def warc(*bodies: tuple[bytes, str]) -> bytes:
    """A packed web archive of these responses."""
    found = b""
    for body, kind in bodies:
        reply = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
        head = (
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
            "WARC-Target-URI: https://news.example/1\r\nWARC-Date: 2020-01-01T00:00:00Z\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(reply)}\r\n\r\n"
        )
        found += gzip.compress(head.encode() + reply + b"\r\n\r\n")
    return found


BODIES = (
    (TEXT.encode(), "text/plain; charset=utf-8"),
    (b"\x89PNG", "image/png"),
    (TEXT.encode("cp1256"), "text/plain"),
)


def test_web_archives(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(warc(*BODIES))
    (tmp_path / "b.warc").write_bytes(gzip.decompress(warc(*BODIES)))
    found = read(tmp_path)
    assert [item.text for item in found if isinstance(item, Article)] == [TEXT] * 4
    assert [item.id for item in found if isinstance(item, Article)] == ["a-1", "a-3", "b-1", "b-3"]
    assert {item.url for item in found if isinstance(item, Article)} == {"https://news.example/1"}
    assert all(item.published is None for item in found if isinstance(item, Article))


@pytest.mark.parametrize("packed", [True, False])
def test_a_web_archive_that_is_cut_off(tmp_path: Path, packed: bool) -> None:
    data = warc(*BODIES)
    (tmp_path / "a.warc").write_bytes(data[:-40] if packed else gzip.decompress(data)[:-40])
    first, last = read(tmp_path)
    assert isinstance(first, Article) and isinstance(last, Skipped)
    assert last.number == 3


def test_folders_are_read_in_order_and_deep(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("c.txt", "b/a.txt", "a.txt", ".hidden.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    (tmp_path / "d.png").write_bytes(b"\x89PNG\r\n")
    found = read(tmp_path)
    assert [item.id if isinstance(item, Article) else item.reason for item in found] == [
        "a",
        "a",
        "c",
        "it is a picture",
    ]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stdin:
        buffer = io.BufferedReader(io.BytesIO(FORMATS["a.jsonl"]))  # type: ignore[arg-type]

    monkeypatch.setattr("sys.stdin", Stdin)
    assert read("-") == [EXPECTED]


def test_a_path_that_is_not_there_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no file or folder"):
        read_inputs([str(tmp_path / "nothing")])


def test_ids_of_records_without_one(tmp_path: Path) -> None:
    line = json.dumps({"text": TEXT}, ensure_ascii=False)
    (tmp_path / "حمص.jsonl").write_text(f"{line}\n\n{line}\n", encoding="utf-8")
    assert [item.id for item in read(tmp_path) if isinstance(item, Article)] == ["حمص-1", "حمص-3"]


def test_parquet_columns_of_other_types(tmp_path: Path) -> None:
    table = pa.table(
        {
            "text": pa.array([TEXT.encode("cp1256"), None], pa.binary()),
            "id": [7, 8],
            "published": pa.array([1446336000123456789, None], pa.timestamp("ns")),
            "other": [{"a": 1}, None],
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")
    first, second = read(tmp_path)
    assert first == Article("7", TEXT, published=Published(dt.date(2015, 11, 1), "record"))
    assert str(second).endswith("a.parquet, record 2: it is empty: there is no text")
