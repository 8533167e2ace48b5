"""Payments: staff record what came in or went back, and the order knows at once how far it is paid."""

from datetime import timedelta

from sqlmodel import Session, col, select

from models import clock, database
from models.job import Job
from models.payment import Payment
from models.user import User
from workflow import access, checks
from workflow.live import rings
from workflow.notifications import notices
from workflow.refusals import ConditionNotMet, InvalidField

SOON = timedelta(days=1)
"""Within so long, the same sum by the same method and reference may be the same payment, booked twice."""


def record(job_id: int, amount: int, *, by: User, method: str = "", reference: str = "") -> Payment:
    """Record a payment, or with a negative amount a refund, in minor units; returns its line in the ledger.

    Raises NotFound, Forbidden, or InvalidField for nothing at all and for more money back than came in.
    """
    said = checks.together(
        amount=lambda: _paid(amount),
        method=lambda: checks.short("method", method, 60),
        reference=lambda: checks.short("reference", reference, 200),
    )
    with database.writing() as session:
        actor = access.still_active(session, by)
        job = access.opened(session, job_id, actor)
        access.only_staff(actor, "record payments")
        _book(job, amount)
        line = Payment(job_id=job.key, recorded_by=actor.key, **said)
        line.recorder = actor
        session.add(line)
        rings.announce(session, job, notices.tell_of_payment(session, job, amount, by=actor))
        return line


def _paid(amount: int) -> int:
    if not amount or abs(amount) > checks.LARGEST:
        raise InvalidField("amount", "Say how much was paid, or with a minus how much went back.")
    return amount


def twin(session: Session, job: Job, amount: int, method: str, reference: str) -> Payment | None:
    """A line that this payment may repeat: the same sum in the same words, a short time ago and not reversed."""
    like = Payment.of(session, job.key)
    reversed_ones = {line.reverses_id for line in like}
    since = clock.now() - SOON
    same = [
        line
        for line in like
        if (line.amount, line.method, line.reference) == (amount, method.strip(), reference.strip())
        and line.created_at > since
        and line.id not in reversed_ones
        and line.reverses_id is None
    ]
    return same[-1] if same else None


def reverse(job_id: int, payment_id: int, *, by: User, note: str = "") -> Payment:
    """Take back a line that should not have been booked, by one that names it; both stay. Returns the new line.

    Raises NotFound, Forbidden, InvalidField for a line that is not there, or ConditionNotMet for one that was reversed.
    """
    note = checks.text("note", note, 200) or ""
    with database.writing() as session:
        actor = access.still_active(session, by)
        job = access.opened(session, job_id, actor)
        access.only_staff(actor, "reverse payments")
        wrong = session.get(Payment, payment_id)
        if wrong is None or wrong.job_id != job.id:
            raise InvalidField("payment_id", "There is no such payment.")
        if wrong.reverses_id:
            raise ConditionNotMet(["This line takes a payment back: record the payment anew instead."])
        if session.exec(select(Payment.id).where(col(Payment.reverses_id) == wrong.id)).first():
            raise ConditionNotMet(["This payment is reversed already."])
        was_refunded = job.is_refunded
        _book(job, -wrong.amount)
        job.is_refunded = was_refunded and job.amount_paid == 0  # what was never paid is not paid back
        line = Payment(job_id=job.key, amount=-wrong.amount, method=wrong.method, reference=note or wrong.reference,
                       reverses_id=wrong.id, recorded_by=actor.key)  # fmt: skip
        line.recorder = actor
        session.add(line)
        rings.announce(session, job, notices.tell_of_payment(session, job, line.amount, by=actor, is_reversal=True))
        return line


def _book(job: Job, amount: int) -> None:
    if job.amount_paid + amount < 0:
        raise InvalidField("amount", "No more can go back than came in.")
    if job.amount_paid + amount > checks.LARGEST:
        raise InvalidField("amount", "This is more than can be recorded.")
    job.amount_paid += amount
    job.is_refunded = job.amount_paid == 0
