"""Payments: the ledger of what was paid for a job; lines are added, and a refund is a line of its own."""

from datetime import datetime

from sqlalchemy.orm import joinedload
from sqlmodel import Field, Relationship, Session, SQLModel, col, select

from models import clock
from models.columns import Moment
from models.user import User


class Payment(SQLModel, table=True):
    """Money that came in, or as a negative amount went back, in minor units of the job's currency.

    `reverses_id` is the line that this one takes back, because it should not have been booked.
    """

    __tablename__ = "payments"

    id: int | None = Field(default=None, primary_key=True)
    job_id: int = Field(foreign_key="jobs.id", index=True)
    amount: int
    method: str = Field(default="", max_length=60)
    reference: str = Field(default="", max_length=200)
    reverses_id: int | None = Field(default=None, foreign_key="payments.id", unique=True)
    recorded_by: int = Field(foreign_key="users.id")
    created_at: datetime = Field(default_factory=clock.now, sa_type=Moment)

    recorder: User = Relationship(sa_relationship_kwargs={"viewonly": True})

    @classmethod
    def of(cls, session: Session, job_id: int) -> list["Payment"]:
        """The payments for a job, oldest first, with those who recorded them."""
        wanted = select(cls).where(cls.job_id == job_id).order_by(col(cls.id))
        return list(session.exec(wanted.options(joinedload(cls.recorder))))  # pyright: ignore[reportArgumentType]
