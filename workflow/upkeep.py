"""Upkeep: the clocks that run in the background; each claims its work in the database, so that no two do it twice."""

import logging
import threading
from collections.abc import Callable
from datetime import timedelta

from models import clock, database
from models.mailed_link import MailedLink
from models.order_request import OrderRequest
from models.ring import Ring
from models.sign_in import SignIn
from workflow import clearing, completion, deadlines, digests, drafts, files, letters

log = logging.getLogger("docket.upkeep")


class Clock:
    """Does its work every so many seconds, until it is stopped; a failure is logged, and tried again next time."""

    def __init__(self, name: str, seconds: float, work: Callable[[], object]) -> None:
        self._work, self._seconds = work, seconds
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, after what is under way."""
        self._stopped.set()
        self._thread.join(5)

    def _run(self) -> None:
        while not self._stopped.wait(self._seconds):
            try:
                self._work()
            except database.Busy:
                log.warning("%s: the database is busy or away; trying again.", self._thread.name)
            except Exception:
                log.exception("%s failed; trying again.", self._thread.name)


KEPT_LINKS = timedelta(days=7)
"""How long a mailed link is kept after its time, and what a stranger ordered and did not confirm."""


def tidy() -> None:
    """Drop what is over: rings that every process has heard, sign-ins, links, order requests, and forgotten drafts."""
    with database.writing() as session:
        Ring.forget_old(session)
        SignIn.forget_expired(session)
        drafts.forget_old(session)
        MailedLink.forget_expired(session, clock.now() - KEPT_LINKS)
        OrderRequest.forget_expired(session, clock.now() - KEPT_LINKS)


def clocks() -> list[Clock]:
    """Every clock of a running Docket."""
    return [
        Clock("letters", 2.0, letters.send_due),
        Clock("deadlines", 60.0, deadlines.tell_due),
        Clock("completion", 60.0, completion.take_steps),
        Clock("digests", 60.0, digests.send_due),
        Clock("files", 600.0, files.delete_due),
        Clock("clearing", 3600.0, clearing.clear),
        Clock("tidy", 600.0, tidy),
    ]
