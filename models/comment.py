"""Comments: what people say about a job, to everybody around it or within the team."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, func
from sqlalchemy.orm import joinedload
from sqlmodel import Field, Relationship, Session, SQLModel, col, select

from models import clock
from models.columns import Moment, came_after, choice
from models.job import Job
from models.user import User

BRIEF = 140
"""How much of a comment its news shows, in characters."""


_TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Marks of direction, of which a part of a text may leave one open."""


class Audience(StrEnum):
    """Who may read a comment: everybody who may see the job, or staff and the writer."""

    everybody = "everybody"
    team = "team"


class Comment(SQLModel, table=True):
    """One comment. A hidden one keeps its words for the records, and shows nobody but a mark."""

    __tablename__ = "comments"
    __table_args__ = (Index("ix_comments_author_id_created_at", "author_id", "created_at"),)

    id: int | None = Field(default=None, primary_key=True)
    job_id: int = Field(foreign_key="jobs.id", index=True)
    author_id: int = Field(foreign_key="users.id")
    body: str
    audience: Audience = Field(default=Audience.everybody, sa_type=choice(Audience, "audience"))
    created_at: datetime = Field(default_factory=clock.now, sa_type=Moment)
    edited_at: datetime | None = Field(default=None, sa_type=Moment)
    deleted_at: datetime | None = Field(default=None, sa_type=Moment)
    hidden_by: int | None = Field(default=None, foreign_key="users.id")

    author: User = Relationship(sa_relationship_kwargs={"foreign_keys": "Comment.author_id", "viewonly": True})

    @property
    def key(self) -> int:
        """The id of a comment that is stored."""
        assert self.id is not None
        return self.id

    def is_readable_by(self, user: User, job: Job) -> bool:
        """Whether this user, who may see the job, may read the comment; who could claim it is not the team yet."""
        return self.audience is Audience.everybody or user.is_staff or user.id == job.writer_id

    @property
    def shown(self) -> str:
        """What readers see of it."""
        if self.deleted_at:
            return "Deleted by its author."
        return "Hidden by an admin." if self.hidden_by else self.body

    @property
    def in_brief(self) -> str:
        """As much of that as its news shows."""
        words = self.shown.translate(_TURNS)
        return words if len(words) <= BRIEF else f"{words[:BRIEF]}…"

    @classmethod
    def written(cls, session: Session, user_id: int, since: datetime) -> int:
        """How many comments this user has written since."""
        theirs = select(func.count()).where(cls.author_id == user_id, came_after(cls.created_at, since))
        return session.exec(theirs).one()

    @classmethod
    def of(cls, session: Session, job: Job, reader: User) -> list["Comment"]:
        """The comments on a job that this reader may read, oldest first, with their authors."""
        wanted = select(cls).where(cls.job_id == job.id).order_by(col(cls.id))
        comments = session.exec(wanted.options(joinedload(cls.author)))  # pyright: ignore[reportArgumentType]
        return [comment for comment in comments if comment.is_readable_by(reader, job)]
