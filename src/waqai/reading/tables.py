"""Tables: CSV, TSV and Parquet, row by row."""

import codecs
import csv
import io
import tempfile
from collections.abc import Iterator
from typing import Any

from waqai.reading.decode import decode
from waqai.reading.fields import FIELDS
from waqai.reading.outcome import MAX_BYTES, InputError, Row, Skipped, Source

_BATCH = 64


def read_csv(source: Source, stream: io.BufferedReader) -> Iterator[Row | Skipped]:
    """Rows of comma-separated values under a header; semicolons when the header has them instead."""
    return _separated(source, stream, None)


def read_tsv(source: Source, stream: io.BufferedReader) -> Iterator[Row | Skipped]:
    """Rows of tab-separated values under a header."""
    return _separated(source, stream, "\t")


def _lines(stream: io.BufferedReader) -> Iterator[str]:
    """The lines with their ends as they are; each line that is not UTF-8 may be windows-1256."""
    if stream.peek(2).startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        yield from io.TextIOWrapper(stream, encoding="utf-16", errors="replace", newline="")
        return
    while line := stream.readline(MAX_BYTES):
        try:
            yield decode(line)[0]
        except InputError:
            yield line.decode("utf-8", "replace")


class _Lines:
    """The lines of the record being read, kept to look again at one that the file's end cuts off."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._lines = _lines(stream)
        self.held: list[str] = []
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        try:
            line = next(self._lines)
        except StopIteration:
            self.ended = True
            raise
        self.held.append(line)
        return line

    def quote_open(self, delimiter: str) -> bool:
        """Whether the record held is one whose last quote is never closed."""
        try:
            list(csv.reader(self.held, delimiter=delimiter, strict=True))
        except csv.Error as error:
            return "end of data" in str(error)
        return False


def _delimiter(header: str) -> str:
    return max(",;\t", key=header.count)


def _header(line: str, delimiter: str) -> list[str]:
    try:
        return [name.strip() for name in next(csv.reader([line], delimiter=delimiter), [])]
    except csv.Error:
        return [line.strip()]


def _separated(source: Source, stream: io.BufferedReader, delimiter: str | None) -> Iterator[Row | Skipped]:
    csv.field_size_limit(MAX_BYTES)
    lines = _Lines(stream)
    first = next(lines, "")
    delimiter = delimiter or _delimiter(first)
    header = _header(first, delimiter)
    if "text" not in header and "html" not in header:
        shown = ", ".join(repr(name)[:40] for name in header[:8])
        yield Skipped(source.where, None, f"its first line must name a column 'text' or 'html'; it has {shown}")
        return
    rows, number = csv.reader(lines, delimiter=delimiter), 0
    while True:
        lines.held.clear()
        number += 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Skipped(source.where, number, f"it is not a valid row: {error}")
            continue
        if not row:
            number -= 1
        elif lines.ended and lines.quote_open(delimiter):
            yield Skipped(source.where, number, "it is not a valid row: a quote opens in it and is never closed")
        elif len(row) > len(header):
            yield Skipped(source.where, number, f"it has {len(row)} columns, but the header names {len(header)}")
        else:
            yield Row(number, dict(zip(header, row, strict=False)))


def read_parquet(source: Source, stream: io.BufferedReader) -> Iterator[Row | Skipped]:
    """Rows of a Parquet file, one row group after the other; a damaged group is named and the next one read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    with tempfile.TemporaryFile() as held:
        file: Any = stream
        if not (isinstance(stream.raw, io.FileIO) and stream.seekable()):
            while chunk := stream.read(1 << 20):
                held.write(chunk)
            file = held
        try:
            table = pq.ParquetFile(file, pre_buffer=False)
        except (pa.ArrowException, OSError):
            yield Skipped(source.where, None, "it is not a Parquet file, or it is cut off")
            return
        names = [name for name in table.schema_arrow.names if name in FIELDS]
        if "text" not in names and "html" not in names:
            shown = ", ".join(repr(name)[:40] for name in table.schema_arrow.names[:8])
            yield Skipped(source.where, None, f"it has no column 'text' or 'html', only {shown}")
            return
        number = 0
        for group in range(table.num_row_groups):
            yield from _group(source, table, group, names, number)
            number += table.metadata.row_group(group).num_rows


def _group(source: Source, table: Any, group: int, names: list[str], number: int) -> Iterator[Row | Skipped]:
    import pyarrow as pa

    try:
        for batch in table.iter_batches(batch_size=_BATCH, row_groups=[group], columns=names, use_threads=False):
            columns = [_values(column) for column in batch.columns]
            for values in zip(*columns, strict=True):
                number += 1
                yield Row(number, dict(zip(batch.schema.names, values, strict=True)))
    except (pa.ArrowException, OSError):
        yield Skipped(source.where, number + 1, "the rest of its row group is damaged")


def _values(column: Any) -> list[object]:
    import pyarrow as pa

    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.timestamp("us", tz=column.type.tz), safe=False)
    return list(column.to_pylist())
