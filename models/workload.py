"""Workload: what writers have in hand, what of it is due sooner than an order, and what they did of its kind."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from models import clock
from models.job import Job, loads
from models.status import WITH_WRITER, Status

LATELY = timedelta(days=365)
"""For how long work of a kind counts."""


@dataclass(frozen=True)
class Workload:
    """One writer's, as seen from an order that is to be assigned."""

    in_hand: int = 0
    due_sooner: int = 0
    done_lately: int = 0


def workloads(session: Session, job: Job) -> dict[int, Workload]:
    """Each writer's, by their id; writers with nothing of it are left out."""
    own = func.coalesce(col(Job.writer_deadline), col(Job.deadline))
    sooner = _number(session, col(Job.status).in_(WITH_WRITER), own <= job.deadline) if job.deadline else Counter()
    of_kind = (col(Job.status) == Status.completed, col(Job.work_type) == job.work_type)
    done = _number(session, *of_kind, col(Job.updated_at) >= clock.now() - LATELY) if job.work_type else Counter()
    in_hand = Counter(loads(session))
    return {key: Workload(in_hand[key], sooner[key], done[key]) for key in in_hand | sooner | done}


def _number(session: Session, *conditions: ColumnElement[bool]) -> Counter[int]:
    found = session.exec(select(Job.writer_id, func.count()).where(*conditions).group_by(col(Job.writer_id)))
    return Counter({writer_id: number for writer_id, number in found if writer_id is not None})
