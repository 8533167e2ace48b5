"""Letters: e-mails that wait, were sent, or were given up; the table is the queue."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import func
from sqlmodel import Field, Session, SQLModel, select

from models import clock
from models.columns import Moment, choice


class Delivery(StrEnum):
    """How far a letter has come."""

    waiting = "waiting"
    sent = "sent"
    given_up = "given_up"


class Letter(SQLModel, table=True):
    """One e-mail, committed with the change it tells of; `message_id` stays the same over all tries."""

    __tablename__ = "letters"

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="users.id", index=True)
    job_id: int | None = Field(default=None, foreign_key="jobs.id", index=True)
    type: str = Field(max_length=30)
    recipient: str = Field(max_length=254)
    subject: str = Field(max_length=300)
    body: str
    message_id: str = Field(max_length=200, unique=True)
    delivery: Delivery = Field(default=Delivery.waiting, sa_type=choice(Delivery, "delivery"))
    tries: int = 0
    next_try_at: datetime = Field(default_factory=clock.now, sa_type=Moment, index=True)
    created_at: datetime = Field(default_factory=clock.now, sa_type=Moment)
    sent_at: datetime | None = Field(default=None, sa_type=Moment)

    @classmethod
    def waiting(cls, session: Session) -> int:
        """How many letters wait to be sent."""
        return session.exec(select(func.count()).select_from(cls).where(cls.delivery == Delivery.waiting)).one()
