"""What cannot be read is named with the file, the record and one reason, and the rest is read."""

import gzip
import json
import tracemalloc
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from waqai.model.article import Article
from waqai.reading import FORMATS, ReadOptions, Skipped, read_inputs

TEXT = "قصف الطيران الحربي مدينة تدمر صباح اليوم الأحد وقتل خمسة مدنيين."
GOOD = json.dumps({"id": "good", "text": TEXT}, ensure_ascii=False).encode()


def read(path: Path, **options: object) -> list[Article | Skipped]:
    return list(read_inputs([str(path)], ReadOptions(**options)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "it is empty"),
        ("a.txt", b" \n\t", "it is empty"),
        ("a.txt", b"Only English words stand here.", "it is not Arabic"),
        ("a.txt", "این گزارشی از جنگ در شهر حلب است که پیش از این چاپ شده. ".encode() * 6, "Persian"),
        ("a.txt", bytes(range(256)) * 4, "binary"),
        ("a.txt", b"%PDF-1.7 \x00\x01", "PDF"),
        ("a.txt", "été à l'école où ça".encode("latin-1") * 9, "neither UTF-8 nor Arabic"),
        ("a.txt", ("قصف " * 1_250_001).encode(), "enormous"),
        ("a.txt.gz", gzip.compress(TEXT.encode() * 99)[:-9], "gzip data end too early"),
        ("a.txt.gz", gzip.compress(TEXT.encode())[:20] + b"\xff" * 30, "gzip data"),
        ("a.txt.zst", zstandard.compress(TEXT.encode() * 99)[:-9], "zstd data end too early"),
        ("a.html", b"<html><body></body></html>", "no article was found"),
        ("a.json", b"[1, 2]", "not valid JSON"),
        ("a.json", b"[]", "no article"),
        ("a.json", b"[" + GOOD[:-5], "ends within this record"),
        ("a.csv", b"name,words\nx,y\n", "must name a column 'text' or 'html'; it has 'name', 'words'"),
        ("a.parquet", b"PAR1 and no more", "not a Parquet file"),
        ("a.warc", b"WARC/1.0\r\njunk", "web archive"),
    ],
)  # fmt: skip
def test_one_reason(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(data)
    (skipped,) = read(tmp_path / name)
    assert isinstance(skipped, Skipped)
    assert name in str(skipped) and reason in skipped.reason and "\n" not in str(skipped)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"text": broken', "not valid JSON"),
        (b'["a list"]', "not an object"),
        (b'{"words": "x"}', "no field 'text' or 'html', only 'words'"),
        (b'{"text": 7}', "not a text but a number"),
        (b'{"text": null}', "empty"),
        (b'{"text": "English only"}', "not Arabic"),
        (b"[" * 100_000, "not valid JSON"),
        (b"\x00\xff\xfe", "not valid JSON"),
    ],
)
def test_a_bad_line_between_good_ones(tmp_path: Path, line: bytes, reason: str) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"\n".join([GOOD, line, GOOD]))
    first, skipped, last = read(tmp_path / "a.jsonl")
    assert isinstance(first, Article) and first == last
    assert isinstance(skipped, Skipped) and skipped.number == 2
    assert reason in skipped.reason or b"\x00" in line


def test_the_good_lines_before_a_cut_are_read(tmp_path: Path) -> None:
    lines = b"".join(json.dumps({"text": f"{TEXT} {n * 7919}"}).encode() + b"\n" for n in range(2000))
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(lines)[:-200])
    *articles, last = read(tmp_path / "a.jsonl.gz")
    assert len(articles) > 1500 and all(isinstance(item, Article) for item in articles)
    assert isinstance(last, Skipped) and last.number == len(articles) + 1


def test_rows_of_csv(tmp_path: Path) -> None:
    rows = f'id,text\n1,"{TEXT}"\n2,a,b,c\n\n3,"{TEXT} ""قال"" أيضا"\n4,"لا يغلق {TEXT}\n'
    (tmp_path / "a.csv").write_text(rows, encoding="utf-8")
    one, two, three, four = read(tmp_path / "a.csv")
    assert isinstance(one, Article) and isinstance(three, Article)
    assert three.text == f'{TEXT} "قال" أيضا'
    assert str(two).endswith("a.csv, record 2: it has 4 columns, but the header names 2")
    assert "never closed" in str(four)


def test_csv_in_windows_1256(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(f"id,text\n1,{TEXT}\n".encode("cp1256"))
    assert read(tmp_path / "a.csv") == [Article("1", TEXT)]


def test_parquet_without_a_text_column(tmp_path: Path) -> None:
    pq.write_table(pa.table({"words": [TEXT]}), tmp_path / "a.parquet")
    (skipped,) = read(tmp_path / "a.parquet")
    assert "no column 'text' or 'html', only 'words'" in str(skipped)


def test_a_damaged_row_group_is_named_and_the_next_one_read(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    texts = [f"{TEXT} {n}" for n in range(20)]
    pq.write_table(pa.table({"text": texts}), path, row_group_size=10, compression="NONE", use_dictionary=False)
    start = pq.ParquetFile(path).metadata.row_group(0).column(0).data_page_offset
    data = bytearray(path.read_bytes())
    data[start : start + 8] = b"\xff" * 8
    path.write_bytes(data)
    first, *rest = read(path)
    assert isinstance(first, Skipped) and first.number == 1
    assert [item.id for item in rest if isinstance(item, Article)] == [f"a-{n}" for n in range(11, 21)]


def test_a_published_that_may_be_two_days_is_told_and_not_guessed(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": TEXT, "published": "03/04/2015", "title": ["x"]}))
    notices: list[str] = []
    (article,) = read(tmp_path / "a.jsonl", notice=notices.append)
    assert isinstance(article, Article) and article.published is None and article.title == ""
    assert len(notices) == 2 and "'03/04/2015'" in notices[1]


@pytest.mark.parametrize("format", FORMATS)
def test_another_format_than_said(tmp_path: Path, format: str) -> None:
    (tmp_path / "a.bin").write_bytes(b"\x93NUMPY" + bytes(range(256)) * 20)
    found = read(tmp_path / "a.bin", format=format)
    assert found and all(isinstance(item, Skipped) for item in found)


def test_memory_stays_flat(tmp_path: Path) -> None:
    def peak(number: int, name: str) -> int:
        with gzip.open(tmp_path / name, "wb", compresslevel=1) as file:
            for n in range(number):
                file.write(json.dumps({"id": n, "text": f"{TEXT} {n} " * 5}).encode() + b"\n")
        tracemalloc.start()
        assert sum(isinstance(item, Article) for item in read_inputs([str(tmp_path / name)])) == number
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return highest

    few = peak(200, "few.jsonl.gz")
    assert peak(20_000, "many.jsonl.gz") < few + 500_000


@pytest.mark.parametrize("ending", ["[{}]", "{}"])
def test_memory_stays_flat_in_a_json_list(tmp_path: Path, ending: str) -> None:
    records = ",".join(json.dumps({"id": n, "text": TEXT * 20}, ensure_ascii=False) for n in range(4000))
    (tmp_path / "a.json").write_text(ending.format(records) if ending != "{}" else records, encoding="utf-8")
    tracemalloc.start()
    found = sum(isinstance(item, Article) for item in read_inputs([str(tmp_path / "a.json")]))
    _, highest = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == 4000 and highest < 2_000_000
