"""The migrations lead to exactly the tables of the schema, in both databases, and a new record has exactly those."""

from pathlib import Path
from typing import Any

import orjson
import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, inspect, text

from cases import account
from databases import database
from stored import article, record
from waqai.records_reading import Packing
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


def test_accounts_are_parted_as_packing_would(record_address: str) -> None:
    made = account("r1", by="regime", vs="civilians", k=12, via=["sohr"], says="غارة على سوق البلدة")
    actors = [
        [[a.id, a.name_en, a.name_ar, a.camp, a.kind, a.generic] for a in role] for role in (made.actor1, made.actor2)
    ]
    place, date = made.place, made.date
    assert place is not None and date is not None
    old = [
        *(made.sub_event_type, made.modality, made.background, *actors, made.target),
        [getattr(place, name) for name in place.__slots__],
        [date.start, date.end, date.precision, date.basis, date.time],
        [[t.outcome, t.who, t.side, t.low, t.high, t.claim] for t in made.casualties],
        *(made.killed, made.injured),
        [[[[s.name_en, s.name_ar, s.kind] for s in c.chain], c.stance, []] for c in made.claims],
        *(made.weapon, sorted(made.words), made.confidence, made.lent),
    ]
    row = {"number": 1, "id": "r1", "article": 1, "account": orjson.dumps(old).decode()}
    needed = ("family", "event_type", "sub_event_type", "modality", "known", "json")
    row |= dict.fromkeys(needed, "x") | {"background": False, "confidence": 0.8}
    with engine_of(record_address).begin() as connection:
        migrate(connection, "0005")
        article_of = ("key", "doc_id", "copy_of", "title", "text", "text_sha256", "known", "stored", "coder")
        for table, values in (
            ("articles", dict.fromkeys(article_of, "x") | {"number": 1, "synthetic": False}),
            ("reports", row),
        ):
            names = ", ".join(f":{name}" for name in values)
            connection.execute(text(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({names})"), values)
        migrate(connection)
        (found,) = connection.execute(text("SELECT outline, account FROM reports")).all()
    packed = Packing().pack(made)
    assert tuple(found) == (packed.outline, packed.account)


def test_a_record_whose_version_is_unknown_is_left_alone(record_address: str) -> None:
    with record(record_address, article("خبر")) as store, store.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    with pytest.raises(StoreError, match="0000"):
        open_store(record_address)
