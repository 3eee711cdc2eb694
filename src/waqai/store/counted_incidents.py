"""Columns of what is counted, beside the incidents, as `store/counted.py` has them of reports.

A row of an incident is long: to count or to draw all of them by their rows is to read hundreds of megabytes. A piece holds the
incidents whose ids lead to its number, so that what is written anew touches few of them; it is taken away in the transaction
that changes one of them, and made again when incidents are derived. One that is not there is made from the rows by whoever asks.
"""

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, delete, select

from waqai.store.counted import ACTORS, REMEMBERED, SOURCES, Packed, Piece, Remembered, coded, packed, read_once
from waqai.store.schema import counted_incidents as kept
from waqai.store.schema import incident_actors, incident_sources, incidents
from waqai.store.statements import chunks, insert_rows

PIECES = 16
ID = "id"
PLAIN = (
    ID, "place", "country", "governorate", "pcode", "lat", "lon", "event_type", "sub_event_type", "modality", "background",
    "start", "end", "known", "killed_low", "killed_best", "killed_high", "injured_low", "injured_best", "injured_high",
    "grade", "voices", "disputed", "place_precision",
)  # fmt: skip
"""The columns that an incident has one value of, by their names in `incidents`."""
PAIRS: Mapping[str, tuple[Table, tuple[str, ...]]] = {
    ACTORS: (incident_actors, ("actor", "role")),
    SOURCES: (incident_sources, ("source",)),
}
NAMES = (*PLAIN, *PAIRS)
_CHUNK = 5000


def piece_of(id: str) -> int:
    """The number of the piece in which an incident stands."""
    return zlib.crc32(id.encode()) % PIECES


def pieces(connection: Connection, names: Iterable[str]) -> Iterator[Piece]:
    """The pieces in their order, each with the ids of its incidents in order and with the columns of these names."""
    held = read_once(connection, kept, tuple(dict.fromkeys((ID, *names))))
    remembered: Remembered | None = connection.info.get(REMEMBERED)
    make = _making(connection)
    for piece in range(PIECES):
        if piece in held:
            yield held[piece]
        elif remembered is None:
            yield make(piece)
        else:
            yield remembered(-1 - piece, lambda piece=piece: make(piece))  # type: ignore[misc]


def _making(connection: Connection) -> Callable[[int], Piece]:
    """What makes pieces from the rows; the ids are read once for all of them."""
    ids: dict[int, list[str]] = {}

    def make(piece: int) -> Piece:
        if not ids:
            ids.update({number: [] for number in range(PIECES)})
            for id in sorted(connection.scalars(select(incidents.c.id))):
                ids[piece_of(id)].append(id)
        return made(connection, ids[piece])

    return make


def made(connection: Connection, ids: Sequence[str]) -> Piece:
    """The columns of the incidents with these ids, in this order, from their rows."""
    columns = [incidents.c[name] for name in PLAIN]
    place = {id: at for at, id in enumerate(ids)}
    rows: list[Any] = []
    for some in chunks(ids, _CHUNK):
        rows += connection.execute(select(*columns).where(incidents.c.id.in_(some))).all()
    rows.sort(key=lambda row: place[row[0]])
    values = zip(*rows, strict=True) if rows else ((),) * len(PLAIN)
    found = {name: packed(column, "I") for name, column in zip(PLAIN, values, strict=True)}
    return found | {name: _pairs(connection, name, ids, place) for name in PAIRS}


def _pairs(connection: Connection, name: str, ids: Sequence[str], place: Mapping[str, int]) -> Packed:
    table, names = PAIRS[name]
    asked = select(table.c.incident, *(table.c[value] for value in names))
    found: list[tuple[int, tuple[str, ...]]] = []
    for some in chunks(ids, _CHUNK):
        rows = connection.execute(asked.where(table.c.incident.in_(some)))
        found += [(place[incident], tuple(value)) for incident, *value in rows]
    found.sort()
    one = packed([value for _, value in found], "I")
    return Packed(one.names, one.codes, coded([at for at, _ in found], "I"))


def forget(connection: Connection, ids: Iterable[str]) -> None:
    """Take the pieces away in which these incidents stand."""
    numbers = sorted({piece_of(id) for id in ids})
    if numbers:
        connection.execute(delete(kept).where(kept.c.piece.in_(numbers)))


def missing(connection: Connection) -> list[int]:
    """The pieces that are not there."""
    there = set(connection.scalars(select(kept.c.piece).where(kept.c.name == ID)))
    return [piece for piece in range(PIECES) if piece not in there]


def keep_missing(connection: Connection) -> int:
    """Put the pieces into the record that are not there; how many."""
    gone = missing(connection)
    make = _making(connection)
    for piece in gone:
        rows = [
            {"piece": piece, "name": name, "names": one.names, "codes": one.codes, "rows": one.rows}
            for name, one in make(piece).items()
        ]
        insert_rows(connection, kept, rows)
    return len(gone)
