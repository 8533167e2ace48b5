"""What an open page says is heard once, also when it says it again after its line broke.

The other half is `assets/line.js`. Each word of a page has a number, and they come in order: one that is not higher
than the last was heard before. The answer to a word is whether it was heard, to a press once that has had its outcome;
to a beat, that the server is there. A page that is loaded anew tells of what it has no answer to.
"""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary, WeakSet

from nicegui import Client, background_tasks, core
from starlette.types import ASGIApp, Message, Receive, Scope, Send


@dataclass
class Heard:
    """What was heard of a page: the number of its last word, and by its number, what each press has begun."""

    last: int = 0
    under_way: dict[int, WeakSet[asyncio.Task[Any]]] = field(default_factory=dict)


HEARD: WeakKeyDictionary[Client, Heard] = WeakKeyDictionary()
"""The pages that have said something."""

BEAT = re.compile(r'42(\d+)\["beat",')
"""A beat on the wire: an event of Socket.IO that asks for its answer by a number."""

PAUSE = 0.3
"""Seconds between two beats of an honest page, at the least; sooner ones go the way of all words, and are counted."""

Handler = Callable[[str, dict[str, Any]], object]


class Beats:
    """Answers beats at the door: with 500 open pages, their way through Socket.IO kept a fifth of a core busy."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on all that is no beat on a socket."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return

        answered = 0.0

        async def hear() -> Message:
            nonlocal answered
            while beat := BEAT.match((message := await receive()).get("text") or ""):
                if time.monotonic() - answered < PAUSE:
                    break
                answered = time.monotonic()
                await send({"type": "websocket.send", "text": f"43{beat[1]}[]"})
            return message

        await self.app(scope, hear, send)


def install() -> None:
    """Hear once, and answer; a second call changes nothing. The guard's own wrapping comes after this one."""
    handlers = core.sio.handlers["/"]
    if "beat" not in handlers:
        handlers["beat"] = _beat
        handlers["event"] = once(handlers["event"])


async def _beat(_sid: str, _message: dict[str, Any]) -> None:
    """A page asks whether it is heard: it is."""


def once(handle: Handler) -> Callable[[str, dict[str, Any]], Awaitable[bool]]:
    """The handler, for words that were not heard before; it tells whether this one is, now or before."""

    async def hear(sid: str, message: dict[str, Any]) -> bool:
        number, is_press = message.pop("number", None), message.pop("pressed", None) is True
        page = Client.instances.get(message["client_id"])
        if page is None or not page.has_socket_connection:
            return False
        heard = HEARD.setdefault(page, Heard())
        del page  # it may be left while a dialog stands open
        if not isinstance(number, int):
            handle(sid, message)
        elif number > heard.last:
            heard.last, before = number, set(background_tasks.running_tasks) if is_press else set()
            handle(sid, message)
            if is_press:
                heard.under_way[number] = WeakSet(background_tasks.running_tasks - before)
        if isinstance(number, int) and number in heard.under_way:
            await _outcome(heard, number)
        await asyncio.sleep(0)  # what is on its way out was written before this was heard, and goes first
        return True

    return hear


async def _outcome(heard: Heard, number: int) -> None:
    """Wait until all that this press has begun is done."""
    if begun := list(heard.under_way[number]):
        await asyncio.wait(begun)
    heard.under_way.pop(number, None)
