"""Guessing: who tries one password after the other is slowed down, over all processes and restarts."""

import math
from datetime import timedelta

from models import clock, database, keys
from models.guess import Guess
from workflow.people.networks import network
from workflow.refusals import TooOften

SPAN = timedelta(minutes=15)
"""How long a failed try counts."""

AN_ACCOUNT, AN_ADDRESS = 10, 20
"""How many tries may fail within the span, whether there is such an account or not."""

ENOUGH = "Too many tries with a wrong password. Please wait a quarter of an hour, or have a link mailed to you."


def count(email: str, remote: str) -> list[int]:
    """Count a try as failed before it is judged, so that many at once are not judged for one; returns what was counted.

    Raises TooOften when enough have failed, and counts nothing then.
    """
    limits = {_account(email): AN_ACCOUNT, f"address:{network(remote)}": AN_ADDRESS}
    with database.writing() as session:
        for subject, most in limits.items():
            tried = Guess.since(session, subject, clock.now() - SPAN, most)
            if len(tried) == most:
                raise TooOften(ENOUGH, wait=math.ceil((min(tried) + SPAN - clock.now()).total_seconds()))
        guesses = [Guess(subject=subject) for subject in limits]
        session.add_all(guesses)
        session.flush()
        return [guess.id or 0 for guess in guesses]


def forgive(email: str, counted: list[int]) -> None:
    """The password was right: forget all that failed at the account, and what was counted of this try."""
    with database.writing() as session:
        Guess.forget(session, _account(email), *counted)


def _account(email: str) -> str:
    return f"account:{keys.hashed(email.strip().lower())}"
