"""Rows: read and written without the ORM's ceremony, for the few that every change makes.

A statement is put together once for each database and shape, and its values go to the driver as they are.
"""

from collections.abc import Callable, Collection, Mapping
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Column, Dialect, Select, bindparam, inspect, literal_column, select
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.attributes import manager_of_class
from sqlmodel import Session, SQLModel

from models import database

T = TypeVar("T", bound=SQLModel)
Processor = Callable[[Any], Any]


def bare(table: type[T], values: Mapping[Any, Any]) -> T:
    """An object with these values, as they are: nothing is checked, filled in, or bound to a session."""
    made = manager_of_class(table).new_instance()
    vars(made).update(values)
    return made


def as_read(table: type[T], row: Mapping[Any, Any]) -> T:
    """The object that this row is, detached, as if the ORM had loaded it: what changes on it from now on is noticed."""
    made = bare(table, row)
    make_transient_to_detached(made)
    return made


def one(
    session: Session, table: type[SQLModel], column: str, value: Any, *, also: str = "NULL", locked: bool = False
) -> tuple[Any, dict[str, Any]] | None:
    """The row in which this column has this value: what `also`, a piece of SQL, says, and the row's own columns.

    With `locked`, nobody else can change it until this transaction ends.
    """
    statement, names = _select(table, column, also, locked)  # pyright: ignore[reportArgumentType] a class can be hashed
    found = database.connection(session).execute(statement, {"value": value}).first()
    return None if found is None else (found[0], dict(zip(names, found[1:], strict=True)))


def store(session: Session, *rows: SQLModel) -> None:
    """Write new rows of one table, as they stand, at once and by one statement; they get their ids.

    The ids rise in the order of the rows: whoever writes has the turn, and nobody's rows come in between.
    """
    if not rows:
        return
    connection = database.connection(session)
    sql, columns = _insert(type(rows[0]), connection.dialect, len(rows))  # pyright: ignore[reportArgumentType]
    said = [
        value if process is None or value is None else process(value)
        for row in map(vars, rows)
        for name, process in columns
        for value in (row[name],)
    ]
    written = sorted(connection.exec_driver_sql(sql, tuple(said)).scalars())
    for row, key in zip(rows, written, strict=True):
        vars(row)["id"] = key


def update(session: Session, table: type[SQLModel], values: Mapping[str, Any], where: Mapping[str, Any]) -> int:
    """Set these columns of the rows where those have these values; returns how many rows that are."""
    connection = database.connection(session)
    sql, processors = _update(table, connection.dialect, tuple(values), tuple(where))  # pyright: ignore[reportArgumentType]
    given = zip(processors, (*values.values(), *where.values()), strict=True)
    said = [value if process is None or value is None else process(value) for process, value in given]
    return connection.exec_driver_sql(sql, tuple(said)).rowcount


@cache
def _insert(table: type[SQLModel], dialect: Dialect, number: int) -> tuple[str, list[tuple[str, Processor | None]]]:
    columns = {name: column for name, column in _columns(table).items() if name != "id"}
    quoted = ", ".join(dialect.identifier_preparer.format_column(column) for column in columns.values())
    rows = ", ".join([f"({', '.join([_mark(dialect)] * len(columns))})"] * number)
    sql = f"INSERT INTO {_name(table)} ({quoted}) VALUES {rows} RETURNING id"  # noqa: S608 - names of ours
    return sql, [(name, _processor(column, dialect)) for name, column in columns.items()]


@cache
def _update(
    table: type[SQLModel], dialect: Dialect, names: Collection[str], where: Collection[str]
) -> tuple[str, list[Processor | None]]:
    columns = _columns(table)

    def equal(name: str) -> str:
        return f"{dialect.identifier_preparer.format_column(columns[name])} = {_mark(dialect)}"

    changes, conditions = ", ".join(map(equal, names)), " AND ".join(map(equal, where))
    sql = f"UPDATE {_name(table)} SET {changes} WHERE {conditions}"  # noqa: S608 - names of ours
    return sql, [_processor(columns[name], dialect) for name in (*names, *where)]


@cache
def _select(table: type[SQLModel], by: str, also: str, locked: bool) -> tuple[Select[Any], tuple[str, ...]]:
    columns = _columns(table)
    wanted = select(literal_column(also), *columns.values()).where(columns[by] == bindparam("value"))
    return wanted.with_for_update() if locked else wanted, tuple(columns)


def _columns(table: type[SQLModel]) -> dict[str, Column[Any]]:
    """Attribute -> its column, in the table's order."""
    return {each.key: each.columns[0] for each in inspect(table).column_attrs}  # pyright: ignore[reportReturnType]


def _name(table: type[SQLModel]) -> str:
    return str(inspect(table).local_table)


def _mark(dialect: Dialect) -> str:
    return "?" if dialect.positional else "%s"


def _processor(column: Column[Any], dialect: Dialect) -> Processor | None:
    """How a value becomes what the driver takes; None where it is that already."""
    return column.type.dialect_impl(dialect).bind_processor(dialect)
