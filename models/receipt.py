"""Receipts: what a client signed off, sealed as it was then."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlmodel import Field, Session, SQLModel, col, select

from models import clock
from models.columns import Moment, Sealed


class Receipt(SQLModel, table=True):
    """Who completed a job, when, and which final files it had; `code` is its address, `seal` proves the content."""

    __tablename__ = "receipts"

    id: int | None = Field(default=None, primary_key=True)
    job_id: int = Field(foreign_key="jobs.id", unique=True)
    code: str = Field(max_length=64, unique=True)
    content: dict[str, Any] = Field(default_factory=dict, sa_type=Sealed)
    seal: str = Field(max_length=64)
    created_at: datetime = Field(default_factory=clock.now, sa_type=Moment)

    @classmethod
    def of(cls, session: Session, job_id: int) -> "Receipt | None":
        """The receipt of a job that its client has signed off."""
        return session.exec(select(cls).where(cls.job_id == job_id)).first()

    @classmethod
    def codes(cls, session: Session, job_ids: Iterable[int]) -> dict[int, str]:
        """The addresses of these jobs' receipts, by job; those without one are left out."""
        return dict(session.exec(select(cls.job_id, cls.code).where(col(cls.job_id).in_(job_ids))).all())

    @classmethod
    def is_any(cls, session: Session) -> bool:
        """Whether there is a receipt at all."""
        return session.exec(select(cls.id).limit(1)).first() is not None

    @classmethod
    def at(cls, session: Session, code: str) -> "Receipt | None":
        """The receipt with this code."""
        return session.exec(select(cls).where(cls.code == code)).first()
