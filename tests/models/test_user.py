"""People: found by their address, named in sentences, chosen by their role."""

import pytest

from models import User, database
from models.user import STAFF, Role
from tests.desk import CAST, Desk, people


@pytest.mark.parametrize("address", ["cleo@example.com", "CLEO@Example.Com", "  cleo@example.com\n"])
def test_an_address_has_no_capitals(desk: Desk, address: str) -> None:
    with database.reading() as session:
        found = User.by_email(session, address)

    assert found == desk.who("cleo")


@pytest.mark.parametrize("address", ["", "cleo", "%", "cleo@example.org"])
def test_no_other_address_fits(desk: Desk, address: str) -> None:
    with database.reading() as session:
        assert User.by_email(session, address) is None


def test_who_left_is_not_chosen(desk: Desk) -> None:
    with database.reading() as session:
        assert [user.first_name for user in User.active_with(session, {Role.writer})] == ["Wolf", "Wren"]
        assert [user.first_name for user in User.active_with(session, STAFF)] == ["Ada", "Bea", "Bob"]


def test_everybody_comes_by_name(desk: Desk) -> None:
    desk.sql("UPDATE users SET name = 'bea Baker' WHERE email = 'bea@example.com'")

    with database.reading() as session:
        names = [user.first_name.title() for user in User.everybody(session)]

    assert names == sorted(name.title() for name in CAST)


@pytest.mark.parametrize(
    "words, limit, found",
    [("", 2, ["Bea", "Bob"]), ("BÄKER", 9, ["Bea"]), ("bob@example b", 9, ["Bob"]), ("wren", 9, [])],
)
def test_people_are_found_by_name_and_address(desk: Desk, words: str, limit: int, found: list[str]) -> None:
    with database.reading() as session:
        assert [user.first_name for user in User.found(session, Role.manager, words, limit)] == found


def test_sentences_name_people_shortly() -> None:
    assert people()["bea"].with_role == "Bea (manager)"
    assert [key for key, user in people().items() if user.is_staff] == ["bea", "bob", "ada"]
