"""The rush: pages are built a few at a time, and whoever would stand in too long a line is told so at once."""

import asyncio
from collections.abc import Callable

import httpx
import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from pages import rush
from pages.rush import Rush


def test_a_line_forms_and_beyond_it_people_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rush, "AT_ONCE", 1)
    monkeypatch.setattr(rush, "IN_LINE", 1)

    assert asyncio.run(_three()) == [200, 200, 503]


async def _three() -> list[int]:
    """What three are answered of whom the second comes while the first is served, and the third while that waits."""
    begun, done = asyncio.Event(), asyncio.Event()

    async def page(scope: Scope, receive: Receive, send: Send) -> None:
        begun.set()
        await done.wait()
        await PlainTextResponse("A page.")(scope, receive, send)

    line = Rush(page)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(line), base_url="http://desk") as client:
        first = asyncio.create_task(client.get("/login"))
        await begun.wait()
        second = asyncio.create_task(client.get("/login"))
        await _until(lambda: line._in_line == 1)
        third = await client.get("/login")
        done.set()
        return [(await first).status_code, (await second).status_code, third.status_code]


def test_nothing_is_built_for_who_has_left() -> None:
    built = []

    async def page(scope: Scope, receive: Receive, send: Send) -> None:
        built.append(scope["path"])

    async def say(*messages: str) -> None:
        said = iter(messages)

        async def receive() -> Message:
            return {"type": next(said)}

        await Rush(page)({"type": "http", "method": "GET", "path": messages[0]}, receive, _nobody)

    asyncio.run(say("http.disconnect"))
    asyncio.run(say("http.request"))

    assert built == ["http.request"]


async def _nobody(message: Message) -> None:
    """Hears no answer."""


async def _until(so: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not so():
            await asyncio.sleep(0.01)
