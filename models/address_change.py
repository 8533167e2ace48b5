"""Changes of address: each waits for a link to be used in the old mailbox, and one in the new."""

from datetime import datetime, timedelta

from sqlalchemy import func, or_
from sqlmodel import Field, Session, SQLModel, col, select, update

from models import clock, keys
from models.columns import Moment, came_after
from models.user import User


class AddressChange(SQLModel, table=True):
    """One change that somebody asked for. The letters hold two keys, of which we keep the hashes."""

    __tablename__ = "address_changes"

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="users.id", index=True)
    email: str = Field(max_length=254)
    old_key_hash: str = Field(max_length=64, unique=True)
    new_key_hash: str = Field(max_length=64, unique=True)
    old_confirmed_at: datetime | None = Field(default=None, sa_type=Moment)
    new_confirmed_at: datetime | None = Field(default=None, sa_type=Moment)
    created_at: datetime = Field(default_factory=clock.now, sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)

    @classmethod
    def begin(cls, session: Session, user: User, email: str, good_for: timedelta) -> tuple[str, str]:
        """A new change to this address; returns the keys for the old and the new mailbox, which are stored nowhere."""
        old, new = keys.fresh(), keys.fresh()
        change = cls(
            user_id=user.key,
            email=email,
            old_key_hash=keys.hashed(old),
            new_key_hash=keys.hashed(new),
            expires_at=clock.now() + good_for,
        )
        session.add(change)
        return old, new

    @classmethod
    def opened_by(cls, session: Session, key: str) -> "AddressChange | None":
        """The change to which one of these keys belongs, if it can still be confirmed."""
        own = or_(col(cls.old_key_hash) == keys.hashed(key), col(cls.new_key_hash) == keys.hashed(key))
        return session.exec(select(cls).where(own, cls.expires_at > clock.now())).first()

    @classmethod
    def is_known(cls, session: Session, key: str) -> bool:
        """Whether there was a change with this key, however it stands."""
        own = or_(col(cls.old_key_hash) == keys.hashed(key), col(cls.new_key_hash) == keys.hashed(key))
        return session.exec(select(cls.id).where(own)).first() is not None

    @classmethod
    def waiting(cls, session: Session, user: User) -> "AddressChange | None":
        """The change that this user asked for and that waits."""
        return session.exec(select(cls).where(cls.user_id == user.key, cls.expires_at > clock.now())).first()

    @classmethod
    def asked_since(cls, session: Session, user: User, moment: datetime) -> int:
        """How many changes this user asked for after then."""
        asked = select(func.count()).where(cls.user_id == user.key, came_after(cls.created_at, moment))
        return session.exec(asked).one()

    @classmethod
    def end_all(cls, session: Session, user: User) -> None:
        """End every change of this user that waits."""
        waiting = update(cls).where(col(cls.user_id) == user.key, col(cls.expires_at) > clock.now())
        session.exec(waiting.values(expires_at=clock.now()))

    def confirm(self, key: str) -> bool:
        """Note that this mailbox agrees; returns whether both do."""
        if keys.hashed(key) == self.old_key_hash:
            self.old_confirmed_at = self.old_confirmed_at or clock.now()
        else:
            self.new_confirmed_at = self.new_confirmed_at or clock.now()
        return self.old_confirmed_at is not None and self.new_confirmed_at is not None
