"""Outcomes: what became of a letter is written down, and whether the mail server takes any."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Concatenate, ParamSpec

import settings
from models import clock, database
from models.letter import Delivery, Letter, pause
from models.outage import Outage
from workflow.mail import causes
from workflow.mail.causes import CAUSES, About

P = ParamSpec("P")

log = logging.getLogger("docket.letters")

GIVEN_UP_AFTER = timedelta(days=3)
"""How long a letter is tried (SPEC section 5)."""

SECRET_TYPES = {"sign_in", "invitation", "confirm_address", "confirm_order"}
"""Letters whose links let their reader in: they are for nobody else's eyes, and not kept once that is settled."""

UNSEEN = "The text of this letter is for its recipient alone."


def _tries() -> int:
    """How many tries there are in three days. Days on which the server was away are none of trying."""
    tries, spent = 1, timedelta()
    while spent < GIVEN_UP_AFTER:
        spent += pause(tries)
        tries += 1
    return tries


TRIES = _tries()


def mark(letter: Letter, how: Callable[Concatenate[Letter, P], None], *said: P.args, **more: P.kwargs) -> None:
    """Write down what became of this letter."""
    with database.writing() as session:
        session.add(letter)
        letter.claimed_by = None
        how(letter, *said, **more)


def sent(letter: Letter) -> None:
    """The server has it."""
    letter.tries += 1
    letter.last_error = letter.cause = None
    letter.delivery, letter.sent_at = Delivery.sent, clock.now()
    _forget_secret(letter)


def dropped(letter: Letter, reason: str) -> None:
    """Nothing speaks for it any more."""
    letter.last_error, letter.cause = reason, None
    letter.delivery = Delivery.dropped
    _forget_secret(letter)


def _forget_secret(letter: Letter) -> None:
    if letter.type in SECRET_TYPES and not settings.current().demo:
        letter.body = UNSEEN


def failed(letter: Letter, cause: str, error: Exception) -> None:
    """It was not taken, for its own sake: it is tried again, or given up if that would not help."""
    letter.tries += 1
    letter.last_error, letter.cause = causes.said(error), cause
    if CAUSES[cause].about is About.letter_for_good or letter.tries >= TRIES:
        letter.delivery = Delivery.given_up
    else:
        letter.next_try_at = clock.now() + pause(letter.tries)
    log.warning("Letter %s was not taken (try %s): %s", letter.id, letter.tries, letter.last_error)


def put_back(letter: Letter) -> None:
    """It is not to blame, as far as we know; but others go first now, so that the server is not judged by it alone."""
    letter.next_try_at = clock.now()


def away(cause: str, error: Exception) -> None:
    """The server takes nothing: whatever waits goes on waiting, as it is. What is known already is not logged again."""
    with database.writing() as session:
        outage = Outage.present(session)
        if outage is None or outage.cause != cause:
            log.warning("The mail server takes no letters; they wait: %s", causes.said(error))
        outage = outage or Outage(ask_at=clock.now(), cause=cause, error="")
        outage.ask()
        outage.cause, outage.error = cause, causes.said(error)
        session.add(outage)
        Letter.let_go(session)


def back() -> None:
    """The server takes letters again: whatever waits is due."""
    with database.writing() as session:
        if outage := Outage.present(session):
            session.delete(outage)
            Letter.all_due(session)
            log.warning("The mail server takes letters again.")
