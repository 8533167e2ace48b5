"""The disk: where files lie, how it fails, and what their bytes are now."""

import contextlib
import hashlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import settings
from models import causes, trouble


def folder() -> Path:
    """Where the files lie; made on first use, for the owner alone."""
    path = settings.current().files_dir
    path.mkdir(mode=0o700, exist_ok=True)
    return path


@contextlib.contextmanager
def failures_said() -> Iterator[None]:
    """Raise Busy, with its cause, for whatever fails in this block because the disk does."""
    try:
        yield
    except OSError as error:
        if cause := causes.of(error):
            raise trouble.met(cause, error) from error
        raise


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
