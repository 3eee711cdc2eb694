"""Columns of what is counted, beside the reports: narrow, in pieces, each with its own list of values.

Counting half a million reports by their rows takes seconds, since the rows are long and those whom they name stand in tables
of their own. The same columns as numbers of two bytes are read in milliseconds. A piece holds the reports of 32,768 numbers
and is a function of their rows: it is taken away in the transaction that changes one of them, and made again when the writer
has ended. A piece that is not there is made from the rows by whoever asks, so an answer never depends on it.
"""

import sys
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import orjson
from sqlalchemy import Connection, Select, Table, delete, func, select

from waqai.store.schema import counted, report_actors, report_sources, reports
from waqai.store.statements import chunks, insert_rows

PIECE = 32_768
"""Numbers of reports in one piece: so few that a code of two bytes tells all values apart."""
NUMBER = "number"
ACTORS, SOURCES = "actors", "sources"
PLAIN = (
    "article", "place", "country", "governorate", "pcode", "lat", "lon", "event_type", "sub_event_type", "modality",
    "background", "start", "end", "known", "superseded", "killed_low", "killed_high", "injured_low", "injured_high",
)  # fmt: skip
"""The columns that a report has one value of, by their names in `reports`."""
PAIRS = {ACTORS: (report_actors, "actor", "role"), SOURCES: (report_sources, "source", "stance")}
NAMES = (NUMBER, *PLAIN, *PAIRS)
_CHUNK = 5000


@dataclass(frozen=True, slots=True)
class Packed:
    """A column of one piece. `names` are its values, a list in JSON, and `codes` numbers of two bytes, the lower first: the
    place among them of the value of each report, in the order of their numbers. The codes of "number" are what a number is
    above the first of the piece.

    Of actors and sources there may be several or none: their codes have four bytes, and `rows` says (in two) by their places
    in that order to which reports they belong, those of one report by value. Of incidents all have four."""

    names: str
    codes: bytes
    rows: bytes = b""

    @property
    def values(self) -> list[Any]:
        """The values that the codes stand for; of actors and sources lists of what tells them."""
        found: list[Any] = orjson.loads(self.names)
        return found


Piece = Mapping[str, Packed]
Remembered = Callable[[int, Callable[[], Piece]], Piece]
REMEMBERED = "pieces that are not there"
"""The name under which a connection's `info` may hold what makes a missing piece, or gives one that it made before: a server
that is asked much while a build writes does not make it anew for everybody."""

Read = Callable[[Connection, Table, Sequence[str]], Mapping[int, Piece]]
Seen = Callable[[Connection, Table, Sequence[str], Read], Mapping[int, Piece]]
SEEN = "pieces that were read"
"""The name under which a connection's `info` may hold what remembers the pieces that it has read: a server reads them for
each answer, and they are megabytes."""


