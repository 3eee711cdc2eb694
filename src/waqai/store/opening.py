"""Opening a record: a file of SQLite, or a `postgresql://` address."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event

from waqai.store.schema import METADATA


class StoreError(Exception):
    """The record cannot be opened, read or written; one sentence a user can act on."""


class Store:
    """An open record. Reads see one state of it; there is one writer at a time."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @property
    def dialect(self) -> str:
        """ "sqlite" or "postgresql"."""
        return self.engine.dialect.name

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees the record as it is now and does not change while it is used."""
        with self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A connection that alone may write; all of it is kept at the end, nothing when anything is raised."""
        with self.engine.connect() as connection:
            if self.dialect == "sqlite":
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                with connection.begin():
                    yield connection
            else:
                with connection.begin():
                    yield connection

    def close(self) -> None:
        """Let the record go."""
        self.engine.dispose()


def open_store(address: str, *, create: bool = False) -> Store:
    """The record at `address`, a path or a `postgresql://` address; made when it is not there and `create` says so.

    Raises StoreError when it is not there, is no record, or comes from a newer version.
    """
    if not create and "://" not in address and not Path(address).is_file():
        raise StoreError(f"there is no record {address!r}; `waqai build INPUT --db {address}` makes one")
    engine = create_engine(address if "://" in address else f"sqlite:///{address}")
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
    if create:
        METADATA.create_all(engine)
    return Store(engine)


def _prepare(connection: object, _: object) -> None:
    connection.isolation_level = None  # type: ignore[attr-defined]
    connection.execute("PRAGMA journal_mode=WAL")  # type: ignore[attr-defined]
    connection.execute("PRAGMA foreign_keys=ON")  # type: ignore[attr-defined]
