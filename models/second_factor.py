"""Second factors: what a person's codes are made of, and the codes that help where the app is lost."""

from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import Field, Session, SQLModel, col, delete, select

from models import clock
from models.columns import Moment
from models.rule_change import RuleChange
from models.rules import Rules
from models.user import User


class SecondFactor(SQLModel, table=True):
    """One person's. The secret itself is nowhere: it follows from the seed and the installation's (see workflow).

    Until `confirmed_at` it is being set up. `last_step` is that of the last code: none is taken twice.
    """

    __tablename__ = "second_factors"

    user_id: int = Field(primary_key=True, foreign_key="users.id", sa_column_kwargs={"autoincrement": False})
    seed: str = Field(max_length=64)
    confirmed_at: datetime | None = Field(default=None, sa_type=Moment)
    last_step: int = 0

    @classmethod
    def of(cls, session: Session, user: User) -> "SecondFactor | None":
        """This user's, once it is set up."""
        found = session.get(cls, user.key)
        return found if found is not None and found.confirmed_at is not None else None

    @classmethod
    def everybodys(cls, session: Session) -> set[int]:
        """Who has one, by id."""
        return set(session.exec(select(cls.user_id).where(col(cls.confirmed_at).is_not(None))))

    @classmethod
    def is_asked_of(cls, session: Session, user: User) -> bool:
        """Whether this user's sign-ins wait for a code: they have one, or the agency lets them be without no longer."""
        return cls.of(session, user) is not None or cls.is_overdue(session, user)

    @classmethod
    def is_overdue(cls, session: Session, user: User) -> bool:
        """Whether the rule has asked for one for longer than it lets staff wait."""
        days = Rules.get(session).second_factor_days
        if days is None or not user.is_staff:
            return False
        asked = select(func.max(RuleChange.created_at)).where(RuleChange.rule == "second_factor_days")
        since = session.exec(asked.where(RuleChange.old == "none")).one()
        begun = max(user.created_at, since) if since else user.created_at
        return clock.now() >= begun + timedelta(days=days)


class RecoveryCode(SQLModel, table=True):
    """One code, by its keyed hash; it is deleted when it is used."""

    __tablename__ = "recovery_codes"

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="users.id", index=True)
    code_hash: str = Field(max_length=64)

    @classmethod
    def left(cls, session: Session, user: User) -> int:
        """How many this user still has."""
        return session.exec(select(func.count()).where(cls.user_id == user.key)).one()

    @classmethod
    def take(cls, session: Session, user: User, code_hash: str) -> bool:
        """Use one up; returns whether there was such a one."""
        own = delete(cls).where(col(cls.user_id) == user.key, col(cls.code_hash) == code_hash)
        return session.exec(own).rowcount > 0

    @classmethod
    def end_all(cls, session: Session, user: User) -> None:
        """End all of this user's."""
        session.exec(delete(cls).where(col(cls.user_id) == user.key))
