"""What a client finds on the card of an order that was handed over: files, the writer's note, the receipt."""

from collections.abc import Iterable

from sqlmodel import Session

from models.file import File
from models.job import Job
from models.receipt import Receipt
from models.status import Status
from models.status_log import StatusLog
from models.user import Role, User
from pages.board.card import Told
from pages.parts.sizes import size
from pages.parts.times import when
from pages.parts.together import read_together
from workflow.orders import bundles
from workflow.text import characters

SHOWN = (Status.delivered, Status.completed)


def told(session: Session, jobs: Iterable[Job], reader: User) -> dict[int, Told]:
    """All of it, by the keys of those orders where there is something; nothing for anybody but a client."""
    if reader.role is not Role.client:
        return {}
    shown = [job for job in jobs if job.status in SHOWN]
    files = File.of_many(session, shown, reader)
    receipts = Receipt.codes(session, [job.key for job in shown if job.status is Status.completed])
    notes = StatusLog.notes(session, [job.key for job in shown if job.status is Status.delivered], "deliver")
    return {job.key: _told(job, files[job.key], receipts.get(job.key), notes.get(job.key), reader) for job in shown}


def _told(job: Job, files: list[File], receipt: str | None, note: str | None, reader: User) -> Told:
    chips = [{"id": file.key, "name": file.name, "size": size(file.size)} for file in bundles.delivered(files)]
    until = f"Files stay until {when(job.delete_files_at, reader)}." if chips and job.delete_files_at else ""
    receipts = {"receipt": f"/receipts/{receipt}"} if receipt else {}
    return receipts | {"files": chips, "until": until, "note": characters.isolated(note) if note else ""}


async def soon(job: Job, reader: User) -> Told:
    """The same of one order, read once for all pages of its client that hear of it now."""
    found = await read_together((reader.key, job.key, job.version), lambda session: told(session, [job], reader))
    return found.get(job.key, {})