def pieces(connection: Connection, names: Iterable[str], current: bool = False) -> Iterator[tuple[int, Piece]]:
    """The pieces of the record in their order, each with its first number, its numbers and the columns of these names; when
    `current`, none that was made before the record was as it is."""
    wanted = tuple(dict.fromkeys((NUMBER, *names)))
    last = connection.scalar(select(func.max(reports.c.number)))
    kept = read_once(connection, counted, wanted)
    for piece in range(0 if last is None else last // PIECE + 1):
        if piece in kept:
            yield piece * PIECE, kept[piece]
        else:
            remembered: Remembered | None = None if current else connection.info.get(REMEMBERED)
            yield (
                piece * PIECE,
                made(connection, piece, wanted)
                if remembered is None
                else remembered(
                    piece,
                    lambda piece=piece: made(connection, piece, NAMES),  # type: ignore[misc]
                ),
            )


def read_once(connection: Connection, table: Table, names: Sequence[str]) -> Mapping[int, Piece]:
    """The columns of these names of all pieces that a table of pieces holds, by their numbers; where the connection has what
    remembers them, only what it has not read since the record was written to is read."""
    seen: Seen | None = connection.info.get(SEEN)
    return _read(connection, table, names) if seen is None else seen(connection, table, names, _read)


def _read(connection: Connection, table: Table, names: Sequence[str]) -> Mapping[int, Piece]:
    asked = select(*(table.c[name] for name in ("piece", "name", "names", "codes", "rows")))
    found: dict[int, dict[str, Packed]] = defaultdict(dict)
    for row in connection.execute(asked.where(table.c.name.in_(names))):
        found[row.piece][row.name] = Packed(row.names, row.codes, row.rows)
    return found


def made(connection: Connection, piece: int, names: Sequence[str]) -> Piece:
    """The columns of a piece, from its rows."""
    within = reports.c.number.between(piece * PIECE, (piece + 1) * PIECE - 1)
    plain = [name for name in names if name in PLAIN]
    asked = select(reports.c.number, *(reports.c[name] for name in plain)).where(within).order_by(reports.c.number)
    columns = list(zip(*connection.execute(asked).all(), strict=True)) or [()] * (len(plain) + 1)
    found = {NUMBER: Packed("[]", coded([number % PIECE for number in columns[0]]))}
    found |= {name: packed(values) for name, values in zip(plain, columns[1:], strict=True)}
    place = {number: at for at, number in enumerate(columns[0])}
    for name in (name for name in names if name in PAIRS):
        rows, values = [], []
        for number, *value in connection.execute(_pairs(name, piece)):
            rows.append(place[number])
            values.append(tuple(value))
        found[name] = replace(packed(values, "I"), rows=coded(rows))
    return found


def _pairs(name: str, piece: int) -> Select[Any]:
    table, *values = PAIRS[name]
    columns = [table.c.report, *(table.c[value] for value in values)]
    within = table.c.report.between(piece * PIECE, (piece + 1) * PIECE - 1)
    return select(*columns).where(within).order_by(*columns)


def packed(values: Iterable[Any], width: Literal["H", "I"] = "H") -> Packed:
    """Values (of two bytes, or "I" of four) as a column."""
    every = list(values)
    names = list(dict.fromkeys(every))
    numbers = dict(zip(names, range(len(names)), strict=True))
    return Packed(orjson.dumps(names).decode(), coded(list(map(numbers.__getitem__, every)), width))


def coded(numbers: Sequence[int], width: Literal["H", "I"] = "H") -> bytes:
    """Numbers as bytes, the lower first."""
    made = array(width, numbers)
    if sys.byteorder == "big":
        made.byteswap()
    return made.tobytes()


def keep(connection: Connection, piece: int) -> None:
    """Put a piece into the record as it is now."""
    forget(connection, [piece])
    rows = [
        {"piece": piece, "name": name, "names": one.names, "codes": one.codes, "rows": one.rows}
        for name, one in made(connection, piece, NAMES).items()
    ]
    insert_rows(connection, counted, rows)


def keep_full(connection: Connection, last: int) -> None:
    """Keep the pieces that the last so many reports have made full."""
    end = (connection.scalar(select(func.max(reports.c.number))) or 0) + 1
    for piece in range((end - last) // PIECE, end // PIECE):
        keep(connection, piece)


def missing(connection: Connection) -> list[int]:
    """The pieces that are not there."""
    last = connection.scalar(select(func.max(reports.c.number)))
    kept = _kept_pieces(connection)
    return [piece for piece in range(0 if last is None else last // PIECE + 1) if piece not in kept]


def _kept_pieces(connection: Connection) -> set[int]:
    return set(connection.scalars(select(counted.c.piece).where(counted.c.name == NUMBER)))


def forget(connection: Connection, found: Iterable[int]) -> None:
    """Take these pieces away: a report of theirs is another one now."""
    some = sorted(set(found))
    if some:
        connection.execute(delete(counted).where(counted.c.piece.in_(some)))


def forget_articles(connection: Connection, numbers: Sequence[int]) -> None:
    """Take the pieces away in which reports of the articles with these numbers stand."""
    for some in chunks(numbers, _CHUNK):
        asked = select(reports.c.number).where(reports.c.article.in_(some))
        forget(connection, {number // PIECE for number in connection.scalars(asked)})
