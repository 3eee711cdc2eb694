"""Events of other datasets, read row by row: ACLED's and UCDP's CSV, GDELT's events, also packed as .gz or .zip."""

import csv
import datetime as dt
import gzip
import io
import math
import sys
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, get_args

from waqai.knowledge.comparison import Dataset
from waqai.queries.errors import QueryError

DATASETS: tuple[Dataset, ...] = get_args(Dataset)
_GDELT_COLUMNS = (58, 61)
_LONGEST_CELL = 10_000_000
_ACLED_PRECISION = {"1": 1, "2": 2, "3": 4}
_GDELT_PRECISION = {"1": 6, "2": 4, "3": 1, "4": 1, "5": 4}
_MONTHS = {
    name: number
    for number, name in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        1,
    )
}


@dataclass(frozen=True, slots=True)
class Outside:
    """An event of another dataset. `type` is its own code; `precision` UCDP's where_prec; `killed` low, best and high."""

    id: str
    start: dt.date
    end: dt.date
    lat: float
    lon: float
    precision: int
    type: str
    place: str
    killed: tuple[int, int, int] | None


@dataclass(slots=True)
class Unread:
    """Rows that could not be read: how many, and the first of them."""

    number: int = 0
    first: str = ""

    def add(self, row: int, reason: str) -> None:
        """Count a row, by its number in the file (the header is 1)."""
        self.number += 1
        self.first = self.first or f"row {row}: {reason}"


@dataclass(frozen=True, slots=True)
class Opened:
    """An open file of another dataset: which it is, and its events as they are read; what cannot be read is counted."""

    name: Dataset
    events: Iterator[Outside]
    unread: Unread = field(default_factory=Unread)


@contextmanager
def open_dataset(path: str, name: Dataset | None = None) -> Iterator[Opened]:
    """The events of a file; which dataset it is is told from its columns when no name is given.

    Raises QueryError when it cannot be read, or is none of the datasets.
    """
    try:
        with _opened(path) as stream:
            rows = _rows(stream)
            first = next(rows, [])
            found = name or _guess(first)
            if found is None:
                raise QueryError(f"{path!r} is no file of {', '.join(DATASETS)}; --as NAME says which it is")
            unread = Unread()
            yield Opened(found, _events(found, first, rows, unread, path), unread)
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, csv.Error, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise QueryError(f"cannot read {path!r}: {reason}") from error


@contextmanager
def _opened(path: str) -> Iterator[IO[str]]:
    if path.lower().endswith(".zip"):
        with zipfile.ZipFile(path) as packed:
            names = [one for one in packed.namelist() if not one.endswith("/")]
            if len(names) != 1:
                raise QueryError(f"{path!r} holds {len(names)} files; unpack the one that is meant")
            with packed.open(names[0]) as member:
                yield io.TextIOWrapper(member, encoding="utf-8-sig", errors="replace", newline="")
        return
    with gzip.open(path, "rb") if path.lower().endswith(".gz") else open(path, "rb") as raw:
        yield io.TextIOWrapper(raw, encoding="utf-8-sig", errors="replace", newline="")


def _rows(stream: IO[str]) -> Iterator[list[str]]:
    """Rows of CSV; of tab-separated cells where the first line has more tabs than commas (GDELT quotes nothing)."""
    csv.field_size_limit(min(_LONGEST_CELL, sys.maxsize))
    first = stream.readline()
    lines = _with(first, stream)
    if first.count("\t") > first.count(","):
        return (line.rstrip("\r\n").split("\t") for line in lines)
    separator = ";" if first.count(";") > first.count(",") else ","
    return csv.reader(lines, delimiter=separator)


def _with(first: str, rest: Iterable[str]) -> Iterator[str]:
    yield first
    yield from rest


def _guess(first: Sequence[str]) -> Dataset | None:
    names = {name.strip().casefold() for name in first}
    if {"event_date", "sub_event_type"} <= names or {"event_date", "event_id_cnty"} <= names:
        return "acled"
    if {"date_start", "type_of_violence", "best"} <= names:
        return "ucdp"
    id = first[0].strip() if first else ""
    numbered = id.isdigit() or id.startswith("WQ-")  # the ids of our own exports begin so
    return "gdelt" if len(first) in _GDELT_COLUMNS and numbered else None


