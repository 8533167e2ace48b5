"""On hold: a mark beside the status, by which staff set a job aside; only cancelling is possible while it stands."""

from sqlmodel import Session

from models import database
from models.job import Job
from models.status import FINAL, Turn
from models.user import User
from workflow import access, checks, moves
from workflow.refusals import ConditionNotMet

REASON = 500
"""The longest reason, in characters."""


def put_on_hold(
    job_id: int, reason: str, *, by: User, waits_for: Turn | None = None, version: int | None = None
) -> Job:
    """Set the job aside, or change why or for whom; it is logged and told. Raises as `moves.make` does."""
    reason = checks.needed("reason", reason, REASON)
    with database.writing() as session:
        job, actor = _opened(session, job_id, by, version)
        if job.status in FINAL:
            raise ConditionNotMet([f"An order that is {job.status} has nothing left to hold."])
        if (job.hold_reason, job.held_for) != (reason, waits_for or ""):
            job.hold_reason, job.held_for = reason, waits_for or ""
            job.hold_from_now()
            moves.record(session, job, "hold", job.status, by=actor, note=reason)
        return job


def lift(job_id: int, *, by: User, version: int | None = None) -> Job:
    """Take the job up again; one that is not on hold stays as it is. Raises as `moves.make` does."""
    with database.writing() as session:
        job, actor = _opened(session, job_id, by, version)
        if job.on_hold:
            job.lift_hold()
            moves.record(session, job, "release", job.status, by=actor, note=None)
        return job


def _opened(session: Session, job_id: int, by: User, version: int | None) -> tuple[Job, User]:
    actor = access.still_active(session, by)
    job = access.opened(session, job_id, actor, version)
    access.only_staff(actor, "put an order on hold, or lift the hold")
    return job, actor
