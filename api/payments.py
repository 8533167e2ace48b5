"""The ledger of a job: staff record payments, the client reads them."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from api.door import Actor, SignedInRoute
from api.schemas import Id, Money, Shape, Text, Time, Wish, at_most
from models import database
from models.job import Job
from models.payment import Payment
from models.user import Role
from workflow import access, money
from workflow.orders import payments
from workflow.refusals import Forbidden

router = APIRouter(route_class=SignedInRoute, tags=["Money"])


class NewPayment(Wish):
    """Money that came in, or with a minus went back, in the job's currency."""

    amount: Money
    method: Annotated[Text, at_most(60)] = ""
    reference: Annotated[Text, at_most(200)] = ""


class Reversal(Wish):
    """Why a line is taken back."""

    note: Annotated[Text, Field(max_length=200)] = ""


class PaymentOut(Shape):
    """One line of the ledger; `reverses` is the line that it takes back.

    `resembles` is a line of the same sum, method and reference that is hardly older: perhaps this was booked twice.
    """

    id: int
    job_id: int
    amount: str
    currency: str
    method: str
    reference: str
    recorded_by: int
    recorded_by_name: str
    created_at: Time
    reverses: int | None
    resembles: int | None = None


@router.get("/{jobId}/payments")
def ledger(jobId: Id, actor: Actor) -> list[PaymentOut]:  # noqa: N803 - the name in the address
    """The payments for a job, oldest first; writers have no part in them."""
    job = access.seen(jobId, actor)
    if actor.role is Role.writer:
        raise Forbidden("Only the agency and the client can see payments.")
    with database.reading() as session:
        return [_out(line, job) for line in Payment.of(session, job.key)]


@router.post("/{jobId}/payments", status_code=201)
def record(jobId: Id, body: NewPayment, actor: Actor) -> PaymentOut:  # noqa: N803 - the name in the address
    """Record a payment, or a refund."""
    job = access.seen(jobId, actor)
    amount = money.minor(body.amount, job.currency)
    with database.reading() as session:
        twin = payments.twin(session, job, amount, body.method, body.reference)
    line = payments.record(job.key, amount, by=actor, method=body.method, reference=body.reference)
    return _out(line, job).model_copy(update={"resembles": twin and twin.id})


@router.post("/{jobId}/payments/{paymentId}/reversal", status_code=201)
def reverse(jobId: Id, paymentId: Id, body: Reversal, actor: Actor) -> PaymentOut:  # noqa: N803
    """Take back a line that should not have been booked; the answer is the line that does so."""
    job = access.seen(jobId, actor)
    return _out(payments.reverse(job.key, paymentId, by=actor, note=body.note), job)


def _out(line: Payment, job: Job) -> PaymentOut:
    return PaymentOut(
        id=line.id or 0,
        job_id=job.key,
        amount=money.decimal(line.amount, job.currency),
        currency=job.currency,
        method=line.method,
        reference=line.reference,
        recorded_by=line.recorded_by,
        recorded_by_name=line.recorder.name,
        created_at=line.created_at,
        reverses=line.reverses_id,
    )
