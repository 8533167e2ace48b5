"""On a phone and on a desk: every page of every role fits, light and dark, and can be used by everybody."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.every_page import PAGES
from tests.browser.usable import DESK, PHONE, THEMES, accessible, usable
from tests.browser.window import Window
from tests.desk import Desk

ACCOUNT, MORE = "[aria-label='Your account']", "[data-more]"
OPENED = {
    "": {},
    "cleo": {
        "/jobs/{delivered}": [[ACCOUNT], [MORE], ["[data-action=complete]"]],
        "/profile": [["text=Set it up"], ["text=Make a token"]],
    },
    "wren": {"/jobs/{delivered}": [[ACCOUNT]], "/jobs/{working}": [["[data-action=deliver]"]]},
    "bea": {
        "/jobs/{delivered}": [
            [MORE],
            [MORE, "[data-action=hold]"],
            [MORE, "[data-action=cancel]"],
            [MORE, "[data-amend]"],
            ["[data-action=reassign]"],
            ["[data-action=complete]"],
        ],
        "/jobs/{approved}": [["[data-action=assign]"]],
        "/all?status=approved": [["text=Select all that fit", "[data-bulk=cancelled]"]],
        "/manager": [[MORE]],
    },
    "ada": {
        "/jobs/{delivered}": [[".settings"], ["text=Record a payment"]],
        "/admin/people": [
            ["text=Invite somebody"],
            ["text=Invite many"],
            ["text=Edit"],
            ["text=Set a password"],
            ["text=Close account"],
        ],
    },
}
"""What unfolds on which page, by what is pressed for it one after the other."""

UNFOLDED = ".q-dialog, .q-menu, .more-menu:not([style*=none])"

KINDS = {"delivered": "delivered", "working": "in_progress", "held": "delivered", "approved": "approved"}.items()

LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverleihung"


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_usable(desk: Desk, window: Opener, name: str) -> None:
    desk.rules(public_orders=True)
    jobs = {each: desk.job(status, title=f"{LONG} and other words", instructions=LONG * 3) for each, status in KINDS}
    desk.put(jobs["held"], hold_reason=f"waiting for {LONG}")
    numbers = {each: job.display_id for each, job in jobs.items()}

    phone = window(name, viewport=PHONE)

    for path in PAGES[name]:
        phone.go(path.format(number=numbers["held"]))
        usable(phone)
        phone.page.set_viewport_size(DESK)
        accessible(phone)
        phone.page.set_viewport_size(PHONE)
    for path, unfolded in OPENED[name].items():
        phone.go(path.format(**numbers))
        for pressed in unfolded:
            opened(phone, pressed)


def opened(window: Window, pressed: list[str]) -> None:
    """Expect what unfolds to be usable by everybody, in both themes."""
    for each in pressed:
        window.page.locator(each).filter(visible=True).first.click()
    unfolded = window.page.locator(UNFOLDED)
    expect(unfolded).to_be_visible()
    for theme in THEMES:
        window.page.emulate_media(color_scheme=theme)
        accessible(window, place=UNFOLDED, colours=theme == THEMES[1])
    window.page.emulate_media(color_scheme=THEMES[0])
    window.page.keyboard.press("Escape")
    expect(unfolded).to_have_count(0)
