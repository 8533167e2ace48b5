"""Sign-ins: one for each browser, opened by a key that is stored nowhere."""

from models import SignIn, database
from tests.desk import Desk, later


def signed_in(desk: Desk, name: str, days: int = 14) -> str:
    with database.writing() as session:
        return SignIn.begin(session, desk.who(name), days)


def who(key: str) -> str | None:
    with database.reading() as session:
        user = SignIn.who(session, key)
        return user and user.first_name


def test_a_key_opens_ones_own(desk: Desk) -> None:
    cleo, carl = signed_in(desk, "cleo"), signed_in(desk, "carl")

    assert (who(cleo), who(carl), who(cleo + "x"), who("")) == ("Cleo", "Carl", None, None)


def test_a_key_grows_old(desk: Desk) -> None:
    key = signed_in(desk, "cleo", days=2)

    with later(days=2, seconds=1):
        assert who(key) is None


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
