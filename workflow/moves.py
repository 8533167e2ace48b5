"""Moves: the one door for a change. Lock, machine, log, notices, letters, commit, bell: all of it, or none."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session

from models import clock, database, known
from models.job import Job, loads, locked
from models.notification import Notification
from models.status import Status
from models.user import Role, User
from workflow import access, checks, machine, metrics
from workflow.guards import Ask
from workflow.history import chain, receipts
from workflow.history.visibility import hears_of
from workflow.live import rings
from workflow.notifications import notices
from workflow.possibilities import LEAVING, NAMEABLE
from workflow.refusals import Conflict, InvalidField, InvalidTransition
from workflow.words import ACTIONS as WORDS

ONLY_ASSIGNED = "A writer is named with an assignment only. PUT /api/jobs/{id}/writer gives a running order to another."


def make(
    job_id: int,
    action: str,
    *,
    by: User,
    version: int | None = None,
    note: str | None = None,
    writer_id: int | None = None,
    writer_deadline: datetime | None = None,
    revision_notes: str | None = None,
    client_approved: bool = False,
) -> Job:
    """Take this action on the job; returns the job as it stands afterwards.

    With `version`, the job must still be as the caller saw it. Raises a Refused that says why not (NotFound, Conflict,
    InvalidTransition, Forbidden, ConditionNotMet, InvalidField), or Busy; then nothing at all has changed.
    """
    note = checks.text("note", note, checks.NOTE)
    revision_notes = checks.text("revision_notes", revision_notes, checks.NOTE)
    said = {"note": note, "revision_notes": revision_notes, "client_approved": client_approved}
    said["writer_deadline"] = checks.moment("writer_deadline", writer_deadline)
    with metrics.change(action if action in WORDS else "unknown"), database.writing() as session:
        return within(session, job_id, action, by=by, version=version, writer_id=writer_id, **said)


def within(session: Session, job_id: int, action: str, *, by: User, version: int | None, **said: Any) -> Job:
    """Take this action on the job within a transaction of the caller's; raises as `make` does."""
    found = locked(session, job_id)  # before the actor is asked for: all that changes rarely is read along with it
    actor = access.still_active(session, by)
    job = access.as_seen(session, found, actor, version)
    return take(session, question(session, job, actor, **said), action)


def go(job: Job, status: Status, *, by: User, version: int | None = None, **said: Any) -> Job:
    """Take the action that leads from where the job was seen to this status; nothing happens if it stands there.

    Returns and raises like `make`; that nobody has moved the job since it was seen is part of the request.
    """
    only_with_assignment(status, said.get("writer_id"))
    if version is not None and version != job.version:
        raise Conflict(job)
    if status is job.status:
        _same_writer(job, said.get("writer_id"))
        return job
    action = NAMEABLE[job.status].get(status)
    if action is None:
        raise InvalidTransition(job.status, status, NAMEABLE[job.status])
    return make(job.key, action, by=by, version=job.version, **said)


def only_with_assignment(status: Status, writer_id: int | None) -> None:
    """Raise InvalidField when a writer is named and the order is not to be assigned: nobody's choice is left aside."""
    if writer_id is not None and status is not Status.assigned:
        raise InvalidField("writer_id", ONLY_ASSIGNED)


def _same_writer(job: Job, writer_id: int | None) -> None:
    """A retried assignment is harmless; one to somebody else is a change that a status does not make."""
    if writer_id not in (None, job.writer_id):
        raise InvalidField("writer_id", ONLY_ASSIGNED)


def question(session: Session, job: Job, actor: User | None, *, writer_id: int | None = None, **said: Any) -> Ask:
    """All that the lifecycle looks at, read in this transaction. A writer who names nobody means themself.

    Without an actor, the agency's own clock asks. Raises InvalidField for a writer who is none.
    """
    chosen = writer_id or job.writer_id or (actor.id if actor and actor.role is Role.writer else None)
    writer = access.writer_named(session, chosen) if chosen else None
    return Ask(
        job=job,
        actor=actor,
        rules=known.of(session).rules,
        writer=writer,
        load=_load(session, writer) if job.status is Status.approved else 0,
        **said,
    )


def _load(session: Session, writer: User | None) -> int:
    """How much the writer has in hand, which is asked only where somebody is to be assigned."""
    return loads(session, [writer.key]).get(writer.key, 0) if writer else 0


def take(session: Session, ask: Ask, action: str, bulk_id: int | None = None) -> Job:
    """Take the action within a transaction of the caller's, who has opened the job; raises as `make` does."""
    job, old = ask.job, ask.job.status
    if action not in {arrow.action for arrow in LEAVING[old]}:
        raise InvalidTransition(old, action, NAMEABLE[old])
    machine.run(job, action, ask)
    record(session, job, action, old, by=ask.actor, note=ask.words, bulk_id=bulk_id)
    return job


def record(
    session: Session,
    job: Job,
    action: str,
    old: Status | None,
    *,
    by: User | None,
    note: str | None,
    bulk_id: int | None = None,
    also: User | None = None,
) -> None:
    """Add what belongs to every change: its line in the history, a sign-off’s receipt, news, letters, and the ring.

    `also` hears of it although they are no longer around the order.
    """
    job.updated_at = clock.now()
    if hears_of(action, job.client):
        job.latest, job.latest_at = action, job.updated_at
    line = chain.add_line(session, job, action, old, by=by, note=note)
    if receipts.is_due(job, action, by):
        receipts.issue(session, job, line)
    rings.announce(session, job, notices.tell(session, job, action, by=by, bulk_id=bulk_id, also=also))


def log(
    session: Session, job: Job, action: str, *, by: User | None, note: str | None, news: Sequence[Notification] = ()
) -> None:
    """Add a line to the history, with no news to anybody but this, and let open pages show it."""
    job.updated_at = clock.now()
    chain.add_line(session, job, action, job.status, by=by, note=note)
    rings.announce(session, job, list(news))
