"""Corrections: who works on a running order, and whose it is, put right by staff; the status stays as it is."""

from sqlmodel import Session

from models import database, known
from models.job import Job, loads
from models.status import FINAL, IN_HAND
from models.user import Role, User
from workflow import access, checks, moves
from workflow.conditions import writer_active, writer_has_room
from workflow.guards import Ask
from workflow.history.visibility import TO
from workflow.refusals import ConditionNotMet, InvalidField

NO_WRITER_YET = "Nobody works on the order yet: assign it."


def reassign(job_id: int, writer_id: int, *, by: User, note: str | None = None, version: int | None = None) -> Job:
    """Give a running order to another writer; both hear of it. The same writer again is no change.

    Raises NotFound, Conflict, Forbidden for all but staff, ConditionNotMet, InvalidField, or Busy.
    """
    note = checks.text("note", note, checks.NOTE)
    with database.writing() as session:
        job, actor = _opened(session, job_id, by, version, "give an order to another writer")
        writer, before = access.writer_named(session, writer_id), job.writer
        if before is None:
            raise ConditionNotMet([NO_WRITER_YET])
        if writer.id != before.id:
            _check(session, job, actor, writer)
            job.writer, job.writer_id = writer, writer.key
            _record(session, job, "reassign", (before, writer), by=actor, note=note)
        return job


def _check(session: Session, job: Job, actor: User, writer: User) -> None:
    load = loads(session, [writer.key]).get(writer.key, 0) if job.status in IN_HAND else 0
    ask = Ask(job, actor, known.of(session).rules, writer=writer, load=load)
    conditions = (writer_active, writer_has_room) if job.status in IN_HAND else (writer_active,)
    if reasons := [condition.reason(ask) for condition in conditions if not condition.holds(ask)]:
        raise ConditionNotMet(reasons)


def change_client(job_id: int, client_id: int, *, by: User, note: str | None = None, version: int | None = None) -> Job:
    """Put an order into the name of the client whose it is; the other sees it no more. Raises as `reassign` does."""
    note = checks.text("note", note, checks.NOTE)
    with database.writing() as session:
        job, actor = _opened(session, job_id, by, version, "change whose order this is")
        client, before = session.get(User, client_id), job.client
        if client is None or client.role is not Role.client or not client.active:
            raise InvalidField("client_id", "There is no such client.")
        if client.id != before.id:
            job.client, job.client_id = client, client.key
            _record(session, job, "change_client", (before, client), by=actor, note=note)
        return job


def _opened(session: Session, job_id: int, by: User, version: int | None, what: str) -> tuple[Job, User]:
    actor = access.still_active(session, by)
    job = access.opened(session, job_id, actor, version)
    access.only_staff(actor, what)
    if job.status in FINAL:
        raise ConditionNotMet([f"The order is {job.status}; nothing of it is changed any more."])
    return job, actor


def _record(session: Session, job: Job, action: str, people: tuple[User, User], *, by: User, note: str | None) -> None:
    before, after = people
    words = f"{before.name}{TO}{after.name}"
    said = "\n\n".join(filter(None, (words, note)))
    moves.record(session, job, action, job.status, by=by, note=said, also=before)
