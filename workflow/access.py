"""Access: who acts, whether they still may, and whether the order is still as they saw it."""

from sqlmodel import Session

from models import clock, database, known
from models.job import Job, locked, read
from models.user import Role, User
from workflow.refusals import Conflict, Forbidden, InvalidField, NotFound, SignedOut

ENDED = "You have been signed out. Please sign in again."
CLOSED = "This account is no longer active."


def still_active(session: Session, by: User) -> User:
    """The actor as they are now, which each verb that writes asks for in its transaction.

    Raises SignedOut when the account was closed in the meantime, or what they came in with has ended.
    """
    actor = known.of(session).user(session, by.key)
    if actor is None or not actor.active:
        raise SignedOut(CLOSED)
    if not _is_in(session, by, actor):
        raise SignedOut(ENDED)
    return actor


def _is_in(session: Session, by: User, actor: User) -> bool:
    """Whether what somebody came in with is good: what has a row by that, all else by the version of their access."""
    if by.came_with and (by.came_with.sign_in or by.came_with.token):
        ends = known.of(session).ends(session, by.came_with)
        return ends is not None and ends > clock.now()
    return by.access_version == actor.access_version and not (by.came_with and by.came_with.is_over)


def is_in(by: User) -> bool:
    """Whether somebody who stays for longer may still be here."""
    with database.reading() as session:
        try:
            still_active(session, by)
        except SignedOut:
            return False
    return True


def own_account(session: Session, by: User) -> User:
    """The actor's own row, to be changed in this transaction; raises as `still_active` does."""
    return session.get_one(User, still_active(session, by).key)


def seen(job_id: int, reader: User) -> Job:
    """The job as it stands; raises NotFound when there is none that this reader may see."""
    with database.reading() as session:
        return shown(session, read(session, job_id), reader)


def shown(session: Session, job: Job | None, reader: User) -> Job:
    """The job that was read, for somebody who may see it; raises NotFound for everybody else."""
    if job is None or not job.is_visible_to(reader, known.of(session).rules):
        raise NotFound
    return job


def opened(session: Session, job_id: int, actor: User, version: int | None = None) -> Job:
    """The locked job; raises NotFound when the actor may not see it, Conflict when it has moved on."""
    return as_seen(session, locked(session, job_id), actor, version)


def as_seen(session: Session, locked_job: Job | None, actor: User, version: int | None) -> Job:
    """The job that was locked, if it is still as the actor saw it; raises as `opened` does."""
    job = shown(session, locked_job, actor)
    if version is not None and version != job.version:
        raise Conflict(job)
    return job


def writer_named(session: Session, writer_id: int) -> User:
    """The user who is to write; raises InvalidField when there is none. Whether they may is for the lifecycle."""
    writer = known.of(session).user(session, writer_id)
    if writer is None:
        raise InvalidField("writer_id", "There is no such writer.")
    return writer


def admin(session: Session, by: User, what: str = "do this") -> User:
    """The actor as they are now, who must be an admin to do this; raises Forbidden."""
    return only_admins(still_active(session, by), what)


def only_admins(actor: User, what: str = "do this") -> User:
    """The actor, if an admin; raises Forbidden for everybody else, with what it is that only they can do."""
    if actor.role is not Role.admin:
        raise Forbidden(f"Only an admin can {what}.")
    return actor


def only_staff(actor: User, what: str) -> None:
    """Raises Forbidden for clients and writers, with what it is that only the agency can do."""
    if not actor.is_staff:
        raise Forbidden(f"Only the agency can {what}.")
