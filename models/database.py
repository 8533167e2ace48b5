"""The database: engine and transactions; SQLite and PostgreSQL are told apart here.

Only search (words.py), and what lies at an address before it is opened (identity.py), differ beyond that.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Dialect, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlmodel import Session

from models import causes, trouble
from models.causes import Busy, Cause
from models.turn import Turn

PATIENCE = 5.0
"""Seconds that a change waits for its turn before it answers that the database is busy."""

WRITERS_TURN = 0x0D0C4E7
"""The key of PostgreSQL's advisory lock that lets one change commit at a time, over all processes."""


class Database:
    """One installation's database: many readers, and one writer at a time.

    One writer is how SQLite works; on PostgreSQL an advisory lock does the same, so that the ids of notifications
    become visible in order and "everything after id N" never skips one.
    """

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        if self.url.get_backend_name() == "postgresql":
            self.url = self.url.set(drivername="postgresql+psycopg")
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._turn = Turn()
        self._is_silent, self._asked_at = False, 0.0
        if self.is_sqlite:
            self.readers, self.writer = self._sqlite("BEGIN", 40), self._sqlite("BEGIN IMMEDIATE", 1)
        else:
            from models import postgresql  # late: who has SQLite need not load it

            self.writer = postgresql.engine(self.url, PATIENCE)
            self.readers = self.writer.execution_options(isolation_level="REPEATABLE READ")
        self._failures = (*causes.FAILURES, self.writer.dialect.loaded_dbapi.Error)

    @property
    def called(self) -> str:
        """Its address, as it may be shown: without the passwords that may stand in it."""
        return self.url.difference_update_query(["password", "sslpassword"]).render_as_string(hide_password=True)

    def _sqlite(self, begin: str, pool_size: int) -> Engine:
        engine = create_engine(
            self.url,
            pool_size=pool_size,
            pool_timeout=PATIENCE,
            connect_args={"check_same_thread": False, "timeout": PATIENCE},
        )
        event.listen(engine, "connect", _prepare_sqlite)
        engine.dialect.do_begin = lambda dbapi_connection: dbapi_connection.execute(begin) and None
        return engine

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One consistent look at the database; raises Busy when it is away."""
        with self._said(), Session(self.readers, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self, lent: Session | None = None) -> Iterator[Session]:
        """One transaction: all of it is kept at the end of the block, or nothing. Raises Busy when no turn comes.

        What was handed to `after_commit` runs once it is kept, in the order of the commits. A session of the caller's
        (see `several`) goes on after the block, with what it has read.
        """
        if not self._turn.acquire(timeout=PATIENCE):
            raise trouble.met(causes.LOCKED if trouble.is_on(causes.LOCKED) else causes.TURN)  # who has it waits, too
        try:
            with self._said(), self._lent(lent) as session:
                session.info.clear()  # what a lent one has read before may have changed since
                session.info["after_commit"] = []
                if not self.is_sqlite:
                    hold_turn(session)
                yield session
                if self._turn.is_called_off:
                    raise Busy
                self._keep(session)
                for follow_up in session.info.pop("after_commit"):
                    follow_up()
        finally:
            self._turn.release()

    def _keep(self, session: Session) -> None:
        """Commit; when the server is lost on the way, nobody knows whether it did."""
        try:
            session.commit()
        except self._failures as error:
            if not self.is_sqlite and causes.of(error) in {causes.AWAY, causes.SILENT}:
                raise trouble.met(causes.UNSURE, error) from error
            raise

    @contextmanager
    def _said(self) -> Iterator[None]:
        """Say what ails the database, when it fails in this block; one that is silent is asked once a second."""
        now = time.monotonic()
        if self._is_silent and now - self._asked_at < 1:
            raise Busy(causes.SILENT)
        self._asked_at = now
        try:
            yield
            self._is_silent = False
        except self._failures as error:
            cause = self._cause(error)
            self._is_silent, self._asked_at = cause is causes.SILENT, time.monotonic()
            if cause is None:
                raise
            raise trouble.met(cause, error) from error

    def _cause(self, error: BaseException) -> Cause | None:
        """What this failure means; where SQLite says no more than that a file failed it, the system is asked."""
        cause = causes.of(error)
        if self.is_sqlite and cause in {causes.FAILING, causes.READ_ONLY}:
            return causes.beside(Path(self.url.database or "")) or cause
        return cause

    @contextmanager
    def _lent(self, session: Session | None) -> Iterator[Session]:
        if session is None:
            with self.several() as own:
                yield own
            return
        try:
            yield session
        except BaseException:
            session.expunge_all()  # a rollback empties what is still in it, and open pages go on reading earlier jobs
            session.rollback()
            session.info.pop("after_commit", None)
            raise

    def call_off(self) -> None:
        """Have every change raise Busy, also one that is under way: what is not kept by now will not be."""
        self._turn.call_off()

    @contextmanager
    def part(self, session: Session) -> Iterator[Session]:
        """A transaction within another: undone by itself, and kept with the whole (see `as_one`)."""
        follow_ups = session.info["after_commit"]
        until_now = len(follow_ups)
        session.info.clear()
        session.info["after_commit"] = follow_ups
        with self._said():
            part = session.begin_nested()
            try:
                yield session
                part.commit()
            except BaseException:
                session.expunge_all()
                part.rollback()
                del follow_ups[until_now:]
                raise
            session.expunge_all()

    def several(self) -> Session:
        """A session for several transactions in a row, each of which is a `writing` of its own."""
        return Session(self.writer, expire_on_commit=False)

    def dispose(self) -> None:
        """Close every connection."""
        self.writer.dispose()
        self.readers.dispose()


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves: Python's own is too late to keep two writers apart
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")  # "acknowledged" means kept, also when the plug is pulled
    connection.execute("PRAGMA foreign_keys = ON")


def is_sqlite(session: Session) -> bool:
    """Whether this session is one with SQLite."""
    return session.get_bind().dialect.name == "sqlite"


_current: Database | None = None


def use(url: str) -> Database:
    """Make the database at this address the one of this process, closing an earlier one."""
    global _current
    if _current is not None:
        _current.dispose()
    _current = Database(url)
    return _current


def current() -> Database:
    """The database of this process; raises RuntimeError before `use`."""
    if _current is None:
        raise RuntimeError("no database is open: call database.use(url) first")
    return _current


def reading() -> AbstractContextManager[Session]:
    """A look at this process's database (see Database.reading)."""
    whole = _whole.get()
    return current().reading() if whole is None else current().part(whole)


