"""A job's history: lines that are only ever added; the database itself refuses to change or delete them."""

from datetime import datetime

from sqlalchemy.orm import joinedload
from sqlmodel import Field, Relationship, Session, SQLModel, col, select

from models import clock
from models.columns import Moment, choice
from models.job import Job
from models.status import Status
from models.user import User


class StatusLog(SQLModel, table=True):
    """One line of a job's history, chained to the one before by `previous_hash` (see workflow/history/chain.py)."""

    __tablename__ = "job_status_logs"

    id: int | None = Field(default=None, primary_key=True)
    job_id: int = Field(foreign_key="jobs.id", index=True)
    action: str = Field(max_length=30)
    old_status: Status | None = Field(default=None, sa_type=choice(Status, "old_status"), index=True)
    new_status: Status = Field(sa_type=choice(Status, "new_status"))
    changed_by: int | None = Field(default=None, foreign_key="users.id")
    note: str | None = None
    created_at: datetime = Field(default_factory=clock.now, sa_type=Moment)
    previous_hash: str = Field(max_length=64)
    hash: str = Field(max_length=64)

    actor: User | None = Relationship(sa_relationship_kwargs={"viewonly": True})

    @classmethod
    def of(cls, session: Session, job: Job) -> list["StatusLog"]:
        """The history of a job, oldest line first, with the people who made it."""
        wanted = select(cls).where(cls.job_id == job.id).order_by(col(cls.id))
        return list(session.exec(wanted.options(joinedload(cls.actor))))  # pyright: ignore[reportArgumentType]

    @classmethod
    def notes(cls, session: Session, job_ids: list[int], action: str) -> dict[int, str | None]:
        """The notes that went with the latest such step of each of these jobs."""
        wanted = select(cls.job_id, cls.note).where(col(cls.job_id).in_(job_ids), cls.action == action)
        return dict(session.exec(wanted.order_by(col(cls.id))).all()) if job_ids else {}
