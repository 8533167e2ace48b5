"""Causes: what a database or a disk that fails means, in a sentence and a code for both doors, here alone."""

import errno
import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

from sqlalchemy import exc
from sqlalchemy.orm.exc import StaleDataError


@dataclass(frozen=True)
class Cause:
    """Why the storage does not do what was asked: what is so, what that means for whoever asked, the HTTP status and
    the code of both doors, and after how many seconds it is worth another try. `is_felt`: it ails everybody, and not
    this call alone. `is_lasting`: it does not pass by itself, but is mended, and Docket started anew.
    """

    what: str
    then: str = "please try again in a moment"
    http: int = 503
    code: str = "BUSY"
    wait: int = 1
    is_felt: bool = True
    is_lasting: bool = False

    @property
    def sentence(self) -> str:
        """Both, for the person who asked."""
        return f"{self.what}; {self.then}."


FAILURES = (exc.DBAPIError, exc.TimeoutError, StaleDataError)
"""How a database's failure reaches us, beside as its driver's own errors."""

_FAILED = "STORAGE_FAILED"

_LOST = "nothing was kept"

TURN = Cause("The database is busy", is_felt=False)
LOCKED = Cause("Another program holds the database")
AWAY = Cause("The database cannot be reached just now", wait=2)
SILENT = Cause("The database does not answer in time", wait=2)
SLOW = Cause("The database takes too long for this just now", wait=2, is_felt=False)
CROWDED = Cause("The database has no connection left for Docket", wait=2)
UNSURE = Cause(
    "The database went away while this was being kept", "please look whether it was before you try again", wait=2
)
FULL = Cause("There is no room left on the server's disk", _LOST, 507, "STORAGE_FULL", 10)
RUSH = Cause("More is asked for than can be answered just now", wait=5, is_felt=False)
NO_HANDLE = Cause("The server has too many files and connections open just now", wait=5, is_felt=False)
READ_ONLY = Cause("The server's disk can only be read just now", _LOST, code=_FAILED, wait=10)
DENIED = Cause("The server does not let Docket write to its own storage", _LOST, code=_FAILED, wait=10)
FAILING = Cause("The server's disk fails to read or to write", _LOST, code=_FAILED, wait=10)
DAMAGED = Cause("The database is damaged, and needs the agency's admin", _LOST, 503, _FAILED, 60, is_lasting=True)


class Busy(Exception):
    """The storage did not do what was asked, for this cause; nothing was changed, and the same call may go through
    once it has passed. Only what is UNSURE may have been kept."""

    def __init__(self, cause: Cause = TURN) -> None:
        super().__init__(cause.sentence)
        self.cause = cause

    @property
    def sentence(self) -> str:
        """Why not, for the person who asked."""
        return self.cause.sentence


_OF_SQLITE = {
    sqlite3.SQLITE_BUSY: LOCKED,
    sqlite3.SQLITE_LOCKED: LOCKED,
    sqlite3.SQLITE_PROTOCOL: LOCKED,
    sqlite3.SQLITE_CANTOPEN: AWAY,
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_PERM: DENIED,
    sqlite3.SQLITE_AUTH: DENIED,
    sqlite3.SQLITE_IOERR: FAILING,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
}
"""By SQLite's primary codes, which are the last byte of its longer ones."""

_OF_POSTGRESQL = {
    "40001": TURN,
    "40P01": TURN,
    "55P03": LOCKED,
    "57014": SLOW,
    "25P03": SLOW,
    "53200": CROWDED,
    "53300": CROWDED,
    "53400": CROWDED,
    "53100": FULL,
    "25006": READ_ONLY,
    "42501": DENIED,
    "58030": FAILING,
    "XX001": DAMAGED,
    "XX002": DAMAGED,
}
"""By its SQLSTATE; that of a connection that ends or cannot be made begins with 08 or 57."""

_OF_CROWDS = ("too many clients", "too many connections", "connection slots")
"""What PostgreSQL says to whom it lets in no more: before anybody is in, there is no code."""

_OF_FILES = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EFBIG: FULL,
    errno.EROFS: READ_ONLY,
    errno.EACCES: DENIED,
    errno.EPERM: DENIED,
    errno.EIO: FAILING,
    errno.EMFILE: NO_HANDLE,
    errno.ENFILE: NO_HANDLE,
}
"""How the system says it of files: on the disk, for this user, for this process."""


def of(error: BaseException | None) -> Cause | None:
    """What ails the storage when it raises this; None for an error that is none of the storage's."""
    match error:
        case Busy():
            return error.cause
        case exc.TimeoutError() | StaleDataError():
            return TURN
        case exc.DBAPIError():
            return of(error.orig)
        case sqlite3.Error():
            return _of_sqlite(error)
        case OSError():
            return _OF_FILES.get(error.errno or 0)
    return _of_postgresql(error) if hasattr(error, "sqlstate") else None


def beside(path: Path) -> Cause | None:
    """What keeps this file from being written, as the system says it; SQLite tells of most of that by one code."""
    try:
        TemporaryFile(dir=path.parent).close()
    except OSError as error:
        return of(error)
    return None if os.access(path, os.W_OK) else DENIED


def _of_sqlite(error: sqlite3.Error) -> Cause | None:
    """What it cannot read as text, Python says without a code."""
    if "Could not decode to UTF-8" in str(error):
        return DAMAGED
    return _OF_SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)


def _of_postgresql(error: object) -> Cause | None:
    """The driver is loaded only where it is needed, so that its errors go by their names."""
    state, kinds = getattr(error, "sqlstate", None), {each.__name__ for each in type(error).__mro__}
    if state:
        return _OF_POSTGRESQL.get(state) or (AWAY if state.startswith(("08", "57")) else None)
    if kinds & {"ConnectionTimeout", "_WaitTimeout"}:
        return SILENT
    if not kinds & {"OperationalError", "InterfaceError"}:
        return None
    return CROWDED if any(words in str(error) for words in _OF_CROWDS) else AWAY
