"""Failed sign-ins are counted while others write, and what could not be told is told later."""

from collections.abc import Iterator
from threading import Thread

import pytest

from models import database
from tests.desk import Desk, on_sqlite
from tests.workflow.history.test_desk_log import said
from workflow.people import failures


@pytest.fixture(autouse=True)
def nobody_failed_before() -> Iterator[None]:
    failures._counted.clear()
    yield
    failures._counted.clear()


@on_sqlite
def test_counting_waits_for_nobody(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "PATIENCE", 60)
    failures.count("cleo@example.com", "192.0.2.1")

    telling = Thread(target=failures.tell)
    with database.writing():
        telling.start()
        while not desk.database._turn._waiting:
            pass
        counting = Thread(target=failures.count, args=("cleo@example.com", "192.0.2.1"))
        counting.start()
        counting.join(10)
        assert not counting.is_alive()
    telling.join()

    failures.tell()
    assert said(desk, "failure") == ["1 sign-in failed, from 192.0.2.1, for Cleo Clark."] * 2


@on_sqlite
def test_what_could_not_be_told_is_told_later(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "PATIENCE", 0.01)
    failures.count("cleo@example.com", "192.0.2.1")

    with database.writing(), pytest.raises(database.Busy):
        failures.tell()
    failures.count("cleo@example.com", "192.0.2.1")

    failures.tell()
    assert said(desk, "failure") == ["2 sign-ins failed, from 192.0.2.1, for Cleo Clark."]
