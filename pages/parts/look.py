"""A look at the database for something on the screen: of two answers, the one asked for later stays."""

from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from nicegui import background_tasks

from pages.live import Live

T = TypeVar("T")


class Look(Generic[T]):
    """How something on the screen is read, and how it is shown."""

    def __init__(self, live: Live, read: Callable[[], Awaitable[T]], show: Callable[[T], object]) -> None:
        self.live, self.read, self.show = live, read, show
        self._asked = self._under_way = 0
        self._is_wanted = self._is_catching_up = False
        live.partings.append(self._let_go)

    def _let_go(self) -> None:
        del self.read, self.show

    @property
    def is_under_way(self) -> bool:
        """Whether an answer is still to come: it will not know of what happens now."""
        return self._under_way > 0

    async def again(self) -> None:
        """Read and show, unless somebody asks again before the answer is there: theirs is the newer."""
        if self.live.ended or self.live.client.is_deleted:
            return
        self._asked += 1
        number = self._asked
        self._under_way += 1
        try:
            found = await self.read()
        finally:
            self._under_way -= 1
        if number == self._asked and not self.live.client.is_deleted:
            self.show(found)

    def soon(self) -> None:
        """Have it done in the background; however many ask while one look is under way, one more follows it."""
        self._is_wanted = True
        if not self._is_catching_up:
            background_tasks.create(self._catch_up())

    async def _catch_up(self) -> None:
        self._is_catching_up = True
        try:
            while self._is_wanted:
                self._is_wanted = False
                await self.again()
        finally:
            self._is_catching_up = False
