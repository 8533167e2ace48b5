"""The demo: one command, four doors, and an agency whose records are whole."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
import pytest
from playwright.sync_api import expect

from models.status import Status
from tests.browser.conftest import Opener
from tests.browser.server import Server

DOORS = {
    "Ada, the admin": "/admin",
    "Bea, a manager": "/manager",
    "Wren, a writer": "/writer",
    "Cleo, a client": "/client",
}


@pytest.fixture
def server(own_server: Callable[[str], Server]) -> Server:
    return own_server("demo")


def test_somebody_looks_around(server: Server, window: Opener) -> None:
    visitor = window()
    for door, home in DOORS.items():
        visitor.go("/login").button(door).click()
        visitor.is_at(home)
        expect(visitor.page.locator("[data-job]").first).to_be_visible()

    assert orders(server) == (60, set(Status))
    assert server.says("verify") == "Every history and every receipt is whole.\n"


@contextmanager
def manager(server: Server) -> Iterator[httpx.Client]:
    """A program of a manager's."""
    with httpx.Client(base_url=server.url, trust_env=False, timeout=30) as api:
        who = {"email": "manager1@example.com", "password": "docket-demo"}
        api.headers["Authorization"] = f"Bearer {api.post('/api/auth/token', json=who).json()['accessToken']}"
        yield api


def orders(server: Server) -> tuple[int, set[str]]:
    with manager(server) as api:
        jobs = api.get("/api/jobs", params={"limit": 200}).json()
    return jobs["totalCount"], {job["status"] for job in jobs["items"]}


def test_the_letters_of_the_demo_are_shown(server: Server, window: Opener, mishaps: list[str]) -> None:
    cleo = window()
    link = cleo.go("/login").page.get_by_role("link", name="Letters that the demo would have sent")
    link.press("Enter")  # where a link was clicked, what comes up takes no click for a moment
    cleo.is_at("/outbox")
    expect(cleo.page.get_by_text("47 of 47 letters")).to_be_visible(timeout=60_000)  # no other comes in between
    letter = cleo.page.locator("[data-letter]").last
    letter.locator(".q-item").first.click()

    page = letter.frame_locator("iframe")
    expect(page.get_by_text("You get this letter because")).to_be_visible()
    page.get_by_role("link", name="Open the order").press("Enter")  # a click could miss it while it unfolds

    expect(cleo.page).to_have_url(re.compile("/login|/jobs/"))
    assert all("Blocked script execution" in line for line in mishaps)
    mishaps.clear()  # Playwright's own scripts may not run in there either


def test_the_oldest_letter_can_be_reached(server: Server, window: Opener) -> None:
    with manager(server) as api:
        for job in api.get("/api/jobs", params={"status": "in_progress", "limit": 8}).json()["items"]:
            api.patch(f"/api/jobs/{job['id']}/status", json={"status": "delivered"}).raise_for_status()
    visitor = window(path="/outbox")
    expect(visitor.page.get_by_text(re.compile(r"^55 of \d+ letters$"))).to_be_visible(timeout=60_000)
    visitor.go("/outbox")
    expect(visitor.page.get_by_text(re.compile(r"^50 of \d+ letters$"))).to_be_visible()

    visitor.button("Older letters").click()

    expect(visitor.page.locator("[data-letter]").nth(54)).to_be_attached()


def test_a_letter_comes_in_by_itself(server: Server, window: Opener) -> None:
    visitor, wren = window(path="/outbox"), window(path="/login")
    wren.button("Wren, a writer").click()
    wren.is_at("/writer")
    card = wren.page.locator("[data-job]", has=wren.page.locator('button[data-action="deliver"]')).first
    number = card.get_attribute("data-job") or ""

    card.locator('button[data-action="deliver"]').click()

    expect(visitor.page.locator("[data-letter]").first).to_contain_text(number)
