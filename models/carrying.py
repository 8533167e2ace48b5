"""Carrying: all rows of one database into another, part by part, as they are stored.

What SQLite stores is the common notation, in which rows are read, written and compared: moments and JSON as text, yes
and no as 1 and 0. So nothing is taken apart and put together on the way, and what is sealed stays as it was sealed.
"""

import sqlite3
import time
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import zip_longest
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Connection, Date, DateTime, Integer, Table, TypeDecorator, inspect
from sqlmodel import SQLModel

from models import identity, postgresql
from models.known import Stamp

PART = 20_000
"""So many rows are read, and kept, at a time."""

_OTHERS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"

Row = tuple[Any, ...]

_AS_SQLITE_HAS_IT = {
    DateTime: "to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')",
    Date: "{}::text",
    JSON: "{}::text",
    Boolean: "{}::int",
}
"""How PostgreSQL says a column of this type as SQLite stores it; both say all others alike."""


def tables() -> list[Table]:
    """All tables, each after those that it refers to; the stamp, which people and rules raise as they come in, last."""
    return sorted(SQLModel.metadata.sorted_tables, key=lambda table: table.name == Stamp.__tablename__)


def is_alone(connection: Connection) -> bool:
    """Whether nobody else has this database open, or all have left within a few seconds, as who was killed does.

    SQLite's is one file then, which nobody opens while we have it.
    """
    driver = _driver(connection)
    if connection.dialect.name == "sqlite":  # it waits by itself
        try:
            return driver.execute("PRAGMA journal_mode = DELETE").fetchone()[0] == "delete"
        except sqlite3.OperationalError:
            return False
    for _ in range(50):
        others = driver.execute(_OTHERS).fetchone()[0]
        driver.rollback()  # within one transaction it says the same each time
        if not others:
            return True
        time.sleep(0.1)
    return False


def patient(connection: Connection) -> Connection:
    """The connection, which may take its time now, and speaks of moments in UTC."""
    if connection.dialect.name == "postgresql":
        postgresql.take_time(connection)
        connection.exec_driver_sql("SET TIME ZONE 'UTC'")
        connection.commit()
    return connection


def number(connection: Connection, table: Table) -> int:
    """How many rows it has."""
    return connection.exec_driver_sql(f"SELECT count(*) FROM {table.name}").scalar_one()  # noqa: S608 - names of ours


def rows(connection: Connection, table: Table, after: int | None = None) -> Iterator[list[Row]]:
    """The rows, in parts, in the order of their keys; of those with a plain key, the ones after this."""
    if not has_plain_key(table):
        yield _ordered(_asked(connection, table, ""))
        return
    (key,) = table.primary_key
    place = list(table.columns).index(key)
    while found := _asked(connection, table, _next(key, after)):
        yield found
        after = found[-1][place]


def _next(key: Column[Any], after: int | None) -> str:
    beyond = "" if after is None else f"WHERE {key.name} > {after:d}"
    return f"{beyond} ORDER BY {key.name} LIMIT {PART}"


def _asked(connection: Connection, table: Table, which: str) -> list[Row]:
    said = ", ".join(map(partial(_said, connection.dialect.name), table.columns))
    return _driver(connection).execute(f"SELECT {said} FROM {table.name} {which}").fetchall()  # noqa: S608 - names of ours


def _ordered(found: list[Row]) -> list[Row]:
    """In an order that does not depend on the language of a database."""
    return sorted(found, key=repr)


def _said(dialect: str, column: Column[Any]) -> str:
    kind = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    said = next((said for type_, said in _AS_SQLITE_HAS_IT.items() if isinstance(kind, type_)), "{}")
    return f'"{column.name}"' if dialect == "sqlite" else said.format(f'"{column.name}"')


def has_plain_key(table: Table) -> bool:
    """Whether its key is one number, so that who has come to one of them can go on from there."""
    return [type(column.type) for column in table.primary_key] == [Integer]


def last(connection: Connection, table: Table) -> int | None:
    """The highest key of a table with a plain one; None while it is empty."""
    (key,) = table.primary_key
    return connection.exec_driver_sql(f"SELECT max({key.name}) FROM {table.name}").scalar_one()  # noqa: S608 - ours


def put(connection: Connection, table: Table, part: Sequence[Row]) -> None:
    """Write these rows, in the notation of `rows`."""
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(table.columns))
        _driver(connection).executemany(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", part)  # noqa: S608 - ours
        return
    with _driver(connection).cursor() as cursor, cursor.copy(f"COPY {table.name} ({names}) FROM STDIN") as copy:
        for row in part:
            copy.write_row(row)


def clear(connection: Connection, table: Table) -> None:
    """Take away what is there, as a migration or the part of a move that was cut off."""
    connection.exec_driver_sql(f"DELETE FROM {table.name}")  # noqa: S608 - names of ours


def difference(one: Connection, other: Connection, table: Table) -> bool:
    """Whether the two have not the very same rows there."""
    return any(left != right for left, right in zip_longest(rows(one, table), rows(other, table)))


def count_on(connection: Connection) -> None:
    """Have PostgreSQL give out the keys after those that came along; SQLite does so by itself."""
    if connection.dialect.name == "sqlite":
        return
    for table in filter(has_plain_key, tables()):
        (key,) = table.primary_key
        asked = f"pg_get_serial_sequence('{table.name}', '{key.name}')"
        if connection.exec_driver_sql(f"SELECT {asked}").scalar_one():
            highest = f"(SELECT max({key.name}) FROM {table.name})"  # noqa: S608 - names of ours
            connection.exec_driver_sql(f"SELECT setval({asked}, coalesce({highest}, 1), {highest} IS NOT NULL)")


def is_open(connection: Connection) -> bool:
    """Whether a move into this database was begun, and not ended: no Docket takes it for a desk until then."""
    return identity.UNFINISHED in inspect(connection).get_table_names()


def begin(connection: Connection) -> None:
    """Take what a new desk begins with away, and have nobody take it for a desk from now on."""
    for table in reversed(tables()):
        if number(connection, table):  # some tables let nothing be taken away, not even from none
            clear(connection, table)
    connection.exec_driver_sql(f"ALTER TABLE {identity.VERSIONS} RENAME TO {identity.UNFINISHED}")


def end(connection: Connection) -> None:
    """Let it be a desk."""
    count_on(connection)
    connection.exec_driver_sql(f"ALTER TABLE {identity.UNFINISHED} RENAME TO {identity.VERSIONS}")


def _driver(connection: Connection) -> Any:
    return connection.connection.dbapi_connection
