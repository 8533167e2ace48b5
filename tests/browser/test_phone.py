"""On a phone and on a desk: every page of every role fits, light and dark, and can be used by everybody."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.usable import DESK, PHONE, accessible, usable
from tests.browser.window import Window
from tests.desk import Desk

PAGES = {
    "": ["/login", "/login/link", "/login/with?key=none", "/forgot", "/order/confirm?key=none"],
    "cleo": ["/client", "/new", "/notifications", "/profile", "/jobs/{number}"],
    "wren": ["/writer", "/notifications", "/profile", "/jobs/{number}"],
    "bea": ["/manager", "/all", "/new", "/notifications", "/profile", "/jobs/{number}"],
    "ada": [
        "/admin",
        "/admin/people",
        "/admin/rules",
        "/admin/lifecycle",
        "/admin/records",
        "/admin/mail",
        "/admin/agency",
        "/admin/work",
        "/admin/log",
    ],
}

ACCOUNT = "[aria-label='Your account']"
OPENED = {
    "": [],
    "cleo": [ACCOUNT, "[data-more]"],
    "wren": [ACCOUNT],
    "bea": ["[data-more]", "[data-action=reassign]"],
    "ada": [".settings", "text=Record a payment"],
}
"""What unfolds on an order's page, by what is pressed for it."""

UNFOLDED = ".q-dialog, .q-menu, .more-menu:not([style*=none])"

LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverleihung"


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_usable(desk: Desk, window: Opener, name: str) -> None:
    for status in ("in_progress", "delivered"):
        job = desk.job(status, title=f"{LONG} and other words", instructions=LONG * 3)
        desk.put(job, hold_reason=f"waiting for {LONG}")

    phone = window(name, viewport=PHONE)

    for path in PAGES[name]:
        phone.go(path.format(number=job.display_id))
        usable(phone)
        phone.page.set_viewport_size(DESK)
        accessible(phone)
        phone.page.set_viewport_size(PHONE)
    if OPENED[name]:
        phone.go(f"/jobs/{desk.job('delivered').display_id}")
    for pressed in OPENED[name]:
        opened(phone, pressed)


def opened(window: Window, pressed: str) -> None:
    """Expect what unfolds to be usable by everybody."""
    window.page.locator(pressed).first.press("Enter")
    unfolded = window.page.locator(UNFOLDED)
    expect(unfolded).to_be_visible()
    accessible(window, place=UNFOLDED)
    window.page.keyboard.press("Escape")
    expect(unfolded).to_have_count(0)
