"""The desk: a real agency in miniature, and the verbs in which the tests tell their stories."""

import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, event, exc, text
from sqlmodel import col, select, update

import settings
from models import Job, Letter, Notification, Rules, StatusLog, User, clock, database, process
from models.job import with_people
from models.user import Role
from workflow import limits, moves
from workflow.history import verification
from workflow.live.bell import News, bell
from workflow.orders import placing
from workflow.orders.terms import Order
from workflow.refusals import Refused

PASSWORD = "docket-demo"

FRESH = "correct horse"
"""A password for those who choose one."""

on_sqlite = pytest.mark.parametrize("desk", ["sqlite"], indirect=True)
"""For a story that no database decides, or that is of SQLite alone."""

FAILED = (exc.DBAPIError, sqlite3.Error, psycopg.Error, database.Busy)
"""What comes of a database that is not as it should be: from SQLAlchemy, from the driver, or as people are told."""

CAST = {
    "cleo": ("Cleo Clark", Role.client),
    "carl": ("Carl Cole", Role.client),
    "wren": ("Wren Walsh", Role.writer),
    "wolf": ("Wolf Weber", Role.writer),
    "ivy": ("Ivy Irving", Role.writer),
    "bea": ("Bea Baker", Role.manager),
    "bob": ("Bob Brandt", Role.manager),
    "ada": ("Ada Adler", Role.admin),
}
"""Everybody in the stories, by first name. Ivy has left the agency: her account is closed."""

ROUTES = {
    "pending": "",
    "approved": "approve",
    "assigned": "approve assign",
    "in_progress": "approve assign start",
    "editing": "approve assign start submit",
    "delivered": "approve assign start deliver",
    "revision": "approve assign start deliver request_revision",
    "revision_pending": "approve assign start deliver request_revision",
    "completed": "approve assign start deliver complete",
    "cancelled": "cancel",
}
"""How a job comes to each status when nothing goes wrong."""


def people(password_hash: str = "") -> dict[str, User]:
    """The cast, not stored anywhere yet."""
    return {
        key: User(email=f"{key}@example.com", name=name, role=role, password_hash=password_hash, active=key != "ivy")
        for key, (name, role) in CAST.items()
    }


