"""Clearing: read news and letters that are long past, and on request old histories, archived first and sealed."""

import logging
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import exists, func
from sqlmodel import Session, col, select

import settings
from models import clock, database
from models.job import Job, locked
from models.letter import Letter
from models.notification import Notification
from models.sealing import Sealing
from models.status import FINAL
from models.status_log import StatusLog
from workflow.history import archives, chain

log = logging.getLogger("docket.clearing")

KEPT = timedelta(days=90)
"""How long news is kept that was read (SPEC section 9), and letters that were sent or given up."""

AT_ONCE = 1000
"""The most rows that one transaction clears: others wait for it."""


def clear() -> None:
    """Clear all that may go."""
    clear_table(Notification)
    clear_table(Letter)
    clear_histories()


def clear_table(table: type[Notification] | type[Letter]) -> int:
    """Delete what of this table is done with and older than 90 days; returns how many rows that was."""
    before, number = clock.now() - KEPT, 0
    while True:
        with database.reading() as session:
            old = table.done_before(session, before, AT_ONCE)
        if not old:
            return number
        with database.writing() as session:
            number += table.forget(session, old)


def clear_histories() -> int:
    """Archive and seal the histories of orders that have been over for as long as is set; returns how many."""
    days = settings.current().keep_logs_days
    if not days:
        return 0
    over = _over_before(clock.now() - timedelta(days=days))
    with database.reading() as session:
        job_ids = [job.key for job in session.exec(over)]
    return sum(_archive(job_id, over) for job_id in job_ids)


def _over_before(moment: datetime) -> Any:
    """The orders that were over before then, to whose history nothing was added since but the line that seals it."""
    ended = func.coalesce(col(Job.completed_at), col(Job.cancelled_at))
    lines = exists().where(col(StatusLog.job_id) == Job.id, col(StatusLog.action) != "archive")
    untouched = ~lines.where(col(StatusLog.created_at) >= moment)
    return select(Job).where(col(Job.status).in_(FINAL), ended < moment, lines, untouched)


def _archive(job_id: int, over: Any) -> bool:
    """One history: written to its file first, and let go only once that is safe and nothing was added meanwhile."""
    with database.reading() as session:
        job = session.exec(over.where(Job.id == job_id)).first()
        if job is None:  # another process was faster
            return False
        lines = StatusLog.of(session, job)
        fault = chain.first_fault(job, lines)
    if fault:
        log.error("%s: %s. This history is not archived.", job.display_id, fault)
        return False
    note = archives.write(job, lines)
    with database.writing() as session:
        job = locked(session, job_id)
        if job is None or job.log_hash != lines[-1].hash:
            return False
        _seal(session, job, note)
        return True


def _seal(session: Session, job: Job, note: str) -> None:
    """Put one line in the place of all that the archive holds; the chain goes on from it."""
    seal = chain.add_line(session, job, "archive", job.status, by=None, note=note)
    session.flush()
    Sealing.clear_before(session, seal)
