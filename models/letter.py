"""Letters: e-mails that wait, were sent, or were given up; the table is the queue."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import case, func, or_
from sqlmodel import Field, Session, SQLModel, col, select

from models import clock
from models.columns import Moment, choice


class Delivery(StrEnum):
    """How far a letter has come."""

    waiting = "waiting"
    sent = "sent"
    given_up = "given_up"


class Letter(SQLModel, table=True):
    """One e-mail, committed with the change it tells of; `message_id` stays the same over all tries.

    `user_id` is whom it is for; who orders without an account has none yet.
    """

    __tablename__ = "letters"

    id: int | None = Field(default=None, primary_key=True)
    user_id: int | None = Field(default=None, foreign_key="users.id", index=True)
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
    claimed_until: datetime | None = Field(default=None, sa_type=Moment)
    last_error: str | None = Field(default=None, max_length=500)

    @classmethod
    def claim(cls, session: Session, limit: int, until: datetime) -> list["Letter"]:
        """Take letters that are due, for this process alone until that moment; the oldest first."""
        now = clock.now()
        free = or_(col(cls.claimed_until).is_(None), col(cls.claimed_until) < now)
        due = select(cls).where(cls.delivery == Delivery.waiting, cls.next_try_at <= now, free)
        letters: list[Letter] = list(session.exec(due.order_by(col(cls.id)).limit(limit)))
        for letter in letters:
            letter.claimed_until = until
        return letters

    @classmethod
    def newest(cls, session: Session, limit: int) -> list["Letter"]:
        """The latest letters, newest first, but those given up on top: by then, many newer ones have been sent."""
        given_up = case((col(cls.delivery) == Delivery.given_up, 0), else_=1)
        return list(session.exec(select(cls).order_by(given_up, col(cls.id).desc()).limit(limit)))

    @classmethod
    def counts(cls, session: Session) -> dict[Delivery, int]:
        """How many letters there are of each state."""
        found = dict(session.exec(select(cls.delivery, func.count()).group_by(col(cls.delivery))).all())
        return {state: found.get(state, 0) for state in Delivery}

    @classmethod
    def waiting(cls, session: Session) -> int:
        """How many letters wait to be sent."""
        return session.exec(select(func.count()).select_from(cls).where(cls.delivery == Delivery.waiting)).one()
