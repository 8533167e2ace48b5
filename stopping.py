"""Stopping: what is under way is finished; what is not done in time is told to come again, and streams simply end."""

import asyncio
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

import boundary
from doors import Doors

SENTENCE = "Docket is being stopped just now; please try again in a moment."
TOLD = {name.decode(): value.decode() for name, value in boundary.told_of(boundary.BARE)}
HEADERS = TOLD | {"retry-after": "5"}
STREAM = (b"content-type", b"text/event-stream; charset=utf-8")


@dataclass
class Answer:
    """How far an answer has come."""

    send: Send
    has_begun = False
    is_stream = False

    async def say(self, message: Message) -> None:
        """Send the next part of it."""
        if message["type"] == "http.response.start":
            self.has_begun = True
            self.is_stream = STREAM in message["headers"]
        await self.send(message)


class Stoppable:
    """ASGI middleware that knows which requests are under way, and can end them."""

    def __init__(self, app: ASGIApp, doors: Doors) -> None:
        self.app, self.doors = app, doors
        self._under_way: dict[asyncio.Task[None], Answer] = {}
        self._is_stopping = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request be answered; each has a task of its own."""
        task = asyncio.current_task()
        if scope["type"] != "http" or task is None:
            await self.app(scope, receive, send)
            return
        answer = self._under_way[task] = Answer(send)
        try:
            await self.app(scope, receive, answer.say)
        except asyncio.CancelledError:
            if not self._is_stopping:
                raise
            await self._end(answer, scope, receive)
        finally:
            del self._under_way[task]

    def end(self, *, all_of_them: bool) -> None:
        """End the streams, and then all of them: who was not answered yet is told why."""
        self._is_stopping = True
        for task, answer in self._under_way.items():
            if all_of_them or answer.is_stream:
                task.cancel()

    async def _end(self, answer: Answer, scope: Scope, receive: Receive) -> None:
        if not answer.has_begun:
            await self.doors.refusal(scope, 503, "BUSY", SENTENCE, HEADERS)(scope, receive, answer.send)
        elif answer.is_stream:
            await answer.send({"type": "http.response.body", "body": b""})
