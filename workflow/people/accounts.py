"""Accounts: who may come in, and what ends that."""

from datetime import timedelta
from functools import cache
from typing import Any

from anyio import CapacityLimiter, to_thread
from sqlmodel import Session

import settings
from models import clock, database
from models.agency import Agency
from models.mailed_link import MailedLink
from models.sign_in import SignIn
from models.user import Role, User
from workflow import access, checks
from workflow.live import rings
from workflow.people import guessing, names, passwords
from workflow.refusals import Forbidden, InvalidField, TooOften, WrongCredentials

TAKEN = "There is an account with this address already."

ENDED = "You have been signed out. Please sign in again."
CROWDED = "Many are signing in at this moment. Please try again in a few seconds."
OLD_IS_WRONG = "The old password is wrong."

MOST_WAITING = 20
"""How many may wait for their password to be looked at: some three seconds."""

LINK_COUNTS = timedelta(minutes=15)
"""How long after a sign-in by a mailed link a new password may be set without the old one."""


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


def agency() -> Agency | None:
    """The agency, or None before the first start is done."""
    with database.reading() as session:
        return Agency.get(session)


def is_set_up() -> bool:
    """Whether the first start is done."""
    return agency() is not None


def set_up(called: str | None, name: str | None, email: str | None, password: str | None) -> User:
    """The first start: the agency and its first admin. Raises Forbidden once that is done, and InvalidField."""
    fields = checks.together(  # in the order of the form
        agency=lambda: checks.line("agency", called, checks.NAME), person=lambda: _person(name, email, password)
    )
    first = User(role=Role.admin, **fields["person"])
    with database.writing() as session:
        if Agency.get(session):
            raise Forbidden("This agency is set up already.")
        if User.by_email(session, first.email):
            raise InvalidField("email", TAKEN)
        session.add(Agency(name=fields["agency"], currency=settings.current().currency))
        session.add(first)
        return first


def add(name: str | None, email: str | None, role: Role, password: str | None, *, by: User | None) -> User:
    """Open an account, by an admin or (None) from the command line. Raises Forbidden or InvalidField."""
    user = User(role=role, **_person(name, email, password))
    with database.writing() as session:
        if by is not None:
            access.admin(session, by)
        if User.by_email(session, user.email):
            raise InvalidField("email", TAKEN)
        session.add(user)
        session.flush()
        rings.around_user(session, user)
        return user


def _person(name: str | None, email: str | None, password: str | None) -> dict[str, Any]:
    return checks.together(
        name=lambda: names.house_free("name", name, checks.NAME),
        email=lambda: checks.address(email),
        password_hash=lambda: passwords.hashed(password),
    )


def needs_old_password(key: str) -> bool:
    """Whether a new password of this sign-in's user asks for the old one: not just after a mailed link, nor the first.

    Raises Forbidden when the sign-in has ended.
    """
    with database.reading() as session:
        return _old_password(session, key) is not None


def change_password(key: str, old: str, new: str | None) -> None:
    """Set a new password for the user whom this key signed in; every other sign-in, and all tokens, end.

    `old` counts only when `needs_old_password`. Raises InvalidField when it is wrong (`old_password`) and for a new one
    that is too short or too long, Forbidden when the sign-in has ended, and Busy.
    """
    with database.reading() as session:
        standing = _old_password(session, key)
    fields = checks.together(old=lambda: _known(old, standing), fresh=lambda: passwords.hashed(new))
    with database.writing() as session:
        if _old_password(session, key) != standing:  # somebody else changed it while we hashed
            raise InvalidField("old_password", OLD_IS_WRONG)
        user = _signed_in(session, key)
        user.password_hash = fields["fresh"]
        end_access(session, user, but=key)


def _known(old: str, standing: str | None) -> None:
    if standing is not None and not passwords.fits(old, standing):
        raise InvalidField("old_password", OLD_IS_WRONG)


def _old_password(session: Session, key: str) -> str | None:
    """The hash that the old password must fit, None where none is asked for."""
    user = _signed_in(session, key)
    if not user.password_hash or SignIn.came_by_link(session, key, clock.now() - LINK_COUNTS):
        return None
    return user.password_hash


def _signed_in(session: Session, key: str) -> User:
    user = SignIn.who(session, key)
    if user is None:
        raise Forbidden(ENDED)
    return user


def end_access(session: Session, user: User, but: str = "") -> None:
    """End every sign-in, token, mailed link and open page of this user; the sign-in that `but` opens may stay."""
    user.access_version += 1
    SignIn.end_all(session, user, but)
    MailedLink.end_all(session, user)
    rings.for_user(session, user)