class Desk:
    """One agency, on a database and in a data folder of its own; people are called by their first names."""

    def __init__(self, url: str, folder: Path) -> None:
        """Make this agency the one of this process."""
        self.url, self.folder = url, folder
        settings.use(_env_file=None, data_dir=folder, database_url=url)
        self.database = database.use(url)
        limits.forget()
        process.forget()

    @property
    def environment(self) -> dict[str, str]:
        """The environment of another process that shall work on the same agency."""
        return os.environ | {"DOCKET_DATA_DIR": str(self.folder), "DOCKET_DATABASE_URL": self.url}

    def who(self, name: str) -> User:
        """One of the cast, read afresh."""
        with database.reading() as session:
            return session.exec(select(User).where(User.email == f"{name}@example.com")).one()

    def job(
        self,
        status: str = "pending",
        *,
        client: str = "cleo",
        writer: str = "wren",
        manager: str = "bea",
        title: str = "Research Paper",
        **order: Any,
    ) -> Job:
        """A job that came to this status by its usual way; the news of that has been read."""
        if status == "revision_pending":
            order["included_revisions"] = 0
        doers = {"start": writer, "submit": writer, "deliver": writer, "request_revision": client, "complete": client}
        cast = {name: self.who(name) for name in (client, writer, manager)}
        job = placing.place(Order(title, **order), by=cast[client])
        for action in ROUTES[status].split():
            named = cast[writer].id if action == "assign" else None
            moves.make(job.key, action, by=cast[doers.get(action, manager)], writer_id=named)
        with database.writing() as session:
            session.exec(update(Notification).where(col(Notification.job_id) == job.id).values(read=True))
        return self.see(job)

    def make(self, job: Job, action: str, *, by: str, writer: str | None = None, **more: Any) -> None:
        """Have somebody take an action; the job in hand is then as it is in the database."""
        moves.make(job.key, action, by=self.who(by), writer_id=self.who(writer).id if writer else None, **more)
        self.see(job)

    def see(self, job: Job) -> Job:
        """Look again: the same job, as it is now, with its people."""
        with database.reading() as session:
            session.add(job)
            afresh = with_people().where(col(Job.id) == job.id).execution_options(populate_existing=True)
            return session.exec(afresh).one()

    def put(self, job: Job, **fields: Any) -> Job:
        """Let something be so on the job for which the story needs no verb: paid, on hold, a file there."""
        with database.writing() as session:
            session.exec(update(Job).where(col(Job.id) == job.id).values(**fields))
        return self.see(job)

    def rules(self, **switches: Any) -> None:
        """Set the agency's rules, all others being off."""
        with database.writing() as session:
            session.merge(Rules(**switches))

    def news_of(self, name: str) -> list[str]:
        """The messages that somebody has not read yet, oldest first."""
        return [line.message for line in self.notifications(name) if not line.read]

    def notifications(self, name: str) -> list[Notification]:
        """All the news of somebody, oldest first."""
        with database.reading() as session:
            return Notification.after(session, self.who(name).key, 0)

    def history(self, job: Job) -> list[StatusLog]:
        """The lines of a job's history, oldest first."""
        with database.reading() as session:
            return StatusLog.of(session, job)

    def letters(self) -> list[Letter]:
        """All letters, oldest first."""
        with database.reading() as session:
            return list(session.exec(select(Letter).order_by(col(Letter.id))))

    def faults(self) -> list[str]:
        """What the records say when they are verified."""
        with database.reading() as session:
            return list(verification.faults(session))

    def sql(self, *statements: str) -> None:
        """Do something to the database that no code of ours does."""
        with database.writing() as session:
            for statement in statements:
                session.execute(text(statement))

    def commits(self) -> int:
        """The number that SQLite counts up with every commit, whoever makes it."""
        return self._beside.execute("PRAGMA data_version").fetchone()[0]

    @cached_property
    def _beside(self) -> sqlite3.Connection:
        return sqlite3.connect(self.folder / "docket.db", check_same_thread=False)

    @contextmanager
    def without(self, table: str) -> Iterator[None]:
        """Let a table be missing, so that whatever needs it fails."""
        self.sql(f"ALTER TABLE {table} RENAME TO lost")
        yield
        self.sql(f"ALTER TABLE lost RENAME TO {table}")

    def elsewhere(self, script: str) -> str:
        """Run Python in another process on this agency's database; returns what it printed."""
        command = [sys.executable, "-c", f"from models import database as db; import settings\n{script}"]
        root = Path(__file__).parents[1]
        return subprocess.check_output(command, cwd=root, env=self.environment, text=True, timeout=300)


def refused(part: str, kind: type[Refused] = Refused) -> AbstractContextManager[pytest.ExceptionInfo[Refused]]:
    """Expect a refusal with a sentence of which this is a part."""
    return pytest.raises(kind, match=re.escape(part))


def later(**span: float) -> AbstractContextManager[None]:
    """Travel forward in time: `with later(days=8): ...`."""
    return clock.at(clock.now() + timedelta(**span))


@contextmanager
def listening(listener: Callable[[News], None] | None = None) -> Iterator[list[News]]:
    """Hear all that the bell says in the block, by this listener or in a list."""
    heard: list[News] = []
    stop = bell.listen(listener or heard.append)
    try:
        yield heard
    finally:
        stop()


@contextmanager
def statements() -> Iterator[list[tuple[str, Any]]]:
    """Every statement, with its parameters, that this process sends to a database in the block."""
    sent: list[tuple[str, Any]] = []

    def hear(_connection: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        sent.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", hear)
