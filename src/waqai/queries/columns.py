"""The reports of a record as columns of numbers: what is counted over all of them is counted here, a condition at a time.

A condition is asked of each value once, not of each report. What no column holds (words, grades, an incident) is asked of
the database, which answers with the numbers of reports or articles.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, select

from waqai.queries.filters import Filter
from waqai.queries.wording import matching_articles
from waqai.store.counted import ACTORS, NUMBER, PAIRS, SOURCES, Piece, pieces
from waqai.store.schema import actors, articles, incidents, reports

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Column:
    """`values[codes[i]]` is the value of the i-th report, or of the i-th of the pairs; of pairs `rows[i]` is the place of the
    report that it belongs to."""

    values: Sequence[Any]
    codes: Ints
    rows: Ints | None = None

    @property
    def owners(self) -> Ints:
        """Of each pair the place of its report; ValueError where every report has one value."""
        if self.rows is None:
            raise ValueError("every report has one value")
        return self.rows

    def where(self, fits: Callable[[Any], bool]) -> Bools:
        """Of which reports or pairs the value fits."""
        return np.array([fits(value) for value in self.values] or [False], dtype=np.bool_)[self.codes]

    def among(self, values: Iterable[Any]) -> Bools:
        """Of which the value is one of these."""
        return self.where(frozenset(values).__contains__)


@dataclass(frozen=True, slots=True)
class Columns:
    """Some columns of all reports of a record, in the order of their numbers."""

    numbers: Ints
    held: Mapping[str, Column]

    def __getitem__(self, name: str) -> Column:
        return self.held[name]

    def __len__(self) -> int:
        return len(self.numbers)


def columns(connection: Connection, names: Iterable[str]) -> Columns:
    """The columns of these names (see `store/counted.py`) of all reports."""
    wanted = list(dict.fromkeys(names))
    numbers: dict[str, dict[Any, int]] = {name: {} for name in wanted}
    codes: dict[str, list[Ints]] = {name: [] for name in wanted}
    rows: dict[str, list[Ints]] = {name: [] for name in wanted}
    found: list[Ints] = []
    before = 0
    for first, piece in pieces(connection, wanted):
        found.append(_read(piece[NUMBER].codes, 2) + first)
        for name in wanted:
            codes[name].append(_codes(piece, name, numbers[name]))
            rows[name].append(_read(piece[name].rows, 2) + before)
        before += len(found[-1])
    held = {
        name: Column(list(numbers[name]), _joined(codes[name]), _joined(rows[name]) if name in PAIRS else None)
        for name in wanted
    }
    return Columns(_joined(found), held)


def _codes(piece: Piece, name: str, numbers: dict[Any, int]) -> Ints:
    """The codes of a column by the numbers that its values have in all pieces."""
    packed = piece[name]
    values = [tuple(value) for value in packed.values] if name in PAIRS else packed.values
    place = np.array([numbers.setdefault(value, len(numbers)) for value in values], dtype=np.int64)
    codes = _read(packed.codes, 4 if name in PAIRS else 2)
    return place[codes] if len(codes) else codes


def _read(data: bytes, width: int) -> Ints:
    return np.frombuffer(data, dtype=f"<u{width}").astype(np.int64)


def _joined(parts: Sequence[Ints]) -> Ints:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)


def needed(filter: Filter) -> set[str]:
    """The names of the columns that a filter asks for."""
    asked = {
        "sub_event_type": filter.types, "place": filter.places, "governorate": filter.governorates,
        "modality": filter.modalities, "country": filter.country, "pcode": filter.pcode, "end": filter.start,
        "start": filter.end, "lat": filter.box or filter.area, "lon": filter.box or filter.area,
        "killed_low": filter.min_killed is not None, "background": filter.background is not None,
        "known": filter.as_of or filter.held_back, "article": filter.outlets or filter.words,
        ACTORS: filter.actors or filter.camps, SOURCES: filter.sources,
    }  # fmt: skip
    return {"superseded", *(name for name, wanted in asked.items() if wanted)}


def fitting(connection: Connection, filter: Filter, held: Columns) -> Bools:
    """Which reports fit a filter, as `conditions` tells in SQL; QueryError when it asks what it cannot be asked for."""
    found = _counting(filter, held)
    for name, values in (
        ("sub_event_type", filter.types),
        ("place", filter.places),
        ("governorate", filter.governorates),
        ("modality", filter.modalities),
        ("country", (filter.country.upper(),) if filter.country else ()),
    ):
        if values:
            found &= held[name].among(values)
    if filter.background is not None:
        found &= held["background"].among((filter.background,))
    if filter.pcode:
        begin = filter.pcode
        found &= held["pcode"].where(lambda code: code is not None and code.startswith(begin))
    if filter.min_killed is not None:
        least = filter.min_killed
        found &= held["killed_low"].where(lambda low: low is not None and low >= least)
    if filter.box or filter.area:
        found &= _within(filter, held)
    return _told(connection, filter, held, found)


def _counting(filter: Filter, held: Columns) -> Bools:
    """Those that counted on the day asked for, were known, and may lie on the days asked for."""
    if filter.as_of is None:
        found = held["superseded"].among((None,))
    else:
        day = filter.as_of.isoformat()
        found = held["superseded"].where(lambda since: since is None or since > day)
    for known in (filter.as_of, filter.held_back):
        if known is not None:
            found &= _until(held["known"], known.isoformat())
    if filter.end:
        found &= _until(held["start"], filter.end.isoformat())
    if filter.start:
        first = filter.start.isoformat()
        found &= held["end"].where(lambda end: end is not None and end >= first)
    return found


def _until(column: Column, day: str) -> Bools:
    return column.where(lambda value: value is not None and value <= day)


def _within(filter: Filter, held: Columns) -> Bools:
    """Which points lie in the box and in the area; each point is looked at once."""
    lat, lon = held["lat"], held["lon"]
    width = max(1, len(lon.values))
    points, place = np.unique(lat.codes * width + lon.codes, return_inverse=True)
    fits = [
        _lies(filter, lat.values[point // width], lon.values[point % width])
        for point in points.astype(np.int64).tolist()
    ]
    return np.array(fits or [False], dtype=np.bool_)[place]


def _lies(filter: Filter, lat: float | None, lon: float | None) -> bool:
    if lat is None or lon is None:
        return False
    return (filter.box is None or filter.box.holds(lat, lon)) and (filter.area is None or filter.area.holds(lat, lon))


def _told(connection: Connection, filter: Filter, held: Columns, found: Bools) -> Bools:
    """Those of the found whose actors, sources, articles and incidents fit."""
    if filter.actors or filter.camps:
        camps = camps_of(connection) if filter.camps else {}
        some, sides, roles = frozenset(filter.actors), frozenset(filter.camps), frozenset(filter.roles)
        found &= _any(
            held,
            ACTORS,
            lambda pair: (pair[0] in some or camps.get(pair[0]) in sides) and (not roles or pair[1] in roles),
        )
    if filter.sources:
        quoted = frozenset(filter.sources)
        found &= _any(held, SOURCES, lambda pair: pair[0] in quoted)
    if filter.outlets:
        found &= held["article"].among(
            connection.scalars(select(articles.c.number).where(articles.c.outlet.in_(filter.outlets)))
        )
    if filter.words:
        found &= held["article"].among(connection.scalars(matching_articles(connection, filter.words)))
    if filter.incident:
        found &= _numbered(
            held, connection.scalars(select(reports.c.number).where(reports.c.incident == filter.incident))
        )
    if filter.grades:
        graded = select(reports.c.number).join(incidents, incidents.c.id == reports.c.incident)
        found &= _numbered(held, connection.scalars(graded.where(incidents.c.grade.in_(filter.grades))))
    return found


def _any(held: Columns, name: str, fits: Callable[[Any], bool]) -> Bools:
    """Which reports have a value that fits among those of such a column."""
    pairs = held[name]
    found = np.zeros(len(held), dtype=np.bool_)
    found[pairs.owners[pairs.where(fits)]] = True
    return found


def _numbered(held: Columns, numbers: Iterable[int]) -> Bools:
    found: Bools = np.isin(held.numbers, np.fromiter(numbers, dtype=np.int64))
    return found


def camps_of(connection: Connection) -> dict[str, str]:
    """The camp of each actor of the record."""
    return {row.id: row.camp for row in connection.execute(select(actors.c.id, actors.c.camp))}
