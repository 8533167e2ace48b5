"""Verification: the walk along every history and every receipt that proves them whole."""

import itertools
from collections.abc import Collection, Iterator
from itertools import groupby
from typing import Any

from sqlmodel import Session, col, select

from models.job import Job
from models.numbering import OrderNumber
from models.receipt import Receipt
from models.status_log import StatusLog
from workflow.history import chain, desk_log, receipts

History = tuple[int, Iterator[StatusLog]]
"""The id of an order, and the lines of its history, oldest first."""

NO_ORDER = "There is no order yet, so there is no history to verify."


def faults(session: Session) -> Iterator[str]:
    """Walk every chain, every receipt and the desk's log; one sentence for the first that does not fit of each."""
    yield from _chains(session)
    yield from receipts.faults(session)
    yield from desk_log.faults(session)


def _chains(session: Session) -> Iterator[str]:
    given = set[tuple[int, int]]()
    jobs = _streamed(session, select(Job).order_by(col(Job.id)))
    lines = _streamed(session, select(StatusLog).order_by(col(StatusLog.job_id), col(StatusLog.id)))
    for job, history in _side_by_side(jobs, groupby(lines, key=lambda line: line.job_id)):
        if job is None:
            yield f"line {next(history).id} belongs to an order that is gone"
            continue
        given.add((job.year, job.number))
        if fault := _fault(job, history):
            yield f"{job.display_id}: {fault}"
    yield from _missing_numbers(session, given)


def _streamed(session: Session, asked: Any) -> Iterator[Any]:
    """A thousand rows at a time: to verify a million orders takes no more memory than to verify a few."""
    return iter(session.exec(asked.execution_options(yield_per=1000)))


def _side_by_side(
    jobs: Iterator[Job], histories: Iterator[History]
) -> Iterator[tuple[Job | None, Iterator[StatusLog]]]:
    """Each order with its history, both in the order of their ids; one of the two may be missing."""
    nothing: tuple[int | None, Iterator[StatusLog]] = (None, iter(()))
    job_id, history = next(histories, nothing)
    for job in jobs:
        while job_id is not None and job_id < job.key:
            yield None, history
            job_id, history = next(histories, nothing)
        if job_id == job.key:
            yield job, history
            job_id, history = next(histories, nothing)
        else:
            yield job, iter(())
    while job_id is not None:
        yield None, history
        job_id, history = next(histories, nothing)


def _fault(job: Job, history: Iterator[StatusLog]) -> str | None:
    first = next(history, None)
    return (
        "its whole history is missing" if first is None else chain.first_fault(job, itertools.chain([first], history))
    )


def all_is_whole(session: Session) -> str:
    """What is said when nothing is at fault."""
    if session.exec(select(Job.id).limit(1)).first() is None:
        return NO_ORDER
    return "Every history and every receipt is whole." if Receipt.is_any(session) else "Every history is whole."


def _missing_numbers(session: Session, given: Collection[tuple[int, int]]) -> Iterator[str]:
    for year in session.exec(select(OrderNumber).order_by(col(OrderNumber.year))):
        for number in range(1, year.last + 1):
            if (year.year, number) not in given:
                yield f"order {number} of {year.year} is missing"
