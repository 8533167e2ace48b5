"""The desk's own log: lines that are only ever added; the database itself refuses to change or delete them."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import joinedload
from sqlmodel import Field, Relationship, Session, SQLModel, col, select

from models import clock
from models.columns import Moment
from models.user import User


class DeskLog(SQLModel, table=True):
    """One event, chained to the one before by `previous_hash` (see workflow/history/desk_log.py).

    `actor_id` is who did it, None for the command line; `about_id` whom it concerns, if it concerns somebody.
    """

    __tablename__ = "desk_logs"
    __table_args__ = (Index("ix_desk_logs_kind_id", "kind", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=30)
    actor_id: int | None = Field(default=None, foreign_key="users.id")
    about_id: int | None = Field(default=None, foreign_key="users.id")
    detail: str = ""
    created_at: datetime = Field(default_factory=clock.now, sa_type=Moment)
    previous_hash: str = Field(max_length=64)
    hash: str = Field(max_length=64)

    actor: User | None = Relationship(sa_relationship_kwargs={"foreign_keys": "DeskLog.actor_id"})
    about: User | None = Relationship(sa_relationship_kwargs={"foreign_keys": "DeskLog.about_id"})

    @classmethod
    def page(cls, session: Session, kind: str = "", before: int = 0, most: int | None = None) -> list["DeskLog"]:
        """The lines of this kind, or all, before that one, newest first, with their people; so many at most."""
        wanted = select(cls).order_by(col(cls.id).desc()).limit(most)
        if kind:
            wanted = wanted.where(cls.kind == kind)
        if before:
            wanted = wanted.where(col(cls.id) < before)
        people: Any = (joinedload(cls.actor), joinedload(cls.about))  # pyright: ignore[reportArgumentType]
        return list(session.exec(wanted.options(*people)))


class DeskLogEnd(SQLModel, table=True):
    """Where the log ends: one row with the hash of its last line, by which lines that were cut off are missed."""

    __tablename__ = "desk_log_end"

    id: int = Field(default=1, primary_key=True)
    hash: str = Field(default="", max_length=64)
