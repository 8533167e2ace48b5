"""Accounts: who may come in, and what ends that."""

from datetime import timedelta

import pytest

from models import SignIn, clock, database
from models.user import Role
from tests.desk import CAST, FRESH, PASSWORD, Desk, later, listening, on_sqlite, refused
from workflow.people import accounts, administration, sign_ins
from workflow.refusals import Forbidden, InvalidField, WrongCredentials


@pytest.mark.parametrize("address", ["cleo@example.com", " Cleo@Example.COM "])
def test_the_right_password_opens(desk: Desk, address: str) -> None:
    assert sign_ins.authenticate(address, PASSWORD).name == "Cleo Clark"


@pytest.mark.parametrize(
    "address, password",
    [
        ("cleo@example.com", "docket-dema"),
        ("cleo@example.com", ""),
        ("cleo@example.com", PASSWORD + "\x00"),
        ("cleo@example.com", "half \ud83d"),
        ("nobody@example.com", PASSWORD),
        ("ivy@example.com", PASSWORD),
        ("cleo@example.com\x00", PASSWORD),
        ("half\ud83d@example.com", PASSWORD),
        ("%@example.com", PASSWORD),
        ("", ""),
    ],
    ids=ascii,
)
def test_everything_else_is_wrong_alike(desk: Desk, address: str, password: str) -> None:
    with refused(str(WrongCredentials()), WrongCredentials):
        sign_ins.authenticate(address, password)


def test_a_sign_in_lasts_its_days(desk: Desk) -> None:
    key = sign_ins.sign_in(desk.who("cleo"))

    with later(days=13, hours=23):
        assert sign_ins.signed_in(key) == desk.who("cleo")
    with later(days=14, seconds=1):
        assert sign_ins.signed_in(key) is None


def test_signing_out_ends_one_browser(desk: Desk) -> None:
    laptop, phone = sign_ins.sign_in(desk.who("cleo")), sign_ins.sign_in(desk.who("cleo"))

    with listening() as heard:
        sign_ins.sign_out(laptop)

    assert sign_ins.signed_in(laptop) is None
    assert sign_ins.signed_in(phone)
    assert [news.audience for news in heard] == [{desk.who("cleo").id}]


def test_an_unknown_key_opens_nothing(desk: Desk) -> None:
    sign_ins.sign_out("guessed")

    assert sign_ins.signed_in("guessed") is None


def test_closing_an_account_ends_all(desk: Desk) -> None:
    wren = desk.who("wren")
    keys = [sign_ins.sign_in(wren), sign_ins.sign_in(wren)]

    with listening() as heard:
        administration.change(wren.key, {"active": False}, by=desk.who("ada"))

    assert [sign_ins.signed_in(key) for key in keys] == [None, None]
    assert desk.who("wren").access_version == wren.access_version + 1
    assert {wren.key} in [news.audience for news in heard]
    with pytest.raises(WrongCredentials):
        sign_ins.authenticate("wren@example.com", PASSWORD)


def test_a_reopened_account_signs_in_anew(desk: Desk) -> None:
    key = sign_ins.sign_in(desk.who("wren"))
    administration.change(desk.who("wren").key, {"active": False}, by=desk.who("ada"))

    administration.change(desk.who("wren").key, {"active": True}, by=desk.who("ada"))

    assert sign_ins.signed_in(key) is None
    assert sign_ins.authenticate("wren@example.com", PASSWORD).active


@on_sqlite
@pytest.mark.parametrize("name", [name for name in CAST if name not in {"ada", "ivy"}])
def test_only_admins_manage_accounts(desk: Desk, name: str) -> None:
    somebody = desk.who(name)

    with refused("Only an admin can do this.", Forbidden):
        administration.change(desk.who("carl").key, {"active": False}, by=somebody)
    with refused("Only an admin can do this.", Forbidden):
        accounts.add("Eve", "eve@example.com", Role.admin, FRESH, by=somebody)

    assert desk.who("carl").active


def test_an_admin_of_yesterday_adds_nobody(desk: Desk) -> None:
    ada = desk.who("ada")
    eve = accounts.add("Eve", "eve@example.com", Role.admin, FRESH, by=ada)
    administration.change(ada.key, {"active": False}, by=eve)

    with refused("This account is no longer active.", Forbidden):
        accounts.add("Mallory", "mallory@example.com", Role.admin, FRESH, by=ada)


def test_nobody_closes_their_own(desk: Desk) -> None:
    with refused("You cannot close your own account.", Forbidden):
        administration.change(desk.who("ada").key, {"active": False}, by=desk.who("ada"))


def test_an_unknown_account_stays_unknown(desk: Desk) -> None:
    with refused("There is no such account.", InvalidField):
        administration.change(4711, {"active": False}, by=desk.who("ada"))


@pytest.mark.parametrize("by", ["ada", None])
def test_a_new_account_is_open(desk: Desk, by: str | None) -> None:
    accounts.add(" Eve Ek ", " Eve@Example.com ", Role.writer, "correct horse", by=(by and desk.who(by)) or None)

    eve = sign_ins.authenticate("eve@example.com", "correct horse")
    assert (eve.name, eve.email, eve.role, eve.active) == ("Eve Ek", "eve@example.com", Role.writer, True)


@on_sqlite
@pytest.mark.parametrize(
    "name, email, password, sentence",
    [
        ("", "eve@example.com", FRESH, "The name is missing."),
        ("E" * 101, "eve@example.com", FRESH, "The name is too long: at most 100 characters fit."),
        ("Eve", "", FRESH, "The e-mail address is missing."),
        ("Eve", "eve", FRESH, "This does not look like an e-mail address."),
        ("Eve", "eve@ex ample.com", FRESH, "This does not look like an e-mail address."),
        ("Eve", "eve@example.com\nBcc: all", FRESH, "This does not look like an e-mail address."),
        ("Eve", "CLEO@example.com", FRESH, "There is an account with this address already."),
        ("Eve", "eve@example.com", "too short", "A password has at least 10 and at most 200 characters."),
        ("Eve", "eve@example.com", "x" * 201, "A password has at least 10 and at most 200 characters."),
    ],
)
def test_a_wrong_account_is_refused(desk: Desk, name: str, email: str, password: str, sentence: str) -> None:
    with refused(sentence, InvalidField):
        accounts.add(name, email, Role.writer, password, by=desk.who("ada"))


def test_an_agency_is_set_up_once(desk: Desk) -> None:
    first = accounts.set_up("Paper & Ink", "Eve Ek", "eve@example.com", "correct horse")

    with refused("This agency is set up already.", Forbidden):
        accounts.set_up("Ours Now", "Mallory", "mallory@example.com", "correct horse")

    assert (first.role, first.active) == (Role.admin, True)
    assert sign_ins.authenticate("eve@example.com", "correct horse") == first
    with pytest.raises(WrongCredentials):
        sign_ins.authenticate("mallory@example.com", "correct horse")


def test_the_key_is_kept_nowhere(desk: Desk) -> None:
    key = sign_ins.sign_in(desk.who("cleo"), browser="Lynx" * 100)

    with database.reading() as session:
        row = session.get(SignIn, 1)
    assert row
    assert key not in repr(row)
    assert (len(row.key_hash), len(row.browser)) == (64, 200)
    assert row.expires_at - clock.now() < timedelta(days=14)
