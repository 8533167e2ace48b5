"""Accounts: closed with their orders handed over, moved to another address, and lent to programs by a token."""

from datetime import timedelta

import httpx
from playwright.sync_api import expect

from models.address_change import AddressChange
from tests.browser.conftest import Opener
from tests.browser.server import Server
from tests.browser.usable import PHONE, usable
from tests.desk import Desk
from workflow.people import addresses


def test_an_account_is_closed_and_its_orders_go_on(desk: Desk, window: Opener) -> None:
    first, second = desk.job("in_progress", title="Tea"), desk.job("delivered", title="Coffee")
    ada = window("ada", "/admin/people")

    ada.button("Close account: wren@example.com").click()
    expect(ada.dialog).to_contain_text("2 orders are in hand: choose who goes on with them.")
    expect(ada.dialog.get_by_role("button", name="Close the account")).to_be_disabled()
    usable(ada)
    ada.dialog.get_by_label("Who takes over?").click()
    ada.page.get_by_role("option", name="Wolf Weber").click()
    ada.dialog.get_by_role("button", name="Close the account").click()

    expect(ada.page.locator('[data-user="wren@example.com"]')).to_contain_text("account closed")
    assert [desk.see(job).writer_id for job in (first, second)] == [desk.who("wolf").id] * 2


def test_both_mailboxes_confirm_an_address(desk: Desk, window: Opener) -> None:
    with desk.database.writing() as session:
        old, new = AddressChange.begin(session, desk.who("carl"), "charles@example.com", timedelta(days=2))

    carl = window(path=f"/address/confirm?key={old}", viewport=PHONE)
    usable(carl)
    carl.button("Confirm").click()
    expect(carl.page.get_by_role("alert")).to_have_text(addresses.HALF)
    carl.go(f"/address/confirm?key={new}").button("Confirm").click()
    expect(carl.page.get_by_role("alert")).to_have_text(addresses.WHOLE)

    carl.go("/login").sign_in("charles").is_at("/client")
    desk.sql("UPDATE users SET email = 'carl@example.com' WHERE email = 'charles@example.com'")


def test_a_token_is_made_for_a_program_and_ended(desk: Desk, server: Server, window: Opener) -> None:
    wolf = window("wolf", "/profile")
    wolf.button("Make a token").click()
    wolf.dialog.get_by_label("Name").fill("Zapier")
    wolf.button("Make it").click()
    key = wolf.dialog.get_by_label("Token").input_value()
    wolf.button("Done").click()
    row = wolf.page.locator("[data-token]", has_text="Zapier")
    expect(row).to_contain_text("Read · until")

    def asks() -> int:
        headers = {"Authorization": f"Bearer {key}"}
        return httpx.get(f"{server.url}/api/jobs", headers=headers, trust_env=False).status_code

    assert asks() == 200
    wolf.button("End the token Zapier").click()
    expect(row).to_have_count(0)
    assert asks() == 401
