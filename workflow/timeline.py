"""The timeline: what of a job's history somebody may read."""

from models.status_log import StatusLog
from models.user import Role, User

TEAM_ONLY = frozenset({"assign", "submit", "hide_comment"})
"""Actions whose notes are the team's: whom it went to and why, what the editor should look at, who was hushed."""


def readable_note(line: StatusLog, reader: User) -> str | None:
    """The line's note, unless it is the team's and the reader a client."""
    return None if reader.role is Role.client and line.action in TEAM_ONLY else line.note
