"""New passwords: one's own is changed with the old one, or just after a mailed link."""

from datetime import timedelta

from sqlmodel import Session

from models import clock, database
from models.agency import Agency
from models.sign_in import SignIn
from models.user import User
from workflow import checks
from workflow.access import ENDED
from workflow.history import desk_log
from workflow.people import guessing, passwords
from workflow.people.accounts import end_access
from workflow.refusals import InvalidField, SignedOut

OLD_IS_WRONG = "The old password is wrong."

LINK_COUNTS = timedelta(minutes=15)
"""How long after a sign-in by a mailed link a new password may be set without the old one."""


def needs_old_password(key: str) -> bool:
    """Whether a new password of this sign-in's user asks for the old one: not just after a mailed link, nor the first.

    Raises SignedOut when the sign-in has ended.
    """
    with database.reading() as session:
        return _old_password(session, key) is not None


def change_password(key: str, old: str, new: str | None) -> None:
    """Set a new password for the user whom this key signed in; every other sign-in, and all tokens, end.

    `old` counts only when `needs_old_password`. Raises InvalidField when it is wrong (`old_password`) and for a new one
    that is too short or too long, SignedOut when the sign-in has ended, TooOften for who guesses, and Busy.
    """
    with database.reading() as session:
        standing, user = _old_password(session, key), _signed_in(session, key)
        known = user.name, user.email, Agency.called(session)
    fields = checks.together(old=lambda: _known(old, standing, user.email), new=lambda: passwords.checked(new, *known))
    fresh = passwords.hashed(fields["new"])
    with database.writing() as session:
        if _old_password(session, key) != standing:  # somebody else changed it while we hashed
            raise InvalidField("old_password", OLD_IS_WRONG)
        user = _signed_in(session, key)
        user.password_hash = fresh
        desk_log.add(session, "password", by=user, about=user)
        end_access(session, user, but=key)


def _old_password(session: Session, key: str) -> str | None:
    """The hash that the old password must fit, None where none is asked for."""
    user = _signed_in(session, key)
    if not user.password_hash or SignIn.came_by_link(session, key, clock.now() - LINK_COUNTS):
        return None
    return user.password_hash


def _signed_in(session: Session, key: str) -> User:
    user = SignIn.who(session, key)
    if user is None:
        raise SignedOut(ENDED)
    return user


def _known(old: str, standing: str | None, email: str) -> None:
    """Who holds an open page may not guess either: what fails here counts as what fails at the sign-in."""
    if standing is None:
        return
    tried = guessing.count(guessing.PASSWORD, email)
    if not passwords.fits(old, standing):
        raise InvalidField("old_password", OLD_IS_WRONG)
    guessing.forgive(tried)
