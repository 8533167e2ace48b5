"""Typed names: whatever people call themselves, and their kinds of work, it is shown and never run."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from models.user import Role
from tests.browser.conftest import Opener
from tests.browser.window import Window
from tests.desk import FRESH, Desk
from workflow.orders import work_types
from workflow.orders.work_types import Offer
from workflow.people import accounts, profiles

HOSTILE = 'x":title="window.hurt=1'
"""In a string of properties this would end its own, and begin one that browsers run."""

SPACED = 'x" :title="window.hurt=1'


def is_unhurt(window: Window) -> bool:
    return window.page.evaluate("window.hurt === undefined")


@pytest.fixture(autouse=True)
def only_this_story(desk: Desk) -> Iterator[None]:
    """Nothing is offered before it; after it, Carl has his name again, and Eve has left."""
    desk.sql("DELETE FROM drafts", "DELETE FROM draft_files", "DELETE FROM work_types")
    name = desk.who("carl").name
    yield
    profiles.set_profile(name, "UTC", "auto", by=desk.who("carl"))
    desk.sql("UPDATE users SET active = FALSE, email = 'eve@example.com' WHERE name = 'Eve'", "DELETE FROM work_types")


def test_a_name_can_be_called(desk: Desk, window: Opener) -> None:
    job = desk.job(client="carl")
    name = profiles.set_profile(HOSTILE, "UTC", "auto", by=desk.who("carl")).name

    bea = window("bea", f"/jobs/{job.display_id}")

    expect(bea.button(f"Mention @{name}")).to_be_visible()
    assert is_unhurt(bea)


def test_an_address_is_only_an_address(desk: Desk, window: Opener) -> None:
    address = f"{HOSTILE}//@example.com"
    accounts.add("Eve", "eve@example.com", Role.client, FRESH, by=desk.who("ada"))
    old = address.replace(":", r"\:")
    desk.sql(f"UPDATE users SET email = '{old}' WHERE name = 'Eve'")  # from before addresses were checked

    ada = window("ada", "/admin/people")

    expect(ada.button(f"Close account: {address}")).to_be_visible()
    assert is_unhurt(ada)


@pytest.mark.parametrize("text", [HOSTILE, SPACED])
def test_a_link_brings_only_words(window: Opener, text: str) -> None:
    bea = window("bea", f"/notifications?order={quote(text)}")

    expect(bea.button(f"Show all orders, not only {text}")).to_be_visible()
    assert is_unhurt(bea)


def test_kinds_of_work_may_be_quoted(desk: Desk, window: Opener) -> None:
    work_types.save(Offer('"Quick" article', unit=SPACED), by=desk.who("ada"))

    ada, cleo = window("ada", "/admin/work"), window("cleo", "/new")

    expect(ada.button('Change "Quick" article')).to_be_visible()
    expect(cleo.page.locator(".q-field__suffix")).to_have_text(SPACED)
    assert is_unhurt(ada)
    assert is_unhurt(cleo)
