"""Ordering: a client places an order, or staff place one for a client."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

import settings
from models import clock, database
from models.agency import Agency
from models.job import Job
from models.numbering import OrderNumber
from models.rules import Rules
from models.user import Role, User
from workflow import checks, moves
from workflow.refusals import Forbidden, InvalidField


@dataclass(frozen=True)
class Order:
    """What is wanted. `amount` is in minor units of the agency's currency; `deadline` is aware."""

    title: str
    instructions: str = ""
    work_type: str = ""
    quantity: int = 1
    unit: str = "words"
    amount: int = 0
    deadline: datetime | None = None
    client_id: int | None = None
    included_revisions: int | None = None


def place(order: Order, *, by: User) -> Job:
    """Place an order; returns the new job, which stands at pending.

    Raises InvalidField for what does not fit, Forbidden for writers, who order nothing.
    """
    fields = _checked(order)
    with database.writing() as session:
        actor = moves.still_active(session, by)
        currency = Agency.currency_in_force(session)
        job = Job(client=_client(session, order, actor), currency=currency, **_number(session), **fields)
        job.writer = job.manager = None
        if job.included_revisions is None:
            job.included_revisions = Rules.get(session).included_revisions
        session.add(job)
        moves.record(session, job, "create", None, by=actor, note=None)
        return job


def _number(session: Session) -> dict[str, Any]:
    year = clock.now().year
    number = OrderNumber.next(session, year)
    return {"year": year, "number": number, "display_id": f"{settings.current().order_prefix}-{year}-{number:04}"}


def _client(session: Session, order: Order, actor: User) -> User:
    if actor.role is Role.writer:
        raise Forbidden("Only clients and the agency can place orders.")
    if actor.role is Role.client:
        if order.client_id not in (None, actor.id):
            raise Forbidden("You can place orders for yourself only.")
        return actor
    client = session.get(User, order.client_id) if order.client_id else None
    if client is None or client.role is not Role.client or not client.active:
        raise InvalidField("client_id", "Choose an active client to order for.")
    return client


def _checked(order: Order) -> dict[str, Any]:
    return {
        "title": checks.needed("title", order.title, checks.TITLE),
        "instructions": checks.text("instructions", order.instructions, checks.INSTRUCTIONS) or "",
        "work_type": checks.text("work_type", order.work_type, 60) or "",
        "unit": checks.text("unit", order.unit, 30) or "",
        "quantity": checks.whole("quantity", order.quantity, 1),
        "amount": checks.whole("amount", order.amount, 0),
        "included_revisions": _rounds(order.included_revisions),
        "deadline": checks.moment("deadline", order.deadline),
    }


def _rounds(included: int | None) -> int | None:
    return None if included is None else checks.whole("included_revisions", included, 0)
