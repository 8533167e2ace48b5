"""The turn to write: one at a time, and first come, first served."""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress

CROWD = 20
"""So many may wait in places among the threads that others need, too: half of the 40 that anyio has."""


class Turn:
    """A lock whose waiters get it in the order in which they came, so that nobody waits for long behind a crowd."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._taken = False
        self._waiting: deque[threading.Lock] = deque()
        self.is_called_off = False
        """Whether it comes to nobody any more, and who has it has it for nothing."""

    def acquire(self, timeout: float = -1) -> bool:
        """Wait for the turn, so many seconds at most, or without end; whether it came."""
        with self._lock:
            if self.is_called_off:
                return False
            if not self._taken:
                self._taken = True
                return True
            mine = threading.Lock()
            mine.acquire()
            self._waiting.append(mine)
            is_crowd = len(self._waiting) > CROWD
        with _place_lent() if is_crowd else nullcontext():
            came = mine.acquire(timeout=timeout) or self._came_meanwhile(mine)
        return came and not self.is_called_off

    def _came_meanwhile(self, mine: threading.Lock) -> bool:
        with self._lock:
            if mine not in self._waiting:
                return True
            self._waiting.remove(mine)
            return False

    def call_off(self) -> None:
        """Tell all who wait that it does not come, and who has it that it came for nothing."""
        with self._lock:
            self.is_called_off = True
            while self._waiting:
                self._waiting.popleft().release()

    def release(self) -> None:
        """Hand the turn to whoever has waited longest."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False


@contextmanager
def _place_lent() -> Iterator[None]:
    """While this thread only waits, another one may work in its place, so that a crowd of writers stops no reader."""
    from anyio import from_thread  # late: commands have no such threads

    give_back = None
    with suppress(RuntimeError):  # a thread of our own takes nobody's place
        give_back = from_thread.run_sync(_lend)
    try:
        yield
    finally:
        if give_back:
            with suppress(RuntimeError):  # all is over by now
                give_back()


def _lend() -> Callable[[], object]:
    """Have one more thread answer; called on the event loop, it gives what takes that back from elsewhere."""
    import asyncio

    from anyio.to_thread import current_default_thread_limiter

    limiter, loop = current_default_thread_limiter(), asyncio.get_running_loop()

    def add(number: int) -> None:
        limiter.total_tokens += number

    add(1)
    return lambda: loop.call_soon_threadsafe(add, -1)
