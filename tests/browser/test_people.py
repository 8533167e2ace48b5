"""The page of people: some at a time, all within reach, and found by name or address."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from models import User
from models.user import Role
from tests.browser.conftest import Opener
from tests.browser.window import Window
from tests.desk import Desk


@pytest.fixture
def ada(desk: Desk, window: Opener) -> Iterator[Window]:
    """An admin of an agency with many clients, before its people."""
    with desk.database.writing() as session:
        session.add_all(
            User(email=f"{n}@crowd.example", name=f"Zoë {n:03}", role=Role.client, password_hash="") for n in range(60)
        )
    yield window("ada", "/admin/people")
    desk.sql("DELETE FROM users WHERE email LIKE '%@crowd.example'")


def rows(ada: Window, name: str) -> Locator:
    return ada.page.locator(".person-row", has_text=name)


def test_the_last_of_many_is_reached(desk: Desk, ada: Window) -> None:
    expect(rows(ada, "Zoë 059")).to_have_count(0)

    ada.button("Show more").click()

    expect(rows(ada, "Zoë 059")).to_be_visible()
    expect(ada.button("Show more")).to_have_count(0)


def test_somebody_is_found_and_a_reload_finds_them_again(desk: Desk, ada: Window) -> None:
    ada.page.get_by_label("Search name or address").fill("zoe 059")
    expect(rows(ada, "Zoë")).to_have_count(1)

    ada.page.reload()

    expect(rows(ada, "Zoë")).to_have_count(1)
    expect(rows(ada, "Zoë 059")).to_be_visible()
