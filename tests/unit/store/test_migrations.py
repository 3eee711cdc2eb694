"""The migrations lead to exactly the tables of the schema, in both databases, and a new record has exactly those."""

from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, inspect, text

from databases import database
from stored import article, record
from waqai.store.opening import HEAD, StoreError, open_store
from waqai.store.schema import METADATA
from waqai.store.upgrading import FOLDER, migrate


def engine_of(address: str) -> Engine:
    url = address.replace("postgresql://", "postgresql+psycopg://") if "://" in address else f"sqlite:///{address}"
    return create_engine(url)


def ours(_: object, name: str | None, kind: str, *__: object) -> bool:
    return not (kind == "table" and str(name).startswith("article_words"))


def differences(connection: Connection) -> list[Any]:
    context = MigrationContext.configure(connection, opts={"include_object": ours, "compare_type": True})
    return list(compare_metadata(context, METADATA))


def tables(connection: Connection) -> dict[str, list[str]]:
    seen = inspect(connection)
    return {name: sorted(column["name"] for column in seen.get_columns(name)) for name in seen.get_table_names()}


def test_the_newest_migration_is_the_version_of_the_program() -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_migrations_lead_to_the_schema(record_address: str) -> None:
    with engine_of(record_address).begin() as connection:
        migrate(connection)
        assert differences(connection) == []
    open_store(record_address).close()


def test_a_new_record_is_like_a_migrated_one(record_address: str, tmp_path: Path) -> None:
    open_store(record_address, create=True).close()
    with engine_of(record_address).connect() as connection:
        made = tables(connection)
        assert differences(connection) == []
    (tmp_path / "other").mkdir()
    with database("postgresql" if "://" in record_address else "sqlite", tmp_path / "other") as other:
        engine = engine_of(other)
        with engine.begin() as connection:
            migrate(connection)
            assert tables(connection) == made
        engine.dispose()


def test_a_record_whose_version_is_unknown_is_left_alone(record_address: str) -> None:
    with record(record_address, article("خبر")) as store, store.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    with pytest.raises(StoreError, match="0000"):
        open_store(record_address)
