"""The rush: pages are built a few at a time, first come, first served; beyond a long line, people are told so.

Built all at once, none would be there before the last one, and each would hold its memory meanwhile.
"""

import asyncio

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from models import causes, trouble
from pages.budgeted import FREE
from pages.error_pages import told

AT_ONCE = 16
"""How many pages are built at the same time."""

IN_LINE = 400
"""How many may wait for that."""

PATIENCE = 20.0
"""Seconds that somebody waits in line."""


class Rush:
    """ASGI middleware: a line for what people look at."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._places, self._in_line = asyncio.Semaphore(AT_ONCE), 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through once it has a place, which it keeps until its answer begins."""
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"].startswith(FREE):
            await self.app(scope, receive, send)
        elif await self._has_place():
            await self._let_in(scope, receive, send)
        else:
            await told(trouble.met(causes.RUSH)).answer(Request(scope))(scope, receive, send)

    async def _has_place(self) -> bool:
        if self._in_line >= IN_LINE:
            return False
        self._in_line += 1
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._places.acquire()
        except TimeoutError:
            return False
        finally:
            self._in_line -= 1

    async def _let_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        has_place = True

        def leave() -> None:
            nonlocal has_place
            if has_place:
                self._places.release()
            has_place = False

        async def say(message: Message) -> None:
            leave()
            await send(message)

        try:
            first = await receive()
            if first["type"] != "http.disconnect":  # who left while they stood in line
                await self.app(scope, _heard_again(first, receive), say)
        finally:
            leave()


def _heard_again(first: Message, receive: Receive) -> Receive:
    heard = [first]

    async def hear() -> Message:
        return heard.pop() if heard else await receive()

    return hear
