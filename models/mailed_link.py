"""Mailed links: each lets one user in, once, for a while; the letter holds a key of which we keep the hash."""

from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import Field, Session, SQLModel, col, select, update
from sqlmodel.sql.expression import SelectOfScalar

from models import clock, keys
from models.columns import Moment, came_after
from models.user import User


class MailedLink(SQLModel, table=True):
    """One link to sign in by, or (`invites`) to come in for the first time; it is good until it expires, is used, or
    is ended."""

    __tablename__ = "mailed_links"

    id: int | None = Field(default=None, primary_key=True)
    key_hash: str = Field(max_length=64, unique=True)
    user_id: int = Field(foreign_key="users.id", index=True)
    invites: bool = False
    created_at: datetime = Field(default_factory=clock.now, sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)

    @classmethod
    def begin(cls, session: Session, user: User, good_for: timedelta, *, invites: bool = False) -> str:
        """A new link for this user; returns its key, which is stored nowhere."""
        key, expires = keys.fresh(), clock.now() + good_for
        session.add(cls(key_hash=keys.hashed(key), user_id=user.key, expires_at=expires, invites=invites))
        return key

    @classmethod
    def open_for(cls, session: Session, user: User) -> int:
        """How many links to sign in by this user could still use."""
        good = select(func.count()).where(cls.user_id == user.key, cls.expires_at > clock.now(), ~col(cls.invites))
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
    def leads_to(cls, session: Session, key: str, *, invites: bool = False) -> User | None:
        """The active user whom the link of this key would let in; None when it is no good."""
        found = session.exec(_good(key, invites)).first()
        return found and session.get_one(User, found.user_id)

    @classmethod
    def claim(cls, session: Session, key: str, *, invites: bool = False) -> User | None:
        """Use the link of this key up, in a writing transaction; returns its active user, None when it is no good."""
        link = session.exec(_good(key, invites)).first()
        if link is None:
            return None
        link.used_at = clock.now()
        return session.get_one(User, link.user_id)

    @classmethod
    def invitations_since(cls, session: Session, user: User, moment: datetime) -> int:
        """How many invitations this user was sent after then."""
        sent = select(func.count()).where(cls.user_id == user.key, cls.invites, came_after(cls.created_at, moment))
        return session.exec(sent).one()

    @classmethod
    def invited_until(cls, session: Session) -> dict[int, datetime]:
        """Until when each user who could still come in by an invitation can."""
        good = select(cls.user_id, cls.expires_at).where(cls.invites, cls.expires_at > clock.now())
        return dict(session.exec(good.where(col(cls.used_at).is_(None))).all())


def _good(key: str, invites: bool) -> SelectOfScalar[MailedLink]:
    """The link of this key, if it lets an active user in."""
    link = MailedLink
    own = select(link).join(User, col(link.user_id) == User.id).where(link.key_hash == keys.hashed(key), User.active)
    return own.where(link.invites == invites, link.expires_at > clock.now(), col(link.used_at).is_(None))
