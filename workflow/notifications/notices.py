"""Notices: who hears of what, in which words. Nothing else in Docket writes news or letters."""

from datetime import datetime

from sqlmodel import Session

from models import known
from models.comment import Comment
from models.file import File
from models.job import Job
from models.notification import Notification
from models.preference import HELP_ASKED
from models.rows import store
from models.status import Status
from models.user import Role, User
from workflow import money, spans
from workflow.history.visibility import hears_of
from workflow.live import audience
from workflow.mail import templates
from workflow.notifications import channels
from workflow.text import characters

MESSAGES = {
    "create": ("{client} has placed a new order", "We have received your order"),
    "approve": ("The order has been approved", "Your order has been accepted"),
    "assign": ("{writer} has been assigned to the work", "A writer has been assigned to the work"),
    "start": ("Work has started", "Work has started"),
    "submit": ("The work has been submitted for editing", "The work is in its final checks"),
    "deliver": ("Work has been delivered and is ready for review", "Work has been delivered and is ready for review"),
    "request_revision": ("A revision has been requested", "Your revision request has been received"),
    "resume": ("Work on the revision has started", "Work on the revision has started"),
    "complete": ("The order has been completed", "The order has been completed"),
    "cancel": ("The order has been cancelled", "The order has been cancelled"),
    "hold": ("The order has been put on hold: {hold}", "The order has been put on hold: {hold}"),
    "amend": ("What was ordered has been changed", "Your order has been changed"),
    "reprice": ("The price has been changed", "The price of your order has been changed"),
    "reschedule": ("The writer’s deadline has been changed", ""),
    "reassign": ("{writer} has taken over the work", "Another writer has taken over the work"),
    "change_client": ("The order is now {client}’s", "The order has been put in the right name"),
    "release": ("The order is no longer on hold", "The order is no longer on hold"),
}
"""Action -> what the team reads, what the client reads."""

WROTE, MENTIONED = "wrote", "mentioned you"

TO_CONFIRM = "A further revision has been requested and waits for the agency to agree"


def tell(
    session: Session, job: Job, action: str, *, by: User | None, bulk_id: int | None = None, also: User | None = None
) -> list[Notification]:
    """Write the news of this action for everybody concerned, and for one who was until now; returns the news.

    The actor's own line is there already read: the history is whole, and nobody is toasted by themself.
    """
    type_, title = ("order_created", "Placed") if action == "create" else ("order_updated", "Status Updated")
    around = {
        user.key: user
        for user in [*audience.around(session, job, all_staff=action == "create"), *([also] if also else [])]
    }
    readers = [user for user in around.values() if user.active and hears_of(action, user)]
    names = _names(job)
    news = [_line(job, user, type_, title, _message(job, action, user, names), by) for user in readers]
    for line in news:
        line.bulk_id = bulk_id
    delivered = action == "deliver" and job.client.active
    channels.spread(session, job, news, lettered={job.client_id} if delivered else ())
    if delivered:  # whatever the client has chosen: this is what they pay for
        store(session, templates.letter("delivered", job.client, job=job))
    return news


def latest(job: Job) -> str:
    """What its client has heard of it last."""
    return _message(job, job.latest, job.client, _names(job))


def tell_of_payment(
    session: Session, job: Job, amount: int, *, by: User, is_reversal: bool = False
) -> list[Notification]:
    """Write the news of a payment, of a refund, or of a line that takes back one, for the client and staff."""
    sum_ = money.shown(abs(amount), job.currency)
    what = f"A payment of {sum_} has been recorded" if amount > 0 else f"{sum_} have been paid back"
    if is_reversal:
        what = f"A payment of {sum_} that was recorded by mistake has been reversed"
    readers = {user.key: user for user in [job.client, *known.of(session).staff] if user.active}
    news = [_line(job, user, "payment_recorded", "Payment", what, by) for user in readers.values()]
    channels.spread(session, job, news)
    return news


def tell_of_comment(session: Session, job: Job, comment: Comment, named: list[User], *, by: User) -> list[Notification]:
    """Write the news of a comment for the people around the job, and those it names, who may all read it."""
    readers = {user.key: user for user in [*audience.around(session, job), *named]}
    news = [
        _said(job, user, comment, MENTIONED if user in named else WROTE, by)
        for user in readers.values()
        if comment.is_readable_by(user, job)
    ]
    channels.spread(session, job, news)
    return news


def tell_of_mention(session: Session, job: Job, comment: Comment, named: list[User], *, by: User) -> list[Notification]:
    """Write the news of a comment that was changed for those whom it names, and who have not heard that it does."""
    heard = Notification.readers_of(session, comment.key, MENTIONED)
    news = [_said(job, user, comment, MENTIONED, by) for user in named if user.key not in heard]
    channels.spread(session, job, news)
    return news


