"""One build at a time: a build holds a lock that the system takes away when its process ends, however it ends."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from sqlalchemy import text

from waqai.store.failures import StoreError, failures_of
from waqai.store.opening import Store

_NUMBER = 0x77617161_6902  # PostgreSQL: the number under which the one build is known


@contextmanager
def alone(store: Store, say: Callable[[str], None]) -> Iterator[None]:
    """Within, no other build writes to this record. Waits for one that does, and says so in one line.

    Raises StoreError when the lock cannot be had at all.
    """
    waiting = f"another build is writing to {store.name}; waiting for it to end"
    if store.dialect == "sqlite":
        with _file_lock(f"{store.engine.url.database}-build", lambda: say(waiting)):
            yield
        return
    with failures_of(store.name), store.engine.connect() as connection:
        held = connection.execution_options(isolation_level="AUTOCOMMIT")
        if not held.scalar(text("SELECT pg_try_advisory_lock(:number)"), {"number": _NUMBER}):
            say(waiting)
            held.execute(text("SELECT pg_advisory_lock(:number)"), {"number": _NUMBER})
        try:
            yield
        finally:
            with suppress(Exception):  # a server that went away has let go of it
                held.execute(text("SELECT pg_advisory_unlock(:number)"), {"number": _NUMBER})


@contextmanager
def _file_lock(path: str, waits: Callable[[], None]) -> Iterator[None]:
    """Hold the lock on a file that is there only meanwhile."""
    said = False
    while True:
        try:
            number = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise StoreError(f"{path!r} cannot be written: {error.strerror}") from error
        try:
            if not _lock(number, wait=said):
                waits()
                said = True
                _lock(number, wait=True)
            if _is(number, path):
                yield
                with suppress(OSError):
                    os.unlink(path)  # while it is locked: who waits for it finds it gone, and makes a new one
                return
        finally:
            os.close(number)


def _is(number: int, path: str) -> bool:
    """Whether the open file is still the one at this path."""
    try:
        there, own = os.stat(path), os.fstat(number)
    except OSError:
        return False
    return (there.st_dev, there.st_ino) == (own.st_dev, own.st_ino)


if sys.platform == "win32":

    def _lock(number: int, *, wait: bool) -> bool:
        import msvcrt

        while True:
            try:
                msvcrt.locking(number, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
            except OSError:
                if not wait:
                    return False
            else:
                return True

else:

    def _lock(number: int, *, wait: bool) -> bool:
        import fcntl

        try:
            fcntl.flock(number, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
