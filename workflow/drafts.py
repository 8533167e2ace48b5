"""Drafts: the order form as somebody left it, with its files, until it is placed and becomes an order."""

from datetime import timedelta
from typing import Any

from sqlalchemy import and_
from sqlmodel import Session, SQLModel, col, delete, select

from models import clock, database
from models.draft import Draft, DraftFile
from models.file import File, Kind
from models.job import Job
from models.user import Role, User
from workflow import checks, file_names, moves, storage
from workflow.refusals import Forbidden, InvalidField

KEPT = timedelta(days=30)
"""How long a draft that nobody touches is kept."""

MOST_FILES = 20

WHO_ORDERS = "Only clients and the agency can place orders."


def read(session: Session, user: User) -> tuple[Draft | None, list[DraftFile]]:
    """A user's draft and its files, as they were left."""
    return session.get(Draft, user.key), DraftFile.of(session, user.key)


def keep(content: dict[str, Any], *, by: User) -> None:
    """Keep the form as it stands; raises InvalidField for more than an order can hold, Forbidden for writers."""
    if len(str(content)) > checks.INSTRUCTIONS + checks.NOTE:
        raise InvalidField("instructions", "This is more than an order can hold.")
    with database.writing() as session:
        draft = session.get(Draft, moves.still_active(session, by).key) or Draft(user_id=by.key)
        draft.content, draft.updated_at = content, clock.now()
        session.add(draft)


def bring(incoming: storage.Incoming, name: str, *, by: User) -> DraftFile:
    """Lay a file beside the draft; raises InvalidField for an empty one, or one too many, StorageFull, or Forbidden."""
    content = incoming.finish()
    with storage.no_room_said(), database.writing() as session:
        actor = moves.still_active(session, by)
        if actor.role is Role.writer:
            raise Forbidden(WHO_ORDERS)
        if len(DraftFile.of(session, actor.key)) >= MOST_FILES:
            raise InvalidField("file", f"At most {MOST_FILES} files fit beside an order that is being written.")
        file = DraftFile(user_id=actor.key, name=storage.harmless(name), **content.stored())
        session.add(file)
        session.flush()
    incoming.is_kept = True
    return file


def take_out(file_id: int, *, by: User) -> None:
    """Take a file away from the draft again; the sweep removes it from disk."""
    with database.writing() as session:
        session.exec(delete(DraftFile).where(col(DraftFile.id) == file_id, col(DraftFile.user_id) == by.key))


def drop(session: Session, user: User) -> None:
    """Forget a user's draft; the sweep removes its files from disk."""
    session.exec(delete(Draft).where(col(Draft.user_id) == user.key))
    session.exec(delete(DraftFile).where(col(DraftFile.user_id) == user.key))


def start_over(*, by: User) -> None:
    """Throw one's draft away."""
    with database.writing() as session:
        drop(session, by)


def adopt(session: Session, job: Job, *, by: User) -> None:
    """Make the draft's files the order's brief, in the transaction that places it, and forget the draft."""
    for file in DraftFile.of(session, by.key):
        told = file.model_dump(include={"size", "sha256", "stored_as", "media_type"})
        name = file_names.apart(file.name, File.names(session, job, Kind.brief))
        session.add(File(job_id=job.key, kind=Kind.brief, name=name, uploaded_by=by.key, **told))
    drop(session, by)


def old() -> dict[type[SQLModel], Any]:
    """The conditions for the drafts, and the files beside them, that nobody has touched for so long."""
    too_old = clock.now() - KEPT
    alive = select(Draft.user_id).where(Draft.updated_at >= too_old)
    old_files = and_(col(DraftFile.created_at) < too_old, col(DraftFile.user_id).not_in(alive))
    return {DraftFile: old_files, Draft: col(Draft.updated_at) < too_old}
