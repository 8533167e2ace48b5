"""Leases: while this process holds what it has claimed it gives signs of life, and it lets go of all when it stops."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from models import database
from models.process import ORIGIN, Process

SECONDS = 10.0
"""How often: a claim outlives two signs that did not come through."""

_held: set[object] = set()


@contextmanager
def held() -> Iterator[None]:
    """Within this block something is claimed; `beat` speaks for it."""
    here = object()
    _held.add(here)
    try:
        yield
    finally:
        _held.remove(here)


def beat() -> None:
    """Give a sign of life, if there is something to hold: an idle desk writes nothing."""
    if _held:
        with database.writing() as session:
            Process.is_seen(session)


def leave() -> None:
    """Let go of all claims, for good; a database that is away need not be waited for, as silence does the same."""
    with suppress(database.Busy):
        with database.reading() as session:
            if session.get(Process, ORIGIN) is None:
                return
        with database.writing() as session:
            Process.leave(session)
