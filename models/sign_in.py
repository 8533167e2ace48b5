"""Sign-ins: one row for each browser that is signed in; the cookie holds a key of which we keep only the hash."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlmodel import Field, Session, SQLModel, col, delete, select, update

import settings
from models import clock, keys
from models.columns import Moment
from models.mailed_link import MailedLink
from models.second_factor import SecondFactor
from models.user import Pass, User

WAITS = timedelta(minutes=10)
"""How long a sign-in waits for its code."""

STEP = timedelta(minutes=10)
"""How much a use must be later than the last that is written down: each one makes all processes read people anew."""


class SignIn(SQLModel, table=True):
    """One browser's sign-in; deleting the row ends it. `by_link`: it came by a mailed link, without the password.
    `needs_code`: it opens nothing before a second factor.

    It expires when it was not used for a while, and ends in any case some day: `ends_at`.
    """

    __tablename__ = "sign_ins"

    id: int | None = Field(default=None, primary_key=True)
    key_hash: str = Field(max_length=64, unique=True)
    user_id: int = Field(foreign_key="users.id", index=True)
    browser: str = Field(default="", max_length=200)
    by_link: bool = False
    needs_code: bool = False
    created_at: datetime = Field(default_factory=clock.now, sa_type=Moment)
    used_at: datetime | None = Field(default_factory=clock.now, sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    ends_at: datetime | None = Field(default=None, sa_type=Moment)

    @classmethod
    def begin(cls, session: Session, user: User, browser: str = "", *, by_link: bool = False) -> str:
        """Sign this user in; returns the key for the cookie, which is stored nowhere.

        Who was invited has come, and is waited for no longer: the invitation would set another password.
        """
        if user.invited_at is not None:
            MailedLink.end_all(session, user)
            session.exec(update(User).where(col(User.id) == user.key).values(invited_at=None))
        key, ends = keys.fresh(), clock.now() + timedelta(days=settings.current().signin_days)
        needs_code = SecondFactor.is_asked_of(session, user)
        begun = cls(
            key_hash=keys.hashed(key),
            user_id=user.key,
            browser=browser[:200],
            by_link=by_link,
            needs_code=needs_code,
            expires_at=min(ends, clock.now() + (WAITS if needs_code else idle(user))),
            ends_at=ends,
        )
        session.add(begun)
        return key

    @classmethod
    def use(cls, session: Session, used: Mapping[str, datetime]) -> None:
        """Note when sign-ins, by the hashes of their keys, were used; each is good for as long again, up to its end."""
        found = select(cls, User).join(User, col(cls.user_id) == User.id).where(col(cls.key_hash).in_(used))
        for sign_in, user in session.exec(found.where(cls.expires_at > clock.now())):
            moment = used[sign_in.key_hash]
            if sign_in.used_at is None or moment - sign_in.used_at >= STEP:
                sign_in.used_at = moment
                sign_in.expires_at = min(sign_in.ends_at or sign_in.expires_at, moment + idle(user))

    @classmethod
    def who(cls, session: Session, key: str) -> User | None:
        """The active user whose sign-in this key opens, if it still stands; they come with it."""
        own = keys.hashed(key)
        wanted = select(User, cls.expires_at).join(cls, col(cls.user_id) == User.id).where(~col(cls.needs_code))
        found = session.exec(wanted.where(cls.key_hash == own, cls.expires_at > clock.now(), User.active)).first()
        return found and found[0].coming_with(Pass(found[1], own))

    @classmethod
    def halfway(cls, session: Session, key: str) -> User | None:
        """The active user whose sign-in with this key waits for a code."""
        waits = select(User).join(cls, col(cls.user_id) == User.id).where(cls.key_hash == keys.hashed(key), User.active)
        return session.exec(waits.where(cls.needs_code, cls.expires_at > clock.now())).first()

    @classmethod
    def complete(cls, session: Session, key: str, idle: timedelta) -> str:
        """The code was right: the sign-in waits no more. Returns another key for it, which is stored nowhere."""
        sign_in, fresh = session.exec(select(cls).where(cls.key_hash == keys.hashed(key))).one(), keys.fresh()
        sign_in.key_hash, sign_in.needs_code = keys.hashed(fresh), False
        sign_in.expires_at = min(sign_in.ends_at or sign_in.expires_at, clock.now() + idle)
        return fresh

    @classmethod
    def came_by_link(cls, session: Session, key: str, since: datetime) -> bool:
        """Whether this key's sign-in came by a mailed link, and not before that moment."""
        wanted = select(cls).where(cls.key_hash == keys.hashed(key), cls.by_link, cls.created_at >= since)
        return session.exec(wanted).first() is not None

    @classmethod
    def of(cls, session: Session, user: User) -> list["SignIn"]:
        """Where this user is signed in, the newest first."""
        standing = select(cls).where(cls.user_id == user.key, cls.expires_at > clock.now(), ~col(cls.needs_code))
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


def idle(user: User) -> timedelta:
    """How long a sign-in of this user may lie unused."""
    chosen = settings.current()
    return timedelta(hours=chosen.staff_idle_hours) if user.is_staff else timedelta(days=chosen.idle_days)
