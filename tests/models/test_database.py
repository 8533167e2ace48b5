"""The database: one writer at a time, whole transactions, consistent looks, and a plain answer when it is busy."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from models import Agency, database
from models.database import Busy, Database
from tests.desk import Desk, on_sqlite


@pytest.fixture
def impatient(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Database:
    """Another process on the same agency, which does not wait for long."""
    monkeypatch.setattr(database, "PATIENCE", 0.05)
    return Database(desk.url)


def named(session: Session) -> str | None:
    agency = Agency.get(session)
    return agency and agency.name


def test_a_foreign_writer_makes_busy(desk: Desk, impatient: Database) -> None:
    with desk.database.writing() as foreign:
        named(foreign)
        with pytest.raises(Busy), impatient.writing() as session:
            named(session)

    with impatient.writing() as session:
        session.add(Agency(name="Paper & Ink"))
    impatient.dispose()


def test_readers_do_not_notice_writers(desk: Desk, impatient: Database) -> None:
    with desk.database.writing() as session:
        session.add(Agency(name="Paper & Ink"))
        session.flush()
        with impatient.reading() as look:
            assert named(look) is None

    with impatient.reading() as look:
        assert named(look) == "Paper & Ink"
    impatient.dispose()


def test_a_writer_waits_for_its_turn(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def write() -> None:
        with database.writing():
            pass

    with ThreadPoolExecutor() as pool, database.writing():
        monkeypatch.setattr(database, "PATIENCE", 0.05)
        with pytest.raises(Busy):
            pool.submit(write).result()
        monkeypatch.setattr(database, "PATIENCE", 60)
        waiting = pool.submit(write)

    assert waiting.exception() is None


@pytest.mark.parametrize("url", ["sqlite:////nowhere/docket.db", "postgresql://docket@/docket?host=/nowhere"])
def test_a_database_that_is_away(url: str) -> None:
    away = Database(url)

    for way in (away.reading, away.writing):
        with pytest.raises(Busy), way() as session:
            session.execute(text("SELECT 1"))


def test_a_failing_block_keeps_nothing(desk: Desk) -> None:
    told: list[str] = []

    with pytest.raises(ZeroDivisionError):
        fail_after(told)

    with database.reading() as session:
        assert named(session) is None
    assert told == []


def fail_after(told: list[str]) -> None:
    with database.writing() as session:
        session.add(Agency(name="Paper & Ink"))
        session.flush()
        database.after_commit(session, lambda: told.append("kept"))
        raise ZeroDivisionError


def test_after_the_commit_all_follows(desk: Desk) -> None:
    told: list[str | None] = []

    def look() -> None:
        with database.reading() as session:
            told.append(named(session))

    with database.writing() as session:
        session.add(Agency(name="Paper & Ink"))
        database.after_commit(session, look)
        database.after_commit(session, lambda: told.append("then this"))
        assert told == []

    assert told == ["Paper & Ink", "then this"]


def test_a_look_is_consistent(desk: Desk) -> None:
    with database.reading() as look:
        assert named(look) is None
        with database.writing() as session:
            session.add(Agency(name="Paper & Ink"))
        assert named(look) is None


def test_a_writer_sees_the_latest(desk: Desk) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: desk.sql("UPDATE users SET access_version = access_version + 1"), range(40)))

    assert desk.who("cleo").access_version == 41


def test_foreign_keys_are_kept(desk: Desk) -> None:
    desk.job(client="cleo")

    with pytest.raises(IntegrityError):
        desk.sql("DELETE FROM users WHERE email = 'cleo@example.com'")


@on_sqlite
def test_acknowledged_means_on_disk(desk: Desk) -> None:
    for way in (database.reading, database.writing):
        with way() as session:
            asked = ("journal_mode", "synchronous", "foreign_keys")
            answers = [session.execute(text(f"PRAGMA {name}")).scalar() for name in asked]
        assert answers == ["wal", 2, 1]  # 2 is FULL


@on_sqlite
def test_another_program_makes_busy(desk: Desk, impatient: Database) -> None:
    with sqlite3.connect(desk.folder / "docket.db", isolation_level=None) as program:
        program.execute("BEGIN IMMEDIATE")
        with pytest.raises(Busy), impatient.writing() as session:
            named(session)
        program.execute("ROLLBACK")
    program.close()
    impatient.dispose()


def test_nothing_is_open_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_current", None)

    with pytest.raises(RuntimeError, match="no database is open"):
        database.current()


def test_opening_another_closes_one(desk: Desk, tmp_path: Path) -> None:
    database.use(f"sqlite:///{tmp_path}/another.db")

    assert database.current() is not desk.database
    database.current().dispose()
