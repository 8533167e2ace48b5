"""Files: what belongs to a job, on disk under names of our own."""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Index, func
from sqlalchemy.orm import joinedload
from sqlmodel import Field, Relationship, Session, SQLModel, col, select

from models import clock
from models.columns import Moment, came_after, choice
from models.job import Job
from models.user import Role, User


class Kind(StrEnum):
    """What a file is to the job."""

    brief = "brief"
    draft = "draft"
    final = "final"


class File(SQLModel, table=True):
    """One file; `size` in bytes, `media_type` as its content says. Of a deleted one the row stays, for the records.

    `withdrawn_at` is when somebody took it back: then it is deleted, and gone from every list too.
    """

    __tablename__ = "files"
    __table_args__ = (Index("ix_files_uploaded_by_created_at", "uploaded_by", "created_at"),)

    id: int | None = Field(default=None, primary_key=True)
    job_id: int = Field(foreign_key="jobs.id", index=True)
    kind: Kind = Field(sa_type=choice(Kind, "kind"))
    name: str = Field(max_length=200)
    size: int = Field(sa_type=BigInteger)
    sha256: str = Field(max_length=64)
    stored_as: str = Field(max_length=64, unique=True)
    media_type: str = Field(default="application/octet-stream", max_length=100)
    uploaded_by: int = Field(foreign_key="users.id")
    created_at: datetime = Field(default_factory=clock.now, sa_type=Moment)
    deleted_at: datetime | None = Field(default=None, sa_type=Moment)
    withdrawn_at: datetime | None = Field(default=None, sa_type=Moment)

    uploader: User = Relationship(sa_relationship_kwargs={"viewonly": True})

    @property
    def key(self) -> int:
        """The id of a file that is stored."""
        assert self.id is not None
        return self.id

    @property
    def version_of(self) -> tuple[str, str]:
        """What files have in common that are versions of one: their kind, and their name, however it is spelt."""
        return self.kind, unicodedata.normalize("NFC", self.name.casefold())

    def is_visible_to(self, user: User, job: Job) -> bool:
        """Whether this user, who may see the job, may see the file.

        Clients get finals only once delivered; one that comes after the delivery is theirs at once.
        Who may claim the job reads the brief, not what an earlier writer did.
        """
        if user.role is not Role.client or self.kind is Kind.brief:
            return user.is_staff or self.kind is Kind.brief or job.writer_id == user.id
        return self.kind is Kind.final and self._is_delivered(job)

    def _is_delivered(self, job: Job) -> bool:
        before_the_round = job.revision_requested_at is not None and self.created_at <= job.revision_requested_at
        return job.is_handed_over or (job.delivered_at is not None and before_the_round)

    @classmethod
    def of(cls, session: Session, job: Job, reader: User) -> list["File"]:
        """The files of a job that this reader may see, oldest first, with those who brought them."""
        wanted = select(cls).where(cls.job_id == job.id, col(cls.withdrawn_at).is_(None)).order_by(col(cls.id))
        files = session.exec(wanted.options(joinedload(cls.uploader)))  # pyright: ignore[reportArgumentType]
        return [file for file in files if file.is_visible_to(reader, job)]

    @classmethod
    def of_many(cls, session: Session, jobs: list[Job], reader: User) -> dict[int, list["File"]]:
        """The same of several jobs, by their keys."""
        found: dict[int, list[File]] = {job.key: [] for job in jobs}
        wanted = select(cls).where(col(cls.job_id).in_(found), col(cls.withdrawn_at).is_(None)).order_by(col(cls.id))
        known = {job.key: job for job in jobs}
        for file in session.exec(wanted) if jobs else ():
            if file.is_visible_to(reader, known[file.job_id]):
                found[file.job_id].append(file)
        return found

    @classmethod
    def brought(cls, session: Session, user_id: int, since: datetime) -> tuple[int, int]:
        """How many files this user has brought since, and how many bytes they have."""
        theirs = select(func.count(), func.coalesce(func.sum(cls.size), 0)).where(cls.uploaded_by == user_id)
        number, size = session.exec(theirs.where(came_after(cls.created_at, since))).one()
        return number, int(size)

    @classmethod
    def names(cls, session: Session, job: Job, kind: Kind, *, not_by: User | None = None) -> list[str]:
        """What the job's files of this kind are called, the withdrawn ones too; or those that others brought."""
        named = select(cls.name).where(cls.job_id == job.id, cls.kind == kind)
        return list(session.exec(named if not_by is None else named.where(cls.uploaded_by != not_by.id)))

    @classmethod
    def versions(cls, session: Session, job: Job) -> dict[int, int]:
        """File id -> the number of its version: files of one kind and name count up from 1, whoever may see them."""
        counted, numbers = Counter[tuple[str, str]](), dict[int, int]()
        for file in session.exec(select(cls).where(cls.job_id == job.id).order_by(col(cls.id))):
            counted[file.version_of] += 1
            numbers[file.key] = counted[file.version_of]
        return numbers


def newest(files: Iterable[File]) -> list[File]:
    """Of these files, which come oldest first, each in its newest version."""
    return list({file.version_of: file for file in files}.values())
