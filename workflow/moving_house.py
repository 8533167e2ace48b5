"""Moving house: a desk from SQLite to PostgreSQL or back, whole, or not at all.

What is cut off can be gone on with: each part is kept by itself, and no Docket takes the new database for a desk before
every row was read back and compared, and every history walked.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Table
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

import settings
from models import carrying, database, identity, schema
from models.database import Database
from models.identity import Found
from models.user import User
from settings import Misconfigured
from workflow.history import verification

RUNNING = "Somebody has {called} open: stop Docket, and whatever else looks into it, and move then."
SAME = "That is where the desk is already: {called}."
TAKEN = "There is a desk at {called} already, and it was not touched: move into an empty database."
CHANGED = "The desk has changed since its move was begun: remove what is at {called}, and move again."
FAILED = "The move to {called} was cut off ({why}); the desk is where it was. Run the same command again to go on."
DONE = "All of it has come to {called}, and was compared. Set DOCKET_DATABASE_URL to that address, and start Docket."
BEFORE = "What was wrong with a history before is so still:"

Progress = Callable[[str, int, int], None]
"""Called with what is done at the moment, and with how many rows of how many it is done."""


def move(to: str, progress: Progress) -> list[str]:
    """Copy the desk of this process into an empty database, or go on with that; returns what is to be said of it.

    All rows are the same there, and so is a fault in a history. Raises Misconfigured for everything that stands in the
    way; the desk itself is never changed.
    """
    source, target = database.current(), Database(_address(to))
    if target.url == source.url:
        raise Misconfigured(SAME.format(called=target.called))
    try:
        with _held(source) as here, _prepared(target) as there:
            _carry(here, there, progress)
            _compare(here, there, target, progress)
            faults = _faults(target)
            with there.begin():
                carrying.end(there)
        return [*([BEFORE, *faults] if faults else []), DONE.format(called=target.called)]
    except DBAPIError as error:
        raise Misconfigured(FAILED.format(called=target.called, why=identity.in_a_line(error.orig))) from error
    finally:
        target.dispose()


def _address(to: str) -> str:
    try:
        return settings.database_address(to)
    except ValueError as error:
        raise Misconfigured(f"--to is not right: {error}.") from None


@contextmanager
def _held(source: Database) -> Iterator[Connection]:
    """Read there while nobody writes."""
    source.dispose()
    with source.writer.connect() as here:
        if not carrying.is_alone(here):
            raise Misconfigured(RUNNING.format(called=source.called))
        with carrying.patient(here).begin():
            if not source.is_sqlite:
                database.hold_turn(here)
            yield here


@contextmanager
def _prepared(target: Database) -> Iterator[Connection]:
    """Write there, into tables that are empty or have some of the rows by now."""
    found = identity.look(target, schema.newest())
    if found is not Found.half_a_desk:
        if found is Found.desk and _is_anybody_there(target):
            raise Misconfigured(TAKEN.format(called=target.called))
        schema.migrate(target)
    with carrying.patient(target.writer.connect()) as there:
        if found is not Found.half_a_desk:
            with there.begin():
                carrying.begin(there)
        yield there


def _is_anybody_there(target: Database) -> bool:
    with target.reading() as session:
        return session.exec(select(User.id).limit(1)).first() is not None


def _carry(here: Connection, there: Connection, progress: Progress) -> None:
    for table, whole in _sizes(here):
        done = 0
        for part in _missing(here, there, table):
            with there.begin():
                if not carrying.has_plain_key(table):
                    carrying.clear(there, table)
                carrying.put(there, table, part)
            done += len(part)
            progress(table.name, done, whole)


def _sizes(here: Connection) -> Iterator[tuple[Table, int]]:
    return ((table, carrying.number(here, table)) for table in carrying.tables())


def _missing(here: Connection, there: Connection, table: Table) -> Iterator[list[carrying.Row]]:
    """What has not come yet."""
    with there.begin():
        after = carrying.last(there, table) if carrying.has_plain_key(table) else None
    return carrying.rows(here, table, after)


def _compare(here: Connection, there: Connection, target: Database, progress: Progress) -> None:
    with there.begin():
        for table, whole in _sizes(here):
            if carrying.difference(here, there, table):
                raise Misconfigured(CHANGED.format(called=target.called))
            progress(f"{table.name}, read back", whole, whole)


def _faults(target: Database) -> list[str]:
    with target.reading() as session:
        return list(verification.faults(session))
