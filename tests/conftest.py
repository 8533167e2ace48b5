"""The cast and their desk: each story that asks for the desk is told on SQLite and on PostgreSQL."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from passlib.context import CryptContext

from tests.databases import Copies, postgresql_copies, sqlite_copies, warm
from tests.desk import PASSWORD, Desk
from workflow.people import passwords

_QUICK = CryptContext(["argon2"], argon2__rounds=1, argon2__memory_cost=8, argon2__parallelism=1)


@pytest.fixture(autouse=True)
def nothing_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the machine is set to must not change how a story ends."""
    for name in os.environ:
        if name.startswith("DOCKET_"):
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch, password_hash: str) -> None:
    """Hashes that cost little; what they cost people is told in test_passwords.py."""
    monkeypatch.setattr(passwords, "_context", _QUICK)
    monkeypatch.setattr(passwords, "_NOBODYS", password_hash)


@pytest.fixture(params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """An agency with its cast and without any order, on a database of its own."""
    copies: Copies = request.getfixturevalue(request.param)
    with copies(tmp_path) as url:
        desk = Desk(url, tmp_path)
        with warm(desk.database):
            yield desk
        desk.database.dispose()  # the story may have opened another


@pytest.fixture(scope="session")
def password_hash() -> str:
    """The hash of everybody's password, of a kind that is quickly compared."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory, password_hash: str) -> Copies:
    """Where SQLite databases come from."""
    return sqlite_copies(tmp_path_factory.mktemp("sqlite"), password_hash)


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory, password_hash: str) -> Iterator[Copies]:
    """Where PostgreSQL databases come from."""
    with postgresql_copies(tmp_path_factory.mktemp("postgresql"), password_hash) as copies:
        yield copies
