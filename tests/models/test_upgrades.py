"""Upgrades: a database of any earlier version comes to the newest with its rows; a migration that fails undoes all."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import make_url
from sqlmodel import Session, select

from models import Job, Letter, StatusLog, User
from models.database import Database
from models.identity import EARLIER, VERSIONS
from models.schema import MIGRATIONS, migrate
from settings import Misconfigured
from tests.desk import Desk
from tests.models.test_schema import shape

REVISIONS = sorted(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))

KNOWN = {
    "currency": "EUR",
    "email": "cleo@example.com",
    "recipient": "cleo@example.com",
    "time_zone": "UTC",
    "locale": "",
}
"""Columns in which not every text makes sense."""


NEVER = {VERSIONS, EARLIER, "sealings"}
"""Tables that others fill, or nobody."""


@pytest.fixture
def empty(desk: Desk) -> Iterator[Database]:
    """A database of the same kind as the desk's, in which there is nothing yet."""
    url, name = make_url(desk.url), "nothing_yet"
    if url.get_backend_name() == "sqlite":
        yield from _opened(f"sqlite:///{desk.folder}/{name}.db")
        return
    with psycopg.connect(desk.url, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}".encode())
        yield from _opened(url.set(database=name).render_as_string(hide_password=False))
        admin.execute(f"DROP DATABASE {name}".encode())


def _opened(url: str) -> Iterator[Database]:
    database = Database(url)
    yield database
    database.dispose()


def test_every_version_is_upgraded_with_its_rows(empty: Database) -> None:
    filled = set[str]()
    for revision in REVISIONS:
        migrate(empty, revision)
        filled |= fill(empty, filled)
        if revision < "0027":  # so the table was called until then
            with empty.writer.begin() as connection:
                connection.execute(sa.text(f"ALTER TABLE {VERSIONS} RENAME TO {EARLIER}"))

    with Session(empty.readers) as session:
        inspected = sa.inspect(session.connection())
        for table in filled & set(inspected.get_table_names()):
            assert session.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar_one() >= 1, table
        assert [len(session.exec(select(kind)).all()) for kind in (User, Job, StatusLog, Letter)] == [1, 1, 1, 1]


def fill(database: Database, filled: set[str]) -> set[str]:
    """Put a row into each table that is new; returns which these are."""
    metadata = sa.MetaData()
    with database.writer.begin() as connection:
        metadata.reflect(connection)
        new = [table for table in metadata.sorted_tables if table.name not in filled | NEVER]
        for table in new:
            if not connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one():
                connection.execute(table.insert().values(row(table)))
    return {table.name for table in new}


def row(table: sa.Table) -> dict[str, Any]:
    """A row of this table, which every constraint allows: the first of its kind, about the first of all others."""
    return {column.name: value(column) for column in table.columns if not column.nullable}


def value(column: sa.Column[Any]) -> Any:
    """Something that fits."""
    if column.name in KNOWN:
        return KNOWN[column.name]
    for check in column.table.constraints:
        words = str(check.sqltext) if isinstance(check, sa.CheckConstraint) else ""
        if re.search(rf"\b{column.name}\b", words) and (first := re.search(r"'(\w+)'", words)):
            return first[1]
    return next(sample for kind, sample in SAMPLES.items() if isinstance(column.type, kind))


SAMPLES: dict[type[sa.types.TypeEngine[Any]], Any] = {
    sa.Boolean: False,
    sa.Integer: 1,
    sa.Float: 1.0,
    sa.Numeric: 1,
    sa.DateTime: datetime(2026, 11, 27, tzinfo=UTC),
    sa.Date: date(2026, 11, 27),
    sa.JSON: {},
    sa.LargeBinary: b"",
    sa.String: "1",
}


def test_a_migration_that_fails_undoes_all(empty: Database) -> None:
    migrate(empty, "0010")
    with empty.writer.begin() as connection:
        connection.execute(sa.text("CREATE TABLE installation (id INTEGER)"))
    before = shape(empty)

    with pytest.raises(Misconfigured, match=r"^The database at .* could not be brought up to date, and is as it was: "):
        migrate(empty)

    assert shape(empty) == before
