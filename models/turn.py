"""The turn to write: one at a time, and first come, first served."""

import threading
from collections import deque


class Turn:
    """A lock whose waiters get it in the order in which they came, so that nobody waits for long behind a crowd."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._taken = False
        self._waiting: deque[threading.Lock] = deque()

    def acquire(self, timeout: float = -1) -> bool:
        """Wait for the turn, so many seconds at most, or without end; whether it came."""
        with self._lock:
            if not self._taken:
                self._taken = True
                return True
            mine = threading.Lock()
            mine.acquire()
            self._waiting.append(mine)
        return mine.acquire(timeout=timeout) or self._came_meanwhile(mine)

    def _came_meanwhile(self, mine: threading.Lock) -> bool:
        with self._lock:
            if mine not in self._waiting:
                return True
            self._waiting.remove(mine)
            return False

    def release(self) -> None:
        """Hand the turn to whoever has waited longest."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False
