"""Rings: what is rung once a change is committed, here and in every other process."""

from functools import partial

from sqlalchemy import or_
from sqlmodel import Session, col, select

from models import clock, database, known
from models.job import Job, keep
from models.notification import Notification
from models.process import ORIGIN
from models.ring import Ring
from models.rows import bare, store
from models.status import FINAL
from models.user import STAFF, User
from workflow.live import audience
from workflow.live.bell import News, bell


def announce(session: Session, job: Job, notifications: list[Notification]) -> None:
    """Keep the job as it is now, and have the bell rung for all whom it concerns, in every process, once committed."""
    keep(session, job)
    store(session, bare(Ring, {"origin": ORIGIN, "job_id": job.key, "user_id": None, "created_at": clock.now()}))
    told = {line.user_id for line in notifications}  # also those whose order it is no more
    news = News(audience.concerned(session, job) | told, job, known.of(session).rules, notifications)
    database.after_commit(session, partial(bell.ring, news))


def for_user(session: Session, user: User) -> None:
    """Tell this user's open pages, in every process, to look whether they still may be open."""
    session.add(Ring(origin=ORIGIN, user_id=user.id))
    database.after_commit(session, partial(bell.ring, News(frozenset({user.key}))))


def around_user(session: Session, user: User) -> None:
    """Tell the open pages of all who see this account's name or room: their own, staff's, and who shares an order."""
    running = select(Job.client_id, Job.writer_id).where(col(Job.status).not_in(FINAL))
    shared = session.exec(running.where(or_(col(Job.client_id) == user.id, col(Job.writer_id) == user.id))).all()
    around = {key for pair in shared for key in pair if key} | {each.key for each in User.active_with(session, STAFF)}
    around.add(user.key)
    session.add_all(Ring(origin=ORIGIN, user_id=key) for key in sorted(around))
    database.after_commit(session, partial(bell.ring, News(frozenset(around))))


def for_everybody(session: Session) -> None:
    """Tell every open page, in every process, that something has changed for all."""
    session.add(Ring(origin=ORIGIN))
    database.after_commit(session, partial(bell.ring, News(None)))
