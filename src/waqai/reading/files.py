"""Files of one text or page, and web archives."""

import io
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from waqai.reading.compressed import BROKEN, reason
from waqai.reading.decode import decode, decode_page, without_nuls
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
        text, damaged = decode(data) if name == "text" else decode_page(without_nuls(data))
    except InputError as error:
        return Skipped(source.where, None, str(error))
    return Row(None, {name: text}, damaged)


_PAGES = ("text/html", "application/xhtml+xml")


def read_warc(source: Source, stream: io.BufferedReader) -> Iterator[Row | Skipped]:
    """The pages and plain texts among the responses of a web archive; pictures, scripts, redirects are no articles."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    number, tail = 0, _Tail(stream)
    held: Row | Skipped | None = None  # whether the last record is whole is known only at the end
    framed, end = True, 0
    kind = WarcRecordType.response
    try:
        for record in ArchiveIterator(cast(BinaryIO, tail), record_types=kind, parse_http=False):
            if held is not None:
                yield held
            held, framed = None, True
            end = record.stream_pos + record.content_length
            held, framed = _response(source, number + 1, record)
            number += 1
    except BROKEN as error:
        if not framed:  # nothing is to be found where its length says that the next record begins
            number -= 1
        elif held is not None:
            yield held
        yield Skipped(source.where, number + 1, f"the rest of this web archive is damaged: {reason(error)}")
        return
    if number and (end > tail.tell() or not tail.last.endswith(b"\r\n\r\n")):
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


def _response(source: Source, number: int, record: Any) -> tuple[Row | Skipped | None, bool]:
    """What a response gives, and whether its length may be right: what it holds is as long as its HTTP header says."""
    from fastwarc.warc import WarcRecord

    enormous = record.content_length > MAX_BYTES
    apart: Any = record
    if not enormous:  # unpacked apart from the archive: whatever that does to the library, the next record is found
        apart = WarcRecord()
        apart.record_type, apart.is_http = record.record_type, True
        for name, value in record.headers.items():
            apart.headers[name] = value
        apart.set_bytes_content(record.reader.read())
    try:
        apart.parse_http(auto_decode="none" if enormous else "all")
        said = apart.http_headers.get("Content-Length") if apart.http_headers is not None else None
        length = apart.content_length
        framed = length > 0 if said is None else said.strip() == str(length)
        return _content(source, number, apart, enormous), framed
    except Exception as error:  # a bad encoding, bad chunks, or no HTTP at all
        return Skipped(source.where, number, f"its content cannot be unpacked: {error}"), True


def _content(source: Source, number: int, record: Any, enormous: bool) -> Row | Skipped | None:
    kind = (record.http_content_type or "").lower()
    if kind not in (*_PAGES, "text/plain"):
        return None
    headers = record.http_headers
    status = headers.status_code if headers is not None else None
    if status is not None and status != 200:
        return None if 300 <= status < 400 else Skipped(source.where, number, f"the web server answered {status}")
    data = b"" if enormous else record.reader.read(MAX_BYTES + 1)
    if enormous or len(data) > MAX_BYTES:
        return Skipped(source.where, number, TOO_BIG)
    try:
        text, damaged = decode_page(data, record.http_charset)
    except InputError as error:
        return Skipped(source.where, number, str(error))
    name = "html" if kind in _PAGES else "text"
    return Row(number, {name: text, "url": record.headers.get("WARC-Target-URI")}, damaged)
