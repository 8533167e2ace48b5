"""Identity: whether what lies at the database's address is a desk of ours, found out without writing a byte to it."""

import sqlite3
from contextlib import closing
from enum import Enum, auto
from pathlib import Path

from sqlalchemy import Connection, exc, inspect, text

from models.database import Database
from settings import Misconfigured

APPLICATION = 0x0D0C4E7
"""What SQLite's header says of whose file it is (`PRAGMA application_id`)."""

VERSIONS, EARLIER = "docket_versions", "alembic_version"
"""The table that names the last migration, under a name of our own; what others, and we at first, call it."""

UNFINISHED = "docket_moving"
"""What the table of versions is called until all rows of another database have come (see carrying.py)."""

OURS = "job_status_logs"
"""A table that every desk has had from the beginning."""

MAGIC, HEADER = b"SQLite format 3\0", 100

WHOLE_BYTES = 100_000_000
"""Up to this size a file is read through at the start, which takes less than a second."""

FOREIGN = "The database at {called} is not a desk of Docket’s, and was not touched: look at DOCKET_DATABASE_URL."
DAMAGED = "The database at {called} is damaged ({why}), and was not touched: put the one from your backup in its place."
NEWER = (
    "The database at {called} was written by a newer Docket (its version is {version}, this one knows {newest}), and "
    "was not touched: start that one."
)
HALF = (
    "The move into the database at {called} has not come to its end: run `main.py move` again from where the desk is, "
    "or look at DOCKET_DATABASE_URL."
)
AWAY = "The database at {called} cannot be reached: {why}"


class Found(Enum):
    """What is there."""

    nothing = auto()
    half_a_desk = auto()
    desk = auto()


def look(database: Database, newest: str) -> Found:
    """What is there; raises Misconfigured for anything else than nothing or a desk of ours, and changes none of it."""
    try:
        found = _look_at_file(database) if database.is_sqlite else _look_inside(database)
        if found is Found.desk:
            _check(database, newest)
        return found
    except (exc.DBAPIError, sqlite3.Error, TypeError) as error:  # TypeError: an option that the driver does not know
        raise away(database, error) from error


def version(connection: Connection) -> str | None:
    """The migration that it has come to; None when it has none yet, or says so in no way that we know."""
    for table in (VERSIONS, EARLIER):
        try:
            return connection.exec_driver_sql(f"SELECT version_num FROM {table}").scalar_one()  # noqa: S608 - a name of ours
        except (exc.OperationalError, exc.ProgrammingError, exc.NoResultFound, exc.MultipleResultsFound):
            connection.rollback()
    return None


def away(database: Database, error: Exception) -> Misconfigured:
    """The complaint that nothing can be done with the database, in one line."""
    why = getattr(error, "orig", None) or error
    words = AWAY if _is_away(why) else DAMAGED
    return Misconfigured(words.format(called=database.called, why=in_a_line(why)))


def _is_away(error: object) -> bool:
    """Whether it may be well, only not reachable; what SQLite calls no database, or malformed, is not."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF not in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def in_a_line(error: object) -> str:
    """The first line of what a database said."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _look_at_file(database: Database) -> Found:
    """SQLite's file is known by its head; to open it would make one where there is none, and change some of others."""
    path = Path(database.url.database or "")
    try:
        if not path.exists() or (path.is_file() and path.stat().st_size == 0):
            return Found.nothing
        with path.open("rb") as file:
            head = file.read(HEADER)
    except OSError as error:
        raise Misconfigured(AWAY.format(called=database.called, why=error.strerror)) from error
    if len(head) < HEADER or not head.startswith(MAGIC):
        raise Misconfigured(DAMAGED.format(called=database.called, why="it is no file of SQLite’s"))
    if int.from_bytes(head[68:72]) not in {0, APPLICATION}:
        raise Misconfigured(FOREIGN.format(called=database.called))
    _check_length(database, path, head)
    return _judged(database, _tables_of(path))


def _check_length(database: Database, path: Path, head: bytes) -> None:
    """What is not yet carried over from the log beside it may be missing; else every page must be there."""
    page_size, pages = int.from_bytes(head[16:18]), int.from_bytes(head[28:32])
    size = 65536 if page_size == 1 else page_size
    if not _log_of(path) and path.stat().st_size < size * pages:
        raise Misconfigured(DAMAGED.format(called=database.called, why="its end is missing"))


def _log_of(path: Path) -> bool:
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0


def _tables_of(path: Path) -> set[str]:
    """Its tables; without a log beside it, nothing may be made there either."""
    how = "mode=ro" if _log_of(path) else "mode=ro&immutable=1"
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True)) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def _look_inside(database: Database) -> Found:
    with database.readers.connect() as connection:
        return _judged(database, set(inspect(connection).get_table_names()))


def _judged(database: Database, tables: set[str]) -> Found:
    if not tables:
        return Found.nothing
    if OURS in tables and tables & {VERSIONS, EARLIER}:
        return Found.desk
    if OURS in tables and UNFINISHED in tables:
        return Found.half_a_desk
    raise Misconfigured(FOREIGN.format(called=database.called))


def _check(database: Database, newest: str) -> None:
    with database.readers.connect() as connection:
        come_to = version(connection)
        if come_to is None or not come_to.isdecimal():
            raise Misconfigured(FOREIGN.format(called=database.called))
        if come_to > newest:
            raise Misconfigured(NEWER.format(called=database.called, version=come_to, newest=newest))
        if database.is_sqlite and Path(database.url.database or "").stat().st_size <= WHOLE_BYTES:
            _read_through(database, connection)


def _read_through(database: Database, connection: Connection) -> None:
    fault = connection.execute(text("PRAGMA quick_check(1)")).scalar_one()
    if fault != "ok":
        raise Misconfigured(DAMAGED.format(called=database.called, why=in_a_line(fault)))
