"""Databases for tests: a file of SQLite, and a database of its own on the PostgreSQL server that is given, made and dropped."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

SERVER = "WAQAI_TEST_POSTGRESQL"
"""The environment variable with the address of a server on which databases may be made: postgresql://USER@HOST:PORT/NAME."""


def server() -> str | None:
    """The address of the server, None when there is none."""
    return os.environ.get(SERVER) or None


@contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    """The address of an empty database of this kind ("sqlite" or "postgresql"), gone afterwards."""
    if kind == "sqlite":
        yield str(folder / "record.db")
        return
    given = server()
    assert given is not None
    name = f"waqai_{uuid.uuid4().hex}"
    url = make_url(given).set(drivername="postgresql+psycopg")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
        try:
            yield make_url(given).set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    engine.dispose()
