"""Writing the exports: each sheet takes incidents or reports one by one and writes its bytes as it goes."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, BinaryIO, Protocol

import orjson

from waqai.exports.acled import Cell, acled_row
from waqai.exports.facts import Happening, Item, Level, Telling
from waqai.exports.flat import CellType, FlatCell, FlatColumn, FlatRow, flat_columns, flat_row
from waqai.exports.gdelt import gdelt_row, mention_rows
from waqai.exports.plover import plover_record
from waqai.exports.ucdp import ucdp_row
from waqai.knowledge.codebook import Codebook
from waqai.knowledge.exports import ExportKnowledge
from waqai.records import Json, csv_header, csv_line, line

if TYPE_CHECKING:
    import pyarrow as pa

ROW_GROUP = 20_000
POINT_PRECISION = 3
_BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")


class Sheet(Protocol):
    """A file being written. `filled` counts the cells that hold something, by column."""

    filled: Counter[str]

    def add(self, item: Item) -> str | None:
        """Write one incident or report; None, or in one phrase why the form cannot hold it."""
        ...

    def close(self) -> None:
        """Write what is still held, and the end."""
        ...


class RowSheet:
    """ACLED's and UCDP's tables: CSV with a header, safe in a spreadsheet."""

    def __init__(self, stream: BinaryIO, form: str, codebook: Codebook, known: ExportKnowledge) -> None:
        self._stream, self._form, self._codebook, self._known = stream, form, codebook, known
        self._columns = known.names(form)
        self.filled = Counter[str]()
        stream.write(csv_header(self._columns))

    def add(self, item: Item) -> str | None:
        """Write the row of an incident; or say why not."""
        assert isinstance(item, Happening)
        row = acled_row(item, self._codebook, self._known) if self._form == "acled" else ucdp_row(item, self._known)
        if isinstance(row, str):
            return row
        count_filled(self.filled, row)
        self._stream.write(csv_line(row, self._columns))
        return None

    def close(self) -> None:
        """Nothing is held."""


class GdeltSheet:
    """GDELT's events and mentions: cells parted by tabs, no header, no tab or line end inside a cell."""

    def __init__(self, events: BinaryIO, mentions: BinaryIO, known: ExportKnowledge) -> None:
        self._events, self._mentions, self._known = events, mentions, known
        self.filled = Counter[str]()

    def add(self, item: Item) -> str | None:
        """Write the event of an incident and its mentions; or say why not."""
        assert isinstance(item, Happening)
        row = gdelt_row(item, self._known)
        if isinstance(row, str):
            return row
        count_filled(self.filled, row)
        self._events.write(tab_line(row, self._known.names("gdelt")))
        columns = self._known.names("gdelt_mentions")
        self._mentions.write(b"".join(tab_line(mention, columns) for mention in mention_rows(item)))
        return None

    def close(self) -> None:
        """Nothing is held."""


class LineSheet:
    """PLOVER's records as lines of JSON."""

    def __init__(self, stream: BinaryIO, codebook: Codebook, known: ExportKnowledge) -> None:
        self._stream, self._codebook, self._known = stream, codebook, known
        self.filled = Counter[str]()

    def add(self, item: Item) -> str | None:
        """Write the record of a report; or say why not."""
        assert isinstance(item, Telling)
        record = plover_record(item, self._codebook, self._known)
        if isinstance(record, str):
            return record
        count_filled(self.filled, record)
        self._stream.write(line(record))
        return None

    def close(self) -> None:
        """Nothing is held."""


class CsvSheet:
    """A flat table of incidents or reports, safe in a spreadsheet."""

    def __init__(self, stream: BinaryIO, level: Level, codebook: Codebook) -> None:
        self._stream, self._codebook = stream, codebook
        self._columns = [column.name for column in flat_columns(level)]
        self.filled = Counter[str]()
        stream.write(csv_header(self._columns))

    def add(self, item: Item) -> str | None:
        """Write the row."""
        row = flat_row(item, self._codebook)
        count_filled(self.filled, row)
        self._stream.write(csv_line(dict(row), self._columns))
        return None

    def close(self) -> None:
        """Nothing is held."""


