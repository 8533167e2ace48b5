"""Files on their way in: streamed in whole, or not there at all."""

import contextlib
import hashlib
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from threading import Lock
from typing import Any

import durable
import settings
from models.causes import UNSURE, Busy
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
    """A file on its way in; raises Busy where the disk fails. Unless it is kept, its block leaves nothing."""

    def __init__(self) -> None:
        self.size = 0
        self._is_kept, self._holders, self._lock = False, 1, Lock()
        self._hash = hashlib.sha256()
        with failures_said():
            self.path, number = holding.begin(folder())
            self._file = os.fdopen(number, "wb")
        self.stored_as = self.path.name

    def __enter__(self) -> "Incoming":
        """Begin to receive."""
        return self

    def __exit__(self, *_why: object) -> None:
        """Let go of it."""
        self._let_go()

    @contextlib.contextmanager
    def keeping(self) -> Iterator[Content]:
        """Once this block, which writes its row, is through, the file stays; raises what `finish` does.

        Whoever brings it may be cut off meanwhile, and leave their own block: the file is then this one's alone.
        """
        with self._lock:
            if not self._holders:
                raise Busy
            self._holders += 1
        try:
            yield self.finish()
            self._is_kept = True
        except Busy as busy:
            self._is_kept = busy.cause is UNSURE  # its row may be there; if not, the sweep finds it
            raise
        finally:
            self._let_go()

    def _let_go(self) -> None:
        """Who lets go last closes the file, and unless it was kept, removes it."""
        with self._lock:
            self._holders -= 1
            if self._holders:
                return
        with contextlib.suppress(OSError):
            self._file.close()
        if not self._is_kept:
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
