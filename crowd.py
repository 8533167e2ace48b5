"""The crowd: how many connections there may be, and who gives way when there are more; the log says that it was so.

A connection is a file descriptor, and so is a file that is fetched or kept: when they run out, everything fails.
"""

import asyncio
import logging
from collections import Counter
from functools import lru_cache
from ipaddress import ip_address, ip_network
from typing import Protocol

from sparing import Sparing

try:
    import resource
except ImportError:  # where there is no such limit
    resource = None

CONNECTIONS, AN_ADDRESS = 4000, 500
"""How many connections there may be, and how many of one address that is no proxy."""

SPARED = 400
"""File descriptors that are kept for the database, files and letters, and for those who are leaving."""

LEAVING_AT_ONCE = 150
"""How many of those who were told to leave are listened to until they have."""

UNTAKEN = 60.0
"""Seconds after which who takes in nothing of what was sent is hung up on."""

log = logging.getLogger("docket.crowd")
_sparing = Sparing(log)


class Line(Protocol):
    """A connection, as far as the crowd knows it."""

    transport: asyncio.Transport

    def give_way(self) -> None:
        """Make room for somebody else."""


WAITING: dict[Line, None] = {}
"""The connections that wait for a head, those that have waited longest first."""

LEAVING: dict[Line, None] = {}
"""Those that were told to leave, and have not yet."""

OPEN: Counter[str] = Counter()
"""How many connections an address has open."""


def most() -> int:
    """How many connections this process may have, after asking for as many descriptors as it can get."""
    if resource is None:
        return CONNECTIONS
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS + SPARED
    if soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(hard, wanted)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return max(min(CONNECTIONS, soft - SPARED), 50)


_most = lru_cache(most)


@lru_cache(1000)
def is_proxy(peer: str, proxies: tuple[str, ...]) -> bool:
    """Whether this address is one of these networks' or a socket of this machine, which has none."""
    try:
        return any(ip_address(peer) in ip_network(each) for each in proxies)
    except ValueError:
        return True


def has_room(connections: int) -> bool:
    """Whether one more than so many connections fits, or one that waits for a head gave way to it."""
    if connections - len(LEAVING) <= _most():
        return True
    _sparing.warn(
        "full", "There are too many connections at once, more than %d: some are told to come again (503).", _most()
    )
    if not WAITING:
        return False
    oldest = next(iter(WAITING))
    WAITING.pop(oldest)
    oldest.give_way()
    return True


def see_out(line: Line) -> None:
    """Listen to one more until it has left: what it says meanwhile would throw away what it was told."""
    LEAVING[line] = None
    while len(LEAVING) > LEAVING_AT_ONCE:
        oldest = next(iter(LEAVING))
        LEAVING.pop(oldest)
        oldest.transport.abort()


class Counted(asyncio.Protocol):
    """A connection that is counted at the address it comes from, and that takes in what it asked for."""

    client: tuple[str, int] | None
    transport: asyncio.Transport
    _peer: str | None = None
    _untaken: asyncio.TimerHandle | None = None

    def enter(self) -> int:
        """Count it; returns how many there are now of its address."""
        peer = self._peer = self.client[0] if self.client else ""
        OPEN[peer] += 1
        return OPEN[peer]

    def leave(self) -> None:
        """Count it no more; a second time changes nothing."""
        if self._peer is not None:
            OPEN[self._peer] -= 1
            if not OPEN[self._peer]:
                del OPEN[self._peer]
        self._peer = None
        self._is_taken()

    def pause_writing(self) -> None:
        """Something was sent that is not taken in yet."""
        super().pause_writing()
        self._watch()

    def resume_writing(self) -> None:
        """All was."""
        self._is_taken()
        super().resume_writing()

    def _watch(self) -> None:
        size = self.transport.get_write_buffer_size()
        self._untaken = asyncio.get_running_loop().call_later(UNTAKEN, self._look_again, size)

    def _is_taken(self) -> None:
        if self._untaken is not None:
            self._untaken.cancel()
            self._untaken = None

    def _look_again(self, size: int) -> None:
        """Go on waiting for who takes in some of it; a line that is closed would wait for the others for ever."""
        if self.transport.get_write_buffer_size() < size:
            self._watch()
            return
        _sparing.warn("untaken", "Hung up on somebody who took in nothing of an answer for %d seconds.", UNTAKEN)
        self.transport.abort()
