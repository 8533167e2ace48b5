"""The delivered files of an order as one zip, which is written while it is sent: neither memory nor disk holds it."""

import io
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from models import database
from models.file import File, Kind, newest
from models.job import find
from models.user import User
from workflow import access, budgets
from workflow.history import desk_log
from workflow.storage import disk

PART = 1 << 18
"""So many bytes are read at a time."""


def opened(job_id: int, *, by: User) -> tuple[str, Iterator[bytes]] | None:
    """What the zip of an order is called, and its bytes; None where this user has no file. Raises TooOften.

    Before anything was delivered, it holds what else there is.
    """
    budgets.DOWNLOADS.spend(by.key)
    with database.reading() as session:
        job = find(session, by, job_id=job_id)
        files = [file for file in newest(File.of(session, job, by)) if not file.deleted_at] if job else []
    found = [(file, path) for file in delivered(files) or files if (path := disk.folder() / file.stored_as).is_file()]
    if job is None or not found:
        return None
    if foreign := [f"“{file.name}”" for file, _path in found if file.uploaded_by != by.id]:
        with database.writing() as session:
            access.still_active(session, by)
            desk_log.add(session, "download", by=by, detail=f"{', '.join(foreign)} of {job.display_id}")
    return f"{job.display_id}.zip", _zipped(found)


def delivered(files: list[File]) -> list[File]:
    """Of files that a reader may see, the finals that there are, each in its newest version."""
    return [file for file in newest(files) if file.kind is Kind.final and not file.deleted_at]


class _Sent(io.RawIOBase):
    """Takes in what is written, until it is sent."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, part: bytes) -> int:  # pyright: ignore[reportIncompatibleMethodOverride]
        self.waiting += part
        return len(part)

    def take(self) -> bytes:
        """What was written since it was last asked for."""
        part = bytes(self.waiting)
        self.waiting.clear()
        return part


def _zipped(files: list[tuple[File, Path]]) -> Iterator[bytes]:
    sent, is_mixed = _Sent(), len({file.kind for file, _path in files}) > 1
    with ZipFile(sent, "w", ZIP_STORED) as bundle:
        for file, path in files:
            name = f"{file.kind}/{file.name}" if is_mixed else file.name  # a brief and a draft may be called alike
            entry = ZipInfo(name, file.created_at.timetuple()[:6])
            with path.open("rb") as source, bundle.open(entry, "w", force_zip64=True) as into:
                while part := source.read(PART):
                    into.write(part)
                    yield sent.take()
    yield sent.take()
