"""Storage: files on disk under names of our own: streamed in whole, or not there at all; what nobody knows is swept."""

import contextlib
import errno
import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlmodel import col, select

import durable
import settings
from models import clock, database
from models.draft import DraftFile
from models.file import File
from workflow import checks
from workflow.refusals import InvalidField, StorageFull, TooLarge
from workflow.storage import file_types
from workflow.text import characters

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""How a system says that there is no room: on the disk, for this user, for this process."""

STILL_COMING = 3600.0
"""For so many seconds, a file without a row may be on its way in."""

_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_EDGES = re.compile(r"^[\s.]+|[\s.]+$")


def folder() -> Path:
    """Where the files lie; made on first use, for the owner alone."""
    path = settings.current().files_dir
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def is_full(error: BaseException | None) -> bool:
    """Whether this is the system's, or the database's, way to say that the disk is full."""
    return isinstance(error, database.Full) or (isinstance(error, OSError) and error.errno in FULL)


@contextlib.contextmanager
def no_room_said() -> Iterator[None]:
    """Raise StorageFull for whatever fails in this block because the disk is full."""
    try:
        yield
    except (OSError, database.Full) as error:
        if is_full(error):
            raise StorageFull from error
        raise


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
    """A file on its way in; raises StorageFull where the disk is. Unless it `is_kept`, its block leaves nothing."""

    def __init__(self) -> None:
        self.stored_as = secrets.token_hex(16)
        self.size = 0
        self.is_kept = False
        self._hash = hashlib.sha256()
        with no_room_said():
            self.path = folder() / self.stored_as
            self._file = os.fdopen(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")

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
        """Take in the next piece; raises TooLarge once it is more than a file may have, StorageFull as the disk is."""
        self.size += len(chunk)
        if self.size > settings.current().max_file_bytes:
            raise TooLarge(settings.current().max_file_bytes)
        self._hash.update(chunk)
        with no_room_said():
            self._file.write(chunk)

    def finish(self) -> Content:
        """All that there is to know of the file, which now is safely on disk; raises InvalidField for an empty one.

        Raises StorageFull where the disk is.
        """
        if not self.size:
            raise InvalidField("file", "The file is empty.")
        with no_room_said():
            self._file.flush()
            os.fsync(self._file.fileno())
            durable.keep_names(self.path.parent)
        return Content(self.stored_as, self.size, self._hash.hexdigest(), file_types.detected(self.path))


def sha256(stored_as: str) -> str | None:
    """The SHA-256 of a stored file in hexadecimal, as its bytes are now; None when it cannot be read.

    The bytes are read once, and again when the system says that they were written or the file was replaced since: its
    time of change (`st_ctime`) is nobody's to set. So a receipt that is opened a thousand times reads its files once.
    """
    path = settings.current().files_dir / stored_as
    try:
        seen = path.stat()
        return _read_through(path, seen.st_ino, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns)
    except OSError:
        return None


@lru_cache(maxsize=10_000)
def _read_through(path: Path, *_as_seen: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def harmless(name: str) -> str:
    """A file's name as it is shown and offered: without folders, without what cannot be seen, and not too long."""
    name = characters.clean(name.encode(errors="ignore").decode())
    last = _UNSEEN.sub("", name.replace("\\", "/")).split("/")[-1]
    with contextlib.suppress(ValueError):
        return checks.storable(_EDGES.sub("", last)[-200:]) or "file"
    return "file"


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
