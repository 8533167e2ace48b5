"""Processes: who holds a claim gives signs of life; half a minute after the last, what it holds is anybody's."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_
from sqlmodel import Field, Session, SQLModel, col, select

from models import clock
from models.columns import Moment

ORIGIN = secrets.token_hex(8)
"""The name of this process."""

SILENCE = timedelta(seconds=30)
"""How long after its last sign of life a process counts as alive."""

KEPT = timedelta(hours=1)


class Process(SQLModel, table=True):
    """A process that has claimed something; it has left once it let go of all that, and then claims no more."""

    __tablename__ = "processes"

    name: str = Field(primary_key=True, max_length=32)
    seen_at: datetime = Field(sa_type=Moment, index=True)
    has_left: bool = False

    @classmethod
    def is_seen(cls, session: Session, name: str = ORIGIN) -> bool:
        """Give a sign of life, in a writing transaction; False for a process that has left."""
        process = session.get(cls, name) or cls(name=name, seen_at=clock.now())
        process.seen_at = clock.now()
        session.add(process)
        return not process.has_left

    @classmethod
    def leave(cls, session: Session, name: str = ORIGIN) -> None:
        """Let go of whatever this process has claimed."""
        if process := session.get(cls, name):
            process.has_left = True

    @classmethod
    def nobodys(cls, holder: Any) -> Any:
        """The condition for what no living process holds; a sign of life out of the future is of a clock set back."""
        now = clock.now()
        alive = select(cls.name).where(
            col(cls.has_left).is_(False), col(cls.seen_at).between(now - SILENCE, now + SILENCE)
        )
        return or_(holder.is_(None), holder.not_in(alive))

    @classmethod
    def gone(cls) -> Any:
        """The condition for those that nobody has to know of any more."""
        return col(cls.seen_at) < clock.now() - KEPT
