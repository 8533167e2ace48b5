"""The second factor: set up by keyboard alone, asked for at the door, and set up there where the agency asks."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect
from pyotp.totp import TOTP

from tests.browser.conftest import Opener
from tests.browser.usable import PHONE, usable
from tests.browser.window import Window
from tests.desk import Desk
from workflow.people import second_factor

HUMAN = 120
"""Milliseconds a key: what was just pressed keeps the next page from being pressed for a moment."""


@pytest.fixture(autouse=True)
def nobody_has_one(desk: Desk) -> Iterator[None]:
    """Whoever has one after a story has none before the next."""
    yield
    desk.sql("DELETE FROM recovery_codes", "DELETE FROM second_factors")


def code_for(window: Window) -> str:
    """What an app shows that has learnt the key on the page."""
    return TOTP(window.page.get_by_label("Key").input_value().replace(" ", "")).now()


def press(window: Window, name: str) -> None:
    window.button(name).focus()
    window.page.keyboard.press("Enter")


def test_by_keyboard_from_the_profile_to_the_next_sign_in(desk: Desk, window: Opener) -> None:
    bob = window("bob", "/profile")
    press(bob, "Set it up")
    code = code_for(bob)
    expect(bob.dialog.get_by_label("Code")).to_be_focused()
    bob.page.keyboard.type(code)
    bob.page.keyboard.press("Enter")
    recovery = bob.dialog.get_by_label("Recovery codes", exact=True).input_value().split()
    press(bob, "Done")
    expect(bob.page.get_by_text("You have 10 recovery codes left.")).to_be_visible()

    bob.context.clear_cookies()
    bob.go("/login").sign_in("bob").is_at("/login/code")
    expect(bob.page.get_by_label("Code")).to_be_focused()
    bob.page.keyboard.type("000000", delay=HUMAN)
    bob.page.keyboard.press("Enter")
    expect(bob.page.get_by_role("alert")).to_have_text(second_factor.WRONG)
    expect(bob.is_live().page.get_by_label("Code")).to_be_focused()
    bob.page.keyboard.type(recovery[3], delay=HUMAN)
    bob.page.keyboard.press("Enter")

    bob.is_at("/manager")


def test_where_the_agency_asks_it_is_set_up_at_the_door(desk: Desk, window: Opener) -> None:
    desk.rules(second_factor_days=0)
    bob = window(path="/login", viewport=PHONE).sign_in("bob")
    bob.is_at("/login/code")
    usable(bob)

    bob.page.get_by_label("Code").fill(code_for(bob))
    bob.button("Sign in").click()

    bob.is_at("/manager")
