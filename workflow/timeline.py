"""The timeline: what of a job's history somebody may read."""

from models.status_log import StatusLog
from models.user import Role, User
from workflow.table import LEAVING

HIDDEN = {
    Role.client: frozenset({"hide_comment", "reschedule"}),
    Role.writer: frozenset({"reprice"}),
}
"""Actions of which a role does not even hear: a hidden part of the team's talk, the team's own deadline, money."""

TEAM_ONLY = frozenset({"assign", "submit", "archive", "reassign", "change_client", "withdraw_file"})
"""Actions whose notes are the team's: whom it went to and why, what the editor should look at, where archives
lie, other clients, files that are the team's."""


WRITTEN = frozenset(arrow.action for arrows in LEAVING.values() for arrow in arrows) | {"hold"}
"""Actions whose notes somebody wrote; those of all others are sentences of ours."""


def readable_lines(lines: list[StatusLog], reader: User) -> list[StatusLog]:
    """The lines that this reader may know of."""
    return [line for line in lines if hears_of(line.action, reader)]


def hears_of(action: str, reader: User) -> bool:
    """Whether somebody with this reader's role may know that such a thing happened to an order."""
    return action not in HIDDEN.get(reader.role, ())


def readable_note(line: StatusLog, reader: User) -> str | None:
    """The line's note, unless it is the team's and the reader a client."""
    if not hears_of(line.action, reader):
        return None
    return None if reader.role is Role.client and line.action in TEAM_ONLY else line.note
