"""Terms: what a client may say of an order, whichever door it comes through; what it costs is the agency's to say."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from models.user import User
from models.work_type import WorkType
from workflow import checks

GONE = "This kind of work is not offered any more: please choose another."
PRICED = "The agency says what it costs: please leave the amount out."
ROUNDS = "The agency says how many revisions are included: please leave them out."
UNASKED = "This kind of work does not ask one of these questions."


@dataclass(frozen=True)
class Order:
    """What is wanted. `amount` is in minor units of the agency's currency, None as the price list says.

    `deadline` is aware; `answers` are pairs of a question of the kind of work and what is said to it.
    """

    title: str
    instructions: str = ""
    work_type: str = ""
    quantity: int = 1
    unit: str = ""
    amount: int | None = None
    deadline: datetime | None = None
    client_id: int | None = None
    included_revisions: int | None = None
    answers: tuple[tuple[str, str], ...] = ()


def held(session: Session, order: Order, *, by: User | None) -> Order:
    """The order with its kind of work called as the list calls it; nobody (`by` None) is a client yet to be.

    Staff may say anything. Where there is a price list, clients choose a kind that is on it, in its unit, at its price
    and with its questions, or none; they name no rounds. What they offer for what has no price on a list, staff accept
    by approving the order. Raises InvalidField for all that is not theirs to say.
    """
    kind = WorkType.meant(session, order.work_type)
    order = replace(order, work_type=kind.name) if kind else order
    if (by and by.is_staff) or not WorkType.offered(session):
        return order
    checks.refuse(dict(_not_theirs(order, kind)))
    return order


def _not_theirs(order: Order, kind: WorkType | None) -> Iterator[tuple[str, str]]:
    """What is said that is not a client's to say, each with the sentence why."""
    if kind and order.amount is not None:
        yield "amount", PRICED
    if order.included_revisions is not None:
        yield "included_revisions", ROUNDS
    if order.work_type.strip() and not (kind and kind.active):
        yield "work_type", GONE
    if kind and order.unit.strip() not in ("", kind.unit):
        yield "unit", f"{kind.name} is ordered in {kind.unit}."
    if kind and {question for question, _ in order.answers} - set(kind.questions):
        yield "answers", UNASKED
