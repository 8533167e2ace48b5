"""People, for staff: who there is, and how much each writer has in hand."""

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BeforeValidator, StrictBool, StrictInt
from pydantic.json_schema import SkipJsonSchema

from api.door import Actor, SignedInRoute
from api.errors import Refusal
from api.schemas import Id, Text, UserOut, Wish, given, needed, told, written
from models import database, known
from models.job import loads
from models.rules import Rules
from models.user import Role, User
from workflow import access, checks
from workflow.people import administration as persons

router = APIRouter(prefix="/api/users", route_class=SignedInRoute, tags=["People"])


class PersonOut(UserOut):
    """Somebody with an account, as staff see them; capacity is a number of open orders, null for no limit."""

    active: bool
    open_jobs: int
    capacity: int | None


class Change(Wish):
    """What to change of an account; a capacity of null leaves it to the agency's rule."""

    name: Annotated[Annotated[Text, needed(checks.NAME)] | SkipJsonSchema[None], BeforeValidator(given)] = None
    email: Annotated[Annotated[Text, told(format="email")] | SkipJsonSchema[None], BeforeValidator(given)] = None
    role: Annotated[Role | SkipJsonSchema[None], BeforeValidator(given)] = None
    active: Annotated[StrictBool | SkipJsonSchema[None], BeforeValidator(given)] = None
    capacity: Annotated[StrictInt, told(minimum=0, maximum=checks.LARGEST)] | None = None


@router.get("", response_model=list[PersonOut])
def people(actor: Actor) -> Response:
    """Everybody with an account, by name."""
    access.only_staff(actor, "see who has an account")
    with database.reading() as session:
        in_hand, rules = loads(session), known.of(session).rules
        return written([_person(user, in_hand.get(user.key, 0), rules) for user in User.everybody(session)])


@router.patch("/{userId}")
def change(userId: Id, body: Change, actor: Actor) -> PersonOut:  # noqa: N803 - the name in the address
    """Change an account, for admins; what says who may come in, or do what, ends its sign-ins and tokens."""
    access.only_admins(actor)
    with database.reading() as session:
        if session.get(User, userId) is None:
            raise Refusal(404, "NOT_FOUND", "There is no such account.")
    user = persons.change(userId, body.model_dump(exclude_unset=True), by=actor)
    with database.reading() as session:
        return _person(user, loads(session, [user.key]).get(user.key, 0), known.of(session).rules)


def _person(user: User, open_jobs: int, rules: Rules) -> PersonOut:
    capacity = rules.limit_of(user) if user.role is Role.writer else None
    own = {name: getattr(user, name) for name in UserOut.model_fields}
    return PersonOut(**own, active=user.active, open_jobs=open_jobs, capacity=capacity)
