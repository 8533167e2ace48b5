"""Reminders: what was told once and must not be told again; the row is the claim."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Field, Session, SQLModel, col, select

from models.columns import Moment


class Reminder(SQLModel, table=True):
    """One piece of news that a clock gave about a job: of this kind, for this moment. A moved deadline is another."""

    __tablename__ = "reminders"

    job_id: int = Field(primary_key=True, foreign_key="jobs.id", sa_column_kwargs={"autoincrement": False})
    kind: str = Field(primary_key=True, max_length=30)
    due_at: datetime = Field(primary_key=True, sa_type=Moment)

    @classmethod
    def claim(cls, session: Session, job_id: int, kind: str, due_at: datetime) -> bool:
        """Whether nobody has told this yet: the caller, in a writing transaction, is now the one who does."""
        if session.get(cls, (job_id, kind, due_at)):
            return False
        session.add(cls(job_id=job_id, kind=kind, due_at=due_at))
        return True

    @classmethod
    def told(cls, session: Session, job_ids: Iterable[int], kind: str) -> dict[int, set[datetime]]:
        """For which moments this kind of news was given about each of these jobs."""
        told: dict[int, set[datetime]] = {}
        for row in session.exec(select(cls).where(cls.kind == kind, col(cls.job_id).in_(job_ids))):
            told.setdefault(row.job_id, set()).add(row.due_at)
        return told
