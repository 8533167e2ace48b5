"""Payments: staff record what came in or went back, and the order knows at once how far it is paid."""

from models import database
from models.job import Job
from models.payment import Payment
from models.user import User
from workflow import checks, moves, notices
from workflow.refusals import Forbidden, InvalidField


def record(job_id: int, amount: int, *, by: User, method: str = "", reference: str = "") -> Payment:
    """Record a payment, or with a negative amount a refund, in minor units; returns its line in the ledger.

    Raises NotFound, Forbidden, or InvalidField for nothing at all and for more money back than came in.
    """
    if not amount or abs(amount) > checks.LARGEST:
        raise InvalidField("amount", "Say how much was paid, or with a minus how much went back.")
    method = checks.text("method", method, 60) or ""
    reference = checks.text("reference", reference, 200) or ""
    with database.writing() as session:
        actor = moves.still_active(session, by)
        job = moves.opened(session, job_id, actor, None)
        if not actor.is_staff:
            raise Forbidden("Only the agency can record payments.")
        _book(job, amount)
        line = Payment(job_id=job.key, amount=amount, method=method, reference=reference, recorded_by=actor.key)
        line.recorder = actor
        session.add(line)
        moves.announce(session, job, notices.tell_of_payment(session, job, amount, by=actor))
        return line


def _book(job: Job, amount: int) -> None:
    if job.amount_paid + amount < 0:
        raise InvalidField("amount", "No more can go back than came in.")
    if job.amount_paid + amount > checks.LARGEST:
        raise InvalidField("amount", "This is more than can be recorded.")
    job.amount_paid += amount
    job.is_refunded = job.amount_paid == 0
