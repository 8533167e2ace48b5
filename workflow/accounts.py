"""Accounts: who may come in, and what ends that."""

from functools import cache, partial

from anyio import CapacityLimiter, to_thread
from sqlmodel import Session

import settings
from models import database
from models.agency import Agency
from models.ring import Ring
from models.sign_in import SignIn
from models.user import Role, User
from workflow import checks, passwords
from workflow.bell import ORIGIN, News, bell
from workflow.refusals import Forbidden, InvalidField, WrongCredentials

TAKEN = "There is an account with this address already."


def authenticate(email: str, password: str) -> User:
    """The active user with this address and password; raises WrongCredentials, after the same time in every case."""
    with database.reading() as session:
        user = User.by_email(session, email) if email.isprintable() else None
    if not passwords.fits(password, user and user.password_hash) or user is None or not user.active:
        raise WrongCredentials
    return user


async def authenticate_in_turn(email: str, password: str) -> User:
    """As `authenticate`, for callers on an event loop: who waits for a turn holds up no thread that others need."""
    return await to_thread.run_sync(authenticate, email, password, limiter=_turns())


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
            ring_for(session, user)


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
    """The first start: the agency and its first admin. Raises Forbidden once that is done."""
    first = User(
        email=checks.address(email),
        name=checks.needed("name", name, checks.NAME),
        role=Role.admin,
        password_hash=passwords.hashed(password),
    )
    called = checks.needed("agency", called, checks.NAME)
    with database.writing() as session:
        if Agency.get(session):
            raise Forbidden("This agency is set up already.")
        if User.by_email(session, first.email):
            raise InvalidField("email", TAKEN)
        session.add(Agency(name=called, currency=settings.current().currency))
        session.add(first)
        return first


def add(name: str | None, email: str | None, role: Role, password: str | None, *, by: User | None) -> User:
    """Open an account, by an admin or (None) from the command line. Raises Forbidden or InvalidField."""
    user = User(
        email=checks.address(email),
        name=checks.needed("name", name, checks.NAME),
        role=role,
        password_hash=passwords.hashed(password),
    )
    with database.writing() as session:
        if by is not None:
            _only_admins(session.get(User, by.id))
        if User.by_email(session, user.email):
            raise InvalidField("email", TAKEN)
        session.add(user)
        session.flush()
        ring_for_everybody(session)
        return user


def set_active(user_id: int, active: bool, *, by: User) -> User:
    """Close or reopen an account; closing ends its sign-ins, tokens and open pages. Raises Forbidden."""
    with database.writing() as session:
        admin = session.get(User, by.id)
        _only_admins(admin)
        user = session.get(User, user_id)
        if user is None:
            raise InvalidField("user_id", "There is no such account.")
        if user.id == by.id:
            raise Forbidden("You cannot close your own account.")
        user.active = active
        end_access(session, user)
        ring_for_everybody(session)
        return user


def set_capacity(user_id: int, capacity: int | None, *, by: User) -> User:
    """Set how many orders a writer may have in hand, None for the agency's rule. Raises Forbidden or InvalidField."""
    if capacity is not None:
        checks.whole("capacity", capacity, 0)
    with database.writing() as session:
        _only_admins(session.get(User, by.id))
        user = session.get(User, user_id)
        if user is None or user.role is not Role.writer:
            raise InvalidField("user_id", "There is no such writer.")
        user.capacity = capacity
        ring_for_everybody(session)
        return user


def end_access(session: Session, user: User) -> None:
    """End every sign-in, token and open page of this user."""
    user.access_version += 1
    SignIn.end_all(session, user)
    ring_for(session, user)


def ring_for(session: Session, user: User) -> None:
    """Tell this user's open pages, in every process, to look whether they still may be open."""
    session.add(Ring(origin=ORIGIN, user_id=user.id))
    database.after_commit(session, partial(bell.ring, News(frozenset({user.key}))))


def ring_for_everybody(session: Session) -> None:
    """Tell every open page, in every process, that something has changed for all."""
    session.add(Ring(origin=ORIGIN))
    database.after_commit(session, partial(bell.ring, News(None)))


def _only_admins(user: User | None) -> None:
    if user is None or not user.active or user.role is not Role.admin:
        raise Forbidden("Only an admin can do this.")
