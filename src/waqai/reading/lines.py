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
        value, damaged = _parse(data)
    except InputError as error:
        return Skipped(source.where, number, str(error))
    except (ValueError, RecursionError) as error:
        return Skipped(source.where, number, f"it is not valid JSON: {str(error).split(':')[0]}")
    if not isinstance(value, dict):
        return Skipped(source.where, number, "it is JSON, but not an object with fields")
    return Row(number, value, damaged)


_LONG_NUMBER = re.compile(rb"[:\[,]\s*-?\d{19}")


def _parse(data: bytes) -> tuple[object, int]:
    data = data.removeprefix(b"\xef\xbb\xbf").strip()
    if not _LONG_NUMBER.search(data):  # orjson would round it, and two ids would be one
        try:
            return orjson.loads(data), 0
        except orjson.JSONDecodeError:
            pass  # windows-1256, or what only the standard library lets pass: NaN and half surrogates
    text, damaged = decode(data)
    return json.loads(text), damaged


_MARKS = re.compile(rb'["\\{}\[\]]')
_IN_STRING = re.compile(rb'["\\]')
_BETWEEN = re.compile(rb"[ \t\r\n,\x1e\xef\xbb\xbf]*")
_END_OF_WORD = re.compile(rb'[,\n"{}\[\]]')


class _Elements:
    """Cuts a stream of JSON into its values by counting brackets outside strings."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._held = bytearray()
        self.opened = False

    def start(self) -> bytes:
        """Move to the next value and say what begins there: b"{", another byte of a value, or b"" at the end."""
        while True:
            found = _BETWEEN.match(self._held)
            del self._held[: found.end() if found else 0]
            if self._held.startswith(b"]" if self.opened else b"["):
                self.opened = not self.opened
                del self._held[0]
            elif self._held:
                return bytes(self._held[:1])
            elif not self._more():
                return b""

    def next(self) -> tuple[bytes, str | None]:
        """The bytes of the object, list or text that begins here, or why they are none; then they are passed over."""
        depth, position, quoted, enormous = 0, 0, False, False
        while True:
            found = (_IN_STRING if quoted else _MARKS).search(self._held, position)
            if found is None:
                position = len(self._held)
                if position > MAX_BYTES:
                    enormous, position = True, 0
                    self._held.clear()
                if not self._more():
                    self._held.clear()
                    self.opened = False  # that the list is not closed is told by this
                    return b"", TOO_BIG if enormous else "it is not valid JSON: the file ends within this record"
                continue
            mark, position = found.group(), found.end()
            if mark == b"\\":
                if position == len(self._held) and not self._more():
                    continue
                position += 1
            elif mark == b'"':
                quoted = not quoted
            else:
                depth += 1 if mark in b"{[" else -1
            if depth <= 0 and not quoted:
                value = bytes(self._held[:position])
                del self._held[:position]
                return value, TOO_BIG if enormous or len(value) > MAX_BYTES else None

    def pass_word(self) -> None:
        """Pass over what is no object, list or text: a number, null, or rubbish."""
        while True:
            found = _END_OF_WORD.search(self._held, 1)
            if found:
                del self._held[: found.start()]
                return
            del self._held[1:]
            if not self._more():
                self._held.clear()
                return

    def _more(self) -> bool:
        chunk = self._stream.read1(1 << 16)
        self._held += chunk
        return bool(chunk)


_NO_OBJECT = "it is not valid JSON: an article is an object in curly brackets"


def read_json(source: Source, stream: io.BufferedReader) -> Iterator[Row | Skipped]:
    """The objects of an array, or objects one after the other, or one: none is held longer than its turn.

    A value that is no object is named, several in a row in one line, and the next object is read.
    """
    elements, number, others = _Elements(stream), 0, 0
    while begins := elements.start():
        number += 1
        if begins == b"{":
            if others:
                yield _others(source, number - others, others)
                others = 0
            data, fault = elements.next()
            yield record(source, number, data) if fault is None else Skipped(source.where, number, fault)
            continue
        others += 1
        if begins in b'["':
            elements.next()
        else:
            elements.pass_word()
    if others:
        yield _others(source, number + 1 - others, others)
    if elements.opened:
        yield Skipped(source.where, number + 1, "it is not valid JSON: the list is not closed; is the file cut off?")
    elif not number:
        yield Skipped(source.where, None, "there is no article in it")


def _others(source: Source, number: int, others: int) -> Skipped:
    more = f"; nor is any up to record {number + others - 1:,} one" if others > 1 else ""
    return Skipped(source.where, number, _NO_OBJECT + more)
