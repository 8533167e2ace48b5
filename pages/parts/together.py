"""Reading together: what many pages ask at the same time is read once, for all of them."""

import asyncio
from collections.abc import Callable, Hashable
from typing import Any, TypeVar
from weakref import WeakValueDictionary

from fastapi.concurrency import run_in_threadpool
from sqlmodel import Session

from models import database

T = TypeVar("T")

_TURNS: WeakValueDictionary[Hashable, asyncio.Lock] = WeakValueDictionary()
_WAITING: dict[Hashable, asyncio.Future[Any]] = {}


async def read_together(key: Hashable, question: Callable[[Session], T]) -> T:
    """The answer to a question that all who give this key ask alike; it is read after this was called.

    While one reading is under way, all who ask wait for one more: what it began with may be older than they are.
    """
    if key not in _WAITING:
        turn = _TURNS.setdefault(key, asyncio.Lock())
        _WAITING[key] = asyncio.ensure_future(_read(key, turn, question))
    return await asyncio.shield(_WAITING[key])


async def _read(key: Hashable, turn: asyncio.Lock, question: Callable[[Session], T]) -> T:
    def ask() -> T:
        with database.reading() as session:
            return question(session)

    async with turn:
        del _WAITING[key]
        return await run_in_threadpool(ask)
