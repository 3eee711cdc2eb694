"""JSON Lines and JSON: one record at a time, however long the file."""

import io
import json
import re
from collections.abc import Iterator

import orjson

from waqai.reading.decode import decode
from waqai.reading.outcome import MAX_BYTES, TOO_BIG, InputError, Row, Skipped, Source


def read_jsonl(source: Source, stream: io.BufferedReader) -> Iterator[Row | Skipped]:
    """One record for each line; a record's number is its line's."""
    number = 0
    while line := stream.readline(MAX_BYTES + 1):
        number += 1
        if len(line) > MAX_BYTES:
            while line and not line.endswith(b"\n"):
                line = stream.readline(1 << 20)
            yield Skipped(source.where, number, TOO_BIG)
        elif line.strip(b" \t\r\n\xef\xbb\xbf"):
            yield record(source, number, line)


def record(source: Source, number: int, data: bytes) -> Row | Skipped:
    """The record written as one JSON object."""
    try:
        value = _parse(data)
    except InputError as error:
        return Skipped(source.where, number, str(error))
    except (ValueError, RecursionError) as error:
        return Skipped(source.where, number, f"it is not valid JSON: {str(error).split(':')[0]}")
    if not isinstance(value, dict):
        return Skipped(source.where, number, "it is JSON, but not an object with fields")
    return Row(number, value)


_LONG_NUMBER = re.compile(rb"[:\[,]\s*-?\d{19}")


def _parse(data: bytes) -> object:
    data = data.removeprefix(b"\xef\xbb\xbf").strip()
    if _LONG_NUMBER.search(data):
        return json.loads(decode(data)[0])  # orjson would round it, and two ids would be one
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        # windows-1256, or what only the standard library lets pass: NaN and half surrogates
        return json.loads(decode(data)[0])


_MARKS = re.compile(rb'["\\{}\[\]]')
_IN_STRING = re.compile(rb'["\\]')


class _Elements:
    """Cuts a stream of JSON into its objects by counting brackets outside strings."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._held = b""
        self.opened = False
        self.closed = False

    def start(self) -> bytes:
        """Move to the next value and say what begins there: b"{", another byte of a value, or b"" at the end."""
        while True:
            self._held = self._held.lstrip(b" \t\r\n,\x1e\xef\xbb\xbf")
            if self._held.startswith(b"[") and not self.opened:
                self.opened = True
                self._held = self._held[1:]
            elif self._held.startswith(b"]") and self.opened:
                self.closed = True
                return b""
            elif self._held:
                return self._held[:1]
            elif not self._more():
                return b""

    def next(self) -> bytes | None:
        """The bytes of the value that begins here, up to its closing bracket; None when the stream ends within it."""
        depth, position, quoted = 0, 0, False
        while True:
            found = (_IN_STRING if quoted else _MARKS).search(self._held, position)
            if found is None:
                position = len(self._held)
                if len(self._held) > MAX_BYTES or not self._more():
                    return None
                continue
            mark, position = found.group(), found.end()
            if mark == b"\\":
                if position == len(self._held) and not self._more():
                    return None
                position += 1
            elif mark == b'"':
                quoted = not quoted
            else:
                depth += 1 if mark in b"{[" else -1
                if depth <= 0:
                    value, self._held = self._held[:position], self._held[position:]
                    return value

    def too_big(self) -> bool:
        return len(self._held) > MAX_BYTES

    def _more(self) -> bool:
        chunk = self._stream.read1(1 << 16)
        self._held += chunk
        return bool(chunk)


def read_json(source: Source, stream: io.BufferedReader) -> Iterator[Row | Skipped]:
    """The objects of an array, or objects one after the other, or one: none is held longer than its turn."""
    elements, number = _Elements(stream), 0
    while begins := elements.start():
        number += 1
        if begins != b"{":
            yield Skipped(source.where, number, "it is not valid JSON: an article is an object in curly brackets")
            return
        data = elements.next()
        if data is None:
            cut = "it is not valid JSON: the file ends within this record"
            yield Skipped(source.where, number, TOO_BIG if elements.too_big() else cut)
            return
        yield record(source, number, data)
    if elements.opened and not elements.closed:
        yield Skipped(source.where, number + 1, "it is not valid JSON: the list is not closed; is the file cut off?")
    elif not number:
        yield Skipped(source.where, None, "there is no article in it")
