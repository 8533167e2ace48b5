"""Verification: the walk along every history and every receipt that proves them whole."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from sqlmodel import Session, col, select

from models.job import Job
from models.numbering import OrderNumber
from models.receipt import Receipt
from models.status_log import StatusLog
from workflow.history import chain, desk_log, receipts

NO_ORDER = "There is no order yet, so there is no history to verify."


def faults(session: Session) -> Iterator[str]:
    """Walk every chain, every receipt and the desk's log; one sentence for the first that does not fit of each."""
    yield from _chains(session)
    yield from receipts.faults(session)
    yield from desk_log.faults(session)


def _chains(session: Session) -> Iterator[str]:
    jobs = {job.key: job for job in session.exec(select(Job).order_by(col(Job.id)))}
    in_order = select(StatusLog).order_by(col(StatusLog.job_id), col(StatusLog.id))
    lines = session.exec(in_order.execution_options(yield_per=1000))
    walked: set[int] = set()
    for job_id, history in groupby(lines, key=lambda line: line.job_id):
        walked.add(job_id)
        job = jobs.get(job_id)
        if job is None:
            yield f"line {next(history).id} belongs to an order that is gone"
        elif fault := chain.first_fault(job, history):
            yield f"{job.display_id}: {fault}"
    yield from (f"{job.display_id}: its whole history is missing" for key, job in jobs.items() if key not in walked)
    yield from _missing_numbers(session, jobs.values())


def all_is_whole(session: Session) -> str:
    """What is said when nothing is at fault."""
    if session.exec(select(Job.id).limit(1)).first() is None:
        return NO_ORDER
    return "Every history and every receipt is whole." if Receipt.is_any(session) else "Every history is whole."


def _missing_numbers(session: Session, jobs: Iterable[Job]) -> Iterator[str]:
    given = {(job.year, job.number) for job in jobs}
    for year in session.exec(select(OrderNumber).order_by(col(OrderNumber.year))):
        for number in range(1, year.last + 1):
            if (year.year, number) not in given:
                yield f"order {number} of {year.year} is missing"
