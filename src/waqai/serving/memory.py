"""Answers kept while the record stays as it is: the first view of everybody is asked for again and again."""

import threading
import time
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, PoolProxiedConnection, Table

from waqai.queries.columns import Column, Part
from waqai.store.counted import Packed, Piece, Read
from waqai.store.opening import Store

_OLD = 10.0  # seconds
_TOO_OLD = 60.0  # seconds after which nobody is given an old piece
_MOST = 200
_OWN = "what this connection has read, and of which state of the record"
_LARGEST = 40_000_000  # bytes of all answers


class Memory:
    """The latest answers, by what was asked. They hold until anybody writes to the record (SQLite tells); PostgreSQL does
    not tell, so nothing is kept there."""

    def __init__(self, store: Store, told: "Told | None" = None) -> None:
        self._lock = threading.Lock()
        self._told = told or Told()
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0
        self._seen: int | None = None
        self._watching: PoolProxiedConnection | None = None
        if store.dialect == "sqlite":
            self._watching = store.engine.raw_connection()
            self._watching.detach()

    def answer(self, key: str, make: Callable[[], bytes]) -> bytes:
        """The answer to what `key` names: kept, or made now.

        What was made of a state of the record that is past, or of pieces that are behind it, is not kept.
        """
        with self._lock:
            now = self._version()
            if now is not None and key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        before = now if self._told.state is None else self._told.state
        earlier, self._told.behind = self._told.behind, False
        try:
            found = make()
            with self._lock:
                if before is not None and before == self._version() and not self._told.behind:
                    self._keep(key, found)
        finally:
            self._told.behind = self._told.behind or earlier
        return found

    @contextmanager
    def reading(self) -> Iterator[None]:
        """While a connection of this thread sees one state of the record: an answer made of it is one of that state."""
        earlier = self._told.state
        with self._lock:
            self._told.state = self._version()
        try:
            yield
        finally:
            self._told.state = earlier

    def _version(self) -> int | None:
        """The state of the record; what was kept of another one is let go."""
        if self._watching is None:
            return None
        cursor: Any = self._watching.cursor()
        version: int = cursor.execute("PRAGMA data_version").fetchone()[0]
        cursor.close()
        if version != self._seen:
            self._kept.clear()
            self._seen, self._size = version, 0
        return version

    def _keep(self, key: str, found: bytes) -> None:
        self._size += len(found) - len(self._kept.pop(key, b""))
        self._kept[key] = found
        while self._kept and (len(self._kept) > _MOST or self._size > _LARGEST):
            _, old = self._kept.popitem(last=False)
            self._size -= len(old)

    def close(self) -> None:
        """Let the record go."""
        with self._lock:
            if self._watching is not None:
                self._watching.close()
                self._watching = None


class Told(threading.local):
    """What a thread knows of the answer that it is making: of which state of the record, and whether of pieces behind it."""

    state: int | None = None
    behind: bool = False


class Pieces:
    """Pieces of what is counted that the record does not hold while a build writes: made once for all who ask, and again
    when they are old; whoever asks while that is done is given the old one. Counts may be behind the record by that time."""

    def __init__(self, told: Told | None = None) -> None:
        self._lock = threading.Lock()
        self._told = told or Told()
        self._making: dict[int, threading.Lock] = {}
        self._made: dict[int, tuple[float, Piece]] = {}

    def __call__(self, number: int, make: Callable[[], Piece]) -> Piece:
        """The piece of this number; where there is none yet, whoever asks while another one makes it waits for that one."""
        with self._lock:
            making = self._making.setdefault(number, threading.Lock())
            held = self._made.get(number)
        now = time.monotonic()
        if held is not None and now < held[0] + _TOO_OLD and (now < held[0] or not making.acquire(blocking=False)):
            self._told.behind = True
            return held[1]
        if held is None or now >= held[0] + _TOO_OLD:
            making.acquire()
        try:
            return self._fresh(number, make)
        finally:
            making.release()

    def _fresh(self, number: int, make: Callable[[], Piece]) -> Piece:
        held, began = self._made.get(number), time.monotonic()
        if held is not None and began < held[0]:  # another one made it meanwhile
            self._told.behind = True
            return held[1]
        found = make()
        now = time.monotonic()
        self._made[number] = now + max(_OLD, 10 * (now - began)), found
        return found


class SeenPieces:
    """The pieces that connections to a file have read: each reads one again only when somebody has written to the record since
    (SQLite tells each connection of its own), and what did not change is one object for all of them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._one: dict[tuple[str, int, str], Packed] = {}

    def __call__(
        self, connection: Connection, table: Table, names: Sequence[str], read: Read
    ) -> Mapping[int, Mapping[str, Packed]]:
        version = connection.exec_driver_sql("PRAGMA data_version").scalar_one()
        last, own = connection.info.get(_OWN, (None, {}))
        if last != version:
            own = {}
            connection.info[_OWN] = version, own
        lacking = [name for name in names if (table.name, name) not in own]
        if lacking:
            found = read(connection, table, lacking)
            for name in lacking:
                own[table.name, name] = {
                    piece: self._shared((table.name, piece, name), columns[name])
                    for piece, columns in found.items()
                    if name in columns
                }
        together: dict[int, dict[str, Packed]] = defaultdict(dict)
        for name in names:
            for piece, one in own[table.name, name].items():
                together[piece][name] = one
        return together

    def _shared(self, key: tuple[str, int, str], one: Packed) -> Packed:
        with self._lock:
            held = self._one.get(key)
            if held != one:
                self._one[key] = held = one
            return held


class Columns:
    """Columns as they were read last, one of each name. What stands in the record is read whenever it is asked for, and only
    where it is the same to the byte the column that was made of it is given again: it is never behind the record."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[tuple[str, str], tuple[Sequence[Part], Column]] = {}

    def __call__(self, name: tuple[str, str], parts: Sequence[Part], make: Callable[[], Column]) -> Column:
        with self._lock:
            held = self._kept.get(name)
        if held is not None and held[0] == parts:
            return held[1]
        found = make()
        with self._lock:
            self._kept[name] = parts, found
        return found
