"""Notifications: news for one user, read or unread."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Index, func, text
from sqlmodel import Field, Relationship, Session, SQLModel, col, delete, select, update

from models import clock
from models.columns import Moment, came_after, choice
from models.comment import Comment
from models.rows import bare
from models.status import Status


class Notification(SQLModel, table=True):
    """One line of news for one user; `status` is where the job stood then, `bulk_id` what it was part of, if any.

    `in_digest` says that it waits for the user's next daily digest. News of a comment refers to it, and copies nothing.
    """

    __tablename__ = "notifications"
    __table_args__ = (
        Index("ix_notifications_user_id_id", "user_id", "id"),
        Index("ix_notifications_user_id_created_at", "user_id", "created_at"),
        Index("ix_notifications_created_at", "created_at"),
        Index(None, "user_id", "type", "id"),
        Index(
            "ix_notifications_unread",
            "user_id",
            "id",
            sqlite_where=text("read = 0"),
            postgresql_where=text("NOT read"),
        ),
        Index(
            "ix_notifications_in_digest",
            "user_id",
            sqlite_where=text("in_digest = 1"),
            postgresql_where=text("in_digest"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="users.id")
    job_id: int | None = Field(default=None, foreign_key="jobs.id", index=True)
    type: str = Field(max_length=30)
    title: str = Field(max_length=300)
    sentence: str = Field(sa_column_kwargs={"name": "message"})
    status: Status | None = Field(default=None, sa_type=choice(Status, "status"))
    read: bool = False
    in_digest: bool = False
    bulk_id: int | None = Field(default=None, foreign_key="bulk_operations.id")
    comment_id: int | None = Field(default=None, foreign_key="comments.id", index=True)
    created_at: datetime = Field(default_factory=clock.now, sa_type=Moment)

    comment: Comment | None = Relationship(sa_relationship_kwargs={"lazy": "joined"})

    @classmethod
    def written(cls, **said: Any) -> "Notification":
        """A new line, to be stored with others; made without the checks of a form, for each change makes several."""
        return bare(cls, {**_BLANK, "created_at": clock.now(), **said})

    @property
    def number(self) -> str:
        """The number of the order that it is about, as its title names it: `Order DK-2026-0001 Status Updated`."""
        return self.title.partition(" ")[2].partition(" ")[0]

    @property
    def message(self) -> str:
        """The line as its reader sees it now, with the words of the comment that it refers to, while these stand."""
        return f"{self.sentence}: {self.comment.in_brief}" if self.comment_id and self.comment else self.sentence

    @property
    def mailed(self) -> str:
        """The line in a letter, which nobody can take back: it says where the words are."""
        return f"{self.sentence}: read it on the order’s page" if self.comment_id else self.sentence

    @classmethod
    def readers_of(cls, session: Session, comment_id: int, what: str) -> set[int]:
        """The ids of those who have a line about this comment that ends so."""
        lines = select(cls.user_id).where(cls.comment_id == comment_id, col(cls.sentence).endswith(what))
        return set(session.exec(lines))

    @classmethod
    def of_comments(cls, session: Session, ids: Collection[int]) -> list["Notification"]:
        """Those of these lines that tell of comments, as they tell it now."""
        return list(session.exec(select(cls).where(col(cls.id).in_(ids), col(cls.comment_id).is_not(None))))

    @classmethod
    def newest(cls, session: Session, user_id: int, limit: int, since: datetime | None = None) -> list["Notification"]:
        """A user's news, newest first; with `since`, only what came later than that.

        The moment of a line that the user has stands for that line, whatever was done to the clock since.
        """
        wanted = select(cls).where(cls.user_id == user_id).limit(limit)
        if since is not None:
            line = session.exec(select(func.max(cls.id)).where(cls.user_id == user_id, cls.created_at == since)).one()
            if line:
                wanted = wanted.where(col(cls.id) > line)
            else:  # in the order of an index in which nothing older has to be passed
                wanted = wanted.where(cls.created_at > since).order_by(col(cls.created_at).desc())
        return list(session.exec(wanted.order_by(col(cls.id).desc())))

    @classmethod
    def everybodys_after(cls, session: Session, last_id: int) -> list["Notification"]:
        """The news of all users after the one with this id, oldest first."""
        return list(session.exec(select(cls).where(col(cls.id) > last_id).order_by(col(cls.id))))

    @classmethod
    def after(cls, session: Session, user_id: int, last_id: int, limit: int = 1000) -> list["Notification"]:
        """A user's news after the one with this id, oldest first."""
        wanted = select(cls).where(cls.user_id == user_id, col(cls.id) > last_id)
        return list(session.exec(wanted.order_by(col(cls.id)).limit(limit)))

    @classmethod
    def newest_after(cls, session: Session, user_id: int, last_id: int, limit: int) -> list["Notification"]:
        """The newest of a user's news after the one with this id, the oldest of these first."""
        wanted = select(cls).where(cls.user_id == user_id, col(cls.id) > last_id)
        newest = session.exec(wanted.order_by(col(cls.id).desc()).limit(limit)).all()
        return list(reversed(newest))

    @classmethod
    def count(cls, session: Session) -> int:
        """How many lines there are, of all users."""
        return session.exec(select(func.count()).select_from(cls)).one()

    @classmethod
    def last_id(cls, session: Session, user_id: int | None = None) -> int:
        """The id of a user's newest news, or of anybody's; 0 when there is none."""
        newest = select(func.max(cls.id))
        return session.exec(newest if user_id is None else newest.where(cls.user_id == user_id)).one() or 0

    @classmethod
    def unread(cls, session: Session, user_id: int) -> int:
        """How many lines a user has not read."""
        return session.exec(select(func.count()).select_from(cls).where(cls.user_id == user_id, ~col(cls.read))).one()

    @classmethod
    def is_unread(cls, session: Session, user_id: int, job_id: int) -> bool:
        """Whether there is anything about this job that the user has not read."""
        about = select(cls.id).where(cls.user_id == user_id, cls.job_id == job_id, ~col(cls.read))
        return session.exec(about.limit(1)).first() is not None

    @classmethod
    def still_unread(cls, session: Session, user_id: int, ids: Sequence[int]) -> set[int]:
        """Those of a user's lines that are not read yet."""
        unread = select(cls.id).where(cls.user_id == user_id, col(cls.id).in_(ids), ~col(cls.read))
        return {key for key in session.exec(unread) if key}

    @classmethod
    def is_newer(cls, session: Session, job_id: int, type_: str, moment: datetime) -> bool:
        """Whether news of this type about this job is newer than that."""
        about = select(cls.id).where(cls.job_id == job_id, cls.type == type_, came_after(cls.created_at, moment))
        return session.exec(about.limit(1)).first() is not None

    @classmethod
    def mark_read(
        cls, session: Session, user_id: int, notification_id: int | None = None, job_id: int | None = None
    ) -> int:
        """Mark one line of this user's read, those about a job, or all; returns how many were unread before."""
        wanted = update(cls).where(col(cls.user_id) == user_id, ~col(cls.read)).values(read=True)
        if notification_id is not None:
            wanted = wanted.where(col(cls.id) == notification_id)
        if job_id is not None:
            wanted = wanted.where(col(cls.job_id) == job_id)
        return session.exec(wanted).rowcount

    @classmethod
    def mark_read_before(cls, session: Session, moment: datetime) -> None:
        """Mark everybody's news read that is older than this."""
        session.exec(update(cls).where(col(cls.created_at) < moment).values(read=True))

    @classmethod
    def done_before(cls, session: Session, moment: datetime, limit: int) -> Sequence[int]:
        """The ids of the oldest lines from before then that were read and wait for no digest."""
        done = select(cls.id).where(cls.created_at < moment, cls.read, ~col(cls.in_digest))
        return [key for key in session.exec(done.order_by(col(cls.created_at)).limit(limit)) if key]

    @classmethod
    def forget(cls, session: Session, ids: Sequence[int]) -> int:
        """Delete these lines; returns how many there still were."""
        return session.exec(delete(cls).where(col(cls.id).in_(ids))).rowcount


_BLANK: dict[str, Any] = dict.fromkeys(Notification.model_fields) | {"read": False, "in_digest": False}


@dataclass(frozen=True)
class Wanted:
    """Which of a user's lines are asked for; nothing set is all of them."""

    unread: bool = False
    type: str | None = None
    job_id: int | None = None

    def holds(self, line: Notification) -> bool:
        """Whether this line is one of those."""
        return not (self.unread and line.read) and self.type in (None, line.type) and self.job_id in (None, line.job_id)

    def lines(self, session: Session, user_id: int, limit: int, before: int | None = None) -> list[Notification]:
        """So many of them, newest first; with `before`, only those that came before the line with that id."""
        wanted = select(Notification).where(Notification.user_id == user_id)
        if self.unread:
            wanted = wanted.where(~col(Notification.read))
        if self.type is not None:
            wanted = wanted.where(Notification.type == self.type)
        if self.job_id is not None:
            wanted = wanted.where(Notification.job_id == self.job_id)
        if before is not None:
            wanted = wanted.where(col(Notification.id) < before)
        return list(session.exec(wanted.order_by(col(Notification.id).desc()).limit(limit)))
