"""A job as programs read it."""

from typing import Annotated, Any

from api.schemas import A_TEXT, Shape, Time, at_most, needed
from models.job import Job
from models.status import Status, Turn
from models.user import Role, User
from workflow import checks, money
from workflow.orders.work_types import QUESTION


class Answered(Shape):
    """What the client said to one of the questions of the kind of work."""

    question: Annotated[str, needed(QUESTION)]
    answer: Annotated[str, A_TEXT, at_most(checks.NOTE)]


class JobOut(Shape):
    """One job. Money is not shown to writers, nor the writer's deadline to clients; times are in UTC."""

    id: int
    display_id: str
    title: str
    instructions: str
    answers: list[Answered]
    work_type: str
    quantity: int
    unit: str
    amount: str | None
    amount_paid: str | None
    currency: str
    payment_status: str | None
    status: Status
    version: int
    on_hold: bool
    hold_reason: str | None
    held_for: Turn | None
    client_id: int
    client_name: str
    writer_id: int | None
    writer_name: str | None
    manager_id: int | None
    manager_name: str | None
    deadline: Time | None
    writer_deadline: Time | None
    overdue: bool
    included_revisions: int | None
    revision_count: int
    revision_requested: bool
    revision_notes: str | None
    client_approved: bool
    approved_at: Time | None
    completed_at: Time | None
    cancelled_at: Time | None
    created_at: Time
    updated_at: Time

    @classmethod
    def of(cls, job: Job, reader: User) -> "JobOut":
        """The job as this reader may see it."""
        own: dict[str, Any] = {name: getattr(job, name) for name in _AS_THEY_ARE}
        shows_money = reader.role is not Role.writer
        own |= {
            "amount": money.decimal(job.amount, job.currency) if shows_money else None,
            "amount_paid": money.decimal(job.amount_paid, job.currency) if shows_money else None,
            "payment_status": job.payment_status if shows_money else None,
            "writer_deadline": None if reader.role is Role.client else job.writer_deadline,
            "overdue": job.is_overdue,
            "on_hold": job.on_hold,
            "held_for": job.held_for or None,
            "client_name": job.client.name,
            "writer_name": job.writer and job.writer.name,
            "manager_name": job.manager and job.manager.name,
        }
        return cls(**own)


_AS_THEY_ARE = tuple(name for name in JobOut.model_fields if name in Job.model_fields)
"""The fields that are the job's own."""


class JobPage(Shape):
    """One page of jobs; `nextCursor` is null on the last."""

    items: list[JobOut]
    next_cursor: str | None
    total_count: int
