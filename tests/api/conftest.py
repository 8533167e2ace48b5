"""The callers: programs of the cast, who reach the desk in memory or through a real socket; and what they may find."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from starlette.testclient import TestClient

import api
from api import access_tokens
from models import clock
from pages import cookie
from pages.http import downloads, uploads
from tests.api.caller import By, Caller
from tests.desk import Desk
from workflow.people import sign_ins


@pytest.fixture(scope="session")
def door() -> Iterator[httpx.Client]:
    """The API, called in memory; an exception that it lets out ends the test."""
    with TestClient(api.application(), follow_redirects=False) as client:
        yield client


@pytest.fixture
def stranger(door: httpx.Client) -> Caller:
    """Somebody without a token."""
    return Caller(door)


@pytest.fixture
def by(desk: Desk, door: httpx.Client) -> By:
    """Callers by their first names: `by("wren").move(job, "delivered")`."""
    return lambda name: Caller(door, access_tokens.issued(desk.who(name)))


@pytest.fixture
def desk_with_news(desk: Desk, by: By) -> Desk:
    """Cleo has placed an order, which Bea has approved and then cancelled."""
    job = by("cleo").place("Research Paper").json()["id"]
    by("bea").move(job, "approved")
    by("bea").move(job, "cancelled")
    return desk


@pytest.fixture
def shelf(desk: Desk) -> Desk:
    """A desk with five orders: Axe, Bow, Cup, Dye, Elk."""
    soon, past = clock.now() + timedelta(days=1), clock.now() - timedelta(days=1)
    desk.job("pending", title="Axe", client="cleo", amount=300, deadline=past)
    desk.job("in_progress", title="cup", client="carl", writer="wren", amount=100, deadline=soon)
    desk.job("delivered", title="Bow", client="cleo", writer="wolf", amount=500, deadline=past)
    desk.job("cancelled", title="Elk", client="carl", amount=400, deadline=past)
    desk.job("assigned", title="Dye", client="cleo", writer="wren", amount=200)
    return desk


@pytest.fixture(scope="session")
def street() -> Iterator[httpx.Client]:
    """The API on a real socket, for fifty callers at once."""
    server = uvicorn.Server(
        uvicorn.Config(api.application(), port=0, log_level="warning", ws="none", lifespan="off", timeout_keep_alive=60)
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    host, port = server.servers[0].sockets[0].getsockname()
    with httpx.Client(base_url=f"http://{host}:{port}", limits=httpx.Limits(max_connections=50), timeout=60) as client:
        yield client
    server.should_exit = True
    thread.join()


Page = Callable[[str, object], httpx.Response]
"""Fetches a file as a page's link does, in somebody's window."""


@pytest.fixture(scope="session")
def site() -> Iterator[httpx.Client]:
    """The addresses that pages link to, called in memory."""
    web = FastAPI()
    web.include_router(downloads.router)
    web.include_router(uploads.router)
    with TestClient(web, follow_redirects=False) as client:
        yield client


@pytest.fixture
def page(desk: Desk, site: httpx.Client) -> Page:
    """Windows by first names: `page("wren", 3)`."""

    def fetch(name: str, file_id: object) -> httpx.Response:
        header = f"{cookie.name()}={sign_ins.sign_in(desk.who(name))}"
        return site.get(f"/files/{file_id}", headers={"Cookie": header})

    return fetch
