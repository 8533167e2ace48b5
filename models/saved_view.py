"""Saved views: what the table of orders was asked for, under a name; all staff have them in common."""

from datetime import datetime

from sqlmodel import Field, Session, SQLModel, select

from models import clock
from models.columns import Moment
from models.folding import folded

LONGEST_NAME, LONGEST_QUESTION = 60, 1000


class SavedView(SQLModel, table=True):
    """A name, and what stands behind the `?` of the address that it leads to."""

    __tablename__ = "saved_views"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=LONGEST_NAME, unique=True)
    asked: str = Field(max_length=LONGEST_QUESTION)
    made_by: int = Field(foreign_key="users.id")
    created_at: datetime = Field(default_factory=clock.now, sa_type=Moment)

    @classmethod
    def everything(cls, session: Session) -> list["SavedView"]:
        """All of them, by name."""
        return sorted(session.exec(select(cls)), key=lambda view: folded(view.name))

    @classmethod
    def named(cls, session: Session, name: str) -> "SavedView | None":
        """The one of this name."""
        return session.exec(select(cls).where(cls.name == name)).first()
