"""People, for staff: who there is, and how much each writer has in hand."""

from fastapi import APIRouter

from api.door import Actor, SignedInRoute
from api.shapes import UserOut
from models import database
from models.job import loads
from models.rules import Rules
from models.user import Role, User
from workflow.refusals import Forbidden

router = APIRouter(prefix="/api/users", route_class=SignedInRoute, tags=["People"])


class PersonOut(UserOut):
    """Somebody with an account, as staff see them; capacity is a number of open orders, null for no limit."""

    active: bool
    open_jobs: int
    capacity: int | None


@router.get("")
def people(actor: Actor) -> list[PersonOut]:
    """Everybody with an account, by name."""
    if not actor.is_staff:
        raise Forbidden("Only the agency can see who has an account.")
    with database.reading() as session:
        in_hand, agency_wide = loads(session), Rules.get(session).writer_capacity
        return [_person(user, in_hand.get(user.key, 0), agency_wide) for user in User.everybody(session)]


def _person(user: User, open_jobs: int, agency_wide: int | None) -> PersonOut:
    own = user.capacity if user.capacity is not None else agency_wide
    capacity = own if user.role is Role.writer else None
    known = UserOut.model_validate(user).model_dump()
    return PersonOut(**known, active=user.active, open_jobs=open_jobs, capacity=capacity)
