"""Answers kept while the record stays as it is: the first view of everybody is asked for again and again."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from sqlalchemy import PoolProxiedConnection

from waqai.store.opening import Store

_MOST = 200
_LARGEST = 40_000_000  # bytes of all answers


class Memory:
    """The latest answers, by what was asked. They hold until anybody writes to the record (SQLite tells); PostgreSQL does
    not tell, so nothing is kept there."""

    def __init__(self, store: Store) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0
        self._seen: int | None = None
        self._watching: PoolProxiedConnection | None = None
        if store.dialect == "sqlite":
            self._watching = store.engine.raw_connection()
            self._watching.detach()

    def answer(self, key: str, make: Callable[[], bytes]) -> bytes:
        """The answer to what `key` names: kept, or made now."""
        with self._lock:
            before = self._version()
            if before is not None and key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        found = make()
        with self._lock:
            if before is not None and before == self._version():
                self._keep(key, found)
        return found

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
