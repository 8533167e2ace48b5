"""Files of an order: who brings what, who may have it, and how they are gone seven days after completion."""

from pathlib import Path

from sqlmodel import Session, col, select

from models import clock, database, known
from models.file import File, Kind
from models.job import Job, find, keep, locked
from models.status import FINAL, Status
from models.user import Role, User
from workflow import access, budgets, moves
from workflow.conditions import AGENCY, editing_not_required
from workflow.guards import Ask
from workflow.history import desk_log
from workflow.live import rings
from workflow.notifications import notices
from workflow.orders import intake
from workflow.refusals import ConditionNotMet, Forbidden, NotFound
from workflow.storage import disk, file_names, sweep
from workflow.storage.incoming import Incoming

MAY_BRING = {Role.client: {Kind.brief}, Role.writer: {Kind.draft, Kind.final}}
"""Which kinds clients and writers bring; staff bring any."""

LATE = (
    "The order is delivered already, and a final file goes through editing first. "
    "{agency} can add it, or ask for a revision."
)


def may_bring(job_id: int, kind: Kind | None, *, by: User) -> None:
    """Before anything of a file is taken: raises what `bring` would, of the kind only where that is said already."""
    with database.reading() as session:
        job = find(session, access.still_active(session, by), job_id=job_id)
        if job is None:
            raise NotFound
        _check(session, job, kind, by)


def bring(incoming: Incoming, job_id: int, name: str, kind: Kind, *, by: User) -> File:
    """Add a file that has come in to the job, and tell those who may see it.

    Raises NotFound, Forbidden for a kind that this person does not bring, ConditionNotMet once the order is over,
    InvalidField for an empty file, TooOften, or Busy.
    """
    with incoming.keeping() as content, database.writing() as session:
        actor = access.still_active(session, by)
        job = access.opened(session, job_id, actor)
        _check(session, job, kind, actor)
        by_others = File.names(session, job, kind, not_by=actor)
        name = file_names.apart(file_names.harmless(name), File.names(session, job, kind), by_others)
        file = File(job_id=job.key, kind=kind, name=name, uploaded_by=actor.key, **content.stored())
        file.uploader = actor
        session.add(file)
        if kind is Kind.final:
            _hand_in(job, file)
        job.stirred_by(actor)
        rings.announce(session, job, notices.tell_of_file(session, job, file, by=actor))
    return file


def _hand_in(job: Job, file: File) -> None:
    """A final file counts for the round; after the delivery the client has it at once, and all their time."""
    job.final_file_at = file.created_at
    if job.status is Status.delivered:
        job.quiet_since = file.created_at


def _check_late(session: Session, job: Job, kind: Kind | None, actor: User) -> None:
    """What comes after the delivery goes straight to the client: who may not deliver so is told the way."""
    is_late = kind is Kind.final and job.status is Status.delivered and not actor.is_staff
    if is_late and not editing_not_required.holds(Ask(job, actor, known.of(session).rules)):
        who = AGENCY.called(job)
        raise ConditionNotMet([LATE.format(agency=f"{who[0].upper()}{who[1:]}")])


def _check(session: Session, job: Job, kind: Kind | None, actor: User) -> None:
    if kind and kind not in MAY_BRING.get(actor.role, set(Kind)):
        raise Forbidden(f"You cannot add a {kind} file to an order.")
    if actor.role is Role.writer and job.writer_id != actor.id:  # one who may claim it sees it, and no more
        raise Forbidden("This is not your order.")
    if job.status in FINAL:
        raise ConditionNotMet([f"The order is {job.status}; nothing is added any more."])
    _check_late(session, job, kind, actor)
    intake.check(session, actor)


def opened(file_id: int, *, by: User) -> tuple[File, Path] | None:
    """A file that this user may have, and where it lies; None when there is none such (any more). Raises TooOften."""
    budgets.DOWNLOADS.spend(by.key)
    with database.reading() as session:
        file = session.get(File, file_id)
        job = find(session, by, job_id=file.job_id) if file else None
    if file is None or job is None or file.deleted_at or not file.is_visible_to(by, job):
        return None
    path = disk.folder() / file.stored_as
    if not path.is_file():
        return None
    if file.uploaded_by != by.id:
        with database.writing() as session:
            access.still_active(session, by)
            desk_log.add(session, "download", by=by, detail=f"“{file.name}” of {job.display_id}")
    return file, path


def keep_all(job_id: int, *, by: User) -> Job:
    """Keep a completed order's files for good. Raises NotFound or Forbidden."""
    with database.writing() as session:
        actor = access.still_active(session, by)
        job = access.opened(session, job_id, actor)
        access.only_staff(actor, "keep files")
        if job.delete_files_at:
            job.delete_files_at = None
            moves.log(session, job, "keep_files", by=actor, note=None)
        return job


def delete_due() -> int:
    """Delete the files of orders completed long enough ago, and what no row knows; returns how many orders."""
    with database.reading() as session:
        due = session.exec(select(Job.id).where(col(Job.delete_files_at) <= clock.now())).all()
    number = sum(_forget(job_id) for job_id in due if job_id)
    sweep.sweep()
    return number


def _forget(job_id: int) -> bool:
    """The files of one order, if nobody else has deleted them by now, or kept them."""
    with database.writing() as session:
        job = locked(session, job_id)
        if job is None or job.delete_files_at is None or job.delete_files_at > clock.now():
            return False
        _mark_deleted(session, job)
        return True


def _mark_deleted(session: Session, job: Job) -> None:
    files = session.exec(select(File).where(File.job_id == job.key, col(File.deleted_at).is_(None))).all()
    for file in files:
        file.deleted_at = clock.now()
    job.delete_files_at = None
    keep(session, job)
    if files:
        moves.log(session, job, "delete_files", by=None, note=f"{len(files)} deleted")
