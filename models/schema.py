"""The schema: brought up to date at start, in one transaction, by one process at a time."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import text

from models.database import WRITERS_TURN, Database

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(database: Database) -> None:
    """Apply the migrations that this database has not had; a failing one leaves it as it was."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.writer.connect() as connection:
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITERS_TURN})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
