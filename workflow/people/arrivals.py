"""Arrivals: somebody comes in, by whichever way; the desk's log says how, and whether a code is still to come."""

from sqlmodel import Session

from models.second_factor import SecondFactor
from models.sign_in import SignIn
from models.user import User
from workflow.history import desk_log


def begin(session: Session, user: User, how: str, browser: str = "", *, by_link: bool = False) -> str:
    """Begin a sign-in and tell the log of it; returns the key for the cookie."""
    waits = "; a code is still to come" if SecondFactor.is_asked_of(session, user) else ""
    desk_log.add(session, "sign_in", by=user, detail=how + waits)
    return SignIn.begin(session, user, browser, by_link=by_link)
