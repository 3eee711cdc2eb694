"""The reports and the incidents of a record as columns of numbers: what is counted over all of them is counted here, a
condition at a time.

A condition is asked of each value once, not of each report. What no column holds (words, grades, an incident) is asked of
the database, which answers with the numbers of reports or articles.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson
from sqlalchemy import Connection, Select, Text, cast, func, select

from waqai.queries.areas import Area, Box
from waqai.queries.conditions import Kind, incidents_of
from waqai.queries.filters import Filter
from waqai.queries.wording import matching_articles
from waqai.store.counted import ACTORS, NUMBER, PAIRS, SOURCES, Packed, missing, pieces
from waqai.store.counted_incidents import ID
from waqai.store.counted_incidents import missing as missing_incidents
from waqai.store.counted_incidents import pieces as incident_pieces
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
    """Some columns of all reports of a record, in the order of their numbers; or of all incidents, numbered from 0."""

    numbers: Ints
    held: Mapping[str, Column]
    kind: Kind = "reports"

    def __getitem__(self, name: str) -> Column:
        return self.held[name]

    def __len__(self) -> int:
        return len(self.numbers)


Part = tuple[int, Packed]
"""A part of a column as it stands in the record, with how many reports or incidents it is of (of their numbers: the first)."""
Decoded = Callable[[tuple[Kind, str], Sequence[Part], Callable[[], Column]], Column]
DECODED = "columns that were read"
"""The name under which a connection's `info` may hold what makes a column of what stands in the record, or gives the one that
it made of the same before."""


def columns(connection: Connection, names: Iterable[str], kind: Kind = "reports", current: bool = False) -> Columns:
    """The columns of these names (see `store/counted.py`) of all reports, or of all incidents.

    When `current`, those of reports are never behind the record, as counts may be while a build writes.
    """
    wanted = list(dict.fromkeys(names))
    decoded: Decoded = connection.info.get(DECODED, _anew)
    if kind == "reports":
        found = list(pieces(connection, wanted, current))
        parts, numbered = [piece for _, piece in found], [(first, piece[NUMBER]) for first, piece in found]
        numbers = decoded((kind, NUMBER), numbered, lambda: _numbers_of(numbered)).codes
        sizes = [len(one.codes) // 2 for _, one in numbered]
    else:
        parts = list(incident_pieces(connection, wanted))
        sizes = [len(piece[ID].codes) // 4 for piece in parts]
        numbers = np.arange(sum(sizes), dtype=np.int64)
    held = {}
    for name in wanted:
        packed = [(size, piece[name]) for size, piece in zip(sizes, parts, strict=True)]
        held[name] = decoded((kind, name), packed, lambda name=name, packed=packed: _column(packed, name, kind))  # type: ignore[misc]
    return Columns(numbers, held, kind)


def whole(connection: Connection, kind: Kind) -> bool:
    """Whether columns need not be made from rows, or nearly none of them: a piece at most."""
    return len(missing(connection) if kind == "reports" else missing_incidents(connection)) < 2


def _anew(_: tuple[Kind, str], __: Sequence[Part], make: Callable[[], Column]) -> Column:
    return make()


def _numbers_of(found: Sequence[Part]) -> Column:
    return Column((), _joined([_read(one.codes, 2).astype(np.int64) + first for first, one in found]))


def _column(found: Sequence[Part], name: str, kind: Kind) -> Column:
    """A column of its pieces, each with the number of its reports or incidents; values have the same number in all of them."""
    numbers: dict[Any, int] = {}
    codes, rows, before = [], [], 0
    wide, several = kind == "incidents", name in PAIRS
    for size, one in found:
        values = [tuple(value) for value in one.values] if several else one.values
        place = np.array([numbers.setdefault(value, len(numbers)) for value in values] or [0], dtype=np.int64)
        codes.append(place[_read(one.codes, 4 if several or wide else 2)])
        if several:
            rows.append(_read(one.rows, 4 if wide else 2).astype(np.int64) + before)
        before += size
    return Column(list(numbers), _joined(codes), _joined(rows) if several else None)


def _read(data: bytes, width: int) -> npt.NDArray[Any]:
    return np.frombuffer(data, dtype=f"<u{width}")


def _joined(parts: Sequence[Ints]) -> Ints:
    whole = np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)
    whole.setflags(write=False)  # others may be given the same
    return whole


def needed(filter: Filter, kind: Kind = "reports") -> set[str]:
    """The names of the columns that a filter asks for."""
    merged = kind == "incidents"
    asked = {
        "sub_event_type": filter.types, "place": filter.places, "governorate": filter.governorates,
        "modality": filter.modalities, "country": filter.country, "pcode": filter.pcode,
        "end": filter.start or filter.dated is not None, "start": filter.end or filter.dated is not None,
        "lat": filter.box or filter.area or filter.placed is not None, "lon": filter.box or filter.area,
        "killed_low": filter.min_killed is not None, "background": filter.background is not None,
        "known": filter.as_of or filter.held_back, "article": not merged and (filter.outlets or filter.words),
        ACTORS: filter.actors or filter.camps, SOURCES: filter.sources, "grade": merged and filter.grades,
        ID: merged and (filter.incident or filter.outlets or filter.words or filter.held_back),
    }  # fmt: skip
    return {*(() if merged else ("superseded",)), *(name for name, wanted in asked.items() if wanted)}


def fitting(connection: Connection, filter: Filter, held: Columns) -> Bools:
    """Which reports or incidents fit a filter, as `conditions` tells in SQL; QueryError when it asks what cannot be asked."""
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
    if filter.placed is not None:
        found &= held["lat"].where(lambda lat: (lat is not None) == filter.placed)
    if filter.dated is not None:
        told = held["start"].where(lambda day: day is not None) | held["end"].where(lambda day: day is not None)
        found &= told if filter.dated else ~told
    if filter.box:
        found &= within(filter.box, held)
    if filter.area:
        found &= _in_area(filter.area, held)
    return _told(connection, filter, held, found)


def _counting(filter: Filter, held: Columns) -> Bools:
    """Those that counted on the day asked for, were known, and may lie on the days asked for."""
    if held.kind == "incidents":
        found = np.ones(len(held), dtype=np.bool_)
    elif filter.as_of is None:
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


def within(box: Box, held: Columns) -> Bools:
    """Which points lie in a box."""
    lat = held["lat"].where(lambda lat: lat is not None and box.south <= lat <= box.north)
    return lat & held["lon"].where(lambda lon: lon is not None and box.west <= lon <= box.east)


def _in_area(area: Area, held: Columns) -> Bools:
    """Which points lie in the area; each point is looked at once."""
    lat, lon = held["lat"], held["lon"]
    width = max(1, len(lon.values))
    points, place = np.unique(lat.codes * width + lon.codes, return_inverse=True)
    fits = [_lies(area, lat.values[one // width], lon.values[one % width]) for one in points.tolist()]
    return np.array(fits or [False], dtype=np.bool_)[place]


def _lies(area: Area, lat: float | None, lon: float | None) -> bool:
    return lat is not None and lon is not None and area.holds(lat, lon)


def _told(connection: Connection, filter: Filter, held: Columns, found: Bools) -> Bools:
    """Those of the found whose actors, sources, articles and incidents fit."""
    if filter.actors or filter.camps:
        found &= _with_actors(connection, filter, held)
    if filter.sources:
        quoted = frozenset(filter.sources)
        found &= _any(held, SOURCES, lambda pair: pair[0] in quoted)
    return (_of_incidents if held.kind == "incidents" else _of_reports)(connection, filter, held, found)


def _with_actors(connection: Connection, filter: Filter, held: Columns) -> Bools:
    """Those with one of the actors and with one of the camps asked for, be it one actor or two, each in one of the roles."""
    roles, found = frozenset(filter.roles), np.ones(len(held), dtype=np.bool_)
    if filter.actors:
        some = frozenset(filter.actors)
        found &= _any(held, ACTORS, lambda pair: pair[0] in some and (not roles or pair[1] in roles))
    if filter.camps:
        camps, sides = camps_of(connection), frozenset(filter.camps)
        found &= _any(held, ACTORS, lambda pair: camps.get(pair[0]) in sides and (not roles or pair[1] in roles))
    return found


def _of_reports(connection: Connection, filter: Filter, held: Columns, found: Bools) -> Bools:
    if filter.outlets:
        found &= _of_articles(connection, held, select(articles.c.number).where(articles.c.outlet.in_(filter.outlets)))
    if filter.words:
        found &= _of_articles(connection, held, matching_articles(connection, filter.words))
    if filter.incident:
        found &= _numbered(
            held, connection.scalars(select(reports.c.number).where(reports.c.incident == filter.incident))
        )
    if filter.grades:
        graded = select(reports.c.number).join(incidents, incidents.c.id == reports.c.incident)
        found &= _numbered(held, connection.scalars(graded.where(incidents.c.grade.in_(filter.grades))))
    return found


def _of_articles(connection: Connection, held: Columns, asked: Select[Any]) -> Bools:
    """Which reports are of these articles (their numbers)."""
    number = cast(asked.subquery().c.number, Text)  # as one text: a row for each of 100,000 takes ten times as long
    joined = func.group_concat(number) if connection.dialect.name == "sqlite" else func.string_agg(number, ",")
    numbers = orjson.loads(f"[{connection.scalar(select(joined)) or ''}]")
    column = held["article"]
    among: Bools = np.isin(np.array(column.values or [-1], dtype=np.int64), np.array(numbers, dtype=np.int64))
    return among[column.codes]


def _of_incidents(connection: Connection, filter: Filter, held: Columns, found: Bools) -> Bools:
    if filter.grades:
        found &= held["grade"].among(filter.grades)
    if filter.incident:
        found &= held[ID].among((filter.incident,))
    of_article = select(articles.c.number)
    if filter.outlets:
        printed = of_article.where(articles.c.outlet.in_(filter.outlets))
        found &= held[ID].among(connection.scalars(incidents_of(connection, printed)).all())
    if filter.words:
        holding = matching_articles(connection, filter.words)
        found &= held[ID].among(connection.scalars(incidents_of(connection, holding)).all())
    if filter.held_back:
        young = of_article.where(articles.c.known > filter.held_back.isoformat())
        found &= ~held[ID].among(connection.scalars(incidents_of(connection, young)).all())
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
