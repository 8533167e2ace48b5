"""One's own address: it is changed once both mailboxes have agreed, and tells nobody who has an account."""

import re
from collections.abc import Callable

import pytest

from tests.desk import PASSWORD, Desk, later, on_sqlite, refused
from tests.mailbox import post_to
from workflow.people import addresses, administration, new_passwords, sign_ins
from workflow.refusals import ConditionNotMet, DeadLink, InvalidField, TooOften

NEW = "cleo.clark@example.com"


def asked(desk: Desk, email: str = NEW) -> list[str]:
    """Cleo asks for another address; the keys in the letters that wait, by who gets them."""
    post_to(desk, "smtp://localhost")
    addresses.ask(email, by=desk.who("cleo"))
    letters = desk.letters()[-2:]
    assert [letter.recipient for letter in letters] == ["cleo@example.com", email]
    return [re.findall(r"/address/confirm\?key=([\w-]+)", letter.body)[0] for letter in letters]


@pytest.mark.parametrize("first", [0, 1])
def test_both_mailboxes_agree(desk: Desk, first: int) -> None:
    keys, session_key = asked(desk), sign_ins.sign_in(desk.who("cleo"))

    assert not addresses.confirm(keys[first])
    assert not addresses.confirm(keys[first])
    assert sign_ins.signed_in(session_key)
    assert addresses.confirm(keys[1 - first])

    assert sign_ins.authenticate(NEW, PASSWORD).name == "Cleo Clark"
    assert sign_ins.signed_in(session_key) is None


def test_a_link_shows_what_it_would_do_and_does_nothing(desk: Desk) -> None:
    _old, new = asked(desk)

    assert addresses.look(new) == ("cleo@example.com", NEW)
    assert addresses.look(new) == ("cleo@example.com", NEW)


ENDS: dict[str, Callable[[Desk, list[str]], object]] = {
    "used": lambda _desk, keys: [addresses.confirm(key) for key in keys],
    "asked anew": lambda desk, _keys: asked(desk, "other@example.com"),
    "taken back": lambda desk, _keys: addresses.take_back(by=desk.who("cleo")),
    "password": lambda desk, _keys: new_passwords.change_password(
        sign_ins.sign_in(desk.who("cleo")), PASSWORD, "correct horse"
    ),
    "closed": lambda desk, _keys: administration.change(desk.who("cleo").key, {"active": False}, by=desk.who("ada")),
}


@on_sqlite
@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_whatever_ends_it(desk: Desk, end: Callable[[Desk, list[str]], object]) -> None:
    keys = asked(desk)
    end(desk, keys)

    for key in keys:
        with refused(addresses.DEAD, DeadLink):
            addresses.confirm(key)


@on_sqlite
def test_it_waits_for_two_days(desk: Desk) -> None:
    old, _new = asked(desk)

    with later(days=2, seconds=1), refused(addresses.DEAD, DeadLink):
        addresses.confirm(old)


@on_sqlite
def test_nobody_learns_who_has_an_account(desk: Desk) -> None:
    post_to(desk, "smtp://localhost")

    assert addresses.ask("carl@example.com", by=desk.who("cleo")) == "carl@example.com"

    assert [letter.recipient for letter in desk.letters()] == ["cleo@example.com"]


@on_sqlite
def test_an_address_that_somebody_took_meanwhile_is_not_changed(desk: Desk) -> None:
    old, new = asked(desk)
    addresses.confirm(old)
    administration.change(desk.who("carl").key, {"email": NEW}, by=desk.who("ada"))

    with refused(addresses.DEAD, DeadLink):
        addresses.confirm(new)

    assert desk.who("cleo").email == "cleo@example.com"


@on_sqlite
@pytest.mark.parametrize("email", ["", "cleo", " Cleo@Example.com "])
def test_what_is_no_other_address_is_refused(desk: Desk, email: str) -> None:
    post_to(desk, "smtp://localhost")

    with pytest.raises(InvalidField):
        addresses.ask(email, by=desk.who("cleo"))


@on_sqlite
def test_mailboxes_are_not_flooded(desk: Desk) -> None:
    for _ in range(3):
        asked(desk)

    with pytest.raises(TooOften):
        asked(desk)


@on_sqlite
def test_without_mail_it_is_the_admins(desk: Desk) -> None:
    with refused(addresses.NO_MAIL, ConditionNotMet):
        addresses.ask(NEW, by=desk.who("cleo"))
