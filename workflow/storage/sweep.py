"""The sweep: what lies on disk and nobody knows is removed."""

import re
from contextlib import ExitStack
from pathlib import Path

from sqlmodel import col, select

from models import clock, database
from models.draft import DraftFile
from models.file import File
from workflow.storage import holding
from workflow.storage.disk import folder

OURS = re.compile("[0-9a-f]{32}")
"""The name of a file that somebody brings, and holds until it has its row."""

STILL_COMING = 3600.0
"""For so many seconds, any other may still be in use."""


def sweep() -> None:
    """Remove from disk what the database does not know, or knows as deleted; what is on its way in is left alone."""
    known = _known()
    unknown = [path for path in folder().iterdir() if path.name not in known and path.is_file()]
    with ExitStack() as held:
        left = [path for path in unknown if _is_left(path, held)]
        known = _known() if left else known  # whoever held one until now may have kept it
        for path in left:
            if path.name not in known:
                path.unlink(missing_ok=True)  # another process sweeps too


def _known() -> set[str]:
    with database.reading() as session:
        kept = set(session.exec(select(File.stored_as).where(col(File.deleted_at).is_(None))))
        return kept | set(session.exec(select(DraftFile.stored_as)))


def _is_left(path: Path, held: ExitStack) -> bool:
    """Whether nobody is at this file any more, nor will be until what is held is let go."""
    try:
        if holding.IS_TOLD and OURS.fullmatch(path.name):
            held.enter_context(holding.held(path))
            return True
        return _age(path) > STILL_COMING
    except (BlockingIOError, FileNotFoundError):
        return False


def _age(path: Path) -> float:
    return clock.now().timestamp() - path.stat().st_mtime
