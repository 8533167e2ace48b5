"""Access: who acts, whether they still may, and whether the order is still as they saw it."""

from sqlmodel import Session

from models import database
from models.job import Job, find, locked
from models.rules import Rules
from models.user import Role, User
from workflow.refusals import Conflict, Forbidden, InvalidField, NotFound


def still_active(session: Session, by: User) -> User:
    """The actor as they are now; raises Forbidden when the account was closed in the meantime."""
    actor = session.get(User, by.id)
    if actor is None or not actor.active:
        raise Forbidden("This account is no longer active.")
    return actor


def seen(job_id: int, reader: User) -> Job:
    """The job as it stands; raises NotFound when there is none that this reader may see."""
    with database.reading() as session:
        job = find(session, reader, job_id=job_id)
    if job is None:
        raise NotFound
    return job


def opened(session: Session, job_id: int, actor: User, version: int | None = None) -> Job:
    """The locked job; raises NotFound when the actor may not see it, Conflict when it has moved on."""
    job = locked(session, job_id)
    if job is None or not job.is_visible_to(actor, Rules.get(session)):
        raise NotFound
    if version is not None and version != job.version:
        raise Conflict(job)
    return job


def writer_named(session: Session, writer_id: int) -> User:
    """The user who is to write; raises InvalidField when there is none. Whether they may is for the lifecycle."""
    writer = session.get(User, writer_id)
    if writer is None:
        raise InvalidField("writer_id", "There is no such writer.")
    return writer


def admin(session: Session, by: User, what: str = "do this") -> User:
    """The actor as they are now, who must be an admin to do this; raises Forbidden."""
    return only_admins(session.get(User, by.id), what)


def only_admins(actor: User | None, what: str = "do this") -> User:
    """The actor, if an admin; raises Forbidden for everybody else, with what it is that only they can do."""
    if actor is None or not actor.active or actor.role is not Role.admin:
        raise Forbidden(f"Only an admin can {what}.")
    return actor


def only_staff(actor: User, what: str) -> None:
    """Raises Forbidden for clients and writers, with what it is that only the agency can do."""
    if not actor.is_staff:
        raise Forbidden(f"Only the agency can {what}.")
