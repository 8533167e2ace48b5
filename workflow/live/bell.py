"""The bell: a number for each user, rising when something of theirs changed; rung after the commit, and only then."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from models.job import Job
from models.notification import Notification
from models.rules import Rules

log = logging.getLogger("docket.bell")


@dataclass(frozen=True)
class News:
    """What one ring says: whom it concerns (None: everybody), and about which job, with the notifications written."""

    audience: frozenset[int] | None
    job: Job | None = None
    rules: Rules | None = None
    notifications: Sequence[Notification] = ()

    def concerns(self, user_id: int) -> bool:
        """Whether this user is one of those it is for."""
        return self.audience is None or user_id in self.audience


class Bell:
    """The numbers, and who listens; `general` rises with what concerns everybody.

    Ringing and reading are safe from every thread.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._numbers: dict[int, int] = {}
        self.general = 0
        self._listeners: list[Callable[[News], None]] = []

    def number(self, user_id: int) -> int:
        """The user's number now; two equal readings mean that nothing of theirs changed in between."""
        return self._numbers.get(user_id, 0) + self.general

    def listen(self, listener: Callable[[News], None]) -> Callable[[], None]:
        """Have every piece of news handed over, in the order of the rings; the answer called ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def ring(self, news: News) -> None:
        """Raise the numbers of those concerned, and hand the news to the listeners.

        The change is committed already: a listener that fails is logged, and neither the caller nor the others suffer.
        """
        with self._lock:
            self.general += news.audience is None
            for user_id in news.audience or ():
                self._numbers[user_id] = self._numbers.get(user_id, 0) + 1
            for listener in tuple(self._listeners):
                self._tell(listener, news)

    def _tell(self, listener: Callable[[News], None], news: News) -> None:
        try:
            listener(news)
        except Exception:
            log.exception("A listener failed on news that is kept all the same.")


bell = Bell()
