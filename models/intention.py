"""Intentions: what somebody has pressed and can still take back; carried out when it is due, and then gone."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import UniqueConstraint, or_
from sqlmodel import Field, Session, SQLModel, col, delete, select

from models import clock
from models.columns import Moment


class Intention(SQLModel, table=True):
    """One action on a job, with the version and the words that it was pressed with; one for each user and job."""

    __tablename__ = "intentions"
    __table_args__ = (UniqueConstraint("user_id", "job_id", name="uq_intentions_user_id_job_id"),)

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="users.id")
    job_id: int = Field(foreign_key="jobs.id", index=True)
    action: str = Field(max_length=30)
    version: int
    note: str | None = None
    due_at: datetime = Field(sa_type=Moment, index=True)

    @classmethod
    def of_user(cls, session: Session, user_id: int) -> dict[int, "Intention"]:
        """What this user can still take back, by the job's id."""
        return {each.job_id: each for each in session.exec(select(cls).where(cls.user_id == user_id))}

    @classmethod
    def of(cls, session: Session, user_id: int, job_id: int) -> "Intention | None":
        """What this user has pressed on this job and can still take back."""
        return session.exec(select(cls).where(cls.user_id == user_id, cls.job_id == job_id)).first()

    @classmethod
    def due(cls, session: Session, pause: timedelta) -> Sequence[int]:
        """The ids of those whose time has come, oldest first; a clock was set back where the pause is longer."""
        now, due_at = clock.now(), col(cls.due_at)
        due = session.exec(select(due_at, cls.id).where(or_(due_at <= now, due_at > now + pause))).all()
        return [key for _, key in sorted(due) if key]

    @classmethod
    def end_all(cls, session: Session, user_id: int) -> None:
        """Let all that this user has pressed be as if it had never been."""
        session.exec(delete(cls).where(col(cls.user_id) == user_id))

    @classmethod
    def claim(cls, session: Session, key: int) -> "Intention | None":
        """Take it out, in a writing transaction; None when it was taken back, or somebody else was faster."""
        found = session.get(cls, key)
        if found is not None:
            session.delete(found)
            session.flush()
        return found
