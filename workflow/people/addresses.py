"""Addresses: one's own is changed once both mailboxes have agreed, so that nobody moves an account to a stranger's."""

from datetime import timedelta
from typing import Any

from sqlmodel import Session

import settings
from models import database
from models.address_change import AddressChange
from models.agency import Agency
from models.letter import Letter
from models.user import User
from workflow import access, budgets, checks
from workflow.history import desk_log
from workflow.live import rings
from workflow.mail import templates
from workflow.people.accounts import end_access
from workflow.refusals import ConditionNotMet, DeadLink, InvalidField, UnknownKey

GOOD_FOR = timedelta(days=2)

SAME = "This is your address already."
NO_MAIL = "No mail server is set, so an admin has to change your address."
DEAD = "This link was used already, or its two days are over. Ask for the change once more on your profile."
HALF = "Thank you. Now open the link in the letter to the other address."
WHOLE = "The address is changed. Please sign in with the new one."


def can_be_confirmed() -> bool:
    """Whether there is mail to bring the links."""
    return bool(settings.current().smtp_url)


def ask(email: str | None, *, by: User) -> str:
    """Write to the old and to the new address for a change of one's own; returns the new one as it will stand.

    Whether there is an account with it is told to nobody: then no letter goes there. Raises InvalidField, TooOften,
    SignedOut, or ConditionNotMet where there is no mail.
    """
    wanted = checks.address(email)
    with database.writing() as session:
        user = access.own_account(session, by)
        if not can_be_confirmed():
            raise ConditionNotMet([NO_MAIL])
        if wanted == user.email:
            raise InvalidField("email", SAME)
        budgets.ADDRESSES.check(AddressChange.asked_since(session, user, budgets.ADDRESSES.since))
        AddressChange.end_all(session, user)
        old, new = AddressChange.begin(session, user, wanted, GOOD_FOR)
        facts: dict[str, Any] = {"type_": "confirm_address", "agency": Agency.called(session), "wanted": wanted}
        session.add(templates.letter("old_address", user, key=old, **facts))
        if User.by_email(session, wanted) is None:
            session.add(templates.letter_to(wanted, "new_address", key=new, reader=user, **facts))
        desk_log.add(session, "address", by=user, detail=f"{user.email} → {wanted}")
    return wanted


def take_back(*, by: User) -> None:
    """Ask for no change any more; the links of the letters end."""
    with database.writing() as session:
        AddressChange.end_all(session, access.still_active(session, by))


def waiting(session: Session, user: User) -> str:
    """The address that waits to be confirmed; nothing when none does."""
    found = AddressChange.waiting(session, user)
    return found.email if found else ""


def look(key: str) -> tuple[str, str]:
    """From which address to which the link of this key would change. Raises DeadLink or UnknownKey."""
    with database.reading() as session:
        change = _opened(session, key)
        return session.get_one(User, change.user_id).email, change.email


def confirm(key: str) -> bool:
    """Agree for the mailbox of this key; returns whether the address is changed by that, and all sign-ins ended.

    Raises DeadLink or UnknownKey, which say the same.
    """
    with database.writing() as session:
        change = _opened(session, key)
        user = session.get_one(User, change.user_id)
        if not change.confirm(key):
            return False
        if not user.active or User.by_email(session, change.email):
            raise DeadLink(DEAD)
        desk_log.add(session, "email", by=user, about=user, detail=f"{user.email} → {change.email}")
        end_access(session, user)
        user.email = change.email
        Letter.address_anew(session, user)
        rings.around_user(session, user)
        return True


def _opened(session: Session, key: str) -> AddressChange:
    change = AddressChange.opened_by(session, key)
    if change is None:
        raise (DeadLink if AddressChange.is_known(session, key) else UnknownKey)(DEAD)
    return change
