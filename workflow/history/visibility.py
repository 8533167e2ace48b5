"""The timeline: what of a job's history somebody may read."""

from models.job import Job
from models.payment import Payment
from models.status_log import StatusLog
from models.user import Role, User
from workflow import money
from workflow.possibilities import LEAVING
from workflow.text import moments

HIDDEN = {
    Role.client: frozenset({"hide_comment", "reschedule"}),
    Role.writer: frozenset({"reprice"}),
}
"""Actions of which a role does not even hear: a hidden part of the team's talk, the team's own deadline, money."""

TEAM_ONLY = frozenset({"assign", "submit", "archive", "reassign", "change_client", "withdraw_file"})
"""Actions whose notes are the team's: whom it went to and why, what the editor should look at, where archives
lie, other clients, files that are the team's."""

DATED = frozenset({"amend", "reschedule"})
"""Actions whose notes say from which deadline to which."""

TO = " → "
"""What stands between the two names in the note of a `reassign`."""

ANOTHER_CLIENT = "Another client"

WRITTEN = frozenset(arrow.action for arrows in LEAVING.values() for arrow in arrows) | {"hold"}
"""Actions whose notes somebody wrote; those of all others are sentences of ours."""


def readable_lines(lines: list[StatusLog], reader: User) -> list[StatusLog]:
    """The lines that this reader may know of."""
    return [line for line in lines if hears_of(line.action, reader)]


def hears_of(action: str, reader: User) -> bool:
    """Whether somebody with this reader's role may know that such a thing happened to an order."""
    return action not in HIDDEN.get(reader.role, ())


def readable_note(line: StatusLog, reader: User) -> str | None:
    """The line's note, unless it is the team's and the reader a client; moments that we tell are on their own clock."""
    if not hears_of(line.action, reader) or (reader.role is Role.client and line.action in TEAM_ONLY):
        return None
    if not line.note or line.action not in DATED:
        return line.note
    return moments.told(line.note, reader.time_zone, reader.locale)


def name_of(user: User, reader: User) -> str:
    """Who did something, in full, to this reader: no client reads another's name, such as of an earlier client."""
    return ANOTHER_CLIENT if _is_another_client(user, reader) else user.name


def first_name_of(user: User, reader: User) -> str:
    """The same, in short."""
    return ANOTHER_CLIENT if _is_another_client(user, reader) else user.first_name


def _is_another_client(user: User, reader: User) -> bool:
    return reader.role is user.role is Role.client and user.id != reader.id


def assigned(history: list[StatusLog], job: Job) -> str | None:
    """Who was assigned: the writer as it is now, or whom the first `reassign` took it from; its note begins so."""
    first = next((line.note for line in history if line.action == "reassign" and line.note), None)
    return first.split(TO)[0] if first else job.writer and job.writer.name


def booked(payment: Payment, currency: str, locale: str = "") -> str:
    """What somebody did who booked this line of the ledger."""
    amount = money.shown(abs(payment.amount), currency, locale)
    if payment.reverses_id:
        return f"reversed a payment of {amount}"
    return f"recorded a payment of {amount}" if payment.amount > 0 else f"recorded {amount} paid back"
