"""Facts about an order, in the words of whoever reads them."""

from models import clock
from models.job import Job
from models.status import AWAITED, FINAL, Status, Turn
from models.user import Role, User
from models.work_type import WorkType
from pages.parts.times import late, when
from workflow import money, words
from workflow.notifications import notices
from workflow.text import characters, locales
from workflow.words import TURNS

STEPS = {
    Status.pending: 1,
    Status.approved: 2,
    Status.assigned: 2,
    Status.in_progress: 3,
    Status.editing: 3,
    Status.revision: 3,
    Status.revision_pending: 3,
    Status.delivered: 4,
    Status.completed: 5,
}
"""How far along the client's five steps each status is: received, accepted, in progress, ready, completed."""


OWN, WRITERS = "Deadline", "Writer’s deadline"
"""How the two deadlines are called; to writers, their own is simply the deadline."""


def price(job: Job, reader: User) -> str:
    """The amount with its currency."""
    return money.shown(job.amount, job.currency, reader.locale)


def work(job: Job, reader: User) -> str:
    """How much is ordered, of what."""
    return f"{locales.number(job.quantity, reader.locale)} {job.unit} {job.work_type}"


def list_price(kind: WorkType, currency: str, locale: str = "") -> str:
    """What a kind of work costs by the list, and how long it usually takes."""
    units = f"{locales.number(kind.per, locale)} {kind.unit}" if kind.per > 1 else kind.unit.removesuffix("s")
    days = f"about {kind.usual_days} day{'' if kind.usual_days == 1 else 's'}"
    return f"{money.shown(kind.price, currency, locale)} per {units}, {days}"


def finished(job: Job) -> str:
    """Who has finished it, for its client: the title follows."""
    return f"{characters.isolated(job.writer.first_name) if job.writer else 'The agency'} has finished"


def progress(job: Job) -> str:
    """Who does what now, for its client."""
    writer = characters.isolated(job.writer.first_name) if job.writer else "Your writer"
    return words.PROGRESS[job.status].format(writer=writer)


def promised(job: Job, reader: User) -> str:
    """How far an order is and until when, for its client: what the agency has yet to accept is not promised."""
    due = job.deadline and when(job.deadline, reader)
    if job.status is Status.pending:
        return f"You asked for {due}; we confirm soon." if due else progress(job)
    return f"{progress(job)} Promised for {due}." if due else progress(job)


def deadline(job: Job, reader: User) -> str:
    """When the order is due, or what became of it."""
    if job.completed_at:
        return f"completed {when(job.completed_at, reader)}"
    if job.cancelled_at:
        return f"cancelled {when(job.cancelled_at, reader)}"
    due = job.due(reader)
    if due is None:
        return "no deadline"
    if reader.role is Role.client:  # only what the agency has accepted is promised
        return f"{'wanted' if job.status is Status.pending else 'promised'} for {when(due, reader)}"
    is_late = job.is_overdue if reader.is_staff else job.is_late_by_writer
    return f"{late(due)} · {when(due, reader)}" if is_late else f"due {when(due, reader)}"


def end(job: Job, reader: User) -> tuple[str, str]:
    """The fact of when the order is due, or was over: its name, and when."""
    for name, moment in (("Completed", job.completed_at), ("Cancelled", job.cancelled_at)):
        if moment:
            return name, when(moment, reader)
    return OWN, deadline(job, reader)


def around(job: Job, reader: User) -> list[tuple[str, str]]:
    """Who is around the order, by what they are to it; clients are told of nobody before there is somebody."""
    named = [("Client", job.client), ("Writer", job.writer), ("Manager", job.manager)]
    nobody = "" if reader.role is Role.client else "nobody" if job.status in FINAL else "nobody yet"
    told = [(name, user.name if user else nobody) for name, user in named]
    return [(name, who) for name, who in told if who]


def rounds(job: Job) -> str:
    """How many of the included revisions are used, and how many were asked for beyond them."""
    included = job.included_revisions or 0
    more = job.revision_count - included
    used = f"{min(job.revision_count, included)} of {included} used"
    return f"{used}, {more} more asked for" if more > 0 else used


