"""Letters: claimed from the table, and sent while they have a reason to go; a server that is away is left alone."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from sqlmodel import Session

import settings
from models import database
from models.agency import Agency
from models.letter import Letter
from models.outage import Outage
from workflow import leases
from workflow.mail import outcomes, reasons
from workflow.mail.rounds import Round

AT_ONCE = 20

_in_hand: set[int] = set()
"""The letters that this process is about to send: what else it has claimed was left over by a round that failed."""


def send_due() -> int:
    """Send the letters that are due; returns how many the server took. Without a mail server they wait.

    The demo has no server: there they count as sent, and are shown on a page.
    """
    chosen = settings.current()
    if not (chosen.smtp_url or chosen.demo):
        return 0
    with database.reading() as session:  # every other second, and mostly for nothing: no change has to wait for that
        if not _is_there_work(session):
            return 0
        agency = Agency.get(session) or Agency(name="Docket")
    return _round(agency) if chosen.smtp_url else _count_as_sent()


def _is_there_work(session: Session) -> bool:
    outage = Outage.present(session)
    return Letter.is_any_due(session, _in_hand) and (outage is None or outage.is_to_be_asked)


def _round(agency: Agency) -> int:
    with leases.held(), _hand() as mine:
        going = Round(agency, lambda: _more(mine))
        was_out, letters = _claim(mine)
        taken = asyncio.run(going.send(letters)) if letters else 0
        if was_out and going.is_answered:
            outcomes.back()
        return taken


@contextmanager
def _hand() -> Iterator[set[int]]:
    """The ids of what is claimed within this block."""
    mine = set[int]()
    try:
        yield mine
    finally:
        _in_hand.difference_update(mine)


def _claim(mine: set[int]) -> tuple[bool, list[Letter]]:
    """Whether the server was away, and what is ours to send: nothing when another process is asking it already."""
    with database.writing() as session:
        if outage := Outage.present(session):
            if not outage.is_to_be_asked:
                return True, []
            outage.ask()
        letters = Letter.claim(session, AT_ONCE, in_hand=_in_hand)
        mine.update(letter.key for letter in letters)
        _in_hand.update(mine)
        return outage is not None, letters


def _more(mine: set[int]) -> list[Letter]:
    with database.reading() as session:
        if not _is_there_work(session):
            return []
    return _claim(mine)[1]


def _count_as_sent() -> int:
    with database.writing() as session:
        return sum(_counted_as_sent(session, letter) for letter in Letter.claim(session, AT_ONCE))


def _counted_as_sent(session: Session, letter: Letter) -> bool:
    letter.claimed_by = None
    if reason := reasons.against(session, letter):
        outcomes.dropped(letter, reason)
        return False
    outcomes.sent(letter)
    return True
