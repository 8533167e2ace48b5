"""Guesses: tries at a door that has a key, each counted under what it was tried at and where it came from."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, Session, SQLModel, col, delete, select

from models import clock
from models.columns import Moment, came_after


class Guess(SQLModel, table=True):
    """One failed try; `subject` is a word for what is counted, a colon, and the account's hash or the network."""

    __tablename__ = "guesses"
    __table_args__ = (Index("ix_guesses_subject_created_at", "subject", "created_at"),)

    id: int | None = Field(default=None, primary_key=True)
    subject: str = Field(max_length=100)
    created_at: datetime = Field(default_factory=clock.now, sa_type=Moment)

    @classmethod
    def since(cls, session: Session, subject: str, moment: datetime, most: int) -> list[datetime]:
        """When this was tried after that moment, the newest first, so many at most."""
        tried = select(cls.created_at).where(cls.subject == subject, came_after(cls.created_at, moment))
        return list(session.exec(tried.order_by(col(cls.id).desc()).limit(most)))

    @classmethod
    def forget(cls, session: Session, subject: str, *ids: int) -> None:
        """Drop what was counted under this subject, and these."""
        session.exec(delete(cls).where((col(cls.subject) == subject) | col(cls.id).in_(ids)))
