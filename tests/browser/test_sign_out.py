"""The end of a sign-in: whatever ends it, the pages that it had open end with it."""

import time

import httpx
from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.server import Server
from tests.browser.window import Window
from tests.desk import PASSWORD, Desk

SECONDS = 2


def ends(window: Window) -> None:
    """Expect the page to lead to the sign-in, and to say why."""
    window.page.wait_for_url("**/login?ended=1&next=**", wait_until="commit")


def test_signing_out_ends_the_other_tabs(desk: Desk, window: Opener) -> None:
    cleo = window("cleo")
    other = cleo.second_tab("/notifications")
    stays = window("cleo")

    cleo.button("Your account").click()
    cleo.button("Sign out").click()

    ends(other)
    expect(other.page.get_by_role("alert")).to_have_text("You have been signed out. Please sign in again.")
    cleo.is_at("/login")
    stays.is_at("/client")
    assert not stays.was_reloaded


def test_closing_an_account_ends_all_that_it_has_open(desk: Desk, server: Server, window: Opener) -> None:
    job = desk.job("assigned", writer="wolf")
    wolf, ada = window("wolf"), window("ada", "/admin/people")
    with httpx.Client(base_url=server.url, trust_env=False) as api:
        token = api.post("/api/auth/token", json={"email": "wolf@example.com", "password": PASSWORD}).json()
        api.headers["Authorization"] = f"Bearer {token['accessToken']}"
        assert api.get(f"/api/jobs/{job.id}").is_success

        ada.button("Close account: wolf@example.com").click()
        ada.dialog.get_by_label("Who takes over?").click()
        ada.page.get_by_role("option", name="Nobody yet").click()
        since = time.monotonic()
        ada.dialog.get_by_role("button", name="Close the account").click()

        ends(wolf)
        assert time.monotonic() - since < SECONDS
        assert api.get(f"/api/jobs/{job.id}").status_code == 401
    expect(ada.button("Reopen account: wolf@example.com")).to_be_visible()


def test_another_process_closes_an_account(desk: Desk, window: Opener) -> None:
    wolf = window("wolf")

    desk.elsewhere("""
from models.user import User; from workflow.people import administration
from sqlmodel import select
db.use(settings.current().database)
with db.reading() as session:
    wolf, ada = (User.by_email(session, f"{name}@example.com") for name in ("wolf", "ada"))
administration.change(wolf.id, {"active": False}, by=ada)
""")

    ends(wolf)
