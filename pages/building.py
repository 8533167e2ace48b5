"""Building: a page has so many seconds to come up; when they were not enough, it says so in a sentence of ours."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from nicegui import ui

SECONDS = 20.0
"""How long a page may take. NiceGUI's own limit, with its own words, comes later."""

SLOW = "This page takes too long just now. Please try again in a moment."

Build = Callable[..., Awaitable[Any]]


class TooSlow(Exception):
    """A page was not there in time; its text is the sentence for whoever waits."""


def at(path: str, title: str | None = None) -> Callable[[Build], Build]:
    """Put up a page at this path: every page is declared so."""

    def put_up(build: Build) -> Build:
        ui.page(path, title=title, response_timeout=2 * SECONDS)(in_time(build))
        return build

    return put_up


def in_time(build: Build) -> Build:
    """The same, which raises TooSlow when it takes longer than a page may."""

    @wraps(build)
    async def built(*args: Any, **parts: Any) -> Any:
        patience = asyncio.timeout(SECONDS)
        try:
            async with patience:
                return await build(*args, **parts)
        except TimeoutError:
            if patience.expired():
                raise TooSlow(SLOW) from None
            raise

    return built
