"""Completion by itself: a delivered order that its client leaves alone, as the agency's rule says.

Nobody is surprised: the client is told the moment at least a day before, and that moment is kept whatever the rule
says later. When the client stirs, or a hold stops the clock, the promise is void and a later one is made.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from sqlmodel import Session, col

from models import clock, database, known
from models.job import Job, with_people
from models.reminder import Reminder
from models.status import Status
from workflow import metrics, moves
from workflow.live import rings
from workflow.notifications import notices
from workflow.possibilities import judge, taken

NOTICE = timedelta(hours=24)
"""How long before the client is told, at least."""

NEAR, BLOCKED = "completion_near", "completion_blocked"
"""The reminders: to the client, of the moment; to staff, that a condition is in the way then."""


class Step(Enum):
    """What the clock owes an order now."""

    remind = auto()
    complete = auto()
    ask_staff = auto()


@dataclass(frozen=True)
class Owed:
    """A step that an order is owed, and the moment that is, or is to be, promised to its client."""

    job: Job
    step: Step
    moment: datetime


def take_steps() -> int:
    """Remind, complete, or ask staff for what is in the way, wherever it is due; returns at how many orders."""
    with database.reading() as session:
        due = [owed.job.key for owed in _due(session)]
    return sum(_take(job_id) for job_id in due)


def _due(session: Session, job_id: int | None = None) -> Iterator[Owed]:
    """What is owed to which orders: to all of them, or to this one."""
    days = known.of(session).rules.auto_complete_days
    if days is None:
        return
    quiet = col(Job.quiet_since) <= clock.now() - timedelta(days=days) + NOTICE
    waiting = with_people().where(Job.status == Status.delivered, col(Job.hold_reason).is_(None), quiet)
    jobs: list[Job] = list(session.exec(waiting if job_id is None else waiting.where(Job.id == job_id)))
    if not jobs:
        return
    reminded, blocked = (Reminder.told(session, [job.key for job in jobs], kind) for kind in (NEAR, BLOCKED))
    for job in jobs:
        assert job.quiet_since  # the query saw to it
        due = job.quiet_since + timedelta(days=days)
        promised = max((moment for moment in reminded.get(job.key, ()) if moment >= due), default=None)
        if promised is None:
            yield Owed(job, Step.remind, max(due, clock.now() + NOTICE))
        elif promised <= clock.now() and not _in_the_way(session, job):
            yield Owed(job, Step.complete, promised)
        elif promised <= clock.now() and promised not in blocked.get(job.key, ()):
            yield Owed(job, Step.ask_staff, promised)


def _in_the_way(session: Session, job: Job) -> str:
    """Why the clock may not complete this order now, as staff are told; nothing when it may."""
    ask = moves.question(session, job, None)
    arrow = taken(ask, "complete")
    assert arrow is not None  # the job is delivered
    return " ".join(judge(arrow, ask).reasons)


def _take(job_id: int) -> bool:
    """Take the step that the order is owed, in a transaction of its own, if it is still owed."""
    with database.writing() as session:
        for owed in _due(session, job_id):
            STEPS[owed.step](session, owed)
            return True
    return False


def _remind(session: Session, owed: Owed) -> None:
    Reminder.claim(session, owed.job.key, NEAR, owed.moment)
    rings.announce(session, owed.job, notices.tell_of_completion(session, owed.job, owed.moment))


def _complete(session: Session, owed: Owed) -> None:
    days = known.of(session).rules.auto_complete_days
    note = f"By itself: nobody asked for changes within {days} day{'s' if days != 1 else ''}."
    with metrics.change("complete"):
        moves.take(session, moves.question(session, owed.job, None, note=note), "complete")


def _ask_staff(session: Session, owed: Owed) -> None:
    Reminder.claim(session, owed.job.key, BLOCKED, owed.moment)
    obstacle = _in_the_way(session, owed.job)
    rings.announce(session, owed.job, notices.tell_of_obstacle(session, owed.job, obstacle))


STEPS = {Step.remind: _remind, Step.complete: _complete, Step.ask_staff: _ask_staff}
