"""Rings: a line for every committed change, by which one process tells the others that something is new."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, func
from sqlmodel import Field, Session, SQLModel, col, select

from models import clock
from models.columns import Moment

KEPT = timedelta(hours=1)


class Ring(SQLModel, table=True):
    """Something changed: for one user (`user_id`), around one job (`job_id`), or for everybody (neither)."""

    __tablename__ = "rings"

    id: int | None = Field(default=None, primary_key=True)
    origin: str = Field(max_length=32)
    job_id: int | None = None
    user_id: int | None = None
    created_at: datetime = Field(default_factory=clock.now, sa_type=Moment, index=True)

    @classmethod
    def newest(cls, session: Session) -> int:
        """The id of the newest ring, 0 when there is none."""
        return session.exec(select(func.max(cls.id))).one() or 0

    @classmethod
    def since(cls, session: Session, ring_id: int) -> list["Ring"]:
        """All rings after this one, oldest first."""
        return list(session.exec(select(cls).where(col(cls.id) > ring_id).order_by(col(cls.id))))

    @classmethod
    def old(cls, session: Session) -> Any:
        """The condition for what every process has long seen, but for the newest, from which they count on."""
        return and_(col(cls.created_at) < clock.now() - KEPT, col(cls.id) < cls.newest(session))
