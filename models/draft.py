"""Drafts: orders that somebody is still writing, kept so that a lost page loses nothing."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKeyConstraint, func
from sqlmodel import Field, Session, SQLModel, col, select

from models import clock
from models.columns import Moment, came_after


class Draft(SQLModel, table=True):
    """One order form as a user left it; the key tells a user's drafts apart."""

    __tablename__ = "drafts"

    user_id: int = Field(primary_key=True, foreign_key="users.id", sa_column_kwargs={"autoincrement": False})
    key: str = Field(primary_key=True, max_length=32)
    content: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    updated_at: datetime = Field(default_factory=clock.now, sa_type=Moment)

    @classmethod
    def of(cls, session: Session, user_id: int) -> list["Draft"]:
        """A user's drafts, the one that was touched last first."""
        newest = (col(cls.updated_at).desc(), col(cls.key))
        return list(session.exec(select(cls).where(cls.user_id == user_id).order_by(*newest)))


class DraftFile(SQLModel, table=True):
    """A file that lies with a draft and goes with it, or becomes part of the order's brief; `size` in bytes."""

    __tablename__ = "draft_files"
    __table_args__ = (
        ForeignKeyConstraint(["user_id", "draft_key"], ["drafts.user_id", "drafts.key"], ondelete="CASCADE"),
    )

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(index=True)
    draft_key: str = Field(max_length=32)
    name: str = Field(max_length=200)
    size: int = Field(sa_type=BigInteger)
    sha256: str = Field(max_length=64)
    stored_as: str = Field(max_length=64, unique=True)
    media_type: str = Field(default="application/octet-stream", max_length=100)
    created_at: datetime = Field(default_factory=clock.now, sa_type=Moment)

    @classmethod
    def brought(cls, session: Session, user_id: int, since: datetime) -> tuple[int, int]:
        """How many files this user has laid beside drafts since, and how many bytes they have."""
        theirs = select(func.count(), func.coalesce(func.sum(cls.size), 0)).where(cls.user_id == user_id)
        number, size = session.exec(theirs.where(came_after(cls.created_at, since))).one()
        return number, int(size)

    @classmethod
    def of(cls, session: Session, user_id: int, draft_key: str) -> list["DraftFile"]:
        """The files of one of a user's drafts, oldest first."""
        theirs = select(cls).where(cls.user_id == user_id, cls.draft_key == draft_key)
        return list(session.exec(theirs.order_by(col(cls.id))))
