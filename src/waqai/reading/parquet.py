"""Parquet: row groups one after the other, and what is damaged in them named as closely as can be."""

import io
import tempfile
from collections.abc import Iterator
from typing import Any

from waqai.reading.names import own_names
from waqai.reading.outcome import Row, Skipped, Source, Unreadable

_BATCH = 64


def read_parquet(source: Source, stream: io.BufferedReader) -> Iterator[Row | Skipped]:
    """Rows of a Parquet file, one row group after the other; a damaged group is named and the next one read."""
    import pyarrow.parquet as pq

    with tempfile.TemporaryFile() as held:
        file: Any = stream
        if not (isinstance(stream.raw, io.FileIO) and stream.seekable()):
            while chunk := stream.read(1 << 20):
                held.write(chunk)
            file = held
        try:
            table = pq.ParquetFile(file, pre_buffer=False)
            known = own_names(table.schema_arrow.names)
        except Exception:  # what a damaged head does to the library is the file's fault
            yield Skipped(source.where, None, "it is not a Parquet file, or it is cut off")
            return
        if "text" not in known and "html" not in known:
            shown = ", ".join(repr(name)[:40] for name in table.schema_arrow.names[:8])
            yield Skipped(source.where, None, f"it has no column 'text' or 'html', only {shown}")
            return
        number = 0
        for group in range(table.num_row_groups):
            yield from _group(source, table, group, list(known.values()), number)
            number += table.metadata.row_group(group).num_rows


def _group(source: Source, table: Any, group: int, names: list[str], number: int) -> Iterator[Row | Skipped]:
    batches = table.iter_batches(batch_size=_BATCH, row_groups=[group], columns=names, use_threads=False)
    while True:
        try:
            batch = next(batches, None)
            columns = [] if batch is None else [_values(column) for column in batch.columns]
        except Exception:  # damaged pages raise many kinds of errors; none may end the run
            yield Skipped(source.where, number + 1, "the rest of its row group is damaged")
            return
        if batch is None:
            return
        for values in zip(*columns, strict=True):
            number += 1
            yield Row(number, dict(zip(batch.schema.names, values, strict=True)))


def _values(column: Any) -> list[object]:
    """The values of a column; one that Python cannot hold (a year 30000, an unknown time zone) is Unreadable."""
    import pyarrow as pa

    try:
        if pa.types.is_timestamp(column.type):
            column = column.cast(pa.timestamp("us", tz=column.type.tz), safe=False)
        return list(column.to_pylist())
    except Exception:  # overflow, a bad time zone, text that is no UTF-8: found again value by value
        return [_value(column, n) for n in range(len(column))]


def _value(column: Any, n: int) -> object:
    try:
        return column[n].as_py()
    except Exception:
        return Unreadable()
