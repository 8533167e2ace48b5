"""Sign-ins: one row for each browser that is signed in; the cookie holds a key of which we keep only the hash."""

from datetime import datetime, timedelta

from sqlmodel import Field, Session, SQLModel, col, delete, select, update

from models import clock, keys
from models.columns import Moment
from models.user import Pass, User


class SignIn(SQLModel, table=True):
    """One browser's sign-in; deleting the row ends it. `by_link`: it came by a mailed link, without the password."""

    __tablename__ = "sign_ins"

    id: int | None = Field(default=None, primary_key=True)
    key_hash: str = Field(max_length=64, unique=True)
    user_id: int = Field(foreign_key="users.id", index=True)
    browser: str = Field(default="", max_length=200)
    by_link: bool = False
    created_at: datetime = Field(default_factory=clock.now, sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)

    @classmethod
    def begin(cls, session: Session, user: User, days: int, browser: str = "", *, by_link: bool = False) -> str:
        """Sign this user in for so many days; returns the key for the cookie, which is stored nowhere.

        Who was invited has come, and is waited for no longer.
        """
        if user.invited_at is not None:
            session.exec(update(User).where(col(User.id) == user.key).values(invited_at=None))
        key = keys.fresh()
        expires = clock.now() + timedelta(days=days)
        begun = cls(
            key_hash=keys.hashed(key), user_id=user.key, browser=browser[:200], by_link=by_link, expires_at=expires
        )
        session.add(begun)
        return key

    @classmethod
    def who(cls, session: Session, key: str) -> User | None:
        """The active user whose sign-in this key opens, if it still stands; they come with it."""
        own = keys.hashed(key)
        wanted = select(User, cls.expires_at).join(cls, col(cls.user_id) == User.id)
        found = session.exec(wanted.where(cls.key_hash == own, cls.expires_at > clock.now(), User.active)).first()
        return found and found[0].coming_with(Pass(found[1], own))

    @classmethod
    def came_by_link(cls, session: Session, key: str, since: datetime) -> bool:
        """Whether this key's sign-in came by a mailed link, and not before that moment."""
        wanted = select(cls).where(cls.key_hash == keys.hashed(key), cls.by_link, cls.created_at >= since)
        return session.exec(wanted).first() is not None

    @classmethod
    def of(cls, session: Session, user: User) -> list["SignIn"]:
        """Where this user is signed in, the newest first."""
        standing = select(cls).where(cls.user_id == user.key, cls.expires_at > clock.now())
        return list(session.exec(standing.order_by(col(cls.id).desc())))

    @classmethod
    def id_of(cls, session: Session, key: str) -> int | None:
        """Which sign-in this key opens."""
        return session.exec(select(cls.id).where(cls.key_hash == keys.hashed(key))).first()

    @classmethod
    def end(cls, session: Session, key: str) -> None:
        """End the sign-in that this key opens."""
        session.exec(delete(cls).where(col(cls.key_hash) == keys.hashed(key)))

    @classmethod
    def end_all(cls, session: Session, user: User, but: str = "") -> None:
        """End every sign-in of this user, or all but the one that this key opens."""
        session.exec(delete(cls).where(col(cls.user_id) == user.key, col(cls.key_hash) != keys.hashed(but)))
