"""Departures: an account is closed, or has another role, and others take the orders that it had in hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, func, select

from models import database
from models.job import Job
from models.status import FINAL
from models.user import User
from workflow.orders import corrections
from workflow.people import administration
from workflow.refusals import InvalidField

WRITTEN = "1 order is in hand: choose who goes on with it.", "{} orders are in hand: choose who goes on with them."
ORDERED = "1 of their orders is running, and goes on.", "{} of their orders are running, and go on."
MANAGED = (
    "They manage 1 running order: all admins hear of it as before.",
    "They manage {} running orders: all admins hear of them as before.",
)
"""Of one order, and of more."""

NOBODY_LEAVES = "Orders go to others along with an account that is closed, or gets another role."


@dataclass(frozen=True)
class InHand:
    """The running orders that hang on somebody: those they write, one by one, and how many they ordered or manage."""

    written: list[Job]
    ordered: int
    managed: int

    @property
    def sentences(self) -> list[str]:
        """What becomes of them once the account is closed."""
        numbers = {WRITTEN: len(self.written), ORDERED: self.ordered, MANAGED: self.managed}
        return [(one if number == 1 else more).format(number) for (one, more), number in numbers.items() if number]


def in_hand(session: Session, user: User) -> InHand:
    """What hangs on this account now."""
    mine = select(Job).where(Job.writer_id == user.id, col(Job.status).not_in(FINAL)).order_by(col(Job.id))
    return InHand(
        list(session.exec(mine)), *(_number(session, own == user.id) for own in (Job.client_id, Job.manager_id))
    )


def change(
    user_id: int,
    changes: dict[str, Any],
    *,
    by: User,
    all_to: int | None = None,
    each_to: Mapping[int, int] | None = None,
) -> User:
    """Change an account as `administration.change` does, and give its running orders to other writers: all or nothing.

    `each_to` says by order who takes it, `all_to` who takes the rest; what nobody takes stays where it is. Raises what
    that and `corrections.reassign` raise, and InvalidField where nobody leaves whose orders somebody is to take.
    """
    with database.as_one() as session:
        user = administration.opened(session, user_id, by)
        leaves = changes.get("active") is False or changes.get("role", user.role) != user.role
        if (all_to or each_to) and not leaves:
            raise InvalidField("orders_to", NOBODY_LEAVES)
        for job in in_hand(session, user).written:
            if heir := (each_to or {}).get(job.key, all_to):
                corrections.reassign(job.key, heir, by=by)
        return administration.change(user_id, changes, by=by)


def _number(session: Session, theirs: Any) -> int:
    return session.exec(select(func.count()).where(theirs, col(Job.status).not_in(FINAL))).one()
