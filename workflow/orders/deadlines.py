"""Deadlines: news when one is near, and when it is missed; once each, and anew for one that was moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, case, exists, or_
from sqlmodel import Session, col, select

from models import clock, database
from models.job import Job, with_people
from models.reminder import Reminder
from models.status import FINAL, WITH_WRITER, Status
from workflow.live import rings
from workflow.notifications import notices

NEAR = timedelta(hours=24)
"""How long before a deadline its people hear that it is near."""


@dataclass(frozen=True)
class Deadline:
    """One of a job's two deadlines: its column, and the statuses in which it has yet to be met."""

    column: str
    open_in: frozenset[Status]

    @property
    def near(self) -> str:
        """What the reminder of this one drawing near is called."""
        return f"{self.column}_near"

    @property
    def missed(self) -> str:
        """What the reminder of this one being missed is called."""
        return f"{self.column}_missed"


DEADLINES = (
    Deadline("deadline", frozenset(Status) - FINAL - {Status.delivered}),
    Deadline("writer_deadline", WITH_WRITER | {Status.pending, Status.approved}),
)


def tell_due() -> int:
    """Tell of every deadline that is near or missed and was not told of yet; returns how many were told."""
    with database.reading() as session:
        due = [(deadline, key) for deadline in DEADLINES for key in _untold(session, deadline, col(Job.id))]
    return sum(_tell(deadline, job_id) for deadline, job_id in due)


def _tell(deadline: Deadline, job_id: int) -> bool:
    """One deadline, in a transaction of its own, if it is still to be told."""
    with database.writing() as session:
        if not _untold(session, deadline, col(Job.id), job_id):
            return False
        job = session.exec(with_people().where(Job.id == job_id)).one()
        moment: datetime = getattr(job, deadline.column)
        is_missed = moment <= clock.now()
        Reminder.claim(session, job_id, deadline.missed if is_missed else deadline.near, moment)
        of_writer = deadline.column == "writer_deadline"
        rings.announce(session, job, notices.tell_of_deadline(session, job, moment, is_missed, of_writer))
        return True


def _untold(session: Session, deadline: Deadline, wanted: Any, job_id: int | None = None) -> Sequence[int]:
    """The jobs that have such a deadline near or behind them, untold: all of them, or this one if it is one.

    A revision asked for after the deadline is another matter: what was promised for then has long been delivered.
    """
    moment, now = col(getattr(Job, deadline.column)), clock.now()
    kind = case((moment <= now, deadline.missed), else_=deadline.near)
    told = and_(col(Reminder.job_id) == Job.id, col(Reminder.kind) == kind, col(Reminder.due_at) == moment)
    asked = col(Job.revision_requested_at)
    untold = select(wanted).where(
        col(Job.status).in_(deadline.open_in),
        moment <= now + NEAR,
        col(Job.hold_reason).is_(None),
        or_(asked.is_(None), asked < moment),
        ~exists().where(told),
    )
    return session.exec(untold if job_id is None else untold.where(Job.id == job_id)).all()
