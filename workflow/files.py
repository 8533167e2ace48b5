"""Files: streamed to the data folder under names of our own, and gone from there seven days after completion."""

import contextlib
import hashlib
import os
import re
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

import settings
from models import clock, database
from models.draft import DraftFile
from models.file import File, Kind
from models.job import Job, find, locked
from models.status import FINAL
from models.user import Role, User
from workflow import checks, file_types, moves, notices
from workflow.refusals import ConditionNotMet, Forbidden, InvalidField, TooLarge

MAY_BRING = {Role.client: {Kind.brief}, Role.writer: {Kind.draft, Kind.final}}
"""Which kinds clients and writers bring; staff bring any."""

_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_EDGES = re.compile(r"^[\s.]+|[\s.]+$")


def folder() -> Path:
    """Where the files lie; made on first use, for the owner alone."""
    path = settings.current().files_dir
    path.mkdir(mode=0o700, exist_ok=True)
    return path


@dataclass(frozen=True)
class Content:
    """A file that has come in whole: under which name it lies, its size in bytes, its SHA-256, and what it is."""

    stored_as: str
    size: int
    sha256: str
    media_type: str

    def stored(self) -> dict[str, Any]:
        """The same, by the names of the columns."""
        return asdict(self)


class Incoming:
    """A file on its way in. Leaving the block without `keep` leaves nothing behind."""

    def __init__(self) -> None:
        self.stored_as = secrets.token_hex(16)
        self.path = folder() / self.stored_as
        self.size = 0
        self._hash = hashlib.sha256()
        self._file = os.fdopen(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        self.is_kept = False

    def __enter__(self) -> "Incoming":
        """Begin to receive."""
        return self

    def __exit__(self, *_why: object) -> None:
        """Close the file, and unless it was kept, remove it."""
        with contextlib.suppress(OSError):
            self._file.close()
        if not self.is_kept:
            self.path.unlink(missing_ok=True)

    def write(self, chunk: bytes) -> None:
        """Take in the next piece; raises TooLarge once it is more than a file may have."""
        self.size += len(chunk)
        if self.size > settings.current().max_file_bytes:
            raise TooLarge(settings.current().max_file_bytes)
        self._hash.update(chunk)
        self._file.write(chunk)

    def keep(self, job_id: int, name: str, kind: Kind, *, by: User) -> File:
        """Add the file to the job, and tell those who may see it.

        Raises NotFound, Forbidden for a kind that this person does not bring, ConditionNotMet once the order is over,
        or InvalidField for an empty file.
        """
        content = self.finish()
        file = self._added(job_id, harmless(name), kind, content, by)
        self.is_kept = True
        return file

    def finish(self) -> "Content":
        """All that there is to know of the file, which now is safely on disk; raises InvalidField for an empty one."""
        if not self.size:
            raise InvalidField("file", "The file is empty.")
        self._file.flush()
        os.fsync(self._file.fileno())
        return Content(self.stored_as, self.size, self._hash.hexdigest(), file_types.detected(self.path))

    def _added(self, job_id: int, name: str, kind: Kind, content: "Content", by: User) -> File:
        with database.writing() as session:
            actor = moves.still_active(session, by)
            job = moves.opened(session, job_id, actor, None)
            _check(job, kind, actor)
            file = File(job_id=job.key, kind=kind, name=name, uploaded_by=actor.key, **content.stored())
            file.uploader = actor
            session.add(file)
            if kind is Kind.final:
                job.final_file_at = file.created_at
            job.hear_from(actor)
            moves.announce(session, job, notices.tell_of_file(session, job, file, by=actor))
            return file


def _check(job: Job, kind: Kind, actor: User) -> None:
    if kind not in MAY_BRING.get(actor.role, set(Kind)):
        raise Forbidden(f"You cannot add a {kind} file to an order.")
    if actor.role is Role.writer and job.writer_id != actor.id:  # one who may claim it sees it, and no more
        raise Forbidden("This is not your order.")
    if job.status in FINAL:
        raise ConditionNotMet([f"The order is {job.status}; nothing is added any more."])


def harmless(name: str) -> str:
    """A file's name as it is shown and offered: without folders, without what cannot be seen, and not too long."""
    last = _UNSEEN.sub("", name.replace("\\", "/")).split("/")[-1]
    with contextlib.suppress(ValueError):
        return checks.storable(_EDGES.sub("", last)[-200:]) or "file"
    return "file"


def opened(file_id: int, *, by: User) -> tuple[File, Path] | None:
    """A file that this user may have, and where it lies; None when there is none such (any more)."""
    with database.reading() as session:
        file = session.get(File, file_id)
        job = find(session, by, job_id=file.job_id) if file else None
    if file is None or job is None or file.deleted_at or not file.is_visible_to(by, job):
        return None
    path = folder() / file.stored_as
    return (file, path) if path.is_file() else None


def keep_all(job_id: int, *, by: User) -> Job:
    """Keep a completed order's files for good. Raises NotFound or Forbidden."""
    with database.writing() as session:
        actor = moves.still_active(session, by)
        job = moves.opened(session, job_id, actor, None)
        if not actor.is_staff:
            raise Forbidden("Only the agency can keep files.")
        if job.delete_files_at:
            job.delete_files_at = None
            moves.log_only(session, job, "keep_files", by=actor, note=None)
        return job


def delete_due() -> int:
    """Delete the files of orders completed seven days ago, and what no row knows; returns how many orders."""
    with database.reading() as session:
        due = session.exec(select(Job.id).where(col(Job.delete_files_at) <= clock.now())).all()
    number = sum(_forget(job_id) for job_id in due if job_id)
    sweep()
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
    if files:
        moves.log_only(session, job, "delete_files", by=None, note=f"{len(files)} deleted")


def sweep() -> None:
    """Remove from disk what the database does not know, or knows as deleted; what is on its way in is left alone."""
    with database.reading() as session:
        kept = set(session.exec(select(File.stored_as).where(col(File.deleted_at).is_(None))))
        kept |= set(session.exec(select(DraftFile.stored_as)))
    for path in folder().iterdir():
        with contextlib.suppress(FileNotFoundError):  # another process sweeps too, and broken-off uploads go
            if path.name not in kept and path.is_file() and _age(path) > STILL_COMING:
                path.unlink()


def _age(path: Path) -> float:
    return clock.now().timestamp() - path.stat().st_mtime


STILL_COMING = 3600.0
"""For so many seconds, a file without a row may be on its way in."""
