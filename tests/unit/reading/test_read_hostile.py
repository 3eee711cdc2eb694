"""Whatever the bytes, reading gives articles and reasons, never an error."""

import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from waqai.model.article import Article
from waqai.reading import FORMATS, ReadOptions, Skipped
from waqai.reading.dates import published_day
from waqai.reading.decode import decode
from waqai.reading.inputs import read_stream
from waqai.reading.lines import read_json
from waqai.reading.outcome import InputError, InputFormat, Row, Source

ARABIC = st.text(st.sampled_from("قصف الطيران مدينة،\"'{}[]\\<>&\n\r\0,;\t"), min_size=1, max_size=60)
NEAR_MISSES = st.one_of(
    st.binary(max_size=300),
    ARABIC.map(lambda text: text.encode()),
    ARABIC.map(lambda text: json.dumps({"text": text, "id": text}).encode()),
    st.lists(ARABIC, max_size=4).map(lambda texts: ("id,text\n" + "\n".join(texts)).encode()),
    st.tuples(ARABIC, st.integers(0, 80)).map(lambda pair: json.dumps([{"text": pair[0]}] * 2).encode()[: -pair[1]]),
    ARABIC.map(lambda text: f"<html><body><p>{text}</p></body></html>".encode("cp1256")),
    st.binary(max_size=60).map(lambda data: b"\x1f\x8b\x08\x00" + data),
    st.binary(max_size=60).map(lambda data: b"\x28\xb5\x2f\xfd" + data),
    st.binary(max_size=60).map(lambda data: b"PAR1" + data + b"PAR1"),
    st.binary(max_size=60).map(lambda data: b"WARC/1.0\r\n" + data),
)


def read(data: bytes, format: InputFormat | None) -> list[Article | Skipped]:
    stream = io.BufferedReader(io.BytesIO(data))  # type: ignore[arg-type]
    return list(read_stream(Source("x", "x"), stream, None, ReadOptions(format)))


@pytest.mark.parametrize("format", [None, *FORMATS])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=NEAR_MISSES)
def test_any_bytes(format: InputFormat | None, data: bytes) -> None:
    for item in read(data, format):
        assert isinstance(item, Article | Skipped)
        if isinstance(item, Skipped):
            assert item.reason


@given(st.text())
def test_utf8_comes_back_as_it_was(text: str) -> None:
    assert decode(text.encode()) == (text.removeprefix("\ufeff"), 0)


@given(st.binary())
def test_decoding_any_bytes(data: bytes) -> None:
    try:
        text, damaged = decode(data)
    except InputError:
        return
    assert text.count("\ufffd") >= damaged


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(st.dictionaries(st.text(), VALUES, max_size=4), min_size=1), st.sampled_from([None, 1]), st.booleans())
def test_a_json_list_is_cut_at_its_objects(records: list[dict[str, object]], indent: int | None, escaped: bool) -> None:
    data = json.dumps(records, indent=indent, ensure_ascii=escaped).encode()
    rows = list(read_json(Source("x", "x"), io.BufferedReader(Trickle(data))))
    assert [row.fields for row in rows if isinstance(row, Row)] == records


class Trickle(io.RawIOBase):
    """A stream that hands on a few bytes at a time, so that every cut is met."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        piece = self._data[self._at : self._at + 3]
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)


@given(st.one_of(st.text(), st.integers(), st.floats(), st.dates().map(str), st.datetimes().map(str)))
def test_any_published(value: object) -> None:
    day = published_day(value)
    assert day is None or 1900 <= day.year <= 2100


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2015-11-01", "2015-11-01"),
        (" 2015-11-01 22:00 ", "2015-11-01"),
        ("2015-11-01T23:59:00+03:00", "2015-11-01"),
        ("٢٠١٥-١١-٠١", "2015-11-01"),
        ("2015/11/1", "2015-11-01"),
        ("20151101", "2015-11-01"),
        ("20151101T101500Z", "2015-11-01"),
        ("31/12/2015", "2015-12-31"),
        ("12/31/2015", "2015-12-31"),
        ("05.05.2015", "2015-05-05"),
        ("Sun, 01 Nov 2015 10:00:00 GMT", "2015-11-01"),
        ("November 1, 2015", "2015-11-01"),
        ("1 Nov 2015", "2015-11-01"),
        (1446336000, "2015-11-01"),
        ("1446336000000", "2015-11-01"),
        ("01/11/2015", None),
        ("2015-02-30", None),
        ("2015", None),
        ("yesterday", None),
        ("1815-06-18", None),
        (True, None),
    ],
)
def test_published_days(value: object, day: str | None) -> None:
    found = published_day(value)
    assert (found.isoformat() if found else None) == day
