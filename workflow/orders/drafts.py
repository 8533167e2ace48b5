"""Drafts: each order form as somebody left it, with its files, until it is placed and becomes an order."""

import re
import secrets
from datetime import timedelta
from typing import Any

from sqlmodel import Session, SQLModel, col, delete

from models import clock, database
from models.draft import Draft, DraftFile
from models.file import File, Kind
from models.job import Job
from models.user import Role, User
from workflow import access, checks
from workflow.orders import intake
from workflow.refusals import Forbidden, InvalidField, NotFound
from workflow.storage import file_names
from workflow.storage.incoming import Incoming

KEPT = timedelta(days=30)
"""How long a draft that nobody touches is kept."""

MOST_FILES = 20
MOST_DRAFTS = 50

TOO_MANY = f"You have {MOST_DRAFTS} unfinished orders. Place one or throw one away before you begin another."

WHO_ORDERS = "Only clients and the agency can place orders."


def fresh_key() -> str:
    """The key of a draft that nobody has begun."""
    return secrets.token_urlsafe(12)


def is_key(words: str) -> bool:
    """Whether this can be the key of a draft."""
    return re.fullmatch(r"[\w-]{1,32}", words, re.ASCII) is not None


def read(session: Session, key: str, user: User) -> tuple[Draft | None, list[DraftFile]]:
    """A user's draft of this key and its files, as they were left; nothing of a draft that is another's."""
    return session.get(Draft, (user.key, key)), DraftFile.of(session, user.key, key)


def keep(key: str, content: dict[str, Any], *, by: User) -> None:
    """Keep the form as it stands; raises InvalidField for more than an order can hold, and as `bring` does."""
    if len(str(content)) > checks.INSTRUCTIONS + checks.NOTE:
        raise InvalidField("instructions", "This is more than an order can hold.")
    with database.writing() as session:
        _touched(session, key, access.still_active(session, by)).content = content


def may_bring(key: str, *, by: User) -> None:
    """Before anything of a file is taken: raises what `bring` would for this person and this key."""
    with database.reading() as session:
        actor = access.still_active(session, by)
        _who_and_where(key, actor)
        intake.check(session, actor)


def bring(incoming: Incoming, key: str, name: str, *, by: User) -> DraftFile:
    """Lay a file beside the draft; raises InvalidField for an empty one, or one too many, Busy, or Forbidden.

    A draft begins with the first of what is kept: NotFound is raised for a key that is none, Forbidden for writers,
    TooOften for who has brought too much in an hour.
    """
    with incoming.keeping() as content, database.writing() as session:
        actor = access.still_active(session, by)
        draft = _touched(session, key, actor)
        intake.check(session, actor)
        if len(DraftFile.of(session, actor.key, key)) >= MOST_FILES:
            raise InvalidField("file", f"At most {MOST_FILES} files fit beside an order that is being written.")
        file = DraftFile(user_id=actor.key, draft_key=draft.key, name=file_names.harmless(name), **content.stored())
        session.add(file)
        session.flush()
    return file


def _touched(session: Session, key: str, actor: User) -> Draft:
    """The actor's draft of this key, begun unless it is there."""
    _who_and_where(key, actor)
    draft = session.get(Draft, (actor.key, key))
    if draft is None and len(Draft.of(session, actor.key)) >= MOST_DRAFTS:
        raise InvalidField("draft", TOO_MANY)
    draft = draft or Draft(user_id=actor.key, key=key)
    draft.updated_at = clock.now()
    session.add(draft)
    session.flush()
    return draft


def _who_and_where(key: str, actor: User) -> None:
    if actor.role is Role.writer:
        raise Forbidden(WHO_ORDERS)
    if not is_key(key):
        raise NotFound


def take_out(file_id: int, *, by: User) -> None:
    """Take a file away from the draft again; the sweep removes it from disk. A draft of nothing else goes with it."""
    with database.writing() as session:
        access.still_active(session, by)
        file = session.get(DraftFile, file_id)
        if file is None or file.user_id != by.key:
            return
        session.delete(file)
        session.flush()
        draft, others = read(session, file.draft_key, by)
        if draft and not draft.content and not others:
            session.delete(draft)


def start_over(key: str, *, by: User) -> None:
    """Throw one of one's drafts away; the sweep removes its files from disk."""
    with database.writing() as session:
        _drop(session, key, access.still_active(session, by))


def adopt(session: Session, job: Job, key: str, *, by: User) -> None:
    """Make the draft's files the order's brief, in the transaction that places it, and forget the draft."""
    for file in DraftFile.of(session, by.key, key):
        told = file.model_dump(include={"size", "sha256", "stored_as", "media_type"})
        name = file_names.apart(file.name, File.names(session, job, Kind.brief))
        session.add(File(job_id=job.key, kind=Kind.brief, name=name, uploaded_by=by.key, **told))
    _drop(session, key, by)


def _drop(session: Session, key: str, user: User) -> None:
    session.exec(delete(Draft).where(col(Draft.user_id) == user.key, col(Draft.key) == key))


def old() -> dict[type[SQLModel], Any]:
    """The condition for the drafts that nobody has touched for so long; their files go along."""
    return {Draft: col(Draft.updated_at) < clock.now() - KEPT}
