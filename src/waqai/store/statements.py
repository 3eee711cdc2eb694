"""Statements that both databases understand, where SQLAlchemy writes them apart."""

from collections.abc import Iterator, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, Table
from sqlalchemy.dialects import postgresql, sqlite

from waqai.store.rows import Row

V = TypeVar("V")


def chunks(items: Sequence[V], size: int) -> Iterator[Sequence[V]]:
    """The items in pieces of at most `size`: a statement has room for a limited number of values.

    >>> list(chunks(["دوما", "حلب", "تدمر"], 2))
    [['دوما', 'حلب'], ['تدمر']]
    """
    for start in range(0, len(items), size):
        yield items[start : start + size]


def chosen(connection: Connection, statement: Select[Any], ids: Sequence[Any]) -> Sequence[Any]:
    """The rows of a statement as the driver gives them, all of these in the place of its parameter `ids`.

    The statement stays one text for each number of ids; SQLAlchemy writes it anew each time, which takes as long as to read.
    """
    compiled = statement.compile(dialect=connection.dialect)
    if compiled.positiontup is None:
        return connection.execute(statement, {"ids": list(ids)}).cursor.fetchall()
    asked = str(compiled).replace("(__[POSTCOMPILE_ids])", f"({', '.join('?' * len(ids))})")
    given = [ids if name == "ids" else (compiled.params[name],) for name in compiled.positiontup]
    return connection.exec_driver_sql(asked, tuple(chain.from_iterable(given))).cursor.fetchall()


def insert_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Add these rows, which have the same columns, by the driver's own way for many rows: three times as fast."""
    if not rows:
        return
    compiled = table.insert().compile(dialect=connection.dialect, column_keys=list(rows[0]))
    if compiled.positiontup is None:
        connection.exec_driver_sql(str(compiled), list(rows))
    else:
        values = itemgetter(*compiled.positiontup)
        connection.exec_driver_sql(str(compiled), [values(row) for row in rows])


def insert_values(
    connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Add these rows, each the values of these columns."""
    if rows:
        quoted = connection.dialect.identifier_preparer.quote
        names, marks = ", ".join(map(quoted, columns)), ", ".join([mark(connection)] * len(columns))
        connection.exec_driver_sql(f"INSERT INTO {quoted(table.name)} ({names}) VALUES ({marks})", list(rows))


def mark(connection: Connection) -> str:
    """What stands for a value in a statement that is given to the driver as it is."""
    return "?" if connection.dialect.name == "sqlite" else "%s"


def insert_new(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Add these rows, but for those whose key is already there."""
    if rows:
        connection.execute(_insert(connection, table).on_conflict_do_nothing(), rows)


def insert_new_from(
    connection: Connection, table: Table, columns: Sequence[str], found: Select[Any], given: Row | None = None
) -> None:
    """Add the rows that a question finds with the values given, but for those whose key is already there.

    The question needs a condition: without one, SQLite takes ON CONFLICT for part of a join.
    """
    if found.whereclause is None:
        raise ValueError("the question needs a condition")
    statement = _insert(connection, table).from_select(list(columns), found).on_conflict_do_nothing()
    connection.execute(statement, given or {})


def insert_or_fill(connection: Connection, table: Table, rows: Sequence[Row], filled: Sequence[str]) -> None:
    """Add these rows; where the key is there but the first of the `filled` columns is null, set those columns."""
    if not rows:
        return
    statement = _insert(connection, table)
    new = statement.excluded
    statement = statement.on_conflict_do_update(
        index_elements=list(table.primary_key),
        set_={name: new[name] for name in filled},
        where=table.c[filled[0]].is_(None) & new[filled[0]].is_not(None),
    )
    connection.execute(statement, rows)


def _insert(connection: Connection, table: Table) -> Any:
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)
