"""Invitations: an admin opens accounts, and a link lets each person in for the first time: once, within a week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlmodel import Session

import settings
from models import clock, database
from models.agency import Agency
from models.mailed_link import MailedLink
from models.user import Role, User
from workflow import access, budgets, checks
from workflow.history import desk_log
from workflow.live import rings
from workflow.mail import templates
from workflow.people import administration, arrivals, names, passwords
from workflow.people.accounts import TAKEN, end_access
from workflow.refusals import ConditionNotMet, DeadLink, InvalidField, UnknownKey

GOOD_FOR = timedelta(days=7)

DEAD = "This invitation was used or withdrawn, or its week is over. Please ask the agency for a new one."
HAS_COME = "There is no invitation to send or to withdraw: this account is in use, or closed."


@dataclass(frozen=True)
class Guest:
    """Somebody to be invited."""

    name: str | None
    email: str | None
    role: Role


@dataclass(frozen=True)
class Invitation:
    """Who was invited; and where no mail brings it, the link, which is told this once."""

    user: User
    link: str


def by_mail() -> bool:
    """Whether letters bring the links; if not, they are handed over by whoever invites."""
    return bool(settings.current().smtp_url)


def invite(guests: Sequence[Guest], *, by: User | None) -> list[Invitation]:
    """Open an account for each of them and send their links, or none at all; by an admin or (None) the command line.

    Raises Forbidden, or InvalidField for the first who cannot be invited.
    """
    people = [_person(guest) for guest in guests]
    with database.writing() as session:
        if by is not None:
            access.admin(session, by)
        invited = [_invite(session, person, by) for person in people]
        for last in invited[-1:]:  # nobody else hears of new accounts than staff, once
            rings.around_user(session, last.user)
        return invited


def send_again(user_id: int, *, by: User) -> Invitation:
    """A new link for somebody who has not come yet; the one before ends.

    Raises Forbidden, InvalidField, TooOften, or ConditionNotMet for who is not waited for.
    """
    with database.writing() as session:
        user = _waiting(session, user_id, by)
        budgets.INVITATIONS.check(MailedLink.invitations_since(session, user, budgets.INVITATIONS.since))
        MailedLink.end_all(session, user)
        desk_log.add(session, "invited", by=by, about=user, detail=f"{user.role}, again")
        rings.around_user(session, user)
        return Invitation(user, _link(session, user, by))


def withdraw(user_id: int, *, by: User) -> User:
    """Take an invitation back: its link ends, and the account is closed. Raises as `send_again` does."""
    with database.writing() as session:
        user = _waiting(session, user_id, by)
        user.active = False
        desk_log.add(session, "withdrawn", by=by, about=user)
        end_access(session, user)
        rings.around_user(session, user)
        return user


def look(key: str) -> User:
    """Whom the link of this key invites; looking uses nothing. Raises DeadLink or UnknownKey, which say the same."""
    with database.reading() as session:
        return _good(session, key, MailedLink.leads_to(session, key, invites=True))


def accept(key: str, password: str, browser: str = "") -> str:
    """Come in with this password, or with none to come in by mailed links; returns the key for the cookie.

    The link is used up by that. Raises InvalidField for a password that will not do, and as `look` does.
    """
    fresh = _chosen(key, password) if password else ""
    with database.writing() as session:
        user = _good(session, key, MailedLink.claim(session, key, invites=True))
        user.password_hash = fresh or user.password_hash
        return arrivals.begin(session, user, "by an invitation", browser, by_link=True)


def _chosen(key: str, password: str) -> str:
    with database.reading() as session:
        user = _good(session, key, MailedLink.leads_to(session, key, invites=True))
        checked = passwords.checked(password, user.name, user.email, Agency.called(session))
    return passwords.hashed(checked)


def _person(guest: Guest) -> dict[str, Any]:
    found = checks.together(
        name=lambda: names.house_free("name", guest.name, checks.NAME), email=lambda: checks.address(guest.email)
    )
    return {**found, "role": guest.role}


def _invite(session: Session, person: dict[str, Any], by: User | None) -> Invitation:
    if User.by_email(session, person["email"]):
        raise InvalidField("email", TAKEN)
    user = User(password_hash="", invited_at=clock.now(), **person)  # an empty hash fits no password  # nosec B106
    session.add(user)
    session.flush()
    desk_log.add(session, "invited", by=by, about=user, detail=user.role)
    return Invitation(user, _link(session, user, by))


def _waiting(session: Session, user_id: int, by: User) -> User:
    user = administration.opened(session, user_id, by)
    if user.invited_at is None or not user.active:
        raise ConditionNotMet([HAS_COME])
    return user


def _link(session: Session, user: User, by: User | None) -> str:
    """Write a letter with a new link, or give the link where no letter goes."""
    key, agency = MailedLink.begin(session, user, GOOD_FOR, invites=True), Agency.called(session)
    if not by_mail():
        return f"{settings.current().public_url}/invite/with?key={key}"
    session.add(templates.letter("invitation", user, agency=agency, key=key, inviter=by.name if by else agency))
    return ""


def _good(session: Session, key: str, user: User | None) -> User:
    if user is None:
        raise (DeadLink if MailedLink.is_known(session, key) else UnknownKey)(DEAD)
    return user
