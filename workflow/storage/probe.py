"""The probe: whether the storage can be read and written now, found out by doing so."""

import time
from dataclasses import dataclass
from threading import Lock

from models import database, trouble
from models.agency import Agency
from models.causes import Busy
from models.process import Process
from workflow.live.bell import News, bell
from workflow.storage.incoming import Incoming

SECONDS = 1.0
"""How often it is asked while something ails the storage, and how long an answer counts."""

BYTES = 65_536
"""How much is written where the files lie; it does not stay."""


@dataclass(frozen=True)
class State:
    """What can be done with the storage; where something cannot, `why`."""

    reads: bool
    writes: bool
    why: Busy | None = None


def state() -> State:
    """Try it; what ailed the storage is over once all goes well. What is damaged elsewhere goes well here."""
    now, reads, why = trouble.current(), False, None
    if now and trouble.is_lasting():
        return State(False, False, Busy(now.cause))
    try:
        _read()
        reads = True
        _write()
    except Busy as busy:
        why = busy
    else:
        if trouble.over():
            bell.ring(News(None))  # what was kept although nobody was told so, the pages do not know
    return State(reads, why is None, why)


def look() -> None:
    """Find out whether it is over, when something ails the storage."""
    if trouble.is_on():
        state()


_lock = Lock()
_last: tuple[float, State] | None = None


def recent() -> State:
    """The state as it was a second ago at most, for those who ask often."""
    global _last
    with _lock:
        if _last is None or time.monotonic() - _last[0] > SECONDS:
            _last = time.monotonic(), state()
        return _last[1]


def _read() -> None:
    with database.reading() as session:
        Agency.get(session)


def _write() -> None:
    """A sign of life is a row like any other; a file is one that nobody knows, and gone at once."""
    with database.writing() as session:
        Process.is_seen(session)
    with Incoming() as incoming:
        incoming.write(bytes(BYTES))
        incoming.flush()
