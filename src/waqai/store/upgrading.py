"""Bringing a record of an older version up to this one, all of it or nothing."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection

from waqai.store.control import brief_missing
from waqai.store.counted_incidents import keep_missing
from waqai.store.opening import HEAD, Store, StoreError

FOLDER = Path(__file__).parent / "migrations"
"""Where the migrations are."""


def upgrade(store: Store, version: str = HEAD) -> None:
    """Bring the record to this version in one transaction; StoreError when the database fails, and then nothing is changed."""
    store.say(f"bringing {store.name} up to this version of waqai; older ones cannot read it any more")
    with store.write() as connection:
        try:
            migrate(connection, version)
            if version == HEAD:
                keep_missing(connection)
                brief_missing(connection)
        except CommandError as error:
            raise StoreError(f"{store.name} cannot be brought up to this version of waqai: {error}") from error


def migrate(connection: Connection, version: str = HEAD) -> None:
    """Run the migrations that are missing up to this version, on a connection that may write; on an empty database, all."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, version)
