"""Tokens of one's own: keys that people make for their programs, of which we keep only the hash."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlmodel import Field, Session, SQLModel, col, delete, select

from models import clock, keys
from models.columns import Moment
from models.user import User

PREFIX = "docket_"
"""How they begin, so that whoever finds one in a file knows what it opens."""


class ApiToken(SQLModel, table=True):
    """One token; deleting the row ends it. It has no right that its person has not, and may be for reading alone."""

    __tablename__ = "api_tokens"

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="users.id", index=True)
    name: str = Field(max_length=60)
    key_hash: str = Field(max_length=64, unique=True)
    may_write: bool = False
    created_at: datetime = Field(default_factory=clock.now, sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)

    @classmethod
    def begin(cls, session: Session, user: User, name: str, good_for: timedelta, *, may_write: bool) -> str:
        """A new token; returns its key, which is stored nowhere."""
        key, expires = PREFIX + keys.fresh(), clock.now() + good_for
        hashed = keys.hashed(key)
        session.add(cls(user_id=user.key, name=name, key_hash=hashed, may_write=may_write, expires_at=expires))
        return key

    @classmethod
    def opened_by(cls, session: Session, key: str) -> "ApiToken | None":
        """The token with this key, if it is still good."""
        return session.exec(select(cls).where(cls.key_hash == keys.hashed(key), cls.expires_at > clock.now())).first()

    @classmethod
    def of(cls, session: Session, user: User) -> list["ApiToken"]:
        """The tokens that this user has, the newest first."""
        good = select(cls).where(cls.user_id == user.key, cls.expires_at > clock.now())
        return list(session.exec(good.order_by(col(cls.id).desc())))

    @classmethod
    def use(cls, session: Session, used: Mapping[str, datetime]) -> None:
        """Note when tokens, by their hashes, were used."""
        for token in session.exec(select(cls).where(col(cls.key_hash).in_(used))):
            token.used_at = used[token.key_hash]

    @classmethod
    def end_all(cls, session: Session, user: User) -> None:
        """End every token of this user."""
        session.exec(delete(cls).where(col(cls.user_id) == user.key))
