"""Letters: claimed from the table, sent, and tried again until the server has taken them or three days are over."""

import asyncio
import logging
from datetime import timedelta

from sqlmodel import Session

import settings
from models import clock, database
from models.agency import Agency
from models.letter import Delivery, Letter
from models.user import Role, User
from workflow import post
from workflow.refusals import Forbidden, InvalidField

log = logging.getLogger("docket.letters")

AT_ONCE = 20
CLAIM, LEFT = timedelta(minutes=10), timedelta(minutes=2)
"""How long a claim holds: after a crash, another process takes the letter up again. And how much of it must be left
for a letter to be begun, which takes less: those that a slow server leaves over are claimed anew."""

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
GIVEN_UP_AFTER = timedelta(days=3)
"""Back-off: one minute doubling to six hours, for three days (SPEC section 5)."""


def send_due() -> int:
    """Send the letters that are due; returns how many the server took. Without a mail server they wait."""
    if not settings.current().smtp_url:
        return 0
    until = clock.now() + CLAIM
    with database.writing() as session:
        letters = Letter.claim(session, AT_ONCE, until)
        agency = Agency.get(session)
    name = agency.name if agency else "Docket"
    return sum(_send(letter, name) for letter in letters if clock.now() < until - LEFT)


def _send(letter: Letter, agency: str) -> bool:
    """One letter: sent before it is marked so, for twice is better than never."""
    try:
        asyncio.run(post.hand_over(post.message(letter, agency)))
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one letter, the next ones must go out
        log.warning("Letter %s was not taken (try %s): %s", letter.id, letter.tries + 1, error)
        _mark(letter, error)
        return False
    _mark(letter, None)
    return True


def _mark(letter: Letter, error: Exception | None) -> None:
    with database.writing() as session:
        session.add(letter)
        letter.tries += 1
        letter.claimed_until = None
        letter.last_error = _storable(str(error) or type(error).__name__)[:500] if error else None
        if error is None:
            letter.delivery, letter.sent_at = Delivery.sent, clock.now()
        elif clock.now() - letter.created_at >= GIVEN_UP_AFTER:
            letter.delivery = Delivery.given_up
        else:
            letter.next_try_at = clock.now() + pause(letter.tries)


def _storable(answer: str) -> str:
    """What a server said, in whatever character set, as a database can hold it."""
    return answer.replace("\x00", "").encode(errors="replace").decode()


def pause(tries: int) -> timedelta:
    """How long to wait after so many tries."""
    return min(FIRST_PAUSE * 2 ** min(tries - 1, 20), LONGEST_PAUSE)


def send_again(letter_id: int, *, by: User) -> None:
    """Put a letter that was given up, or waits for its next try, back to the front. Raises Forbidden."""
    with database.writing() as session:
        letter = _opened(session, letter_id, by)
        letter.delivery, letter.next_try_at, letter.created_at = Delivery.waiting, clock.now(), clock.now()


def _opened(session: Session, letter_id: int, by: User) -> Letter:
    admin = session.get(User, by.id)
    if admin is None or not admin.active or admin.role is not Role.admin:
        raise Forbidden("Only an admin can send letters again.")
    letter = session.get(Letter, letter_id)
    if letter is None or letter.delivery is Delivery.sent:
        raise InvalidField("letter_id", "There is no such letter to send again.")
    return letter
