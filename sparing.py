"""Sparing: what happens often has a line of the log when it begins, and then one a minute that says how often."""

import time
from logging import Logger
from threading import Lock

MINUTE = 60.0


class Sparing:
    """Which of the things that happen are worth a line of this log."""

    def __init__(self, log: Logger) -> None:
        self._log = log
        self._told: dict[object, tuple[float, int]] = {}
        self._lock = Lock()

    def warn(self, kind: object, sentence: str, *values: object) -> None:
        """One more of this kind has happened; the line says how many there were since the last one."""
        more = self._more(kind)
        if more is not None:
            self._log.warning(f"{sentence}%s", *values, more)

    def _more(self, kind: object) -> str | None:
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
