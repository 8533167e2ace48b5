"""Stalling: which orders stand still, so that somebody should look at them."""

from datetime import timedelta

from sqlalchemy import ColumnElement, and_, exists
from sqlmodel import col

from models import clock
from models.comment import Comment
from models.file import File
from models.job import Job
from models.payment import Payment
from models.status import FINAL, Status

STALLED_AFTER = timedelta(days=3)
"""How long nothing happened to an order that has stalled."""

RUNNING = tuple(status for status in Status if status not in FINAL)


def stalled() -> ColumnElement[bool]:
    """The rule: an order has stalled that runs, is not on hold, and with which for three days nothing happened.

    What happens is a line of its history, a comment, a file or a payment, whoever's turn it was.
    """
    since = clock.now() - STALLED_AFTER
    quiet = [
        ~exists().where(col(kind.job_id) == Job.id, col(kind.created_at) >= since) for kind in (Comment, File, Payment)
    ]
    runs = col(Job.status).in_(RUNNING)
    return and_(runs, col(Job.hold_reason).is_(None), col(Job.updated_at) < since, *quiet)
