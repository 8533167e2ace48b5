"""Busy: somebody else holds the database, or it is away, and callers are asked to come again."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest

from models import database
from models.database import WRITERS_TURN
from tests.api.caller import By, Caller, said
from tests.desk import Desk


@contextmanager
def locked(desk: Desk) -> Iterator[None]:
    """Another program is in the middle of a change."""
    if desk.database.is_sqlite:
        with closing(sqlite3.connect(desk.folder / "docket.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
    else:
        with psycopg.connect(desk.url) as other:
            other.execute("SELECT pg_advisory_xact_lock(%s)", [WRITERS_TURN])
            yield


@pytest.fixture
def hasty(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk that waits a tenth of a second only."""
    monkeypatch.setattr(database, "PATIENCE", 0.1)
    desk.database = database.use(desk.url)
    return desk


def test_a_change_is_to_come_again(hasty: Desk, by: By) -> None:
    job = hasty.job()

    with locked(hasty):
        answer = by("bea").move(job, "approved")

    assert said(answer) == (503, "BUSY")
    assert int(answer.headers["Retry-After"]) > 0
    assert len(hasty.history(job)) == 1
    assert said(by("bea").move(job, "approved")) == (200, None)


def test_nothing_else_is_written_either(hasty: Desk, by: By) -> None:
    with locked(hasty):
        assert said(by("cleo").place()) == (503, "BUSY")
        assert said(by("cleo").call("POST", "/api/notifications/read-all")) == (503, "BUSY")

    assert by("cleo").place().json()["displayId"].endswith("-0001")


def test_readers_do_not_notice(hasty: Desk, by: By, stranger: Caller) -> None:
    job = hasty.job("delivered")

    with locked(hasty):
        assert by("cleo").titles() == [job.title]
        assert len(by("cleo").logs(job)) == 5
        assert said(by("cleo").move(job, "delivered")) == (200, None)
        assert said(by("cleo").move(job, "assigned")) == (400, "INVALID_TRANSITION")
        assert said(stranger.get("/healthz")) == (200, None)


@pytest.mark.parametrize("gone", ["sqlite:///{}/gone/docket.db", "postgresql://nobody@127.0.0.1:1/gone?host={}"])
def test_a_database_that_is_away(desk: Desk, by: By, stranger: Caller, tmp_path: Path, gone: str) -> None:
    wren = by("wren")
    assert stranger.get("/healthz").json() == {"status": "ok"}

    database.use(gone.format(tmp_path))

    for answer in (stranger.get("/healthz"), wren.get("/api/jobs"), wren.place()):
        assert said(answer) == (503, "BUSY")
        assert answer.headers["Retry-After"]
