"""Order requests: orders of people without an account, which wait for the link in a letter to be opened."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, func
from sqlmodel import Field, Session, SQLModel, col, select, update

from models import clock, keys
from models.columns import Moment, came_after


class OrderRequest(SQLModel, table=True):
    """One filled-in public form. The link holds a key of which we keep only the hash; `job_id` once it is an order."""

    __tablename__ = "order_requests"

    id: int | None = Field(default=None, primary_key=True)
    key_hash: str = Field(max_length=64, unique=True)
    name: str = Field(max_length=100)
    email: str = Field(max_length=254, index=True)
    content: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    job_id: int | None = Field(default=None, foreign_key="jobs.id")
    created_at: datetime = Field(default_factory=clock.now, sa_type=Moment, index=True)
    expires_at: datetime = Field(sa_type=Moment)

    @classmethod
    def opened_by(cls, session: Session, key: str) -> "OrderRequest | None":
        """The request to which the link with this key leads."""
        return session.exec(select(cls).where(cls.key_hash == keys.hashed(key))).first()

    @classmethod
    def end_all(cls, session: Session, email: str) -> None:
        """End the links of this address that have not made an order."""
        waiting = update(cls).where(col(cls.email) == email, col(cls.job_id).is_(None))
        session.exec(waiting.where(col(cls.expires_at) > clock.now()).values(expires_at=clock.now()))

    @classmethod
    def latest(cls, session: Session, email: str, since: datetime) -> "OrderRequest | None":
        """The latest of this address, from that moment on, that can still become an order."""
        sent = select(cls).where(cls.email == email, cls.created_at >= since, col(cls.job_id).is_(None))
        return session.exec(sent.where(cls.expires_at > clock.now()).order_by(col(cls.id).desc()).limit(1)).first()

    @classmethod
    def waiting(cls, session: Session, email: str, since: datetime) -> int:
        """How many requests of this address, from that moment on, have not become orders."""
        made = select(func.count()).where(cls.email == email, came_after(cls.created_at, since))
        return session.exec(made.where(col(cls.job_id).is_(None))).one()
