"""The schema: migrations make exactly what the models say, and a second time they change nothing."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlmodel import SQLModel

from models.database import Database
from models.identity import VERSIONS
from models.schema import is_compared, migrate
from settings import Misconfigured
from tests.desk import Desk, statements

INDEXED = {
    "notifications": [["user_id", "id"], ["user_id", "created_at"]],
    "jobs": [["status"], ["client_id"], ["writer_id"], ["deadline"]],
    "job_status_logs": [["job_id"]],
}
"""What pages ask for: SPEC section 10."""


def test_models_and_migrations_agree(desk: Desk) -> None:
    with desk.database.writer.connect() as connection:
        here = MigrationContext.configure(connection, opts={"include_name": is_compared, "version_table": VERSIONS})
        assert compare_metadata(here, SQLModel.metadata) == []


def test_a_second_time_changes_nothing(desk: Desk) -> None:
    job, before = desk.job("approved"), shape(desk.database)

    migrate(desk.database)

    assert shape(desk.database) == before
    assert desk.see(job).status == "approved"


def test_the_newest_is_known_by_one_query(desk: Desk) -> None:
    with statements() as asked:
        migrate(desk.database)

    assert [statement for statement, _ in asked if not statement.startswith("BEGIN")] == [
        "SELECT version_num FROM docket_versions"
    ]


@pytest.mark.parametrize("table", INDEXED)
def test_what_pages_ask_is_indexed(desk: Desk, table: str) -> None:
    with desk.database.reading() as session:
        indexes = [index["column_names"] for index in inspect(session.connection()).get_indexes(table)]

    assert [
        columns for columns in INDEXED[table] if not any(found[: len(columns)] == columns for found in indexes)
    ] == []


@pytest.mark.parametrize(
    "url",
    ["sqlite:////nowhere/docket.db", "postgresql://docket:secret@localhost:1/docket"],
    ids=["sqlite", "postgresql"],
)
def test_a_database_that_is_not_there_is_named(url: str) -> None:
    with pytest.raises(Misconfigured, match=r"^The database at .* cannot be reached: ") as stop:
        migrate(Database(url))

    assert "secret" not in str(stop.value)
    assert "\n" not in str(stop.value)


def shape(database: Database) -> list[object]:
    """All tables, columns and constraints, and which migration was the last."""
    with database.reading() as session:
        tables = inspect(session.connection()).get_multi_columns()
        return [repr(tables), session.execute(text("SELECT version_num FROM docket_versions")).all()]
