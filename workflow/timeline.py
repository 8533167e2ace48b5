"""The timeline: what of a job's history somebody may read."""

from models.status_log import StatusLog
from models.user import Role, User

TEAM_ONLY = frozenset({"assign", "submit", "hide_comment"})
"""Actions whose notes are the team's: whom it went to and why, what the editor should look at, who was hushed."""


def readable_lines(lines: list[StatusLog], reader: User) -> list[StatusLog]:
    """The lines that this reader may know of; of the team's talk, clients do not even hear that a part was hidden."""
    return [line for line in lines if reader.role is not Role.client or line.action != "hide_comment"]


def readable_note(line: StatusLog, reader: User) -> str | None:
    """The line's note, unless it is the team's and the reader a client."""
    return None if reader.role is Role.client and line.action in TEAM_ONLY else line.note
