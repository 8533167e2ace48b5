"""Mailed links: each lets one user in, once, for a short time; the letter holds a key of which we keep the hash."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models import clock
from models.columns import Moment


class MailedLink(SQLModel, table=True):
    """One link to sign in by; it is good until it expires or is used."""

    __tablename__ = "mailed_links"

    id: int | None = Field(default=None, primary_key=True)
    key_hash: str = Field(max_length=64, unique=True)
    user_id: int = Field(foreign_key="users.id", index=True)
    created_at: datetime = Field(default_factory=clock.now, sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)
