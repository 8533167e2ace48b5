"""Budgets at the door for people: pages and sockets of one browser, and of all browsers of one network."""

import asyncio
from typing import Any

import httpx
import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from pages import cookie, guard
from pages.budgeted import Budgeted
from tests.desk import Desk, on_sqlite
from workflow import budgets

pytestmark = on_sqlite


def visit(path: str = "/login", key: str = "", remote: str = "192.0.2.1") -> httpx.Response:
    """Ask for a page behind the door."""

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(Budgeted(PlainTextResponse("A page.")), client=(remote, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://desk") as client:
            return await client.get(path, headers={"Cookie": f"{cookie.name()}={key}"} if key else {})

    return asyncio.run(ask())


def test_a_browser_sees_so_many_pages(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budgets.VISITS, "most", 2)
    assert [visit(key="one").status_code for _ in range(3)] == [200, 200, 429]

    answer = visit(key="one")

    assert "At most 2 pages a minute are possible" in answer.text
    assert int(answer.headers["Retry-After"]) >= 1
    assert visit(key="two").status_code == visit().status_code == 200


def test_a_network_sees_so_many_pages(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budgets.VISITS_FROM, "most", 2)

    answers = [visit(key=f"made up {number}", remote=f"2001:db8::{number}") for number in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert visit("/assets/theme.css", remote="2001:db8::9").status_code == 200
    assert visit(remote="2001:db8:0:1::9").status_code == 200


def test_a_file_is_refused_before_it_is_taken(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budgets.COMPARISONS, "most", 1)
    assert visit("/_nicegui/client/abc/upload/7").status_code == 200

    assert visit("/_nicegui/client/abc/upload/7").status_code == 429


@pytest.mark.parametrize("limit", ["SOCKETS", "SOCKETS_FROM"])
def test_so_many_sockets_are_open_at_once(desk: Desk, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    monkeypatch.setattr(getattr(budgets, limit), "most", 2)

    assert asyncio.run(_sockets(3)) == ["open", "open", 429]
    assert not getattr(budgets, limit).used


async def _sockets(number: int) -> list[Any]:
    """Open so many sockets under one sign-in; what becomes of each."""
    done, said = asyncio.Event(), list[Any]()

    async def page(_scope: Scope, _receive: Receive, _send: Send) -> None:
        said.append("open")
        await done.wait()

    async def send(message: Any) -> None:
        said.extend([message["status"]] if "status" in message else [])

    cookies = [(b"cookie", f"{cookie.name()}=key".encode())]
    scope = {"type": "websocket", "path": "/_nicegui_ws/socket.io/", "headers": cookies, "client": ("192.0.2.1", 1)}
    nothing: Any = None
    lines = [asyncio.create_task(Budgeted(page)(dict(scope), nothing, send)) for _ in range(number)]
    await asyncio.sleep(0)
    done.set()
    await asyncio.gather(*lines)
    return said


def test_a_page_says_so_much(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budgets.WORDS, "most", 3)

    assert [guard._has_words_left("page of this story") for _ in range(4)] == [True, True, True, False]
