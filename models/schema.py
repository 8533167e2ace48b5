"""The schema: brought up to date at start, in one transaction, by one process at a time."""

from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from models import identity
from models.database import Database, hold_turn
from models.identity import Found
from settings import Misconfigured

MIGRATIONS = Path(__file__).parent / "migrations"

FAILED = "The database at {called} could not be brought up to date, and is as it was: {why}"


def migrate(database: Database, to: str = "head") -> None:
    """Apply the migrations that this database has not had; a failing one leaves it as it was.

    Raises Misconfigured when there is no database at its address, none that lets us in, or one that does not let
    itself be changed.
    """
    with _reached(database) as connection:
        if identity.version(connection) == newest():
            return
        from alembic import command  # late: at most starts there is nothing to migrate
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        try:
            if not database.is_sqlite:
                from models import postgresql

                postgresql.take_time(connection)
                hold_turn(connection)
            command.upgrade(config, to)
        except DBAPIError as error:
            why = identity.in_a_line(error.orig)
            raise Misconfigured(FAILED.format(called=database.called, why=why)) from error


def is_compared(name: str | None, kind: str, _parents: object) -> bool:
    """Whether Alembic compares this with the models: all but the index of words, which no model can say."""
    words = "job_words" if kind == "table" else "ix_jobs_words"
    return not (name or "").startswith(words)


def newest() -> str:
    """The newest migration there is; their files are numbered."""
    return max(path.stem for path in (MIGRATIONS / "versions").glob("[0-9]*.py")).partition("_")[0]


def is_there(database: Database) -> bool:
    """Whether a desk is kept here already; looking makes none. Raises Misconfigured for what is no desk of ours."""
    found = identity.look(database, newest())
    if found is Found.half_a_desk:
        raise Misconfigured(identity.HALF.format(called=database.called))
    return found is Found.desk


def _reached(database: Database) -> Connection:
    try:
        return database.writer.connect()
    except DBAPIError as error:
        raise identity.away(database, error) from error
