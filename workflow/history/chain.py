"""The chain: each line of an order's history is signed together with the one before it."""

from collections.abc import Iterable

from sqlmodel import Session

from models import clock
from models.job import Job, keep
from models.rows import bare, store
from models.status import Status
from models.status_log import StatusLog
from models.user import User
from workflow.history import archives, signatures


def add_line(
    session: Session, job: Job, action: str, old: Status | None, *, by: User | None, note: str | None
) -> StatusLog:
    """Add a line to the job's history, chained to the one before, and keep the job, which carries the newest hash."""
    said = {
        "action": action,
        "old_status": old,
        "new_status": job.status,
        "changed_by": by and by.id,
        "note": note,
        "created_at": clock.now(),
        "previous_hash": job.log_hash,
    }
    line = bare(StatusLog, said)
    line.hash = job.log_hash = signatures.of_line(line, job)
    keep(session, job)
    line.job_id = job.key
    store(session, line)
    return line


def first_fault(job: Job, history: Iterable[StatusLog]) -> str | None:
    """The first line of the history, oldest first, that does not fit, in words; None when all of it is whole.

    What was archived is read from its file: one that is missing, or says something else, is a fault like any other.
    """
    try:
        return _broken(job, archives.unfolded(job, history))
    except archives.Unproved as fault:
        return str(fault)


def _broken(job: Job, history: Iterable[StatusLog]) -> str | None:
    previous, status = "", None
    for line in history:
        if line.previous_hash != previous:
            return f"a line before {line.id} was removed or inserted"
        if line.hash != signatures.of_line(line, job):
            return f"line {line.id} was changed"
        previous, status = line.hash, line.new_status
    if previous != job.log_hash:
        return "its last lines were cut off"
    return None if status is job.status else f"the order says {job.status}, its history {status}"
