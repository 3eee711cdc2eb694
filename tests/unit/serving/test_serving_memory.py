"""What a server remembers of the record is what stands there."""

import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import Connection, StaticPool, Table, create_engine, text

from waqai.queries.columns import Column
from waqai.serving import memory
from waqai.serving.memory import Columns, Pieces, SeenPieces
from waqai.store.counted import Packed, Piece
from waqai.store.schema import counted


def test_a_column_is_made_again_when_a_byte_of_it_is_another() -> None:
    columns = Columns()
    made: list[Column] = []

    def make() -> Column:
        made.append(Column((), np.zeros(0, dtype=np.int64)))
        return made[-1]

    def asked(codes: bytes, size: int = 1, name: str = "place") -> Column:
        return columns(("reports", name), [(size, Packed('["p1"]', codes))], make)

    first = asked(b"00")
    assert asked(b"00") is first and made == [first]
    assert asked(b"00", name="start") is made[1]
    assert asked(b"01") is made[2]
    assert asked(b"01", size=2) is made[3]
    assert asked(b"00") is made[4]


def piece(value: str) -> Piece:
    return {"place": Packed(f'["{value}"]', b"00")}


def making(pieces: Pieces, found: Piece) -> tuple[threading.Thread, Callable[[], None]]:
    """Somebody who has begun to make a piece, and what lets her end."""
    began, end = threading.Event(), threading.Event()

    def make() -> Piece:
        began.set()
        assert end.wait(30)
        return found

    thread = threading.Thread(target=pieces, args=(1, make))
    thread.start()
    assert began.wait(30)
    return thread, end.set


def never() -> Piece:
    raise AssertionError("made twice")


def test_whoever_asks_while_an_old_piece_is_made_again_is_given_the_old_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_OLD", -1.0)  # old at once
    pieces, old, new = Pieces(), piece("old"), piece("new")
    assert pieces(1, lambda: old) is old
    thread, end = making(pieces, new)
    assert pieces(1, never) is old
    end()
    thread.join(30)
    assert pieces._made[1][1] is new


def test_a_piece_that_was_never_made_is_waited_for() -> None:
    pieces, new = Pieces(), piece("new")
    thread, end = making(pieces, new)
    got: list[Piece] = []
    waiting = threading.Thread(target=lambda: got.append(pieces(1, never)))
    waiting.start()
    assert got == []
    end()
    thread.join(30)
    waiting.join(30)
    assert got == [new] and pieces(1, never) is new


def test_a_piece_that_could_not_be_made_is_made_by_the_next() -> None:
    pieces, new = Pieces(), piece("new")
    with pytest.raises(AssertionError, match="made twice"):
        pieces(1, never)
    assert pieces(1, lambda: new) is new


def test_a_connection_reads_pieces_again_only_when_the_record_was_written_to(tmp_path: Path) -> None:
    engine, other = (create_engine(f"sqlite:///{tmp_path / 'record.db'}", poolclass=StaticPool) for _ in range(2))
    asked: list[tuple[str, ...]] = []

    def read(connection: Connection, table: Table, names: Sequence[str]) -> Mapping[int, Piece]:
        asked.append(tuple(names))
        number = connection.execute(text("SELECT n FROM t")).scalar_one()
        return {0: {name: Packed(f'["{name}"]', bytes(number)) for name in names}}

    with other.begin() as writing:
        writing.execute(text("CREATE TABLE t AS SELECT 1 AS n"))
    seen = SeenPieces()
    with engine.connect() as connection:
        first = seen(connection, counted, ("place", "start"), read)
        assert seen(connection, counted, ("place",), read)[0]["place"] is first[0]["place"]
        assert seen(connection, counted, ("place", "end"), read)[0].keys() == {"place", "end"}
        assert asked == [("place", "start"), ("end",)]
        connection.rollback()
        with other.begin() as writing:
            writing.execute(text("UPDATE t SET n = 2"))
        assert seen(connection, counted, ("place",), read)[0]["place"].codes == b"\0\0"
        assert asked[2:] == [("place",)]
    with other.connect() as connection:
        assert seen(connection, counted, ("start",), read)[0]["start"] == Packed('["start"]', b"\0\0")
    for one in (engine, other):
        one.dispose()
