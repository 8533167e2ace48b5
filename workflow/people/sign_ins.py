"""Sign-ins: who comes in by a password, one after the other, and what ends that."""

from collections.abc import Callable
from functools import cache
from weakref import WeakValueDictionary

from anyio import CapacityLimiter, sleep, to_thread
from sqlmodel import Session

from models import database, keys
from models.sign_in import SignIn
from models.user import User
from workflow import access, checks
from workflow.live import rings
from workflow.people import arrivals, failures, guessing, passwords, uses
from workflow.people.networks import network
from workflow.refusals import SignedOut, TooOften, WrongCredentials

CROWDED = "Many are signing in at this moment. Please try again in a few seconds."

MOST_WAITING = 12
"""How many may wait in one line for their password to be looked at: some three seconds."""


def authenticate(email: str, password: str) -> User:
    """The active user with this address and password; raises WrongCredentials, after the same time in every case."""
    with database.reading() as session:
        user = User.by_email(session, checks.same_address(email))
    if not passwords.fits(password, user and user.password_hash) or user is None or not user.active:
        raise WrongCredentials
    return user


class Line:
    """Those who wait for their password to be looked at, one after the other; one line may give way to another."""

    def __init__(self, before: "Line | None" = None) -> None:
        self._turn, self._before = CapacityLimiter(1), before

    @property
    def is_empty(self) -> bool:
        """Whether nobody waits, nor has a turn."""
        return not self._turn.borrowed_tokens and not self._turn.statistics().tasks_waiting

    async def take(self, look: Callable[[str, str], User], email: str, password: str) -> User:
        """Wait for a turn, and look; raises TooOften where too many wait already."""
        if self._turn.statistics().tasks_waiting >= MOST_WAITING:
            raise TooOften(CROWDED, wait=5)
        async with self._turn:
            while self._before and not self._before.is_empty:
                await sleep(0.02)
            return await to_thread.run_sync(look, email, password, limiter=_hashing())


async def authenticate_in_turn(email: str, password: str, remote: str) -> User:
    """As `authenticate`, for callers on an event loop: who waits for a turn holds up no thread that others need.

    `remote` is the address of the one who tries. Who fails waits behind those who never did, so that guesses hold up
    nobody. Raises TooOften for who guesses, and where too many wait already.
    """
    tried = await _counted(email, remote)
    first, later = _lines()
    try:
        user = await (first if tried.is_first else later).take(authenticate, email, password)
    except TooOften:
        await to_thread.run_sync(guessing.take_back, tried, limiter=_counting())
        raise
    except WrongCredentials:
        failures.count(email, remote)
        raise
    await to_thread.run_sync(guessing.forgive, tried, limiter=_counting())
    return user


async def _counted(email: str, remote: str) -> guessing.Try:
    async with _places.setdefault(network(remote), CapacityLimiter(1)):
        return await to_thread.run_sync(guessing.count, guessing.PASSWORD, email, remote, limiter=_counting())


_places = WeakValueDictionary[str, CapacityLimiter]()
"""A network has one place among those who wait to be counted, however many of it come at once."""


@cache
def _lines() -> tuple[Line, Line]:
    first = Line()
    return first, Line(before=first)


@cache
def _hashing() -> CapacityLimiter:
    return CapacityLimiter(passwords.AT_ONCE)


@cache
def _counting() -> CapacityLimiter:
    return CapacityLimiter(1)


def still_right(session: Session, user: User) -> None:
    """Raises WrongCredentials when the account was closed, or got another password, since its own was looked at."""
    try:
        access.still_active(session, user)
    except SignedOut:
        raise WrongCredentials from None


def sign_in(user: User, browser: str = "", remote: str = "") -> str:
    """Begin a sign-in from that address; returns the key for the cookie. Raises as `still_right` does."""
    with database.writing() as session:
        still_right(session, user)
        return arrivals.begin(session, user, f"by password from {remote or 'nowhere'}", browser)


def sign_out(key: str) -> None:
    """End the sign-in of this key; its open pages end at once."""
    with database.writing() as session:
        if user := SignIn.who(session, key):
            SignIn.end(session, key)
            rings.for_user(session, user)


def acting(session: Session, key: str) -> User | None:
    """The user whose sign-in this key opens, and is used for what they do now; None when there is none (any more)."""
    if user := SignIn.who(session, key):
        uses.note(SignIn, keys.hashed(key))
    return user


def visiting(key: str) -> User | None:
    """The same for somebody who opens a page."""
    with database.reading() as session:
        return acting(session, key)


def signed_in(key: str) -> User | None:
    """The user whose sign-in this key opens, None when there is none (any more)."""
    with database.reading() as session:
        return SignIn.who(session, key)
