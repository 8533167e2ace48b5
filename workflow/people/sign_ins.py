"""Sign-ins: who comes in by a password, one after the other, and what ends that."""

from functools import cache

from anyio import CapacityLimiter, to_thread

import settings
from models import database
from models.sign_in import SignIn
from models.user import User
from workflow import checks
from workflow.live import rings
from workflow.people import guessing, passwords
from workflow.refusals import TooOften, WrongCredentials

ENDED = "You have been signed out. Please sign in again."

CROWDED = "Many are signing in at this moment. Please try again in a few seconds."

MOST_WAITING = 20
"""How many may wait for their password to be looked at: some three seconds."""


def authenticate(email: str, password: str) -> User:
    """The active user with this address and password; raises WrongCredentials, after the same time in every case."""
    with database.reading() as session:
        user = User.by_email(session, checks.same_address(email))
    if not passwords.fits(password, user and user.password_hash) or user is None or not user.active:
        raise WrongCredentials
    return user


async def authenticate_in_turn(email: str, password: str, remote: str) -> User:
    """As `authenticate`, for callers on an event loop: who waits for a turn holds up no thread that others need.

    `remote` is the address of the one who tries. Raises TooOften for who guesses, and where too many wait already.
    """
    turns = _turns()
    if turns.statistics().tasks_waiting >= MOST_WAITING:
        raise TooOften(CROWDED, wait=5)
    return await to_thread.run_sync(_tried, email, password, remote, limiter=turns)


def _tried(email: str, password: str, remote: str) -> User:
    counted = guessing.count(email, remote)
    user = authenticate(email, password)
    guessing.forgive(email, counted)
    return user


@cache
def _turns() -> CapacityLimiter:
    return CapacityLimiter(passwords.AT_ONCE)


def sign_in(user: User, browser: str = "") -> str:
    """Begin a sign-in; returns the key for the cookie."""
    with database.writing() as session:
        return SignIn.begin(session, user, settings.current().signin_days, browser)


def sign_out(key: str) -> None:
    """End the sign-in of this key; its open pages end at once."""
    with database.writing() as session:
        if user := SignIn.who(session, key):
            SignIn.end(session, key)
            rings.for_user(session, user)


def signed_in(key: str) -> User | None:
    """The user whose sign-in this key opens, None when there is none (any more)."""
    with database.reading() as session:
        return SignIn.who(session, key)
