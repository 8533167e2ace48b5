"""The schema: brought up to date at start, in one transaction, by one process at a time."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from models.database import WRITERS_TURN, Database
from settings import Misconfigured

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(database: Database) -> None:
    """Apply the migrations that this database has not had; a failing one leaves it as it was.

    Raises Misconfigured when there is no database at its address, or none that lets us in.
    """
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with _reached(database) as connection:
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITERS_TURN})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _reached(database: Database) -> Connection:
    try:
        return database.writer.connect()
    except OperationalError as error:
        why = str(error.orig).strip().splitlines()[0]
        raise Misconfigured(f"The database at {database.url} cannot be reached: {why}") from error
