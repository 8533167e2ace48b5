"""Trouble: what ails the storage now and since when; the log has a line a cause and minute, and one when it is over."""

import logging
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from models import causes, clock
from models.causes import Busy, Cause
from sparing import Sparing

log = logging.getLogger("docket.storage")


@dataclass(frozen=True)
class Trouble:
    """What ails the storage, or ailed it until a moment ago."""

    cause: Cause
    since: datetime
    until: datetime | None = None


_lock = Lock()
_current: Trouble | None = None
_sparing = Sparing(log)


def current() -> Trouble | None:
    """What ails the storage, or did last; None where nothing did since the start."""
    return _current


def is_on(cause: Cause | None = None) -> bool:
    """Whether something ails it now; of a cause, whether it is this."""
    return _current is not None and _current.until is None and cause in (None, _current.cause)


def is_lasting() -> bool:
    """Whether what ails it does not pass by itself."""
    return is_on() and _current is not None and _current.cause.is_lasting


def met(cause: Cause, error: object = None) -> Busy:
    """What to raise for this cause; from now on everybody is told, unless it is of one call alone."""
    global _current
    with _lock:
        if cause.is_felt and not is_on(cause) and not is_lasting():
            _current = Trouble(cause, _current.since if _current and not _current.until else clock.now())
    _sparing.warn(cause, "%s%s", cause.sentence, _in_a_line(error))
    return Busy(cause)


def behind(error: BaseException) -> Cause | None:
    """The trouble that ended a request with this error, if any did; the log hears of it, and so does everybody."""
    if isinstance(error, Busy):
        return error.cause
    why = error if isinstance(error, OSError) else error.__cause__  # a body is read, and kept, before any code of ours
    cause = causes.of(why) if isinstance(why, OSError) else None
    return met(cause, why).cause if cause else None


def over() -> bool:
    """It can be read and written again; whether that is news."""
    global _current
    with _lock:
        if _current is None or not is_on() or is_lasting():
            return False
        ended = _current = Trouble(_current.cause, _current.since, clock.now())
        _sparing.forget()
    log.warning("The storage can be read and written again, after %.0f s.", (clock.now() - ended.since).total_seconds())
    return True


def _in_a_line(error: object) -> str:
    """What the system or the driver said, without the statement, for that holds what people typed."""
    said = getattr(error, "orig", None) or error
    return f" ({(str(said).strip().splitlines() or [type(said).__name__])[0]})" if said else ""
