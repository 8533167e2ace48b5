"""Processes: whose claims hold, and from when on they are anybody's."""

from datetime import timedelta

import pytest
from sqlmodel import select

from models import Letter, clock, database, process
from models.process import Process
from tests.desk import Desk
from tests.workflow.mail.test_queue import write


def claim(by: str) -> int:
    """How many letters this process gets."""
    with database.writing() as session:
        return len(Letter.claim(session, 1, by=by))


@pytest.mark.parametrize("seconds, gets", [(29, 0), (31, 1), (-29, 0), (-31, 1)])
def test_a_claim_ends_with_silence(desk: Desk, seconds: float, gets: int) -> None:
    write(desk)
    with clock.at(clock.now() - timedelta(seconds=seconds)), database.writing() as session:
        Process.is_seen(session, "first")
    desk.sql("UPDATE letters SET claimed_by = 'first'")

    assert claim("second") == gets


@pytest.mark.parametrize("hours", [-1, 1], ids=["back", "forth"])
def test_a_clock_that_is_set_ends_no_claim(desk: Desk, hours: int, monkeypatch: pytest.MonkeyPatch) -> None:
    write(desk)
    assert [claim("first"), claim("second")] == [1, 0]

    with clock.at(clock.now() + timedelta(hours=hours)):
        assert claim("second") == 0
        monkeypatch.setattr(process, "SILENCE", timedelta(0))
        assert claim("second") == 1


def test_who_leaves_lets_go_at_once(desk: Desk) -> None:
    write(desk)
    assert [claim("first"), claim("second")] == [1, 0]

    with database.writing() as session:
        Process.leave(session, "first")

    assert [claim("first"), claim("second")] == [0, 1]


def test_a_sign_of_life_holds_on(desk: Desk) -> None:
    write(desk)
    assert claim("first") == 1

    for seconds in (20, 40, 60):
        with clock.at(clock.now() + timedelta(seconds=seconds)), database.writing() as session:
            Process.is_seen(session, "first")

    with clock.at(clock.now() + timedelta(seconds=80)):
        assert claim("second") == 0
    with database.reading() as session:
        assert [process.name for process in session.exec(select(Process))] == ["first"]
