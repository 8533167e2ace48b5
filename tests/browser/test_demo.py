"""The demo: one command, four doors, and an agency whose records are whole."""

from collections.abc import Callable

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
    assert server.says("verify") == "Every history is whole.\n"


def orders(server: Server) -> tuple[int, set[str]]:
    with httpx.Client(base_url=server.url, trust_env=False) as api:
        who = {"email": "manager1@example.com", "password": "docket-demo"}
        api.headers["Authorization"] = f"Bearer {api.post('/api/auth/token', json=who).json()['accessToken']}"
        jobs = api.get("/api/jobs", params={"limit": 200}).json()
    return jobs["totalCount"], {job["status"] for job in jobs["items"]}
