"""Rings: a change of an account makes those look again whom it concerns, and nobody else."""

from collections.abc import Iterator
from contextlib import contextmanager

from models.user import Role
from tests.desk import CAST, Desk
from workflow.live.bell import bell
from workflow.notifications import preferences
from workflow.people import accounts, administration, profiles

STAFF = {"bea", "bob", "ada"}


@contextmanager
def rung(desk: Desk) -> Iterator[set[str]]:
    """Whose pages look again after what is done in the block."""
    keys = {name: desk.who(name).key for name in CAST}
    before = {name: bell.number(key) for name, key in keys.items()}
    names: set[str] = set()
    yield names
    names |= {name for name, key in keys.items() if bell.number(key) != before[name]}


def test_a_theme_is_ones_own(desk: Desk) -> None:
    with rung(desk) as names:
        profiles.set_profile("Cleo Clark", "Asia/Tokyo", "dark", by=desk.who("cleo"))

    assert names == {"cleo"}


def test_a_name_is_seen_by_those_around(desk: Desk) -> None:
    desk.job("in_progress", client="cleo", writer="wren")
    desk.job("completed", client="carl", writer="wren")

    with rung(desk) as names:
        profiles.set_profile("Wren Wise", "UTC", "auto", by=desk.who("wren"))

    assert names == {"wren", "cleo"} | STAFF


def test_an_account_concerns_staff(desk: Desk) -> None:
    with rung(desk) as names:
        accounts.add("Nina New", "nina@example.com", Role.client, "a long password", by=desk.who("ada"))
        administration.change(desk.who("wolf").key, {"capacity": 2}, by=desk.who("ada"))
        administration.change(desk.who("carl").key, {"name": "Carl Coal"}, by=desk.who("ada"))

    assert names == {"wolf", "carl"} | STAFF


def test_a_choice_is_ones_own(desk: Desk) -> None:
    with rung(desk) as names:
        preferences.set_digest_hour(9, by=desk.who("wren"))
        administration.change(desk.who("wolf").key, {"active": False}, by=desk.who("ada"))

    assert names == {"wolf"} | STAFF
