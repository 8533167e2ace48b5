"""Ordering: a client places an order, or staff place one for a client."""

from typing import Any

from sqlmodel import Session

import settings
from models import clock, database, known, order_counts
from models.agency import Agency
from models.job import Job
from models.numbering import OrderNumber
from models.user import Role, User
from models.work_type import WorkType
from workflow import access, budgets, checks, moves
from workflow.orders import drafts, terms
from workflow.orders.terms import Order
from workflow.orders.work_types import MOST_QUESTIONS, QUESTION
from workflow.refusals import Forbidden, InvalidField

CHOOSE = "Choose an active client to order for."


def place(order: Order, *, by: User, draft: str = "") -> Job:
    """Place an order; returns the new job, which stands at pending.

    Without an amount, the price list decides. With the key of a draft, its files become the order's brief. Raises
    InvalidField for what does not fit or is not theirs to say, Forbidden for writers, who order nothing.
    """
    with database.writing() as session:
        order = agreed(session, order, by=by)  # what does not fit is said before who may: SPEC section 7
        actor = access.still_active(session, by)
        client = _client(session, order, actor)
        if not actor.is_staff:  # what the desk imports is its own affair
            budgets.ORDERS.check_oldest(order_counts.placed_before(session, client, budgets.ORDERS.number - 1))
        job = placed(session, order, client, by=actor)
        if draft:
            drafts.adopt(session, job, draft, by=actor)
        return job


def agreed(session: Session, order: Order, *, by: User | None) -> Order:
    """The order on the agency's terms; raises InvalidField for all that does not fit or is not theirs to say."""
    return checks.together(order=lambda: check(order, by=by), terms=lambda: terms.held(session, order, by=by))["terms"]


def check(order: Order, *, by: User | None) -> None:
    """Raises InvalidField for all that does not fit, whatever the database holds; staff have to name a client."""
    checks.together(client=lambda: _named(order, by), order=lambda: _checked(order))


def _named(order: Order, by: User | None) -> None:
    if by and by.is_staff and order.client_id is None:
        raise InvalidField("client_id", CHOOSE)


def placed(session: Session, order: Order, client: User, *, by: User) -> Job:
    """The same within a transaction of the caller's, who has seen to who may order for whom; raises InvalidField."""
    fields = priced(session, order)
    job = Job(client_id=client.key, currency=Agency.currency_in_force(session), **_number(session), **fields)
    job.client, job.writer, job.manager = client, None, None
    if job.included_revisions is None:
        job.included_revisions = known.of(session).rules.included_revisions
    session.add(job)
    moves.record(session, job, "create", None, by=by, note=None)
    return job


def priced(session: Session, order: Order) -> dict[str, Any]:
    """The order, checked, as a job's fields; the price list fills in what was left open. Raises InvalidField."""
    fields = _checked(order)
    kind = WorkType.called(session, fields["work_type"])
    fields["unit"] = fields["unit"] or (kind.unit if kind else "words")
    if fields["amount"] is None:
        fields["amount"] = listed_amount(kind, fields["quantity"]) if kind else 0
    return fields


def listed_amount(kind: WorkType, quantity: int) -> int:
    """What so much of this kind of work costs by the list, in minor units; raises InvalidField for more than fits."""
    return checks.whole("amount", kind.amount(quantity), 0)


def _number(session: Session) -> dict[str, Any]:
    year = clock.now().year
    number = OrderNumber.next(session, year)
    return {"year": year, "number": number, "display_id": f"{settings.current().order_prefix}-{year}-{number:04}"}


def _client(session: Session, order: Order, actor: User) -> User:
    if actor.role is Role.writer:
        raise Forbidden(drafts.WHO_ORDERS)
    if actor.role is Role.client:
        if order.client_id not in (None, actor.id):
            raise Forbidden("You can place orders for yourself only.")
        return actor
    client = session.get(User, order.client_id) if order.client_id else None
    if client is None or client.role is not Role.client or not client.active:
        raise InvalidField("client_id", CHOOSE)
    return client


def _checked(order: Order) -> dict[str, Any]:
    return checks.together(
        title=lambda: checks.line("title", order.title, checks.TITLE),
        instructions=lambda: checks.text("instructions", order.instructions, checks.INSTRUCTIONS) or "",
        work_type=lambda: checks.short("work_type", order.work_type, 60),
        unit=lambda: checks.short("unit", order.unit, 30),
        quantity=lambda: checks.whole("quantity", order.quantity, 1),
        amount=lambda: None if order.amount is None else checks.whole("amount", order.amount, 0),
        included_revisions=lambda: _rounds(order.included_revisions),
        deadline=lambda: checks.moment("deadline", order.deadline),
        answers=lambda: _answers(order.answers),
    )


def _answers(given: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    if len(given) > MOST_QUESTIONS:
        raise InvalidField("answers", f"At most {MOST_QUESTIONS} questions are answered.")
    checked = [
        (checks.line("question", question, QUESTION), checks.text("answer", answer, checks.NOTE))
        for question, answer in given
    ]
    return [{"question": question, "answer": answer.strip()} for question, answer in checked if answer]


def _rounds(included: int | None) -> int | None:
    return None if included is None else checks.whole("included_revisions", included, 0)
