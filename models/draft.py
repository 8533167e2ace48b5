"""Drafts: an order that somebody is still writing, kept so that a lost page loses nothing."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger
from sqlmodel import Field, Session, SQLModel, col, select

from models import clock
from models.columns import Moment


class Draft(SQLModel, table=True):
    """The order form as a user left it; one for each user."""

    __tablename__ = "drafts"

    user_id: int = Field(primary_key=True, foreign_key="users.id", sa_column_kwargs={"autoincrement": False})
    content: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    updated_at: datetime = Field(default_factory=clock.now, sa_type=Moment)


class DraftFile(SQLModel, table=True):
    """A file that lies with a draft, and becomes part of the brief once the order is placed; `size` in bytes."""

    __tablename__ = "draft_files"

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="users.id", index=True)
    name: str = Field(max_length=200)
    size: int = Field(sa_type=BigInteger)
    sha256: str = Field(max_length=64)
    stored_as: str = Field(max_length=64, unique=True)
    media_type: str = Field(default="application/octet-stream", max_length=100)
    created_at: datetime = Field(default_factory=clock.now, sa_type=Moment)

    @classmethod
    def of(cls, session: Session, user_id: int) -> list["DraftFile"]:
        """The files of a user's draft, oldest first."""
        return list(session.exec(select(cls).where(cls.user_id == user_id).order_by(col(cls.id))))
