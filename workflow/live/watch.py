"""The watcher: it reads what other processes committed, and rings the same bell here."""

from sqlmodel import Session, col

from models import database, known
from models.job import Job, with_people
from models.notification import Notification
from models.process import ORIGIN
from models.ring import Ring
from workflow import metrics
from workflow.live import audience
from workflow.live.bell import News, bell

SECONDS = 1.0
"""How often it looks: one small query a second, however many pages are open (SPEC section 6)."""


class Watcher:
    """Looks for rings of other processes, by one of the clocks."""

    def __init__(self) -> None:
        with database.reading() as session:
            self._ring = Ring.newest(session)
            self._notification = Notification.last_id(session)
        metrics.HEARD.set(self._ring)

    def look(self) -> None:
        """Ring for everything that other processes committed since the last look."""
        with database.reading() as session:
            newest = Ring.newest(session)
            if newest == self._ring:
                return
            heard = self._read([ring for ring in Ring.since(session, self._ring) if ring.origin != ORIGIN], session)
            self._ring, self._notification = newest, Notification.last_id(session)
        for news in heard:
            bell.ring(news)
        metrics.HEARD.set(newest)

    def _read(self, rings: list[Ring], session: Session) -> list[News]:
        notifications = Notification.everybodys_after(session, self._notification) if rings else []
        rules = known.of(session).rules
        job_ids = {ring.job_id for ring in rings if ring.job_id}
        jobs = session.exec(with_people().where(col(Job.id).in_(job_ids))).all() if job_ids else []
        told = [
            News(
                audience.concerned(session, job),
                job,
                rules,
                [line for line in notifications if line.job_id == job.id],
            )
            for job in jobs
        ]
        users = {ring.user_id for ring in rings if ring.user_id}
        everybody = any(ring.job_id is None and ring.user_id is None for ring in rings)
        return told + [News(frozenset(users))] * bool(users) + [News(None)] * everybody
