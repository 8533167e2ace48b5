"""Folding: rows from before are folded too, and a change is folded anew."""

from importlib import import_module

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlmodel import select

from models import Job, User, database
from tests.desk import Desk

MIGRATION = import_module("models.migrations.versions.0011_folded_words")


def test_what_is_there_already_is_folded(desk: Desk) -> None:
    desk.job(title="Čaj")
    with desk.database.writer.begin() as connection, Operations.context(MigrationContext.configure(connection)):
        for table, source in MIGRATION.COLUMNS.items():
            connection.exec_driver_sql(f"UPDATE {table} SET {source}_folded = ''")
            MIGRATION.fill(table, source, f"{source}_folded")

    with database.reading() as session:
        assert session.exec(select(Job.title_folded)).one() == "caj"
        assert "cleo clark" in session.exec(select(User.name_folded)).all()


def test_a_new_title_is_folded_anew(desk: Desk) -> None:
    job = desk.job(title="Čaj")
    with database.writing() as session:
        session.get_one(Job, job.key).title = "ÉTÉ"

    assert desk.see(job).title_folded == "ete"
