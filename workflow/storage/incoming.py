"""Files on their way in: streamed in whole, or not there at all."""

import contextlib
import hashlib
import os
from dataclasses import asdict, dataclass
from typing import Any

import durable
import settings
from workflow.refusals import InvalidField, TooLarge
from workflow.storage import file_types, holding
from workflow.storage.disk import failures_said, folder


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
    """A file on its way in; raises Busy where the disk fails. Unless it `is_kept`, its block leaves nothing."""

    def __init__(self) -> None:
        self.size = 0
        self.is_kept = False
        self._hash = hashlib.sha256()
        with failures_said():
            self.path, number = holding.begin(folder())
            self._file = os.fdopen(number, "wb")
        self.stored_as = self.path.name

    def __enter__(self) -> "Incoming":
        """Begin to receive."""
        return self

    def __exit__(self, *_why: object) -> None:
        """Close the file, and unless it was kept, remove it."""
        with contextlib.suppress(OSError):
            self._file.close()
        if not self.is_kept:
            with contextlib.suppress(OSError):  # where nothing can be removed, the sweep does it later
                self.path.unlink()

    def write(self, chunk: bytes) -> None:
        """Take in the next piece; raises TooLarge once it is more than a file may have, Busy when the disk fails."""
        self.size += len(chunk)
        if self.size > settings.current().max_file_bytes:
            raise TooLarge(settings.current().max_file_bytes)
        self._hash.update(chunk)
        with failures_said():
            self._file.write(chunk)

    def flush(self) -> None:
        """Have what has come in so far safely on disk, under its name. Raises Busy when the disk fails."""
        with failures_said():
            self._file.flush()
            os.fsync(self._file.fileno())
            durable.keep_names(self.path.parent)

    def finish(self) -> Content:
        """All that there is to know of the file, which now is safely on disk; raises InvalidField for an empty one.

        Raises Busy when the disk fails.
        """
        if not self.size:
            raise InvalidField("file", "The file is empty.")
        self.flush()
        return Content(self.stored_as, self.size, self._hash.hexdigest(), file_types.detected(self.path))
