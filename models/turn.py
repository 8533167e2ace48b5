"""The turn to write: one at a time, and first come, first served."""

import threading
from collections import deque


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
        return (mine.acquire(timeout=timeout) or self._came_meanwhile(mine)) and not self.is_called_off

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
