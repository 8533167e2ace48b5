"""The records: a keyed chain through each job's history, and the walk that proves it whole."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from sqlmodel import Session, col, select

from models import clock
from models.job import Job
from models.numbering import OrderNumber
from models.receipt import Receipt
from models.status import Status
from models.status_log import StatusLog
from models.user import User
from workflow.history import archives, receipts, signatures

NO_ORDER = "There is no order yet, so there is no history to verify."


def add_line(
    session: Session, job: Job, action: str, old: Status | None, *, by: User | None, note: str | None
) -> StatusLog:
    """Add a line to the job's history, chained to the one before, and the receipt if it is a client's completion."""
    line = StatusLog(  # pyright: ignore[reportCallIssue] the id comes with the job, the hash below
        action=action,
        old_status=old,
        new_status=job.status,
        changed_by=by and by.id,
        note=note,
        created_at=clock.now(),
        previous_hash=job.log_hash,
        job=job,
    )
    line.hash = job.log_hash = signatures.of_line(line, job)
    session.add(line)
    receipts.issue(session, job, line, by=by)
    return line


def verify(session: Session) -> Iterator[str]:
    """Walk every chain and every receipt; one sentence for each that does not fit, naming the first line at fault."""
    jobs = {job.key: job for job in session.exec(select(Job).order_by(col(Job.id)))}
    in_order = select(StatusLog).order_by(col(StatusLog.job_id), col(StatusLog.id))
    lines = session.exec(in_order.execution_options(yield_per=1000))
    walked: set[int] = set()
    for job_id, history in groupby(lines, key=lambda line: line.job_id):
        walked.add(job_id)
        job = jobs.get(job_id)
        if job is None:
            yield f"line {next(history).id} belongs to an order that is gone"
        elif fault := first_fault(job, history):
            yield f"{job.display_id}: {fault}"
    yield from (f"{job.display_id}: its whole history is missing" for key, job in jobs.items() if key not in walked)
    yield from _missing_numbers(session, jobs.values())
    yield from receipts.faults(session)


def all_is_whole(session: Session) -> str:
    """What is said when nothing is at fault."""
    if session.exec(select(Job.id).limit(1)).first() is None:
        return NO_ORDER
    return "Every history and every receipt is whole." if Receipt.is_any(session) else "Every history is whole."


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


def _missing_numbers(session: Session, jobs: Iterable[Job]) -> Iterator[str]:
    given = {(job.year, job.number) for job in jobs}
    for year in session.exec(select(OrderNumber).order_by(col(OrderNumber.year))):
        for number in range(1, year.last + 1):
            if (year.year, number) not in given:
                yield f"order {number} of {year.year} is missing"
