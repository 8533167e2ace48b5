"""Withdrawals: a file that should not be with an order is taken back; its bytes go, the line of the history stays."""

from functools import partial

from sqlmodel import Session, col, func, select

from models import clock, database
from models.file import File, Kind
from models.job import Job
from models.status import FINAL
from models.user import Role, User
from workflow import access, checks, moves
from workflow.conditions import AGENCY
from workflow.notifications import notices
from workflow.refusals import Forbidden, NotFound
from workflow.storage import disk


class NoSuchFile(NotFound):
    """There is no such file at this order, or none that this person may see."""

    code = "NOT_FOUND"
    text = "There is no such file."


def withdraw(job_id: int, file_id: int, *, by: User, note: str | None = None) -> None:
    """Take a file away for everybody. Raises NotFound, NoSuchFile, InvalidField, Forbidden for who may not, or Busy."""
    note = checks.text("note", note, checks.NOTE)
    with database.writing() as session:
        actor = access.still_active(session, by)
        job = access.opened(session, job_id, actor)
        file = session.get(File, file_id)
        if file is None or file.job_id != job.id or file.withdrawn_at or not file.is_visible_to(actor, job):
            raise NoSuchFile
        if not may_withdraw(file, job, actor):
            raise Forbidden(f"Only {AGENCY.called(job)} can remove this file.")
        news = notices.tell_of_withdrawal(session, job, file, by=actor)
        _take_away(session, job, file)
        said = "\n\n".join(filter(None, (f"{file.kind}: {file.name}", note)))
        moves.log(session, job, "withdraw_file", by=actor, note=said, news=news)


def may_withdraw(file: File, job: Job, reader: User) -> bool:
    """Staff always; who brought it while the order runs, and the client does not have it or it is their own."""
    if reader.is_staff:
        return True
    seen = reader.role is not Role.client and file.is_visible_to(job.client, job)
    return file.uploaded_by == reader.id and not seen and job.status not in FINAL


def _take_away(session: Session, job: Job, file: File) -> None:
    file.withdrawn_at = clock.now()
    file.deleted_at = file.deleted_at or file.withdrawn_at
    session.flush()
    finals = select(func.max(File.created_at)).where(
        File.job_id == job.key, File.kind == Kind.final, col(File.withdrawn_at).is_(None)
    )
    job.final_file_at = session.exec(finals).one()
    path = disk.folder() / file.stored_as
    database.after_commit(session, partial(path.unlink, missing_ok=True))