def _said(job: Job, reader: User, comment: Comment, what: str, by: User) -> Notification:
    """The line refers to the comment, and does not repeat it: words that are taken back are to be read nowhere."""
    line = _line(job, reader, "comment_added", "Comment", f"{characters.isolated(by.first_name)} {what}", by)
    line.comment_id, line.comment = comment.key, comment
    return line


def tell_of_file(session: Session, job: Job, file: File, *, by: User) -> list[Notification]:
    """Write the news of a file for the people around the job who may see it."""
    news = [
        _line(
            job,
            user,
            "file_added",
            "File",
            f"{characters.isolated(by.first_name)} added the {file.kind} file {characters.isolated(file.name)}",
            by,
        )
        for user in audience.around(session, job)
        if file.is_visible_to(user, job)
    ]
    channels.spread(session, job, news)
    return news


def tell_of_withdrawal(session: Session, job: Job, file: File, *, by: User) -> list[Notification]:
    """Write the news that a file is gone for the people around the job who could see it."""
    name = characters.isolated(by.first_name)
    news = [
        _line(job, user, "file_withdrawn", "File Removed", f"{name} removed a {file.kind} file", by)
        for user in audience.around(session, job)
        if file.is_visible_to(user, job)
    ]
    channels.spread(session, job, news)
    return news


def tell_helpers(session: Session, job: Job, helpers: list[User], sentence: str, *, by: User) -> list[Notification]:
    """Pass somebody's why-not on to those who could clear it."""
    news = [
        _line(job, user, HELP_ASKED, "Needs you", f"{characters.isolated(by.first_name)} asks: {sentence}", by)
        for user in helpers
    ]
    channels.spread(session, job, news)
    return news


def tell_of_deadline(
    session: Session, job: Job, moment: datetime, is_missed: bool, of_writer: bool
) -> list[Notification]:
    """Write the news of a deadline that is near or missed: for the writer, whom their own concerns, and for staff.

    `of_writer` says that it is the writer's own; the client's concerns a writer who was given none. The client never
    hears of either.
    """
    type_, title = ("deadline_missed", "Deadline Missed") if is_missed else ("deadline_near", "Deadline Near")
    readers = known.of(session).staff
    if job.writer and job.writer.active and (of_writer or job.writer_deadline is None):
        readers = [job.writer, *readers]
    what = "has been missed" if is_missed else f"is {spans.ahead(moment)}"
    news = [_line(job, user, type_, title, f"{_whose(of_writer, user)} {what}", None) for user in readers]
    channels.spread(session, job, news)
    return news


def _whose(of_writer: bool, reader: User) -> str:
    if not of_writer:
        return "The deadline"
    return "Your deadline" if reader.role is Role.writer else "The writer’s deadline"


def tell_of_completion(session: Session, job: Job, moment: datetime) -> list[Notification]:
    """Write the client the news, and the letter, that the order completes by itself at this moment."""
    if not job.client.active:
        return []
    then = spans.on(moment, job.client.time_zone, job.client.locale)
    words = f"The order completes by itself on {then}, unless you ask for changes"
    line = _line(job, job.client, "completion_near", "Completes Soon", words, None)
    channels.spread(session, job, [line], lettered={job.client_id})
    store(session, templates.letter("completion_near", job.client, job=job, then=then))
    return [line]


def tell_of_obstacle(session: Session, job: Job, obstacle: str) -> list[Notification]:
    """Write staff the news that the order cannot complete by itself, and why."""
    words = f"The order cannot complete by itself yet. {obstacle}"
    readers = audience.caring_staff(session, job)
    news = [_line(job, user, "completion_blocked", "Needs you", words, None) for user in readers]
    channels.spread(session, job, news)
    return news


def tell_presser(session: Session, job: Job, reader: User, words: str) -> None:
    """Write somebody the news of what became of their own press; that is an answer, which nobody can switch off."""
    store(session, _line(job, reader, "order_updated", "Not Changed", words, None))


def _line(job: Job, reader: User, type_: str, title: str, words: str, by: User | None) -> Notification:
    return Notification.written(
        user_id=reader.key,
        job_id=job.id,
        type=type_,
        title=f"Order {job.display_id} {title}",
        sentence=f'Order "{job.title}": {words}',
        status=job.status,
        read=by is not None and reader.id == by.id,
    )


def _message(job: Job, action: str, reader: User, names: dict[str, str]) -> str:
    if action == "request_revision" and job.status is Status.revision_pending and reader.role is not Role.client:
        return TO_CONFIRM
    return MESSAGES[action][reader.role is Role.client].format_map(names)


def _names(job: Job) -> dict[str, str]:
    """What the messages name of a job, as sentences can hold it."""
    said = {
        "client": job.client.name,
        "writer": job.writer.first_name if job.writer else "",
        "hold": job.hold_reason or "",
    }
    return {name: characters.isolated(words) for name, words in said.items()}
