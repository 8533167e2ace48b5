"""Rows: read and written without the ORM's ceremony, for the few that every change makes.

A statement is put together once for each database and shape, and goes straight to the driver.
"""

from collections.abc import Callable, Collection, Mapping
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Column, Dialect, inspect
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


def copied(row: T) -> T:
    """The same row in an object of its own, for what is true of that one alone."""
    return as_read(type(row), {name: value for name, value in vars(row).items() if name != "_sa_instance_state"})


def one(
    session: Session, table: type[SQLModel], column: str, value: Any, *, also: str = "NULL", locked: bool = False
) -> tuple[Any, dict[str, Any]] | None:
    """The row in which this column has this value: what `also`, a piece of SQL, says, and the row's own columns.

    With `locked`, nobody else can change it until this transaction ends.
    """
    sql, columns = _select(table, _dialect(session), column, also, locked)  # pyright: ignore[reportArgumentType]
    found = database.cursor(session).execute(sql, (value,)).fetchone()
    if found is None:
        return None
    said = zip(columns, found[1:], strict=True)
    return found[0], {name: _converted(process, value) for (name, process), value in said}


def store(session: Session, *rows: SQLModel) -> None:
    """Write new rows of one table, as they stand, at once and by one statement; they get their ids.

    The ids rise in the order of the rows: whoever writes has the turn, and nobody's rows come in between.
    """
    if not rows:
        return
    sql, columns = _insert(type(rows[0]), _dialect(session), len(rows))  # pyright: ignore[reportArgumentType]
    said = [_converted(process, row[name]) for row in map(vars, rows) for name, process in columns]
    written = sorted(database.cursor(session).execute(sql, said).fetchall())
    for row, (key,) in zip(rows, written, strict=True):
        vars(row)["id"] = key


def update(session: Session, table: type[SQLModel], values: Mapping[str, Any], where: Mapping[str, Any]) -> int:
    """Set these columns of the rows where those have these values; returns how many rows that are."""
    sql, processors = _update(table, _dialect(session), tuple(values), tuple(where))  # pyright: ignore[reportArgumentType]
    said = list(map(_converted, processors, (*values.values(), *where.values())))
    return database.cursor(session).execute(sql, said).rowcount


def ask(session: Session, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """What the database says to this, with a `?` for each value; neither is converted."""
    mark = _mark(_dialect(session))
    return database.cursor(session).execute(sql if mark == "?" else sql.replace("?", mark), values).fetchall()


def _dialect(session: Session) -> Dialect:
    return database.connection(session).dialect


def _converted(process: Processor | None, value: Any) -> Any:
    """A value as the driver takes it, or as we take it from the driver."""
    return value if process is None or value is None else process(value)


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
def _select(
    table: type[SQLModel], dialect: Dialect, by: str, also: str, locked: bool
) -> tuple[str, list[tuple[str, Processor | None]]]:
    columns = _columns(table)
    quoted = ", ".join(dialect.identifier_preparer.format_column(column) for column in columns.values())
    lock = database.row_lock(dialect) if locked else ""
    sql = f"SELECT {also}, {quoted} FROM {_name(table)} WHERE {by} = {_mark(dialect)}{lock}"  # noqa: S608 - ours
    impls = {name: column.type.dialect_impl(dialect) for name, column in columns.items()}
    return sql, [(name, impl.result_processor(dialect, None)) for name, impl in impls.items()]


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
