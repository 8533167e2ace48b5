"""New passwords: the old one opens the way, or a link that was mailed just now; all other doors close."""

import pytest

from models import SignIn, database
from tests.desk import PASSWORD, Desk, later, listening, on_sqlite, refused
from workflow.people import guessing, new_passwords, passwords, sign_ins
from workflow.refusals import Forbidden, InvalidField, TooOften, WrongCredentials

FRESH = "correct horse"


def by_link(desk: Desk, name: str) -> str:
    """The key of somebody who came in by a mailed link just now."""
    with database.writing() as session:
        return SignIn.begin(session, desk.who(name), by_link=True)


def test_the_old_password_opens_the_way(desk: Desk) -> None:
    key = sign_ins.sign_in(desk.who("cleo"))

    new_passwords.change_password(key, PASSWORD, FRESH)

    assert sign_ins.authenticate("cleo@example.com", FRESH) == desk.who("cleo")
    with pytest.raises(WrongCredentials):
        sign_ins.authenticate("cleo@example.com", PASSWORD)


def test_a_wrong_one_changes_nothing(desk: Desk) -> None:
    key, other = sign_ins.sign_in(desk.who("cleo")), sign_ins.sign_in(desk.who("cleo"))

    with refused("The old password is wrong.", InvalidField):
        new_passwords.change_password(key, "docket-dema", FRESH)

    assert sign_ins.authenticate("cleo@example.com", PASSWORD)
    assert sign_ins.signed_in(other)


def test_it_cannot_be_guessed_from_an_open_page(desk: Desk) -> None:
    key = sign_ins.sign_in(desk.who("cleo"))
    for number in range(10):
        with refused("The old password is wrong.", InvalidField):
            new_passwords.change_password(key, f"guess {number}", FRESH)

    with refused(guessing.ENOUGH, TooOften):
        new_passwords.change_password(key, PASSWORD, FRESH)

    assert new_passwords.change_password(by_link(desk, "cleo"), "", FRESH) is None


def test_all_other_doors_close(desk: Desk) -> None:
    cleo = desk.who("cleo")
    here, elsewhere, carls = (sign_ins.sign_in(user) for user in (cleo, cleo, desk.who("carl")))

    with listening() as heard:
        new_passwords.change_password(here, PASSWORD, FRESH)

    assert [bool(sign_ins.signed_in(key)) for key in (here, elsewhere, carls)] == [True, False, True]
    assert desk.who("cleo").access_version == cleo.access_version + 1
    assert {cleo.key} in [news.audience for news in heard]


def test_after_a_mailed_link_none_is_asked_for(desk: Desk) -> None:
    key = by_link(desk, "cleo")
    assert not new_passwords.needs_old_password(key)

    new_passwords.change_password(key, "", FRESH)

    assert sign_ins.authenticate("cleo@example.com", FRESH)


def test_but_not_for_long(desk: Desk) -> None:
    key = by_link(desk, "cleo")

    with later(minutes=15, seconds=1):
        assert new_passwords.needs_old_password(key)
        with refused("The old password is wrong.", InvalidField):
            new_passwords.change_password(key, "", FRESH)


def test_the_first_password_needs_none(desk: Desk) -> None:
    desk.sql("UPDATE users SET password_hash = '' WHERE email = 'cleo@example.com'")
    key = sign_ins.sign_in(desk.who("cleo"))

    new_passwords.change_password(key, "", FRESH)

    assert new_passwords.needs_old_password(key)
    assert sign_ins.authenticate("cleo@example.com", FRESH)


@on_sqlite
@pytest.mark.parametrize("new", [None, "", "too short", "x" * 201, "ten and more \x00"])
def test_a_new_one_must_fit(desk: Desk, new: str | None) -> None:
    with pytest.raises(InvalidField):
        new_passwords.change_password(sign_ins.sign_in(desk.who("cleo")), PASSWORD, new)

    assert sign_ins.authenticate("cleo@example.com", PASSWORD)


def test_who_is_signed_out_changes_nothing(desk: Desk) -> None:
    key = sign_ins.sign_in(desk.who("cleo"))
    sign_ins.sign_out(key)

    with refused("You have been signed out.", Forbidden):
        new_passwords.change_password(key, PASSWORD, FRESH)
    with refused("You have been signed out.", Forbidden):
        new_passwords.needs_old_password("guessed")


def test_of_two_changes_at_once_one_counts(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    mine, theirs = sign_ins.sign_in(desk.who("cleo")), sign_ins.sign_in(desk.who("cleo"))
    hashed = passwords.hashed

    def meanwhile(password: str) -> str:
        monkeypatch.setattr(passwords, "hashed", hashed)
        new_passwords.change_password(theirs, PASSWORD, "another horse")
        return hashed(password)

    monkeypatch.setattr(passwords, "hashed", meanwhile)
    with pytest.raises(Forbidden):
        new_passwords.change_password(mine, PASSWORD, FRESH)

    assert sign_ins.authenticate("cleo@example.com", "another horse")
