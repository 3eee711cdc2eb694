"""Files of one text or page, and web archives."""

import io
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from waqai.reading.compressed import BROKEN, reason
from waqai.reading.decode import decode, decode_page
from waqai.reading.outcome import MAX_BYTES, TOO_BIG, InputError, Row, Skipped, Source


def read_text(source: Source, stream: io.BufferedReader) -> Iterator[Row | Skipped]:
    """One article: the whole file is its text."""
    yield _whole(source, stream, "text")


def read_html(source: Source, stream: io.BufferedReader) -> Iterator[Row | Skipped]:
    """One article: the whole file is a page."""
    yield _whole(source, stream, "html")


def _whole(source: Source, stream: io.BufferedReader, name: str) -> Row | Skipped:
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        return Skipped(source.where, None, TOO_BIG)
    try:
        text, damaged = decode(data) if name == "text" else decode_page(data)
    except InputError as error:
        return Skipped(source.where, None, str(error))
    return Row(None, {name: text}, damaged)


_PAGES = ("text/html", "application/xhtml+xml")


def read_warc(source: Source, stream: io.BufferedReader) -> Iterator[Row | Skipped]:
    """The pages and plain texts among the responses of a web archive; pictures, scripts, redirects are no articles."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    number, tail = 0, _Tail(stream)
    held: Row | Skipped | None = None  # whether the last record is whole is known only at the end
    kind = WarcRecordType.response
    try:
        for record in ArchiveIterator(cast(BinaryIO, tail), record_types=kind, parse_http=True, auto_decode="all"):
            if held is not None:
                yield held
            held = None
            held = _response(source, number + 1, record)
            number += 1
    except BROKEN as error:
        if held is not None:
            yield held
        yield Skipped(source.where, number + 1, f"the rest of this web archive is damaged: {reason(error)}")
        return
    if not tail.last.endswith(b"\r\n\r\n") and number:
        yield Skipped(source.where, number, "the file ends within this record")
    elif held is not None:
        yield held
    elif not number:
        yield Skipped(source.where, None, "there is no response in this web archive")


class _Tail(io.BufferedIOBase):
    """A stream that hands on what it has at once, and remembers its last bytes."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._position = 0
        self.last = b""

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def read(self, size: int | None = -1) -> bytes:
        """Up to `size` bytes; none at the end."""
        data = self._stream.read1(-1 if size is None else size)
        self._position += len(data)
        self.last = (self.last + data)[-4:]
        return data


def _response(source: Source, number: int, record: Any) -> Row | Skipped | None:
    kind = (record.http_content_type or "").lower()
    if kind not in (*_PAGES, "text/plain"):
        return None
    headers = record.http_headers
    status = headers.status_code if headers is not None else None
    if status is not None and status != 200:
        return None if 300 <= status < 400 else Skipped(source.where, number, f"the web server answered {status}")
    data = record.reader.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        return Skipped(source.where, number, TOO_BIG)
    try:
        text, damaged = decode_page(data, record.http_charset)
    except InputError as error:
        return Skipped(source.where, number, str(error))
    name = "html" if kind in _PAGES else "text"
    return Row(number, {name: text, "url": record.headers.get("WARC-Target-URI")}, damaged)
