"""Tables: CSV and TSV, row by row."""

import codecs
import csv
import io
import re
from collections import deque
from collections.abc import Iterator

from waqai.reading.dates import published_day
from waqai.reading.decode import decode
from waqai.reading.names import own_names
from waqai.reading.outcome import MAX_BYTES, TOO_BIG, InputError, Row, Skipped, Source


def read_csv(source: Source, stream: io.BufferedReader) -> Iterator[Row | Skipped]:
    """Rows of comma-separated values under a header; semicolons when the header has them instead."""
    return _separated(source, stream, None)


def read_tsv(source: Source, stream: io.BufferedReader) -> Iterator[Row | Skipped]:
    """Rows of tab-separated values under a header."""
    return _separated(source, stream, "\t")


_Line = tuple[str, bool]
"""A line with its end as it is, and whether it is too long and was cut."""


def _lines(stream: io.BufferedReader) -> Iterator[_Line]:
    """The lines with their ends as they are; each line that is not UTF-8 may be windows-1256."""
    if stream.peek(2).startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        for text in io.TextIOWrapper(stream, encoding="utf-16", errors="replace", newline=""):
            yield text[:MAX_BYTES], len(text) > MAX_BYTES
        return
    while line := stream.readline(MAX_BYTES):
        enormous = len(line) == MAX_BYTES and not line.endswith(b"\n")
        rest = line if enormous else b""
        while rest and not rest.endswith(b"\n"):
            rest = stream.readline(1 << 20)
        line = line[:1000] if enormous else line
        try:
            yield decode(line)[0], enormous
        except InputError:
            yield line.decode("utf-8", "replace"), enormous


class _Lines:
    """The lines of the record being read, kept so that they can be read again when it turns out to be none."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._lines = _lines(stream)
        self._again: deque[_Line] = deque()
        self.held: list[_Line] = []
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        try:
            line = self._again.popleft() if self._again else next(self._lines)
        except StopIteration:
            self.ended = True
            raise
        self.held.append(line)
        return line[0]

    def enormous(self) -> bool:
        """Whether a line of the record held was too long to be kept."""
        return any(cut for _, cut in self.held)

    def again(self, start: int) -> None:
        """Read the lines held from the one numbered `start` once more."""
        self._again.extendleft(reversed(self.held[start:]))
        self.ended = self.ended and start >= len(self.held)


def _delimiter(header: str) -> str:
    return max(",;\t", key=header.count)


class _Table:
    """A header and its delimiter: what a row of it looks like."""

    def __init__(self, line: str, delimiter: str) -> None:
        self.delimiter = delimiter
        given = [name.strip() for name in self._cells(line) or [line]]
        own = {name: known for known, name in own_names(given).items()}
        self.names = [own.get(name, name) for name in given]

    def _cells(self, line: str) -> list[str]:
        try:
            return next(csv.reader([line], delimiter=self.delimiter), [])
        except csv.Error:
            return []

    def looks_like_row(self, line: str, resuming: bool = False) -> bool:
        """Whether a line by itself is a whole row: all columns, an id of one word or a day of publication.

        To resume after a broken record, it may also be the first line of a row, and a table without those columns.
        """
        cells, count = self._cells(line), len(self.names)
        begins = resuming and 1 < len(cells) <= count and self._open([line])
        if not cells or not (len(cells) == count or begins):
            return False
        row = {name: cell.strip() for name, cell in zip(self.names, cells, strict=False)}
        if "id" in row:
            return bool(_ID.fullmatch(row["id"]))
        if "published" in row:
            return published_day(row["published"]) is not None
        return resuming

    def _open(self, held: list[str]) -> bool | None:
        """Whether these lines end within quotes; None when a quote stands where none may."""
        try:
            list(csv.reader(held, delimiter=self.delimiter, strict=True))
        except csv.Error as error:
            return True if "end of data" in str(error) else None
        return False

    def fault(self, lines: _Lines, row: list[str]) -> str | None:
        """Why the record held is no row of this table; None when it is one."""
        if lines.enormous():
            return TOO_BIG
        held = [line for line, _ in lines.held]
        is_open = self._open(held)
        if is_open is None and (len(held) > 1 or len(row) < len(self.names)):
            return "it is not a valid row: a quote in it stands alone (inside a quoted field it is doubled)"
        if is_open:
            return _OPEN
        if len(held) > 1 and len(self.names) > 2 and any(map(self.looks_like_row, held[1:])):
            return _OPEN
        if len(row) > len(self.names):
            return f"it has {len(row)} columns, but the header names {len(self.names)}"
        return None


_ID = re.compile(r"[^\s\"']{1,200}")
_OPEN = "it is not a valid row: a quote opens in it and is never closed"


def _separated(source: Source, stream: io.BufferedReader, delimiter: str | None) -> Iterator[Row | Skipped]:
    csv.field_size_limit(MAX_BYTES)
    lines = _Lines(stream)
    first = next(lines, "")
    table = _Table(first, delimiter or _delimiter(first))
    if "text" not in table.names and "html" not in table.names:
        shown = ", ".join(repr(name)[:40] for name in table.names[:8])
        yield Skipped(source.where, None, f"its first line must name a column 'text' or 'html'; it has {shown}")
        return
    rows, number = csv.reader(lines, delimiter=table.delimiter), 0
    while True:
        lines.held.clear()
        number += 1
        try:
            row = next(rows)
            fault = table.fault(lines, row) if row else None
        except StopIteration:
            return
        except csv.Error as error:
            fault = TOO_BIG if "limit" in str(error) else f"it is not a valid row: {error}"
            row = [fault]
        if not row:
            number -= 1
        elif fault is None:
            yield Row(number, dict(zip(table.names, row, strict=False)))
        else:
            yield Skipped(source.where, number, fault)
            after = (n for n in range(1, len(lines.held)) if table.looks_like_row(lines.held[n][0], resuming=True))
            lines.again(next(after, len(lines.held)))
