"""Limits: how something is counted that one may have only so much of, in a while or at once."""

import logging
import math
import threading
import time
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

from models import clock
from sparing import Sparing
from workflow.refusals import TooOften

Number = int | Callable[[], int]
"""A limit, or how to ask the settings for it."""

COUNTED: "list[Budget | AtOnce]" = []
"""All that count in this process."""


log = logging.getLogger("docket.limits")
_sparing = Sparing(log)


def _refused(what: str, sentence: str, wait: int) -> TooOften:
    """The refusal; the log hears of the first of a kind, and how many more there were a minute later."""
    _sparing.warn(what, "Somebody asked for more %s than are possible, and was told to come again (429).", what)
    return TooOften(sentence, wait=wait)


def forget() -> None:
    """Begin to count anew in this process, for another agency."""
    for each in COUNTED:
        each.used.clear()


STEPS = 30
"""Into how many parts a span is divided: what is used within one of them counts from its beginning."""

MOST_KNOWN = 20_000
"""Of how many people or networks a budget remembers what they used."""

SPANS = {60: "a minute", 3600: "an hour", 86400: "a day"}


class Limit:
    """So many of something, and what is said beyond."""

    def __init__(self, most: Number, span: timedelta, what: str, says: str = "") -> None:
        self.most, self.span, self.what, self.says = most, span, what, says

    @property
    def number(self) -> int:
        """The limit as it is now."""
        return self.most if isinstance(self.most, int) else self.most()

    def refused(self, wait: float) -> TooOften:
        """The refusal, for who has to wait so many seconds."""
        seconds = max(math.ceil(wait), 1)
        when = f"{seconds} seconds" if seconds < 120 else f"{math.ceil(seconds / 60)} minutes"
        span = SPANS.get(round(self.span.total_seconds()), "in a while")
        sentence = self.says or f"At most {self.number:,} {self.what} {span} are possible; the next in {when}."
        return _refused(self.what, sentence, seconds)


class Budget(Limit):
    """So many in a span that moves along, counted in this process."""

    def __init__(self, most: Number, span: timedelta, what: str, says: str = "") -> None:
        super().__init__(most, span, what, says)
        self.used: dict[object, _Used] = {}
        self._lock = threading.Lock()
        COUNTED.append(self)

    def spend(self, whose: object) -> None:
        """Count one more for this person or network; raises TooOften beyond the limit, and counts nothing then."""
        span, now = self.span.total_seconds(), time.monotonic()
        with self._lock:
            used = self.used.get(whose) or self._begun(whose)
            oldest = used.since(now - span)
            if used.total >= self.number:
                raise self.refused(oldest + span - now)
            used.add(now, span / STEPS)

    def _begun(self, whose: object) -> "_Used":
        if len(self.used) >= MOST_KNOWN:
            del self.used[next(iter(self.used))]
        used = self.used[whose] = _Used()
        return used


class _Used:
    """What somebody used, by parts of the span."""

    __slots__ = ("parts", "total")

    def __init__(self) -> None:
        self.parts: deque[tuple[float, int]] = deque()
        self.total = 0

    def since(self, moment: float) -> float:
        """Forget what was used before; returns when the oldest of the rest was."""
        while self.parts and self.parts[0][0] <= moment:
            self.total -= self.parts.popleft()[1]
        return self.parts[0][0] if self.parts else moment

    def add(self, now: float, part: float) -> None:
        """Count one more, together with what was used within the same part."""
        self.total += 1
        if self.parts and now - self.parts[-1][0] < part:
            began, number = self.parts.pop()
            self.parts.append((began, number + 1))
        else:
            self.parts.append((now, 1))


class AtOnce:
    """So many at the same time, counted in this process, on its event loop."""

    def __init__(self, most: int, what: str) -> None:
        self.most, self.what = most, what
        self.used: dict[object, int] = {}
        COUNTED.append(self)

    def check(self, whose: object) -> None:
        """Raises TooOften where there are as many already."""
        if self.used.get(whose, 0) >= self.most:
            sentence = f"At most {self.most:,} {self.what} are possible at once; please end one first."
            raise _refused(self.what, sentence, 5)

    def held(self, whose: object) -> "_Held":
        """Count one for as long as a block runs; it raises TooOften where there are as many already."""
        return _Held(self, whose)


class _Held:
    """One that is counted."""

    __slots__ = ("_limit", "_whose")

    def __init__(self, limit: AtOnce, whose: object) -> None:
        self._limit, self._whose = limit, whose

    def __enter__(self) -> None:
        """Count it."""
        self._limit.check(self._whose)
        self._limit.used[self._whose] = self._limit.used.get(self._whose, 0) + 1

    def __exit__(self, *_why: object) -> None:
        """Count it no more."""
        left = self._limit.used.get(self._whose, 1) - 1
        if left:
            self._limit.used[self._whose] = left
        else:
            self._limit.used.pop(self._whose, None)


class Kept(Limit):
    """So many in a span, counted from the rows that are kept of them."""

    @property
    def since(self) -> datetime:
        """From when on things count."""
        return clock.now() - self.span

    def check(self, used: int) -> None:
        """Raises TooOften where so many are the limit, or more."""
        if used >= self.number:
            raise self.refused(self.span.total_seconds() / 4)

    def check_oldest(self, counted: datetime | None) -> None:
        """Raises TooOften where the oldest of so many as are the limit, if there is one, is from within the span."""
        if counted and self.is_spent(counted):
            raise self.refused((counted - self.since).total_seconds())

    def is_spent(self, counted: datetime | None) -> bool:
        """Whether the oldest of so many as are the limit, if there is one, is from within the span."""
        return counted is not None and self.since < counted <= clock.now()