def _events(name: Dataset, first: list[str], rows: Iterator[list[str]], unread: Unread, path: str) -> Iterator[Outside]:
    if name == "gdelt":
        return _read(_with_row(first, rows), 1, lambda row: _gdelt(row), unread)
    names = [column.strip().casefold() for column in first]
    needed = _NEEDED[name]
    missing = [column for column in needed if column not in names]
    if missing:
        raise QueryError(f"{path!r} has no column {', '.join(missing)}, which a file of {name} has")
    read = _acled if name == "acled" else _ucdp
    return _read(rows, 2, lambda row: read(dict(zip(names, row, strict=False))), unread)


_NEEDED: Mapping[str, tuple[str, ...]] = {
    "acled": ("event_date", "latitude", "longitude"),
    "ucdp": ("date_start", "date_end", "type_of_violence", "latitude", "longitude"),
}


def _with_row(first: list[str], rows: Iterator[list[str]]) -> Iterator[list[str]]:
    if first:
        yield first
    yield from rows


def _read(rows: Iterable[list[str]], begin: int, read: object, unread: Unread) -> Iterator[Outside]:
    assert callable(read)
    for number, row in enumerate(rows, begin):
        if not any(row):
            continue
        try:
            yield read(row)
        except (ValueError, KeyError, IndexError, OverflowError) as error:
            unread.add(number, " ".join(str(error).split())[:100] or type(error).__name__)


def _point(lat: str, lon: str) -> tuple[float, float]:
    found = float(lat), float(lon)
    if not (math.isfinite(found[0]) and abs(found[0]) <= 90 and abs(found[1]) <= 180):
        raise ValueError(f"{lat}, {lon} is no point in degrees")
    return found


def _acled(row: Mapping[str, str]) -> Outside:
    day = _day(row["event_date"])
    wide = {"2": 3, "3": 15}.get(row.get("time_precision", "1").strip(), 0)
    lat, lon = _point(row["latitude"], row["longitude"])
    killed = _whole(row.get("fatalities", ""))
    return Outside(
        row.get("event_id_cnty") or row.get("data_id") or "",
        day - dt.timedelta(wide),
        day + dt.timedelta(wide),
        lat,
        lon,
        _ACLED_PRECISION.get(row.get("geo_precision", "1").strip(), 4),
        (row.get("sub_event_type") or row.get("event_type") or "").strip(),
        row.get("location", ""),
        None if killed is None else (killed, killed, killed),
    )


def _ucdp(row: Mapping[str, str]) -> Outside:
    lat, lon = _point(row["latitude"], row["longitude"])
    start, end = _day(row["date_start"]), _day(row["date_end"])
    numbers = [_whole(row.get(name, "")) for name in ("low", "best", "high")]
    low, best, high = (number if number is not None else numbers[1] or 0 for number in numbers)
    return Outside(
        row.get("id", ""),
        min(start, end),
        max(start, end),
        lat,
        lon,
        _whole(row.get("where_prec", "")) or 1,
        row["type_of_violence"].strip(),
        row.get("where_coordinates", ""),
        None if numbers[1] is None else (low, best, high),
    )


def _gdelt(row: Sequence[str]) -> Outside:
    """By the place of action, which stands eight columns before DATEADDED (and SOURCEURL)."""
    if len(row) not in _GDELT_COLUMNS:
        raise ValueError(f"it has {len(row)} columns, not 58 or 61")
    width = 8 if len(row) == 61 else 7
    at = len(row) - 2 - width
    lat, lon = _point(row[at + width - 3], row[at + width - 2])
    day = dt.datetime.strptime(row[1], "%Y%m%d").date()
    return Outside(row[0], day, day, lat, lon, _GDELT_PRECISION.get(row[at], 6), row[28], row[at + 1], None)


def _day(text: str) -> dt.date:
    """2016-02-03, also with a time behind it, or ACLED's older "03 February 2016"."""
    parts = text.strip().split()
    if len(parts) == 3 and parts[1].casefold() in _MONTHS:
        return dt.date(int(parts[2]), _MONTHS[parts[1].casefold()], int(parts[0]))
    return dt.date.fromisoformat(text.strip()[:10])


def _whole(text: str) -> int | None:
    text = text.strip()
    return int(float(text)) if text and text.upper() not in ("NA", "NULL") else None
