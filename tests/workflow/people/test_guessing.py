"""Guessing: after so many wrong passwords a door stays shut for a while, to everybody in the same way."""

import asyncio
from threading import Event

import pytest
from sqlmodel import select

from models import Guess
from tests.desk import PASSWORD, Desk, later, on_sqlite, refused
from workflow import upkeep
from workflow.people import guessing, passwords, sign_ins
from workflow.refusals import TooOften, WrongCredentials


def come_in(name: str, password: str = PASSWORD, remote: str = "192.0.2.1") -> str:
    """Try a password; returns the name of the one who came in."""
    return asyncio.run(sign_ins.authenticate_in_turn(f"{name}@example.com", password, remote)).name


def guess(name: str, number: int, remote: str = "192.0.2.1") -> None:
    """Try so many wrong ones."""
    for attempt in range(number):
        with refused("E-mail or password is wrong.", WrongCredentials):
            come_in(name, f"guess {attempt}", remote)


@on_sqlite
@pytest.mark.parametrize("name", ["cleo", "nobody", "ivy"])
def test_ten_wrong_passwords_shut_an_account(desk: Desk, name: str) -> None:
    guess(name, 10)

    with refused(guessing.ENOUGH, TooOften) as stop:
        come_in(name, remote="198.51.100.7")

    assert isinstance(stop.value, TooOften)
    assert 0 < stop.value.wait <= 15 * 60
    assert come_in("carl") == "Carl Cole"


@on_sqlite
def test_twenty_from_one_address_shut_it_to_all(desk: Desk) -> None:
    for number in range(20):
        guess(f"nobody-{number}", 1)

    with refused(guessing.ENOUGH, TooOften):
        come_in("cleo")

    assert come_in("cleo", remote="198.51.100.7") == "Cleo Clark"


@on_sqlite
def test_neighbours_in_one_network_count_as_one(desk: Desk) -> None:
    for number in range(20):
        guess(f"nobody-{number}", 1, remote=f"2001:db8::{number:x}")

    with refused(guessing.ENOUGH, TooOften):
        come_in("cleo", remote="2001:db8::ffff")


@on_sqlite
def test_a_quarter_of_an_hour_later_it_is_open(desk: Desk) -> None:
    guess("cleo", 10)

    with later(minutes=16):
        assert come_in("cleo") == "Cleo Clark"


@on_sqlite
def test_the_right_password_begins_anew(desk: Desk) -> None:
    guess("cleo", 9)

    assert come_in("cleo") == "Cleo Clark"

    guess("cleo", 9)
    assert come_in("cleo") == "Cleo Clark"


def test_it_is_heeded_by_other_processes(desk: Desk) -> None:
    for _ in range(10):
        guessing.count(guessing.PASSWORD, "cleo@example.com", "192.0.2.1")

    script = "from workflow.people import guessing; from workflow.refusals import TooOften\n"
    script += "db.use(settings.current().database)\n"
    script += "try: guessing.count(guessing.PASSWORD, ' CLEO@example.com')\nexcept TooOften: print('shut')"

    assert desk.elsewhere(script) == "shut\n"


def test_what_counts_no_more_is_dropped(desk: Desk) -> None:
    guess("cleo", 1)

    with later(minutes=16):
        upkeep.tidy()

    with desk.database.reading() as session:
        assert session.exec(select(Guess)).all() == []


@on_sqlite
def test_a_long_queue_is_sent_away_and_not_counted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_ins, "MOST_WAITING", 0)

    with refused(sign_ins.CROWDED, TooOften):
        come_in("cleo")

    with desk.database.reading() as session:
        assert session.exec(select(Guess)).all() == []


def test_fifty_guesses_at_once_are_judged_ten_times(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed = reaching_the_hash(monkeypatch)

    async def storm() -> list[str]:
        tries = [tried("cleo", f"guess {number}", f"192.0.2.{number}") for number in range(50)]
        return await asyncio.gather(*tries)

    answers = asyncio.run(storm())

    assert len(hashed) == answers.count("WrongCredentials") <= 10
    assert set(answers) == {"WrongCredentials", "TooOften"}


@on_sqlite
def test_who_never_failed_goes_before_who_did(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    guess("nobody", 1)
    hashed = reaching_the_hash(monkeypatch, there=counted(monkeypatch, "cleo@example.com"))

    async def morning() -> None:
        guesses = [tried(f"nobody-{number}", "guess") for number in range(8)]
        await asyncio.gather(*guesses, tried("cleo", PASSWORD, "198.51.100.7"))

    asyncio.run(morning())

    assert PASSWORD in hashed[:3]


@on_sqlite
@pytest.mark.parametrize("typed", ["info@bücher.example", "info@xn--bcher-kva.example", "INFO@Bu\u0308cher.example"])
def test_however_it_is_typed_it_is_one_account(desk: Desk, typed: str) -> None:
    for _ in range(10):
        guessing.count(guessing.PASSWORD, "info@bücher.example")

    with refused(guessing.ENOUGH, TooOften):
        guessing.count(guessing.PASSWORD, typed)


async def tried(name: str, password: str, remote: str = "192.0.2.1") -> str:
    """What becomes of a try."""
    try:
        return (await sign_ins.authenticate_in_turn(f"{name}@example.com", password, remote)).name
    except (TooOften, WrongCredentials) as refusal:
        return type(refusal).__name__


def counted(monkeypatch: pytest.MonkeyPatch, email: str) -> Event:
    """What is set once a try at this account has been counted, and so is about to stand in a line."""
    there, count = Event(), guessing.count

    def noted(door: guessing.Door, at: str, remote: str) -> guessing.Try:
        counted = count(door, at, remote)
        if at == email:
            there.set()
        return counted

    monkeypatch.setattr(guessing, "count", noted)
    return there


def reaching_the_hash(monkeypatch: pytest.MonkeyPatch, there: Event | None = None) -> list[str]:
    """The passwords that reach the hash from now on, in turn; none is judged before somebody is there."""
    hashed, fits = list[str](), passwords.fits

    def noted(password: str, password_hash: str | None) -> bool:
        hashed.append(password)
        assert there is None or there.wait(10)
        return fits(password, password_hash)

    monkeypatch.setattr(passwords, "fits", noted)
    return hashed
