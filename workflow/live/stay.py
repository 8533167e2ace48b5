"""A stay: somebody brings something that takes a while, and what they came in with may end meanwhile."""

import asyncio
import contextlib
from collections.abc import Awaitable
from typing import Self, TypeVar

from anyio import to_thread

from models import clock
from models.causes import Busy
from models.user import User
from workflow import access
from workflow.live.bell import News, bell
from workflow.refusals import SignedOut

T = TypeVar("T")


def left(by: User) -> float | None:
    """The seconds for which what somebody came in with is good; None where nothing says so."""
    return (by.came_with.until - clock.now()).total_seconds() if by.came_with else None


class Stay:
    """The stay of one person, on the event loop: a block in which the end of their access is noticed at once."""

    def __init__(self, by: User) -> None:
        self.by, self._loop, self._rung = by, asyncio.get_running_loop(), asyncio.Event()

    async def __aenter__(self) -> Self:
        """Begin to listen."""
        self._stop_listening = bell.listen(self._hear)
        self._over = asyncio.create_task(self._watch())
        return self

    async def __aexit__(self, *_why: object) -> None:
        """Listen no more."""
        self._stop_listening()
        self._over.cancel()

    async def during(self, awaited: Awaitable[T]) -> T:
        """What this comes to; raises SignedOut as soon as the stay is over."""
        task = asyncio.ensure_future(awaited)
        try:
            await asyncio.wait({task, self._over}, return_when=asyncio.FIRST_COMPLETED)
            if self._over.done():
                raise SignedOut(access.ENDED)
            return task.result()
        finally:
            task.cancel()

    def _hear(self, news: News) -> None:
        if news.concerns(self.by.key):
            self._loop.call_soon_threadsafe(self._rung.set)

    async def _watch(self) -> None:
        """Look whenever the bell rings, and when the time is over, until the access has ended."""
        while True:
            self._rung.clear()
            if not await to_thread.run_sync(self._is_in):
                return
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._rung.wait(), left(self.by))

    def _is_in(self) -> bool:
        try:
            return access.is_in(self.by)
        except Busy:  # the transaction asks again
            return True
