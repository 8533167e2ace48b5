"""Sparing: what happens often has a line of the log when it begins, and then one a minute that says how often."""

import time
from threading import Lock

MINUTE = 60.0


class Sparing:
    """Which of the things that happen are worth a line."""

    def __init__(self) -> None:
        self._told: dict[object, tuple[float, int]] = {}
        self._lock = Lock()

    def more(self, kind: object) -> str | None:
        """The end of a line about one more of this kind: how many there were since the last; None without a line."""
        now = time.monotonic()
        with self._lock:
            told_at, number = self._told.get(kind, (None, 0))
            if told_at is not None and now - told_at < MINUTE:
                self._told[kind] = told_at, number + 1
                return None
            self._told[kind] = now, 0
        return f" {number} more since." if number else ""

    def forget(self) -> None:
        """Begin anew."""
        with self._lock:
            self._told.clear()
