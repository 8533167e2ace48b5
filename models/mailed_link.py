"""Mailed links: each lets one user in, once, for a short time; the letter holds a key of which we keep the hash."""

from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import Field, Session, SQLModel, col, select, update

from models import clock, keys
from models.columns import Moment
from models.user import User


class MailedLink(SQLModel, table=True):
    """One link to sign in by; it is good until it expires, is used, or is ended."""

    __tablename__ = "mailed_links"

    id: int | None = Field(default=None, primary_key=True)
    key_hash: str = Field(max_length=64, unique=True)
    user_id: int = Field(foreign_key="users.id", index=True)
    created_at: datetime = Field(default_factory=clock.now, sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)

    @classmethod
    def begin(cls, session: Session, user: User, good_for: timedelta) -> str:
        """A new link for this user; returns its key, which is stored nowhere."""
        key = keys.fresh()
        session.add(cls(key_hash=keys.hashed(key), user_id=user.key, expires_at=clock.now() + good_for))
        return key

    @classmethod
    def open_for(cls, session: Session, user: User) -> int:
        """How many links this user could still use."""
        good = select(func.count()).where(cls.user_id == user.key, cls.expires_at > clock.now())
        return session.exec(good.where(col(cls.used_at).is_(None), cls.created_at <= clock.now())).one()

    @classmethod
    def is_open(cls, session: Session, key: str) -> bool:
        """Whether the link of this key could still be used."""
        good = select(cls).where(cls.key_hash == keys.hashed(key), cls.expires_at > clock.now())
        return session.exec(good.where(col(cls.used_at).is_(None))).first() is not None

    @classmethod
    def is_known(cls, session: Session, key: str) -> bool:
        """Whether there is a link of this key, however it stands."""
        return session.exec(select(cls.id).where(cls.key_hash == keys.hashed(key))).first() is not None

    @classmethod
    def end_all(cls, session: Session, user: User) -> None:
        """End every link that this user could still use."""
        open_ = update(cls).where(col(cls.user_id) == user.key, col(cls.used_at).is_(None))
        session.exec(open_.values(used_at=clock.now()))

    @classmethod
    def claim(cls, session: Session, key: str) -> User | None:
        """Use the link of this key up, in a writing transaction; returns its active user, None when it is no good."""
        good = select(cls, User).join(User, col(cls.user_id) == User.id).where(cls.key_hash == keys.hashed(key))
        found = session.exec(good.where(cls.expires_at > clock.now(), col(cls.used_at).is_(None), User.active)).first()
        if found is None:
            return None
        link, user = found
        link.used_at = clock.now()
        return user
