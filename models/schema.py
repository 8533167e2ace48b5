"""The schema: brought up to date at start, in one transaction, by one process at a time."""

from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from models.database import WRITERS_TURN, Database
from settings import Misconfigured

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(database: Database) -> None:
    """Apply the migrations that this database has not had; a failing one leaves it as it was.

    Raises Misconfigured when there is no database at its address, or none that lets us in.
    """
    with _reached(database) as connection:
        if database.revision(connection) == newest():
            return
        from alembic import command  # late: at most starts there is nothing to migrate
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITERS_TURN})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def is_compared(name: str | None, kind: str, _parents: object) -> bool:
    """Whether Alembic compares this with the models: all but the index of words, which no model can say."""
    words = "job_words" if kind == "table" else "ix_jobs_words"
    return not (name or "").startswith(words)


def newest() -> str:
    """The newest migration there is; their files are numbered."""
    return max(path.stem for path in (MIGRATIONS / "versions").glob("[0-9]*.py")).partition("_")[0]


def find(database: Database) -> None:
    """Bring the desk that is kept here up to date; raises Misconfigured when there is none, and makes none."""
    try:
        there = database.is_there
    except OperationalError as error:
        raise _away(database, error) from error
    if not there:
        raise Misconfigured(f"There is no desk at {database.called}: look at DOCKET_DATA_DIR and DOCKET_DATABASE_URL.")
    migrate(database)


def _reached(database: Database) -> Connection:
    try:
        return database.writer.connect()
    except OperationalError as error:
        raise _away(database, error) from error


def _away(database: Database, error: OperationalError) -> Misconfigured:
    why = str(error.orig).strip().splitlines()[0]
    return Misconfigured(f"The database at {database.called} cannot be reached: {why}")
