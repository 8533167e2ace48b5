"""Changes of the agency's rules: who switched what, from what to what, and when."""

from datetime import datetime

from sqlalchemy.orm import joinedload
from sqlmodel import Field, Relationship, Session, SQLModel, col, select

from models import clock
from models.columns import Moment
from models.user import User


class RuleChange(SQLModel, table=True):
    """One rule that an admin changed; the values as words, as the settings page shows them."""

    __tablename__ = "rule_changes"

    id: int | None = Field(default=None, primary_key=True)
    rule: str = Field(max_length=40)
    old: str = Field(max_length=40)
    new: str = Field(max_length=40)
    changed_by: int = Field(foreign_key="users.id")
    created_at: datetime = Field(default_factory=clock.now, sa_type=Moment)

    actor: User = Relationship()

    @classmethod
    def newest(cls, session: Session, limit: int) -> list["RuleChange"]:
        """The latest changes, newest first, with those who made them."""
        wanted = select(cls).order_by(col(cls.id).desc()).limit(limit)
        return list(session.exec(wanted.options(joinedload(cls.actor))))  # pyright: ignore[reportArgumentType]
