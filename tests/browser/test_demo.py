"""The demo: one command, four doors, and an agency whose records are whole."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from playwright.sync_api import expect

from models.status import Status
from tests.browser.conftest import Opener, watched
from tests.browser.server import Server

DOORS = {
    "Ada, the admin": "/admin",
    "Bea, a manager": "/manager",
    "Wren, a writer": "/writer",
    "Cleo, a client": "/client",
}


SHOWN = re.compile(r"^\d+ of \d+ letters$")


@pytest.fixture
def server(demo: Server, request: pytest.FixtureRequest) -> Iterator[Server]:
    with watched(demo, request.node) as server:
        yield server


def test_somebody_looks_around(server: Server, window: Opener) -> None:
    visitor = window()
    for door, home in DOORS.items():
        visitor.go("/login").button(door).click()
        visitor.is_at(home)
        expect(visitor.page.locator("[data-job]").first).to_be_visible()

    number, statuses = orders(server)
    assert number >= 60  # another story may have placed one more
    assert statuses == set(Status)
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
    expect(cleo.page.get_by_text(SHOWN)).to_be_visible(timeout=60_000)
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
        running = api.get("/api/jobs", params={"status": "in_progress"}).json()["items"]
        for job in [job for job in running if not job["writerName"].startswith("Wren")][:4]:  # others need hers
            api.patch(f"/api/jobs/{job['id']}/status", json={"status": "delivered"}).raise_for_status()
    visitor = window(path="/outbox")
    written = visitor.page.get_by_text(SHOWN)
    expect(written).to_have_text(re.compile(r"of (5[1-9]|[6-9]\d) letters"), timeout=60_000)
    visitor.go("/outbox")
    expect(written).to_have_text(re.compile(r"^50 of \d+ letters$"))

    visitor.button("Older letters").click()

    expect(visitor.page.locator("[data-letter]").nth(50)).to_be_attached()


def test_a_letter_comes_in_by_itself(server: Server, window: Opener) -> None:
    visitor, wren = window(path="/outbox"), window(path="/login")
    wren.button("Wren, a writer").click()
    wren.is_at("/writer")
    card = wren.page.locator("[data-job]", has=wren.page.locator('button[data-action="deliver"]')).first
    number = card.get_attribute("data-job") or ""

    card.locator('button[data-action="deliver"]').click()

    expect(visitor.page.locator("[data-letter]").first).to_contain_text(number)
