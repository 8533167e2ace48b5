"""Accounts: who may come in, and what ends that."""

from typing import Any

from sqlmodel import Session

import settings
from models import database
from models.address_change import AddressChange
from models.agency import Agency
from models.api_token import ApiToken
from models.intention import Intention
from models.mailed_link import MailedLink
from models.order_request import OrderRequest
from models.sign_in import SignIn
from models.user import Role, User
from workflow import access, checks
from workflow.history import desk_log
from workflow.live import rings
from workflow.people import names, passwords
from workflow.refusals import Forbidden, InvalidField

NOBODYS = "There is no account with this address."
TAKEN = "There is an account with this address already."


def agency() -> Agency | None:
    """The agency, or None before the first start is done."""
    with database.reading() as session:
        return Agency.get(session)


def with_address(email: str) -> User:
    """Whose address this is; raises InvalidField where it is nobody's."""
    with database.reading() as session:
        user = User.by_email(session, checks.same_address(email))
    if user is None:
        raise InvalidField("email", NOBODYS)
    return user


def agency_name() -> str:
    """How the agency is called."""
    with database.reading() as session:
        return Agency.called(session)


def set_up(called: str | None, name: str | None, email: str | None, password: str | None) -> User:
    """The first start: the agency and its first admin. Raises Forbidden once that is done, and InvalidField."""
    fields = checks.together(  # in the order of the form
        agency=lambda: checks.line("agency", called, checks.NAME),
        person=lambda: _person(name, email, password, called or ""),
    )
    first = User(role=Role.admin, **fields["person"])
    with database.writing() as session:
        if Agency.get(session):
            raise Forbidden("This agency is set up already.")
        if User.by_email(session, first.email):
            raise InvalidField("email", TAKEN)
        session.add(Agency(name=fields["agency"], currency=settings.current().currency))
        session.add(first)
        session.flush()
        desk_log.add(session, "opened", by=first, about=first, detail=first.role)
        return first


def add(name: str | None, email: str | None, role: Role, password: str | None, *, by: User | None) -> User:
    """Open an account, by an admin or (None) from the command line. Raises Forbidden or InvalidField."""
    user = User(role=role, **_person(name, email, password, agency_name()))
    with database.writing() as session:
        if by is not None:
            access.admin(session, by)
        if User.by_email(session, user.email):
            raise InvalidField("email", TAKEN)
        session.add(user)
        session.flush()
        desk_log.add(session, "opened", by=by, about=user, detail=user.role)
        rings.around_user(session, user)
        return user


def _person(name: str | None, email: str | None, password: str | None, called: str) -> dict[str, Any]:
    fields = checks.together(
        name=lambda: names.house_free("name", name, checks.NAME),
        email=lambda: checks.address(email),
        password=lambda: passwords.checked(password, name or "", email or "", called),
    )
    fields["password_hash"] = passwords.hashed(fields.pop("password"))
    return fields


def end_access(session: Session, user: User, but: str = "") -> None:
    """End every key of this user, and with them their open pages; the sign-in that `but` opens may stay.

    These are sign-ins, mailed links, links that confirm an order or an address, and by the version, tokens and links to
    unsubscribe. What was pressed and is not carried out yet goes, too.
    """
    user.access_version += 1
    SignIn.end_all(session, user, but)
    MailedLink.end_all(session, user)
    AddressChange.end_all(session, user)
    ApiToken.end_all(session, user)
    OrderRequest.end_all(session, user.email)
    Intention.end_all(session, user.key)
    rings.for_user(session, user)
