"""Terms: what a client may say of an order, whichever door it comes through; what it costs is the agency's to say."""

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlmodel import Session

from models.user import User
from models.work_type import WorkType
from workflow.refusals import InvalidField

if TYPE_CHECKING:
    from workflow.ordering import Order

GONE = "This kind of work is not offered any more: please choose another."
PRICED = "The agency says what it costs: please leave the amount out."
ROUNDS = "The agency says how many revisions are included: please leave them out."
UNASKED = "This kind of work does not ask one of these questions."


def held(session: Session, order: "Order", *, by: User | None) -> "Order":
    """The order with its kind of work called as the list calls it; nobody (`by` None) is a client yet to be.

    Staff may say anything. Where there is a price list, clients choose a kind that is on it, in its unit, at its price
    and with its questions, or none; they name no rounds. What they offer for what has no price on a list, staff accept
    by approving the order. Raises InvalidField for the first thing that is not theirs to say.
    """
    kind = WorkType.meant(session, order.work_type)
    order = replace(order, work_type=kind.name) if kind else order
    if (by and by.is_staff) or not WorkType.offered(session):
        return order
    _refuse("amount", kind is not None and order.amount is not None, PRICED)
    _refuse("included_revisions", order.included_revisions is not None, ROUNDS)
    _refuse("work_type", bool(order.work_type.strip()) and not (kind and kind.active), GONE)
    if kind:
        _refuse("unit", order.unit.strip() not in ("", kind.unit), f"{kind.name} is ordered in {kind.unit}.")
        unasked = {question for question, _ in order.answers} - set(kind.questions)
        _refuse("answers", bool(unasked), UNASKED)
    return order


def _refuse(field: str, is_said: bool, sentence: str) -> None:
    if is_said:
        raise InvalidField(field, sentence)
