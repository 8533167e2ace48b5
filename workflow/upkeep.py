"""Upkeep: the clocks that run in the background; what must not be done twice, each claims in the database.

Most claim in the transaction that does it. Letters go out between two transactions, under a lease (workflow/leases.py).
"""

import logging
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import exists
from sqlmodel import Session, SQLModel, col, delete, select

from models import clock, database, trouble
from models.address_change import AddressChange
from models.api_token import ApiToken
from models.device import Device
from models.first_answer import FirstAnswer
from models.guess import Guess
from models.mailed_link import MailedLink
from models.order_request import OrderRequest
from models.process import Process
from models.ring import Ring
from models.sign_in import SignIn
from workflow import leases
from workflow.history import retention
from workflow.live import watch
from workflow.mail import queue
from workflow.notifications import digests
from workflow.orders import auto_completion, deadlines, drafts, files, intentions
from workflow.people import failures, guessing, uses
from workflow.storage import probe, sweep

log = logging.getLogger("docket.upkeep")


class Clock:
    """Does its work every so many seconds, until it is stopped; a failure is logged, and tried again next time."""

    def __init__(self, name: str, seconds: float, work: Callable[[], object]) -> None:
        self.name, self.work, self._seconds = name, work, seconds
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, after what is under way."""
        self.begin_no_more()
        self.join(5)

    def begin_no_more(self) -> None:
        """End as soon as what is under way is done; nobody waits for that here."""
        self._stopped.set()

    def join(self, seconds: float) -> None:
        """Wait so long for what is under way."""
        self._thread.join(seconds)

    def _run(self) -> None:
        while not self._stopped.wait(self._seconds):
            self._tried()

    def _tried(self) -> None:
        try:
            self.work()
        except Exception as error:
            if not trouble.behind(error):
                log.exception("%s failed; trying again.", self.name)


class Once(Clock):
    """Does its work a single time, so many seconds from now, unless it is stopped before."""

    def _run(self) -> None:
        if not self._stopped.wait(self._seconds):
            self._tried()


KEPT_LINKS = timedelta(days=7)
"""How long a mailed link is kept after its time, and what a stranger ordered and did not confirm."""


def tidy() -> None:
    """Drop what is over: rings that every process has heard, sign-ins, links, order requests, keys and drafts."""
    with database.reading() as session:  # mostly there is nothing, and nobody has to wait for that
        if not any(session.exec(select(exists().where(over))).one() for over in _over(session).values()):
            return
    with database.writing() as session:
        for table, over in _over(session).items():
            session.exec(delete(table).where(over))


def _over(session: Session) -> dict[type[SQLModel], Any]:
    """What is over, by table."""
    links_end = clock.now() - KEPT_LINKS
    return {
        Ring: Ring.old(session),
        SignIn: col(SignIn.expires_at) < clock.now(),
        ApiToken: col(ApiToken.expires_at) < clock.now(),
        Device: Device.old(),
        Guess: col(Guess.created_at) < clock.now() - guessing.SPAN,
        **drafts.old(),
        MailedLink: col(MailedLink.expires_at) < links_end,
        AddressChange: col(AddressChange.expires_at) < links_end,
        OrderRequest: col(OrderRequest.expires_at) < links_end,
        Process: Process.gone(),
        FirstAnswer: FirstAnswer.old(),
    }


def clocks() -> list[Clock]:
    """Every clock of a running Docket."""
    return [
        Clock("failures", failures.SECONDS, failures.tell),
        Clock("uses", uses.SECONDS, uses.keep),
        Clock("storage", probe.SECONDS, probe.look),
        Clock("watcher", watch.SECONDS, watch.Watcher().look),
        Clock("intentions", 0.5, intentions.carry_out_due),
        Clock("heartbeat", leases.SECONDS, leases.beat),
        Clock("letters", 2.0, queue.send_due),
        Clock("deadlines", 60.0, deadlines.tell_due),
        Clock("completion", 60.0, auto_completion.take_steps),
        Clock("digests", 60.0, digests.send_due),
        Clock("files", 600.0, files.delete_due),
        Once("sweep", 10.0, sweep.sweep),
        Clock("clearing", 3600.0, retention.clear),
        Clock("tidy", 600.0, tidy),
    ]


def stop(running: list[Clock], seconds: float = 1.0) -> None:
    """Stop these clocks: they have so many seconds for what is under way, and as many to let go of what they hold."""
    for each in running:
        each.begin_no_more()
    until = time.monotonic() + seconds
    for each in running:
        each.join(max(0.0, until - time.monotonic()))
    letting_go = Once("leaving", 0, leases.leave)
    letting_go.start()
    letting_go.join(seconds)
