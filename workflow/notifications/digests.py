"""Digests: what somebody chose to hear of once a day, in one letter at their hour, on their clock."""

import logging
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from models import clock, database, known
from models.job import Job, visible_to
from models.notification import Notification
from models.user import User
from workflow.mail import templates
from workflow.text import characters

log = logging.getLogger("docket.digests")

SHOWN = 200
"""How many lines one digest tells; the rest is on the page of all news."""


def send_due() -> int:
    """Write the digests that are due; returns how many.

    The user's own day is the claim: it is set in the transaction that writes the letter, so that neither a second
    process nor an hour that comes twice brings a second one.
    """
    with database.reading() as session:
        user_ids = [user.key for user in waiting(session) if _due(user)]
    return sum(_send(user_id) for user_id in user_ids)


def waiting(session: Session) -> list[User]:
    """Those for whose next digest there is something."""
    told = select(Notification.user_id).where(Notification.in_digest)
    return list(session.exec(select(User).where(col(User.id).in_(told))))


def _due(user: User) -> date | None:
    """The user's day whose digest is due and was not written yet.

    An hour that the clocks leave out counts as struck by the next one; of an hour that comes twice, the first counts.
    """
    now = clock.now().astimezone(ZoneInfo(user.time_zone))
    had_it = user.digest_on is not None and user.digest_on >= now.date()
    return now.date() if now.hour >= user.digest_hour and not had_it else None


def _send(user_id: int) -> bool:
    with database.writing() as session:
        user = session.get_one(User, user_id)
        day = _due(user)
        if day is None:
            return False
        lines = session.exec(
            select(Notification)
            .where(Notification.user_id == user_id, Notification.in_digest)
            .order_by(col(Notification.id))
        ).all()
        for line in lines:
            line.in_digest = False
        user.digest_on = day
        jobs = _jobs(session, user, lines)
        news = [line for line in lines if not line.read and (line.job_id is None or line.job_id in jobs)]
        if not news or not user.active:
            return False
        session.add(templates.letter("digest", user, orders=_by_order(jobs, news[:SHOWN])))
        return True


def _jobs(session: Session, reader: User, news: Sequence[Notification]) -> dict[int, Job]:
    """The orders of this news, by their ids, but for those that are not the reader's to see any more."""
    about = col(Job.id).in_({line.job_id for line in news if line.job_id})
    return {job.key: job for job in session.exec(select(Job).where(about, visible_to(reader, known.of(session).rules)))}


def _by_order(jobs: dict[int, Job], news: list[Notification]) -> dict[str, list[str]]:
    told: defaultdict[str, list[str]] = defaultdict(list)
    for line in news:
        job = jobs.get(line.job_id or 0)
        told[f"{job.title} ({job.display_id})" if job else "Docket"].append(characters.titled(line.mailed))
    return dict(told)
