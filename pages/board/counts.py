"""The numbers of all orders: read once for all the pages that need them, however many changes come at once."""

import asyncio
from collections.abc import Callable
from weakref import WeakValueDictionary

from fastapi.concurrency import run_in_threadpool
from nicegui import background_tasks

from models import database
from models.order_counts import Numbers, numbers
from models.user import User

PAUSE = 0.5
"""How many seconds lie between two readings while changes keep coming."""


class Counts:
    """The numbers of one kind of reader; `shows` are the pages' own ways to show them."""

    def __init__(self, reader: User) -> None:
        self.reader = reader
        self.shows: set[Callable[[Numbers], object]] = set()
        self._is_wanted = self._is_under_way = False

    def soon(self) -> None:
        """Have them read and shown on all pages; however many ask meanwhile, one more reading follows."""
        self._is_wanted = True
        if not self._is_under_way:
            self._is_under_way = True
            background_tasks.create(self._catch_up())

    async def _catch_up(self) -> None:
        try:
            while self._is_wanted and self.shows:
                self._is_wanted = False
                found = await run_in_threadpool(self._read)
                for show in tuple(self.shows):
                    show(found)
                await asyncio.sleep(PAUSE)
        finally:
            self._is_under_way = False

    def _read(self) -> Numbers:
        with database.reading() as session:
            return numbers(session, self.reader)


_KEPT: WeakValueDictionary[int | None, Counts] = WeakValueDictionary()


def counts_for(reader: User) -> Counts:
    """The numbers that this reader shares: staff with each other, everybody else with their own other pages."""
    kind = None if reader.is_staff else reader.key
    kept = _KEPT.get(kind)
    if kept is None:
        kept = _KEPT[kind] = Counts(reader)
    return kept
