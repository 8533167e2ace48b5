"""First answers: what a request under a key of its sender's was answered, for whoever sends it again."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, delete, select

from models import clock
from models.columns import Moment

KEPT = timedelta(hours=24)
"""How long a key stands for its request."""


class FirstAnswer(SQLModel, table=True):
    """One user's key; `request` is a hash of what was asked with it, `status` and `body` are what was answered."""

    __tablename__ = "first_answers"
    __table_args__ = (UniqueConstraint("user_id", "key", name="uq_first_answers_user_id_key"),)

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="users.id")
    key: str = Field(max_length=255)
    request: str = Field(max_length=64)
    status: int
    body: str
    created_at: datetime = Field(default_factory=clock.now, sa_type=Moment, index=True)

    @classmethod
    def of(cls, session: Session, user_id: int, key: str) -> "FirstAnswer | None":
        """What was answered under this key; None when it is new, or its time is over."""
        found = session.exec(select(cls).where(cls.user_id == user_id, cls.key == key)).first()
        return None if found is None or found.created_at < clock.now() - KEPT else found

    @classmethod
    def keep(cls, session: Session, user_id: int, key: str, request: str, status: int, body: str) -> None:
        """Keep an answer, in the place of one whose time is over."""
        session.exec(delete(cls).where(col(cls.user_id) == user_id, col(cls.key) == key))
        session.add(cls(user_id=user_id, key=key, request=request, status=status, body=body))

    @classmethod
    def old(cls) -> Any:
        """Those whose time is over."""
        return col(cls.created_at) < clock.now() - KEPT