class ParquetSheet:
    """A flat, typed table of incidents or reports in row groups."""

    def __init__(self, stream: BinaryIO, level: Level, codebook: Codebook) -> None:
        from pyarrow import parquet

        self._codebook = codebook
        self._schema = arrow_schema(flat_columns(level))
        self._writer = parquet.ParquetWriter(stream, self._schema, compression="zstd")
        self._held: list[FlatRow] = []
        self.filled = Counter[str]()

    def add(self, item: Item) -> str | None:
        """Hold the row; a full row group is written."""
        row = flat_row(item, self._codebook)
        count_filled(self.filled, row)
        self._held.append(row)
        if len(self._held) >= ROW_GROUP:
            self._write()
        return None

    def close(self) -> None:
        """Write the last rows and the file's end."""
        self._write()
        self._writer.close()

    def _write(self) -> None:
        if self._held:
            self._writer.write_table(arrow_table(self._held, self._schema))
            self._held.clear()


class GeoJsonSheet:
    """A feature collection (RFC 7946). A feature has no point where the place is known no better than to its governorate."""

    def __init__(self, stream: BinaryIO, codebook: Codebook) -> None:
        self._stream, self._codebook = stream, codebook
        self._parted = b"\n"
        self.filled = Counter[str]()
        stream.write(b'{"type":"FeatureCollection","features":[')

    def add(self, item: Item) -> str | None:
        """Write the feature."""
        row = flat_row(item, self._codebook)
        count_filled(self.filled, row)
        self._stream.write(self._parted + orjson.dumps(feature(row)))
        self._parted = b",\n"
        return None

    def close(self) -> None:
        """Write the end of the collection."""
        self._stream.write(b"\n]}\n")


def feature(row: FlatRow) -> Json:
    """The feature of a flat row; its geometry is null where no point is honest.

    >>> feature({"id": "a", "lat": 34.29, "lon": 37.07, "place_precision": 1})["geometry"]
    {'type': 'Point', 'coordinates': [37.07, 34.29]}
    >>> feature({"id": "a", "lat": 34.7, "lon": 37.9, "place_precision": 4})["geometry"] is None
    True
    """
    lat, lon, precision = row.get("lat"), row.get("lon"), row.get("place_precision")
    honest = isinstance(precision, int) and precision <= POINT_PRECISION and lat is not None and lon is not None
    held = {name: value for name, value in row.items() if name not in ("id", "lat", "lon")}
    geometry = {"type": "Point", "coordinates": [lon, lat]} if honest else None
    return {"type": "Feature", "id": row["id"], "geometry": geometry, "properties": {"id": row["id"], **held}}


def count_filled(filled: Counter[str], row: Mapping[str, object]) -> None:
    """Count the cells of a row that hold something."""
    filled.update(name for name, value in row.items() if value is not None and value != "" and value != [])


def tab_line(row: Mapping[str, Cell], columns: Sequence[str]) -> bytes:
    r"""A row parted by tabs; what would break a line inside a cell becomes a space.

    >>> tab_line({"a": "x\ty\n", "b": None, "c": 3}, ("a", "b", "c"))
    b'x y\t\t3\n'
    """
    cells = (_BREAKS.sub(" ", str(value)).strip() if (value := row.get(name)) is not None else "" for name in columns)
    return ("\t".join(cells) + "\n").encode("utf-8", "replace")


def arrow_schema(columns: Sequence[FlatColumn]) -> "pa.Schema":
    """The typed columns of a flat table for Arrow."""
    import pyarrow as pa

    types: dict[CellType, pa.DataType] = {
        "text": pa.string(),
        "whole": pa.int64(),
        "number": pa.float64(),
        "yes_no": pa.bool_(),
        "day": pa.date32(),
    }
    return pa.schema([(column.name, types[column.type]) for column in columns])


def arrow_table(rows: Sequence[FlatRow], schema: "pa.Schema") -> "pa.Table":
    """Flat rows as an Arrow table; empty text is null."""
    import pyarrow as pa

    columns = {field.name: [_arrow_cell(row.get(field.name)) for row in rows] for field in schema}
    return pa.Table.from_pydict(columns, schema=schema)


def _arrow_cell(value: FlatCell) -> FlatCell:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode() or None
    return value
