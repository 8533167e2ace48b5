"""Notices: who hears of what, in which words. Nothing else in Docket writes news or letters."""

from email.utils import make_msgid

from sqlmodel import Session

import settings
from models.job import Job
from models.letter import Letter
from models.notification import Notification
from models.rules import Rules
from models.status import Status
from models.user import STAFF, Role, User

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
    "release": ("The order is no longer on hold", "The order is no longer on hold"),
}
"""Action -> what the team reads, what the client reads."""

TO_CONFIRM = "A further revision has been requested and waits for the agency to agree"


def tell(session: Session, job: Job, action: str, *, by: User) -> list[Notification]:
    """Write the news of this action for everybody concerned, and the letters; returns the news.

    The actor's own line is there already read: the history is whole, and nobody is toasted by themself.
    """
    type_, title = ("order_created", "Placed") if action == "create" else ("order_updated", "Status Updated")
    news = [
        Notification(
            user_id=user.key,
            job_id=job.id,
            type=type_,
            title=f"Order {job.display_id} {title}",
            message=f'Order "{job.title}": {_message(job, action, user)}',
            status=job.status,
            read=user.id == by.id,
        )
        for user in _recipients(session, job, action)
    ]
    session.add_all(news)
    if action == "deliver" and job.client.active:
        session.add(_delivery_letter(job))
    return news


def _message(job: Job, action: str, reader: User) -> str:
    if action == "request_revision" and job.status is Status.revision_pending and reader.role is not Role.client:
        return TO_CONFIRM
    words = MESSAGES[action][reader.role is Role.client]
    return words.format(client=job.client.name, writer=job.writer and job.writer.first_name, hold=job.hold_reason)


def _recipients(session: Session, job: Job, action: str) -> list[User]:
    staff = User.active_with(session, STAFF)
    if action != "create":
        staff = [user for user in staff if user.role is Role.admin or user.id == job.manager_id]
    around = [user for user in (job.client, job.writer) if user is not None and user.active]
    return list({user.key: user for user in [*around, *staff]}.values())


def concerned(session: Session, job: Job, rules: Rules) -> frozenset[int]:
    """Everybody whose pages show this job or may do so: its people, all staff, and writers who could claim."""
    roles = STAFF | {Role.writer} if rules.writers_may_claim else STAFF
    watching = {user.key for user in User.active_with(session, roles)}
    return frozenset(watching | {key for key in (job.client_id, job.writer_id) if key is not None})


def _delivery_letter(job: Job) -> Letter:
    writer = job.writer.first_name if job.writer else "The agency"
    return Letter(
        user_id=job.client_id,
        job_id=job.id,
        type="delivered",
        recipient=job.client.email,
        subject=f"{job.title} is ready for you ({job.display_id})",
        body=(
            f"Hello {job.client.first_name},\n\n"
            f'{writer} has delivered "{job.title}" (order {job.display_id}).\n'
            f"Have a look, and approve it or ask for changes:\n\n"
            f"{settings.current().public_url}/jobs/{job.display_id}\n"
        ),
        message_id=make_msgid(domain="docket"),
    )
