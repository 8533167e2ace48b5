"""The sweep: what lies on disk and nobody knows is removed."""

import contextlib
from pathlib import Path

from sqlmodel import col, select

from models import clock, database
from models.draft import DraftFile
from models.file import File
from workflow.storage.disk import folder

STILL_COMING = 3600.0
"""For so many seconds, a file without a row may be on its way in."""


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
