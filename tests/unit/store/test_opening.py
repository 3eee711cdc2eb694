"""A record is opened whole, or one sentence says why not; one writer at a time, readers see one state."""

import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import select, text

from stored import article, put, record
from waqai.store.opening import Store, StoreError, open_store
from waqai.store.schema import articles, facts


def test_a_record_is_made_and_opened_again(record_address: str) -> None:
    with record(record_address, article("قصف الطيران مدينة حلب")):
        pass
    store = open_store(record_address)
    with store.read() as connection:
        assert connection.scalar(select(articles.c.text)) == "قصف الطيران مدينة حلب"
        assert str(connection.scalar(select(facts.c.value))).startswith("waqai ")
    store.close()


def test_reading_sees_one_state(record_address: str) -> None:
    with record(record_address, article("خبر أول")) as store, store.read() as connection:
        before = len(connection.execute(select(articles.c.number)).all())
        put(store, article("خبر ثان", "a2"))
        assert len(connection.execute(select(articles.c.number)).all()) == before == 1


def test_what_fails_while_writing_leaves_nothing(record_address: str) -> None:
    with record(record_address) as store:
        with pytest.raises(RuntimeError), store.write() as connection:
            connection.execute(facts.insert(), [{"name": "x", "value": "y"}])
            raise RuntimeError
        with store.read() as connection:
            assert connection.scalar(select(facts.c.value).where(facts.c.name == "x")) is None


def test_a_writer_waits_for_another_and_says_so(record_address: str) -> None:
    said: list[str] = []
    with record(record_address) as first:
        second = open_store(record_address, say=said.append)
        begun, end = threading.Event(), threading.Event()

        def hold() -> None:
            with first.write() as connection:
                connection.execute(facts.insert(), [{"name": "first", "value": "1"}])
                begun.set()
                end.wait(20)

        holder = threading.Thread(target=hold)
        holder.start()
        assert begun.wait(20)
        writer = threading.Thread(target=_write, args=(second,))
        writer.start()
        while not said:
            assert writer.is_alive()
        end.set()
        writer.join(20)
        holder.join(20)
        assert len(said) == 1 and "another program is writing to" in said[0]
        with first.read() as connection:
            assert {name for (name,) in connection.execute(select(facts.c.name))} == {"made by", "first", "second"}
        second.close()


def _write(store: Store) -> None:
    with store.write() as connection:
        connection.execute(facts.insert(), [{"name": "second", "value": "2"}])


def test_a_record_of_a_newer_version(record_address: str) -> None:
    with record(record_address) as store, store.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match=r"newer version of waqai \(9999\)"):
        open_store(record_address)


def test_tables_of_somebody_else(record_address: str) -> None:
    with record(record_address) as store, store.write() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
    for create in (True, False):
        with pytest.raises(StoreError, match="no record of waqai"):
            open_store(record_address, create=create)


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "there is no record"), (b"", "holds no record yet"), (b"no database" * 100, "is no record of waqai")],
)
def test_files_that_are_no_record(tmp_path: Path, content: bytes | None, said: str) -> None:
    path = tmp_path / "x.db"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(StoreError, match=said):
        open_store(str(path))
    assert content is None or path.read_bytes() == content


def test_another_program_s_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE addresses (name TEXT)")
    other.close()
    with pytest.raises(StoreError, match="holds other tables"):
        open_store(str(path), create=True)


@pytest.mark.parametrize("address", ["", "a\0b", "mysql://u@h/n", "http://example.org/x.db"])
def test_addresses_that_are_none(address: str) -> None:
    with pytest.raises(StoreError, match="neither a file nor"):
        open_store(address, create=True)


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is a folder"):
        open_store(str(tmp_path), create=True)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="its folder is not there"):
        open_store(str(tmp_path / "none" / "x.db"), create=True)


def test_a_server_that_is_not_there_and_no_password_in_messages() -> None:
    with pytest.raises(StoreError, match="does not answer") as error:
        open_store("postgresql://me:secret@127.0.0.1:1/x")
    assert "secret" not in str(error.value) and "\n" not in str(error.value)


def test_a_server_that_goes_away(record_address: str) -> None:
    with record(record_address) as store:
        if store.dialect == "sqlite":
            with pytest.raises(StoreError, match="took too long"), store.read() as connection:
                _interrupt(connection.connection.driver_connection)
                connection.execute(
                    text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n")
                )
            return
        with pytest.raises(StoreError, match="does not answer"), store.read() as connection:
            number = connection.scalar(text("SELECT pg_backend_pid()"))
            with store.write() as other:
                other.execute(text("SELECT pg_terminate_backend(:number)"), {"number": number})
            connection.execute(text("SELECT 1"))


def _interrupt(connection: object) -> None:
    assert isinstance(connection, sqlite3.Connection)
    connection.set_progress_handler(lambda: 1, 1000)


def test_a_full_disk(tmp_path: Path) -> None:
    with record(str(tmp_path / "x.db"), article("خبر أول")) as store:
        with pytest.raises(StoreError, match="is full"), store.write() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
            connection.execute(facts.insert(), [{"name": "x", "value": "y" * 100_000}])
        with store.read() as connection:
            assert connection.scalar(select(articles.c.text)) == "خبر أول"
