"""Devices: browsers in which somebody signed in before, by the hash of a key that the browser keeps."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

from models import clock, keys
from models.columns import Moment
from models.user import User

KEPT = timedelta(days=400)
"""How long a browser is remembered that does not come again; browsers keep no cookie longer."""


class Device(SQLModel, table=True):
    """One person's browser. It opens nothing: it only spares a letter."""

    __tablename__ = "devices"
    __table_args__ = (UniqueConstraint("user_id", "key_hash", name="uq_devices_user_id_key_hash"),)

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="users.id")
    key_hash: str = Field(max_length=64)
    seen_at: datetime = Field(default_factory=clock.now, sa_type=Moment)

    @classmethod
    def met(cls, session: Session, user: User, key: str) -> "Device | None":
        """This user's browser with that key, if they came by it before."""
        return session.exec(select(cls).where(cls.user_id == user.key, cls.key_hash == keys.hashed(key))).first()

    @classmethod
    def has_any(cls, session: Session, user: User) -> bool:
        """Whether this user came by any browser before."""
        return session.exec(select(cls.id).where(cls.user_id == user.key).limit(1)).first() is not None

    @classmethod
    def old(cls) -> ColumnElement[bool]:
        """The condition on those that did not come again."""
        return col(cls.seen_at) < clock.now() - KEPT
