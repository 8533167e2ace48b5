"""Mailed links: a way in without a password, once and soon, for whoever reads an account's mail."""

from datetime import timedelta
from urllib.parse import quote

from sqlmodel import Session

import settings
from models import database
from models.agency import Agency
from models.mailed_link import MailedLink
from models.user import User
from workflow import budgets, checks
from workflow.history import desk_log
from workflow.mail import templates
from workflow.people import arrivals
from workflow.refusals import DeadLink, InvalidField, UnknownKey

GOOD_FOR = timedelta(minutes=15)

SENT = "If there is an account with this address, a letter with a link is on its way. The link is good for 15 minutes."
DEAD = "This link has been used already, or its time is over. Ask for a new one."

NO_ACCOUNT = "There is no open account with this address."

NEW_PASSWORD = "/profile"  # noqa: S105 - where one is set  # nosec B105
"""Where the link of somebody who forgot their password leads."""


def send(email: str, onwards: str = "") -> None:
    """Write a letter with a link that signs in and leads on to this path of ours, to an active account's address.

    Nothing is written for any other address, or while enough links are open, and the caller learns of no difference.
    """
    with database.reading() as session:
        if _addressee(session, email) is None:
            return
    with database.writing() as session:
        user = _addressee(session, email)
        if user is None or MailedLink.open_for(session, user) >= budgets.LINKS:
            return
        session.add(_letter(session, user, onwards))
        desk_log.add(session, "link", by=user, about=user)


def printed(email: str) -> str:
    """A link that signs in to this account, for whoever may read the data folder, and so the console.

    Raises InvalidField where there is no such account, or a closed one.
    """
    with database.writing() as session:
        user = _addressee(session, email)
        if user is None:
            raise InvalidField("email", NO_ACCOUNT)
        desk_log.add(session, "printed", by=None, about=user)
        return f"{settings.current().public_url}/login/with?key={MailedLink.begin(session, user, GOOD_FOR)}"


def use(key: str, browser: str = "") -> str:
    """Sign in by a mailed link, which is used up by that; returns the key for the cookie.

    Raises DeadLink, or UnknownKey, which say the same.
    """
    with database.writing() as session:
        user = MailedLink.claim(session, key)
        if user is None:
            raise (DeadLink if MailedLink.is_known(session, key) else UnknownKey)(DEAD)
        return arrivals.begin(session, user, "by a mailed link", browser, by_link=True)


def _addressee(session: Session, email: str) -> User | None:
    user = User.by_email(session, checks.same_address(email))
    return user if user is not None and user.active else None


def _letter(session: Session, user: User, onwards: str) -> object:
    return templates.letter(
        "sign_in",
        user,
        agency=Agency.called(session),
        key=MailedLink.begin(session, user, GOOD_FOR),
        minutes=round(GOOD_FOR.total_seconds() / 60),
        onwards=f"&next={quote(onwards, safe='/')}" if onwards else "",
        sets_password=onwards == NEW_PASSWORD,
    )
