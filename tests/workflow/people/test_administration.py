"""People: what an admin puts right of an account, and that nobody locks the agency out."""

from typing import Any

import pytest

from tests.desk import Desk, refused
from workflow.people import administration, sign_ins
from workflow.refusals import ConditionNotMet, Forbidden, InvalidField, WrongCredentials


def change(desk: Desk, user: str, by: str = "ada", **changes: Any) -> None:
    """Have somebody change an account."""
    administration.change(desk.who(user).key, changes, by=desk.who(by))


def test_a_mistyped_address_is_put_right(desk: Desk) -> None:
    key, wren = sign_ins.sign_in(desk.who("wren")), desk.who("wren")

    change(desk, "wren", email=" Wren.Walsh@Example.com ", name="Wren W. Walsh", capacity=3)

    user = sign_ins.authenticate("wren.walsh@example.com", "docket-demo")
    assert (user.id, user.name, user.capacity) == (wren.id, "Wren W. Walsh", 3)
    assert sign_ins.signed_in(key) is None
    with pytest.raises(WrongCredentials):
        sign_ins.authenticate("wren@example.com", "docket-demo")


def test_an_address_that_nobody_could_type_now_may_stay(desk: Desk) -> None:
    carl = desk.who("carl")
    desk.sql("UPDATE users SET email = 'carl@samples.invalid' WHERE email = 'carl@example.com'")

    changed = administration.change(
        carl.key, {"name": "Carl Court", "email": "carl@samples.invalid"}, by=desk.who("ada")
    )

    assert (changed.name, changed.email) == ("Carl Court", "carl@samples.invalid")


def test_a_name_ends_no_sign_in(desk: Desk) -> None:
    key = sign_ins.sign_in(desk.who("wren"))

    change(desk, "wren", name="Wren Other")

    user = sign_ins.signed_in(key)
    assert user
    assert user.name == "Wren Other"


def test_a_role_changes_and_its_pages_end(desk: Desk) -> None:
    key = sign_ins.sign_in(desk.who("bob"))

    change(desk, "bob", role="admin")
    change(desk, "ada", by="bob", role="manager")

    assert (desk.who("bob").role, desk.who("ada").role) == ("admin", "manager")
    assert sign_ins.signed_in(key) is None


def test_the_last_admin_stays(desk: Desk) -> None:
    with refused(administration.LAST_ADMIN, ConditionNotMet):
        change(desk, "ada", role="manager")
    with refused("You cannot close your own account.", Forbidden):
        change(desk, "ada", active=False)


@pytest.mark.parametrize("name", ["wren", "cleo"])
def test_orders_keep_their_people(desk: Desk, name: str) -> None:
    desk.job("in_progress")

    with refused("has 1 order: give them to somebody else first.", ConditionNotMet):
        change(desk, name, role="manager")


@pytest.mark.parametrize(
    "changes", [{"email": "cleo@example.com"}, {"email": "no address"}, {"name": " "}, {"capacity": -1}, {"theme": "x"}]
)
def test_what_does_not_fit_is_refused(desk: Desk, changes: dict[str, Any]) -> None:
    with pytest.raises(InvalidField):
        change(desk, "wren", **changes)


@pytest.mark.parametrize("name", ["cleo", "wren", "bea"])
def test_it_is_the_admins(desk: Desk, name: str) -> None:
    for action in (lambda: change(desk, "wolf", by=name, name="X"), lambda: set_password(desk, "wolf", by=name)):
        with refused("Only an admin can do this.", Forbidden):
            action()


def set_password(desk: Desk, name: str, by: str = "ada") -> None:
    """Have somebody set another's password."""
    administration.set_password(desk.who(name).key, "fresh-and-long-enough", by=desk.who(by))


def test_a_password_is_set_where_no_mail_comes(desk: Desk) -> None:
    key = sign_ins.sign_in(desk.who("wren"))

    set_password(desk, "wren")

    assert sign_ins.authenticate("wren@example.com", "fresh-and-long-enough").name == "Wren Walsh"
    assert sign_ins.signed_in(key) is None
