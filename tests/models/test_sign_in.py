"""Sign-ins: one for each browser, opened by a key that is stored nowhere."""

from datetime import timedelta

import pytest

from models import SignIn, clock, database, keys
from tests.desk import Desk, later, on_sqlite
from workflow.people import uses


def signed_in(desk: Desk, name: str) -> str:
    with database.writing() as session:
        return SignIn.begin(session, desk.who(name))


def who(key: str) -> str | None:
    with database.reading() as session:
        user = SignIn.who(session, key)
        return user and user.first_name


def test_a_key_opens_ones_own(desk: Desk) -> None:
    cleo, carl = signed_in(desk, "cleo"), signed_in(desk, "carl")

    assert (who(cleo), who(carl), who(cleo + "x"), who("")) == ("Cleo", "Carl", None, None)


IDLE = {"cleo": timedelta(days=14), "wren": timedelta(days=14), "bea": timedelta(hours=12), "ada": timedelta(hours=12)}


@on_sqlite
@pytest.mark.parametrize("name, idle", IDLE.items())
def test_a_key_that_nobody_uses_grows_old(desk: Desk, name: str, idle: timedelta) -> None:
    key = signed_in(desk, name)

    with clock.at(clock.now() + idle - timedelta(minutes=1)):
        assert who(key)
    with clock.at(clock.now() + idle + timedelta(seconds=1)):
        assert who(key) is None


def test_a_use_lets_it_go_on(desk: Desk) -> None:
    key = signed_in(desk, "bea")

    with later(hours=11):
        uses.note(SignIn, keys.hashed(key))
        uses.keep()
    with later(hours=22):
        assert who(key)
    with later(hours=23, seconds=1):
        assert who(key) is None


def test_but_not_for_ever(desk: Desk) -> None:
    key = signed_in(desk, "cleo")

    for day in range(10, 60, 10):
        with later(days=day):
            uses.note(SignIn, keys.hashed(key))
            uses.keep()

    with later(days=60, seconds=1):
        assert who(key) is None


@on_sqlite
def test_people_are_not_read_anew_for_each_step(desk: Desk) -> None:
    key, before = signed_in(desk, "bea"), desk.commits()

    with later(minutes=9):
        uses.note(SignIn, keys.hashed(key))
        uses.keep()

    assert desk.commits() == before


def test_who_left_is_nobody(desk: Desk) -> None:
    assert who(signed_in(desk, "ivy")) is None


def test_one_or_all_can_end(desk: Desk) -> None:
    first, second, third, carl = (signed_in(desk, name) for name in ("cleo", "cleo", "cleo", "carl"))

    with database.writing() as session:
        SignIn.end(session, first)
    assert [who(key) for key in (first, second, third)] == [None, "Cleo", "Cleo"]

    with database.writing() as session:
        SignIn.end_all(session, desk.who("cleo"))
    assert [who(key) for key in (second, third, carl)] == [None, None, "Carl"]
