"""The first steps: what a new agency is offered once its desk is open, each done by what is really there."""

from sqlalchemy import exists, or_
from sqlmodel import Session, col, select

from models import known
from models.agency import COLOURS, Agency
from models.user import Role, User
from models.work_type import WorkType


def left(session: Session) -> dict[str, bool]:
    """Each step by its name, and whether it is done; empty once all are, or when an admin has put them aside."""
    asked = select(
        Agency.steps_put_aside,
        or_(col(Agency.logo).is_not(None), col(Agency.colour) != COLOURS[0]),
        exists().where(col(WorkType.active)),
        exists().where(col(User.role) == Role.writer, col(User.active)),
    )
    found = session.exec(asked).first()
    if found is None or found[0]:
        return {}
    _, face, prices, writer = found
    steps = {"face": face, "prices": prices, "writer": writer, "form": known.of(session).rules.public_orders}
    return {} if all(steps.values()) else steps
