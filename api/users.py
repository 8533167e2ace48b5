"""People, for staff: who there is, and how much each writer has in hand."""

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BeforeValidator, StrictBool, StrictInt
from pydantic.json_schema import SkipJsonSchema

from api.door import Actor, SignedInRoute
from api.errors import Refusal
from api.schemas import Id, Number, Text, UserOut, Wish, given, needed, told, written
from models import database, known
from models.job import loads
from models.rules import Rules
from models.user import Role, User
from workflow import access, checks
from workflow.orders import departures
from workflow.people import invitations

router = APIRouter(prefix="/api/users", route_class=SignedInRoute, tags=["People"])


class PersonOut(UserOut):
    """Somebody with an account, as staff see them; capacity is a number of open orders, null for no limit.

    Who is invited has not come in yet.
    """

    active: bool
    invited: bool
    open_jobs: int
    capacity: int | None


class Guest(Wish):
    """Somebody to invite."""

    name: Annotated[Text, needed(checks.NAME)]
    email: Annotated[Text, told(format="email")]
    role: Role


class Change(Wish):
    """What to change of an account; a capacity of null leaves it to the agency's rule.

    `ordersTo` is the writer who takes all running orders of one whose account is closed, or has another role.
    """

    name: Annotated[Annotated[Text, needed(checks.NAME)] | SkipJsonSchema[None], BeforeValidator(given)] = None
    email: Annotated[Annotated[Text, told(format="email")] | SkipJsonSchema[None], BeforeValidator(given)] = None
    role: Annotated[Role | SkipJsonSchema[None], BeforeValidator(given)] = None
    active: Annotated[StrictBool | SkipJsonSchema[None], BeforeValidator(given)] = None
    capacity: Annotated[StrictInt, told(minimum=0, maximum=checks.LARGEST)] | None = None
    orders_to: Number | None = None


@router.get("", response_model=list[PersonOut])
def people(actor: Actor) -> Response:
    """Everybody with an account, by name."""
    access.only_staff(actor, "see who has an account")
    with database.reading() as session:
        in_hand, rules = loads(session), known.of(session).rules
        return written([_person(user, in_hand.get(user.key, 0), rules) for user in User.everybody(session)])


@router.post("", status_code=201)
def invite(body: Guest, actor: Actor) -> PersonOut:
    """Open an account, for admins: a letter brings a link to come in by. Without mail, the page of people has links."""
    access.only_admins(actor)
    (invitation,) = invitations.invite([invitations.Guest(body.name, body.email, body.role)], by=actor)
    return _told(invitation.user)


@router.post("/{userId}/invitation")
def invite_again(userId: Id, actor: Actor) -> PersonOut:  # noqa: N803 - the name in the address
    """Mail a new link to somebody who has not come in yet, for admins; the one before ends."""
    _seen(userId, actor)
    return _told(invitations.send_again(userId, by=actor).user)


@router.delete("/{userId}/invitation")
def withdraw(userId: Id, actor: Actor) -> PersonOut:  # noqa: N803 - the name in the address
    """Withdraw an invitation, for admins: its link ends, and the account is closed."""
    _seen(userId, actor)
    return _told(invitations.withdraw(userId, by=actor))


@router.patch("/{userId}")
def change(userId: Id, body: Change, actor: Actor) -> PersonOut:  # noqa: N803 - the name in the address
    """Change an account, for admins; what says who may come in, or do what, ends its sign-ins and tokens."""
    _seen(userId, actor)
    changes = body.model_dump(exclude_unset=True)
    return _told(departures.change(userId, changes, by=actor, all_to=changes.pop("orders_to", None)))


def _seen(user_id: int, actor: User) -> None:
    access.only_admins(actor)
    with database.reading() as session:
        if session.get(User, user_id) is None:
            raise Refusal(404, "NOT_FOUND", "There is no such account.")


def _told(user: User) -> PersonOut:
    with database.reading() as session:
        return _person(user, loads(session, [user.key]).get(user.key, 0), known.of(session).rules)


def _person(user: User, open_jobs: int, rules: Rules) -> PersonOut:
    capacity = rules.limit_of(user) if user.role is Role.writer else None
    own = {name: getattr(user, name) for name in UserOut.model_fields}
    waits = user.active and user.invited_at is not None
    return PersonOut(**own, active=user.active, invited=waits, open_jobs=open_jobs, capacity=capacity)
