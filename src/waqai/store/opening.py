"""Opening a record: a file of SQLite, or a `postgresql://` address."""

import importlib.util
import shlex
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, exc, inspect, make_url, text

from waqai.store.apart import SERVERS
from waqai.store.failures import StoreError, failures_of, is_locked
from waqai.store.word_index import create_word_index

__all__ = ["Store", "StoreError", "open_store"]

HEAD = "0008"
"""The version of the tables that this program reads and writes: the newest file in `store/migrations/versions`."""
Say = Callable[[str], None]

_PATIENCE = 600  # tries to begin to write, each of _BUSY
_BUSY = 1000  # milliseconds
_TRIES, _MOMENT = 100, 0.1  # seconds between tries
_LOCK = 0x77617161_6901  # PostgreSQL: the number under which the one writer is known
_PRAGMAS = (
    f"PRAGMA busy_timeout={_BUSY}",
    "PRAGMA foreign_keys=ON",
    "PRAGMA synchronous=FULL",
    "PRAGMA cache_size=-131072",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA journal_size_limit=67108864",
    "PRAGMA trusted_schema=OFF",
)


def _say_nothing(_: str) -> None:
    """What a caller without a place for messages gives."""


class Store:
    """An open record. Reads see one state of it; there is one writer at a time."""

    def __init__(self, engine: Engine, name: str, say: Say = _say_nothing) -> None:
        self.engine, self.name, self.say = engine, name, say

    @property
    def dialect(self) -> str:
        """ "sqlite" or "postgresql"."""
        return self.engine.dialect.name

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees the record as it is now and does not change while it is used.

        Raises StoreError when the database fails, now or while it is used.
        """
        with failures_of(self.name), self.engine.connect() as connection:
            if self.dialect == "postgresql":
                connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with connection.begin():
                connection.exec_driver_sql("SELECT 1 FROM facts LIMIT 1")  # from here on it sees one state
                yield connection

    @contextmanager
    def write(self, patience: int = _PATIENCE) -> Iterator[Connection]:
        """A connection that alone may write; all of it is kept at the end, nothing when anything is raised.

        Waits for another writer, and says so once. Raises StoreError when it waited `patience` seconds (ten minutes), or the
        database fails.
        """
        with failures_of(self.name), self.engine.connect() as connection:
            writing = connection.execution_options(waqai_write=True)
            transaction = self._begun(writing, patience)
            with transaction:
                yield writing

    def _begun(self, connection: Connection, patience: int) -> Any:
        for attempt in range(patience):
            try:
                transaction = connection.begin()
                if self.dialect != "postgresql" or self._alone(connection, patience if attempt else 0):
                    return transaction
                transaction.rollback()
            except exc.OperationalError as error:
                if not is_locked(error):
                    raise
            if attempt == 0:
                self.say(f"another program is writing to {self.name}; waiting for it")
        waited = "ten minutes" if patience == _PATIENCE else f"{patience} seconds"
        raise StoreError(f"another program has been writing to {self.name} for {waited}; try again when it has ended")

    def _alone(self, connection: Connection, patience: int) -> bool:
        """Whether the lock was had, on a server: at once, or after waiting for it so many seconds."""
        if not patience:
            return bool(connection.scalar(text("SELECT pg_try_advisory_xact_lock(:number)"), {"number": _LOCK}))
        if patience < _PATIENCE:
            connection.execute(text(f"SET LOCAL lock_timeout = '{int(patience)}s'"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})
        return True

    def close(self) -> None:
        """Let the record go."""
        self.engine.dispose()


def open_store(address: str, *, create: bool = False, say: Say = _say_nothing, connections: int = 5) -> Store:
    """The record at `address`, a path or a `postgresql://` address; made when it is not there and `create` says so.

    A record of an older version is brought up to this one. `say` is told in one line what has to be waited for;
    so many `connections` stay open.
    Raises StoreError when it is not there, is no record, or comes from a newer version.
    """
    url, name = _url(address)
    if url.get_backend_name() == "sqlite":
        _check_file(address, create)
    with failures_of(name):
        engine = create_engine(url, pool_size=connections)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    store = Store(engine, name, say)
    try:
        _check_version(store, create)
    except BaseException:
        store.close()
        raise
    return store


def _url(address: str) -> tuple[URL, str]:
    """The address as SQLAlchemy wants it, and as messages show it: without a password."""
    if not address.startswith(SERVERS):
        return URL.create("sqlite", database=address), repr(address)
    try:
        url = make_url(address)
    except (exc.ArgumentError, ValueError):
        raise StoreError("this is no address of a database: postgresql://USER:PASSWORD@HOST:PORT/NAME") from None
    if importlib.util.find_spec("psycopg") is None:
        raise StoreError("PostgreSQL needs one more package: pip install 'waqai[postgresql]'")
    return url.set(drivername="postgresql+psycopg"), repr(url.set(password=None, query={}).render_as_string())


def _check_file(address: str, create: bool) -> None:
    path = Path(address)
    if "\0" in address or not address or "://" in address:
        raise StoreError(f"{address!r} is neither a file nor a postgresql:// address")
    if path.is_dir():
        raise StoreError(f"{address!r} is a folder; a record is a file")
    if not create and not path.is_file():
        typed = shlex.quote(address) if address.isprintable() else repr(address)
        raise StoreError(f"there is no record {address!r}; `waqai build INPUT --db {typed}` makes one")


def _check_version(store: Store, create: bool) -> None:
    with failures_of(store.name), store.engine.connect() as connection:
        tables = set(inspect(connection).get_table_names())
        version = connection.scalar(text("SELECT version_num FROM alembic_version")) if _ours(tables) else None
    if version == HEAD:
        return
    if version is None:
        if any(table for table in tables if table not in ("spatial_ref_sys",)):
            raise StoreError(f"{store.name} is no record of waqai, and holds other tables: choose another one")
        if not create:
            raise StoreError(f"{store.name} holds no record yet; `waqai build INPUT --db ...` makes one")
        _create(store)
    elif version > HEAD:
        raise StoreError(f"{store.name} was written by a newer version of waqai ({version}): install that one")
    else:
        from waqai.store.upgrading import upgrade

        upgrade(store)


def _ours(tables: set[str]) -> bool:
    return {"alembic_version", "articles", "facts"} <= tables


def _create(store: Store) -> None:
    """All tables in one transaction: a record is there whole or not at all."""
    from waqai.store.schema import METADATA, facts

    if store.dialect == "sqlite":
        _write_ahead(store)
    with store.write() as connection:
        if _ours(set(inspect(connection).get_table_names())):
            return  # another build made it while this one waited
        METADATA.create_all(connection)
        create_word_index(connection)
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})
        connection.execute(facts.insert(), [{"name": "made by", "value": _version()}])


def _write_ahead(store: Store) -> None:
    """Let readers and the writer work at once. The file remembers it, so it is said before anything stands in it."""
    with failures_of(store.name):
        connection = store.engine.raw_connection()
        try:
            for last in (*[False] * _TRIES, True):
                try:
                    connection.cursor().execute("PRAGMA journal_mode=WAL")
                    return
                except sqlite3.Error as error:  # SQLite itself does not wait here
                    failed = exc.OperationalError("", None, error)
                    if last or not is_locked(failed):
                        raise failed from error
                    time.sleep(_MOMENT)
        finally:
            connection.close()


def _version() -> str:
    from importlib.metadata import version

    return f"waqai {version('waqai')}"


def _prepare(connection: Any, _: object) -> None:
    connection.isolation_level = None  # transactions are begun below, not by the driver
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("waqai_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
