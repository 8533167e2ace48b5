"""Invitations: an admin invites one person or many, and each comes in by their link."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.usable import PHONE, usable
from tests.browser.window import Window
from tests.desk import FRESH, Desk
from workflow.people import guessable, guest_lists

SELECTED = "(() => {const it = document.activeElement; return it.value.slice(it.selectionStart, it.selectionEnd)})()"

LIST = """Name;E-mail;Role
Mona Many;mona@example.com;writer
Max Many;max.example.com;writer
Cleo Clark;cleo@example.com
"""


@pytest.fixture(autouse=True)
def nobody_is_there_from_before(desk: Desk) -> None:
    """Who was invited earlier has another address."""
    desk.sql("UPDATE users SET email = 'old' || id WHERE email LIKE 'nina@%' OR email LIKE 'mona@%'")


def handed_over(ada: Window) -> str:
    """What stands there to be handed over; it is put away."""
    expect(ada.button("Done")).to_be_visible()
    words = ada.dialog.get_by_label("Link").input_value()
    ada.button("Copy").click()
    assert ada.page.evaluate(SELECTED) == words
    ada.button("Done").click()
    return words


def test_somebody_is_invited_and_comes_in(desk: Desk, window: Opener) -> None:
    ada = window("ada", "/admin/people")
    ada.button("Invite somebody").click()
    ada.dialog.get_by_label("Name").fill("Nina New")
    ada.page.keyboard.press("Tab")
    ada.page.keyboard.type("nina@example.com")
    ada.page.keyboard.press("Enter")
    link = handed_over(ada)
    expect(ada.page.locator('[data-user="nina@example.com"]')).to_contain_text("invited until")

    nina = window(path=link, viewport=PHONE)
    usable(nina)
    nina.page.get_by_label("Choose a password").fill("nina new 2026")
    nina.button("Come in").click()
    expect(nina.page.get_by_role("alert")).to_have_text(guessable.OWN)
    nina.is_live().page.get_by_label("Choose a password").fill(FRESH)
    nina.button("Come in").click()
    nina.is_at("/client")

    ada.page.reload()
    expect(ada.is_live().page.locator('[data-user="nina@example.com"]')).not_to_contain_text("invited")
    late = window(path=link)
    expect(late.page.get_by_role("alert")).to_contain_text("was used or withdrawn")


def test_many_are_invited_but_for_the_bad_lines(desk: Desk, window: Opener) -> None:
    ada = window("ada", "/admin/people")
    ada.button("Invite many").click()
    ada.dialog.get_by_label("People").fill(LIST)
    expect(ada.dialog.get_by_text("Line 3: There is no e-mail address on this line.")).to_be_visible()
    expect(ada.dialog.get_by_text("Line 4: There is an account with this address already.")).to_be_visible()
    expect(ada.dialog.get_by_text("Writer: 1", exact=True)).to_be_visible()
    ada.dialog.get_by_label("People").fill("Mona Many, mona@example.com\n" * 202)
    expect(ada.dialog.get_by_text(guest_lists.TOO_MANY)).to_be_visible()
    expect(ada.dialog.get_by_role("button", name="Invite", exact=True)).to_be_disabled()

    ada.dialog.get_by_label("People").fill(LIST)
    ada.button("Invite 1").click()

    assert "/invite/with?key=" in handed_over(ada)
    mona = ada.page.locator('[data-user="mona@example.com"]')
    ada.button("Withdraw: mona@example.com").click()
    ada.button("Withdraw it").click()
    expect(mona).to_contain_text("account closed")