def held(job: Job, reader: User) -> str:
    """Why the order is on hold, and for whom it waits, if that was said."""
    awaited = {Turn.writer: job.writer, Turn.client: job.client}.get(Turn(job.held_for)) if job.held_for else None
    mine = awaited is not None and awaited.id == reader.id
    writer = job.writer.first_name if job.writer else "the writer"
    names = {"client": job.client.first_name, "writer": writer, "reason": job.hold_reason or ""}
    said = {name: characters.isolated(each) for name, each in names.items()}
    return words.HELD["you" if mine else job.held_for].format(**said)


def news(job: Job, reader: User) -> str:
    """What its client has heard of last, and when."""
    if job.latest_at is None:
        return f"Latest news: {when(job.updated_at, reader)}"
    return f"Latest news: {notices.latest(job)} ({when(job.latest_at, reader)})"


def writers_deadline(job: Job, reader: User) -> str:
    """When the writer is due, for staff; nothing when they were given no deadline of their own."""
    if job.writer_deadline is None:
        return ""
    then = when(job.writer_deadline, reader)
    return f"{late(job.writer_deadline)} · {then}" if job.is_late_by_writer else then


def lateness(job: Job, reader: User) -> str:
    """What is late, in words, when this reader is to be warned: `3 h late`, or for staff `writer 3 h late`."""
    if not job.is_late_for(reader):
        return ""
    if reader.is_staff and not job.is_overdue and job.writer_deadline:
        return f"writer {late(job.writer_deadline)}"
    due = job.due(reader)
    return late(due) if due else ""


def summary(job: Job, reader: User) -> str:
    """The deadline on a card: staff also read there that the writer is late, before the client's deadline is."""
    if reader.role is Role.client and job.status in AWAITED:
        return promised(job, reader)
    warning = lateness(job, reader) if reader.is_staff and not job.is_overdue else ""
    return " · ".join(filter(None, (deadline(job, reader), warning)))


def late_ones(job: Job, reader: User) -> set[str]:
    """Which of the deadlines shown have passed unmet, so that their line warns."""
    own = job.is_overdue if reader.is_staff else job.is_late_for(reader)
    return {name for name, is_late in ((OWN, own), (WRITERS, job.is_late_by_writer)) if is_late}


def people(job: Job, reader: User) -> str:
    """Who is around the order, besides the reader."""
    if reader.role is Role.client:
        return ""
    if reader.role is Role.writer:
        return f"for {characters.isolated(job.client.name)}"
    nobody = "nobody" if job.status in FINAL else "nobody yet"
    writer = characters.isolated(job.writer.name) if job.writer else nobody
    return f"{characters.isolated(job.client.name)} → {writer}"


def turn(job: Job, reader: User) -> str:
    """Whose turn it is, in one sentence."""
    if job.status in FINAL:
        return "Nothing is left to do."
    if job.on_hold:
        return f"{held(job, reader)}."
    holder = TURNS[job.status]
    mine = {"agency": reader.is_staff, "writer": reader.id == job.writer_id, "client": reader.id == job.client_id}
    names = {"agency": "the agency", "writer": job.writer and job.writer.first_name, "client": job.client.first_name}
    whose = "your" if mine[holder] else f"{names[holder] or 'the writer'}’s"
    return f"It is {whose} turn{_until(job, reader)}."


def _until(job: Job, reader: User) -> str:
    """Until when whoever's turn it is has time; what is only asked for is no promise yet."""
    by_writer = TURNS[job.status] == "writer" and reader.role is not Role.client
    due = (job.writer_deadline if by_writer else None) or job.due(reader)
    if due is None or job.status not in AWAITED:
        return ""
    if reader.role is Role.client:
        asked = f". You asked for {when(due, reader)}; we confirm soon"
        return asked if job.status is Status.pending else f"; promised for {when(due, reader)}"
    return f", {late(due)}" if due < clock.now() else f", until {when(due, reader)}"


def wanted_changes(job: Job) -> str:
    """What the client wants to be changed, in their words, for whoever does it."""
    if not job.asked_for:
        return ""
    return f"{characters.isolated(job.client.first_name)} wants changed: “{characters.isolated(job.asked_for)}”"


def to_revise(job: Job) -> str:
    """What the client wants to be changed, while it is to be."""
    return f"To be revised: {characters.isolated(job.asked_for)}" if job.asked_for else ""
