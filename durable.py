"""Files that survive a power cut: written beside their place, flushed to disk, and put there whole, name and all."""

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path


def write(path: Path, content: bytes) -> None:
    """Put this content at the path, for its owner alone, in the place of what may be there. Raises OSError."""
    with _beside(path, content) as draft:
        draft.replace(path)


def write_once(path: Path, content: bytes) -> None:
    """The same, unless something is there: of two processes that try at once, one wins and both see it whole."""
    with _beside(path, content) as draft, contextlib.suppress(FileExistsError):
        os.link(draft, path)


@contextlib.contextmanager
def _beside(path: Path, content: bytes) -> Iterator[Path]:
    """A draft under a name that nobody else has; it is gone afterwards, and what became of it is kept."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        yield draft
    finally:
        draft.unlink(missing_ok=True)
    keep_names(path.parent)


def keep_names(folder: Path) -> None:
    """Have the names in this folder survive too: a flushed file without its name is lost. Raises OSError."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
