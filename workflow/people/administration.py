"""People: what an admin changes of somebody's account: name, address, role, limit, password, whether it is open."""

from functools import partial
from typing import Any

from sqlmodel import Session, col, func, select

from models import database
from models.agency import Agency
from models.job import Job
from models.letter import Letter
from models.status import FINAL
from models.user import Role, User
from workflow import access, checks
from workflow.history import desk_log
from workflow.live import rings
from workflow.people import names, passwords
from workflow.people.accounts import TAKEN, end_access
from workflow.refusals import ConditionNotMet, Forbidden, InvalidField

RIGHTS = frozenset({"email", "role", "active"})
"""What ends every key when it changes: who may come in, by which address, and to do what."""

LAST_ADMIN = "This is the only admin left: make somebody else an admin first."


def change(user_id: int, changes: dict[str, Any], *, by: User | None) -> User:
    """Change these of name, email, role, active and capacity; what stays as it was is no change.

    By an admin or (None) from the command line, as all here. Raises Forbidden for all but admins, InvalidField, or
    ConditionNotMet for what would leave no admin, or orders with somebody who may not have them.
    """
    with database.writing() as session:
        user = opened(session, user_id, by)
        said = {name: value for name, value in changes.items() if value != getattr(user, name, None)}
        checked = checks.together(**{name: partial(_checked, name, value) for name, value in said.items()})
        wanted = {name: value for name, value in checked.items() if value != getattr(user, name)}
        _check(session, user, wanted, by)
        if RIGHTS & wanted.keys():
            end_access(session, user)  # while they still have the address to which links went
        for name, value in wanted.items():
            _log(session, user, name, value, by)
            setattr(user, name, value)
        if "email" in wanted:
            Letter.address_anew(session, user)
        if wanted:
            rings.around_user(session, user)
        return user


def set_password(user_id: int, password: str | None, *, by: User | None) -> User:
    """Set somebody's password, where no letter reaches them; their sign-ins and tokens end. Raises as `change` does."""
    with database.reading() as session:
        user = opened(session, user_id, by)
        checked = passwords.checked(password, user.name, user.email, Agency.called(session))
    fresh = passwords.hashed(checked)
    with database.writing() as session:
        user = opened(session, user_id, by)
        if by is not None and user.id == by.id:
            raise Forbidden("You change your own password on your profile.")
        user.password_hash = fresh
        desk_log.add(session, "password", by=by, about=user)
        end_access(session, user)
        return user


def _log(session: Session, user: User, name: str, value: Any, by: User | None) -> None:
    """Of what changes, the desk's log keeps all that says who somebody is, and whether and as what they come in."""
    if name == "active":
        desk_log.add(session, "reopened" if value else "closed", by=by, about=user)
    elif name in desk_log.KINDS:
        desk_log.add(session, name, by=by, about=user, detail=f"{getattr(user, name)} → {value}")


def opened(session: Session, user_id: int, by: User | None) -> User:
    """Anybody's account, for an admin; raises Forbidden, and InvalidField where there is none."""
    if by is not None:
        access.admin(session, by)
    user = session.get(User, user_id)
    if user is None:
        raise InvalidField("user_id", "There is no such account.")
    return user


def _checked(name: str, value: Any) -> Any:
    match name:
        case "name":
            return names.house_free(name, value, checks.NAME)
        case "email":
            return checks.address(value)
        case "capacity":
            return None if value is None else checks.whole(name, value, 0)
        case "role":
            return Role(value)
        case "active":
            return bool(value)
    raise InvalidField(name, "This cannot be changed.")


def _check(session: Session, user: User, wanted: dict[str, Any], by: User | None) -> None:
    role = wanted.get("role", user.role)
    if "email" in wanted and User.by_email(session, wanted["email"]):
        raise InvalidField("email", TAKEN)
    if wanted.get("capacity") is not None and role is not Role.writer:
        raise InvalidField("capacity", "Only a writer has a limit.")
    if by is not None and user.id == by.id and not wanted.get("active", True):
        raise Forbidden("You cannot close your own account.")
    if user.role is Role.admin and user.active and (role is not Role.admin or not wanted.get("active", True)):
        _check_admins(session, user)
    if "role" in wanted and (number := _orders(session, user)):
        raise ConditionNotMet([f"{user.first_name} has {number} {_called(number)}: give them to somebody else first."])


def _check_admins(session: Session, user: User) -> None:
    there = (admin for admin in User.active_with(session, [Role.admin]) if admin.invited_at is None)
    others = [admin for admin in there if admin.id != user.id]
    if not others:
        raise ConditionNotMet([LAST_ADMIN])


def _orders(session: Session, user: User) -> int:
    """How many orders hang on this user's being a client, or a writer."""
    own = {Role.client: Job.client_id, Role.writer: Job.writer_id}.get(user.role)
    if own is None:
        return 0
    running = select(func.count()).where(own == user.id)
    return session.exec(running if user.role is Role.client else running.where(col(Job.status).not_in(FINAL))).one()


def _called(number: int) -> str:
    return "order" if number == 1 else "orders"
