"""Older drafts, of which each user had one: they are kept, each with a key, once the database is brought up to date."""

from importlib import import_module

from alembic.migration import MigrationContext
from alembic.operations import Operations

from models import Draft, DraftFile, database
from tests.desk import Desk

MIGRATION = import_module("models.migrations.versions.0017_drafts_have_keys")

FILE = "'a.txt' AS name, 1 AS size, '' AS sha256, email AS stored_as, '' AS media_type, created_at"


def test_older_drafts_are_kept(desk: Desk) -> None:
    with desk.database.writer.begin() as connection, Operations.context(MigrationContext.configure(connection)) as op:
        MIGRATION.downgrade()
        op.execute('INSERT INTO drafts SELECT id, \'{"title"\\: "Tea"}\', created_at FROM users WHERE id = 2')
        op.execute(f"INSERT INTO draft_files SELECT id, id, {FILE} FROM users WHERE id < 3")
        MIGRATION.upgrade()

    with database.reading() as session:
        ((alone,), (whole,)) = Draft.of(session, 1), Draft.of(session, 2)
        assert (alone.content, whole.content) == ({}, {"title": "Tea"})
        assert [len(DraftFile.of(session, each.user_id, each.key)) for each in (alone, whole)] == [1, 1]
    assert alone.key != whole.key
