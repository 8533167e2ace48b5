"""Letters: claimed from the table, sent while they have a reason to go, and tried again for three days."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Concatenate, ParamSpec

from sqlmodel import Session

import settings
from models import clock, database
from models.agency import Agency
from models.letter import Delivery, Letter
from workflow import leases
from workflow.mail import message, reasons, unsubscribe

P = ParamSpec("P")

log = logging.getLogger("docket.letters")

AT_ONCE = 20

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
GIVEN_UP_AFTER = timedelta(days=3)
"""Back-off: one minute doubling to six hours, for three days (SPEC section 5)."""

SECRET_TYPES = {"sign_in", "confirm_order"}
"""Letters whose links let their reader in: they are for nobody else's eyes, and not kept once that is settled."""

UNSEEN = "The text of this letter is for its recipient alone."

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
        if not Letter.is_any_due(session, _in_hand):
            return 0
    if not chosen.smtp_url:
        return _count_as_sent()
    with leases.held(), _claimed() as (letters, agency):
        return asyncio.run(_round(letters, agency)) if letters else 0


def _count_as_sent() -> int:
    with database.writing() as session:
        return sum(_counted_as_sent(session, letter) for letter in Letter.claim(session, AT_ONCE))


@contextmanager
def _claimed() -> Iterator[tuple[list[Letter], Agency]]:
    """Letters that are ours to send within this block, and whose they are."""
    mine = set[int]()
    try:
        with database.writing() as session:
            letters = Letter.claim(session, AT_ONCE, in_hand=_in_hand)
            agency = Agency.get(session) or Agency(name="Docket")
            mine.update(letter.key for letter in letters)
            _in_hand.update(mine)
        yield letters, agency
    finally:
        _in_hand.difference_update(mine)


def _counted_as_sent(session: Session, letter: Letter) -> bool:
    if reason := reasons.against(session, letter):
        _dropped(letter, reason)
        return False
    _sent(letter)
    return True


async def _round(letters: list[Letter], agency: Agency) -> int:
    """Send over one line. A server that is away is asked once, and then every letter that is due waits."""
    taken = 0
    async with message.Line() as line:
        for letter in letters:
            try:
                await line.open()
            except Exception as error:  # noqa: BLE001 - what keeps us from the server keeps all letters from it
                _postpone(error)
                break
            taken += await _send(line, letter, agency)
    return taken


async def _send(line: message.Line, letter: Letter, agency: Agency) -> bool:
    """One letter: sent before it is marked so, for twice is better than never; dropped when nothing speaks for it.

    One that is not ours any more is left: we were asleep, or have been stopped, and somebody else has it.
    """
    with database.reading() as session:
        held = Letter.held(session, letter.key)
        reason = held and reasons.against(session, held)
    if held is None:
        return False
    if reason:
        _mark(held, _dropped, reason)
        return False
    try:
        await line.hand_over(message.message(held, agency.name, agency.logo, unsubscribe.address(held)))
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one letter, the next ones must go out
        log.warning("Letter %s was not taken (try %s): %s", letter.id, letter.tries + 1, error)
        _mark(held, _failed, error)
        return False
    _mark(held, _sent)
    return True


def _mark(letter: Letter, how: Callable[Concatenate[Letter, P], None], *said: P.args, **more: P.kwargs) -> None:
    with database.writing() as session:
        session.add(letter)
        how(letter, *said, **more)


def _sent(letter: Letter) -> None:
    letter.tries += 1
    letter.claimed_by = letter.last_error = None
    letter.delivery, letter.sent_at = Delivery.sent, clock.now()
    _forget_secret(letter)


def _dropped(letter: Letter, reason: str) -> None:
    letter.claimed_by, letter.last_error = None, reason
    letter.delivery = Delivery.dropped
    _forget_secret(letter)


def _forget_secret(letter: Letter) -> None:
    if letter.type in SECRET_TYPES and not settings.current().demo:
        letter.body = UNSEEN


def _failed(letter: Letter, error: Exception) -> None:
    letter.tries += 1
    letter.claimed_by, letter.last_error = None, _storable(str(error) or type(error).__name__)[:500]
    if clock.now() - letter.created_at >= GIVEN_UP_AFTER:
        letter.delivery = Delivery.given_up
    else:
        letter.next_try_at = clock.now() + pause(letter.tries)


def _postpone(error: Exception) -> None:
    """The server is away: one transaction for all that is due, so that changes do not wait for our many letters."""
    with database.writing() as session:
        due = Letter.due(session)
        for letter in due:
            _failed(letter, error)
    log.warning("The mail server is away, and %s letters wait: %s", len(due), error)


def _storable(answer: str) -> str:
    """What a server said, in whatever character set, as a database can hold it."""
    return answer.replace("\x00", "").encode(errors="replace").decode()


def pause(tries: int) -> timedelta:
    """How long to wait after so many tries."""
    return min(FIRST_PAUSE * 2 ** min(tries - 1, 20), LONGEST_PAUSE)