def writing(lent: Session | None = None) -> AbstractContextManager[Session]:
    """A transaction on this process's database (see Database.writing)."""
    whole = _whole.get()
    return current().writing(lent) if whole is None else current().part(whole)


@contextmanager
def as_one() -> Iterator[Session]:
    """One transaction, of which all that this thread reads and writes in the block is a part; raises as `writing`.

    Where there is such a one already, it is a part of that.
    """
    with writing() as session:
        begun = _whole.set(session)
        try:
            yield session
        finally:
            _whole.reset(begun)


_whole: ContextVar[Session | None] = ContextVar("whole", default=None)
"""The session of the transaction that is made of several."""


def several() -> Session:
    """A session for several transactions on this process's database (see Database.several)."""
    return current().several()


def hold_turn(there: Session | Connection) -> None:
    """Have PostgreSQL let nobody else change anything until this transaction ends; on SQLite, one is alone anyway."""
    there.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITERS_TURN})


def row_lock(dialect: Dialect) -> str:
    """What locks the rows that a SELECT reads; on SQLite, a transaction that writes is alone anyway."""
    return "" if dialect.name == "sqlite" else " FOR UPDATE"


def connection(session: Session) -> Connection:
    """What the session speaks through in this transaction, for statements that need no ORM."""
    if "connection" not in session.info:
        session.info["connection"] = session.connection()
    return session.info["connection"]


def cursor(session: Session) -> Any:
    """The driver's own cursor of this transaction, for what every change does (see models/rows.py)."""
    if "cursor" not in session.info:
        session.info["cursor"] = connection(session).connection.cursor()
    return session.info["cursor"]


def after_commit(session: Session, follow_up: Callable[[], None]) -> None:
    """Have this called once all that the session sees is kept: at once while it only reads, never when it is undone."""
    if "after_commit" in session.info:
        session.info["after_commit"].append(follow_up)
    else:
        follow_up()
