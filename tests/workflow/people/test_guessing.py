"""Guessing: after so many wrong passwords a door stays shut for a while, to everybody in the same way."""

import asyncio

import pytest
from sqlmodel import select

from models import Guess
from tests.desk import PASSWORD, Desk, later, refused
from workflow import upkeep
from workflow.people import guessing, sign_ins
from workflow.refusals import TooOften, WrongCredentials


def come_in(name: str, password: str = PASSWORD, remote: str = "192.0.2.1") -> str:
    """Try a password; returns the name of the one who came in."""
    return asyncio.run(sign_ins.authenticate_in_turn(f"{name}@example.com", password, remote)).name


def guess(name: str, number: int, remote: str = "192.0.2.1") -> None:
    """Try so many wrong ones."""
    for attempt in range(number):
        with refused("E-mail or password is wrong.", WrongCredentials):
            come_in(name, f"guess {attempt}", remote)


@pytest.mark.parametrize("name", ["cleo", "nobody", "ivy"])
def test_ten_wrong_passwords_shut_an_account(desk: Desk, name: str) -> None:
    guess(name, 10)

    with refused(guessing.ENOUGH, TooOften) as stop:
        come_in(name, remote="198.51.100.7")

    assert isinstance(stop.value, TooOften)
    assert 0 < stop.value.wait <= 15 * 60
    assert come_in("carl") == "Carl Cole"


def test_twenty_from_one_address_shut_it_to_all(desk: Desk) -> None:
    for number in range(20):
        guess(f"nobody-{number}", 1)

    with refused(guessing.ENOUGH, TooOften):
        come_in("cleo")

    assert come_in("cleo", remote="198.51.100.7") == "Cleo Clark"


def test_neighbours_in_one_network_count_as_one(desk: Desk) -> None:
    for number in range(20):
        guess(f"nobody-{number}", 1, remote=f"2001:db8::{number:x}")

    with refused(guessing.ENOUGH, TooOften):
        come_in("cleo", remote="2001:db8::ffff")


def test_a_quarter_of_an_hour_later_it_is_open(desk: Desk) -> None:
    guess("cleo", 10)

    with later(minutes=16):
        guess("nobody", 1)
        assert sign_ins._tried("cleo@example.com", PASSWORD, "192.0.2.1").name == "Cleo Clark"


def test_the_right_password_begins_anew(desk: Desk) -> None:
    guess("cleo", 9)

    assert come_in("cleo") == "Cleo Clark"

    guess("cleo", 9)
    assert come_in("cleo") == "Cleo Clark"


def test_it_is_heeded_by_other_processes(desk: Desk) -> None:
    for _ in range(10):
        guessing.count("cleo@example.com", "192.0.2.1")

    script = "from workflow.people import guessing; from workflow.refusals import TooOften\n"
    script += "db.use(settings.current().database)\n"
    script += "try: guessing.count(' CLEO@example.com', '')\nexcept TooOften: print('shut')"

    assert desk.elsewhere(script) == "shut\n"


def test_what_counts_no_more_is_dropped(desk: Desk) -> None:
    guess("cleo", 1)

    with later(minutes=16):
        upkeep.tidy()

    with desk.database.reading() as session:
        assert session.exec(select(Guess)).all() == []


def test_a_long_queue_is_sent_away(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_ins, "MOST_WAITING", 0)

    with refused(sign_ins.CROWDED, TooOften):
        come_in("cleo")
