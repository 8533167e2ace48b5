"""Invitations: an admin opens an account, and its person comes in by a link: once, within a week."""

import re

import pytest

from models.user import Role, User
from tests.desk import FRESH, Desk, later, on_sqlite, refused
from tests.mailbox import post_to
from tests.workflow.history.test_desk_log import said
from workflow.people import administration, guessable, invitations, mailed_links, sign_ins
from workflow.people.invitations import DEAD, HAS_COME, Guest
from workflow.refusals import ConditionNotMet, DeadLink, Forbidden, InvalidField, TooOften, WrongCredentials


def invited(desk: Desk, name: str = "Nina New", email: str = "nina@example.com", role: Role = Role.client) -> User:
    """Somebody whom Ada has just invited."""
    return invitations.invite([Guest(name, email, role)], by=desk.who("ada"))[0].user


def key_of(desk: Desk, user: User) -> str:
    """The key of a fresh link for somebody who has not come yet."""
    return invitations.send_again(user.key, by=desk.who("ada")).link.rpartition("=")[2]


def test_who_is_invited_comes_in_by_their_own_password(desk: Desk) -> None:
    nina = invited(desk)

    key = invitations.accept(key_of(desk, nina), FRESH)

    user = sign_ins.signed_in(key)
    assert user
    assert (user.name, user.role, user.invited_at) == ("Nina New", Role.client, None)
    assert sign_ins.authenticate("nina@example.com", FRESH) == user


def test_or_without_one(desk: Desk) -> None:
    nina = invited(desk)

    assert sign_ins.signed_in(invitations.accept(key_of(desk, nina), ""))

    with pytest.raises(WrongCredentials):
        sign_ins.authenticate("nina@example.com", "")


def test_a_letter_brings_the_link_and_only_the_letter(desk: Desk) -> None:
    post_to(desk, "smtp://localhost")

    (invitation,) = invitations.invite([Guest("Nina New", "nina@example.com", Role.writer)], by=desk.who("ada"))

    (letter,) = desk.letters()
    (key,) = re.findall(r"/invite/with\?key=([\w-]+)", letter.body)
    assert (invitation.link, letter.type, letter.recipient) == ("", "invitation", "nina@example.com")
    assert "Ada Adler has opened an account for you" in letter.body
    assert "There you find your work" in letter.body
    assert invitations.look(key).email == "nina@example.com"


@on_sqlite
@pytest.mark.parametrize("sign_in", [True, False])
def test_the_link_is_used_once(desk: Desk, sign_in: bool) -> None:
    key = key_of(desk, invited(desk))
    invitations.accept(key, FRESH if sign_in else "")

    with refused(DEAD, DeadLink):
        invitations.accept(key, FRESH)


@on_sqlite
def test_a_password_that_will_not_do_uses_nothing(desk: Desk) -> None:
    key = key_of(desk, invited(desk))
    with refused(guessable.OWN, InvalidField):
        invitations.accept(key, "nina new 2026")

    assert invitations.accept(key, FRESH)


def test_it_is_good_for_a_week(desk: Desk) -> None:
    key = key_of(desk, invited(desk))

    with later(days=7, seconds=1), refused(DEAD, DeadLink):
        invitations.accept(key, FRESH)
    with later(days=6, hours=23):
        assert invitations.accept(key, FRESH)


def test_a_new_link_ends_the_one_before(desk: Desk) -> None:
    nina = invited(desk)
    first, second = key_of(desk, nina), key_of(desk, nina)

    with refused(DEAD, DeadLink):
        invitations.accept(first, FRESH)
    assert invitations.accept(second, FRESH)


@on_sqlite
def test_a_mailbox_is_not_flooded(desk: Desk) -> None:
    nina = invited(desk)
    for _ in range(4):
        key_of(desk, nina)

    with pytest.raises(TooOften):
        key_of(desk, nina)


def test_what_was_withdrawn_lets_nobody_in(desk: Desk) -> None:
    nina = invited(desk)
    key = key_of(desk, nina)

    invitations.withdraw(nina.key, by=desk.who("ada"))

    with refused(DEAD, DeadLink):
        invitations.accept(key, FRESH)
    mailed_links.send("nina@example.com")
    assert (desk.letters(), desk.who("nina").active) == ([], False)


@on_sqlite
@pytest.mark.parametrize("verb", [invitations.send_again, invitations.withdraw])
def test_who_has_come_is_not_waited_for(desk: Desk, verb: object) -> None:
    assert callable(verb)

    with refused(HAS_COME, ConditionNotMet):
        verb(desk.who("wren").key, by=desk.who("ada"))


@on_sqlite
def test_any_first_sign_in_counts_as_having_come(desk: Desk) -> None:
    nina = invited(desk)
    administration.set_password(nina.key, FRESH, by=desk.who("ada"))

    sign_ins.sign_in(desk.who("nina"))

    with refused(HAS_COME, ConditionNotMet):
        key_of(desk, nina)


@on_sqlite
def test_who_has_come_by_another_way_is_invited_no_longer(desk: Desk) -> None:
    key = key_of(desk, invited(desk))

    mailed_links.use(mailed_links.printed("nina@example.com").rpartition("=")[2])

    with refused(DEAD, DeadLink):
        invitations.accept(key, FRESH)


def test_a_new_address_ends_the_link_to_the_old_one(desk: Desk) -> None:
    nina = invited(desk)
    key = key_of(desk, nina)

    administration.change(nina.key, {"email": "nina.new@example.com"}, by=desk.who("ada"))

    with refused(DEAD, DeadLink):
        invitations.accept(key, FRESH)


@on_sqlite
def test_an_admin_who_has_not_come_is_none_to_leave_the_agency_to(desk: Desk) -> None:
    invited(desk, role=Role.admin)

    with refused(administration.LAST_ADMIN, ConditionNotMet):
        administration.change(desk.who("ada").key, {"role": "manager"}, by=desk.who("ada"))


@on_sqlite
@pytest.mark.parametrize("name", ["cleo", "wren", "bea"])
def test_only_admins_invite(desk: Desk, name: str) -> None:
    nina, by = invited(desk), desk.who(name)

    for verb in (invitations.send_again, invitations.withdraw):
        with pytest.raises(Forbidden):
            verb(nina.key, by=by)
    with pytest.raises(Forbidden):
        invitations.invite([Guest("Eve", "eve@example.com", Role.admin)], by=by)


def test_of_many_all_are_invited_or_none(desk: Desk) -> None:
    guests = [Guest("Nina New", "nina@example.com", Role.client), Guest("Cleo", "cleo@example.com", Role.client)]

    with refused("There is an account with this address already.", InvalidField):
        invitations.invite(guests, by=desk.who("ada"))

    assert len(invitations.invite(guests[:1], by=desk.who("ada"))) == 1


@on_sqlite
def test_the_log_tells_each_step(desk: Desk) -> None:
    nina = invited(desk)
    invitations.accept(key_of(desk, nina), "")
    invitations.withdraw(invited(desk, "Nils", "nils@example.com", Role.writer).key, by=desk.who("ada"))

    assert said(desk) == [
        "Ada Adler withdrew the invitation of Nils.",
        "Ada Adler invited Nils: writer.",
        "Nina New signed in by an invitation.",
        "Ada Adler invited Nina New: client, again.",
        "Ada Adler invited Nina New: client.",
    ]
