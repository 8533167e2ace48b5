"""The audience: who is around an order, and who is told of what happens to it."""

from collections.abc import Iterable

from sqlmodel import Session

from models import known
from models.job import Job
from models.user import Role, User


def concerned(session: Session, job: Job) -> frozenset[int]:
    """Everybody whose pages show this job or may do so: its people, all staff, and writers who could claim."""
    people = known.of(session)
    watching = {user.key for user in (people.crew if people.rules.writers_may_claim else people.staff)}
    return frozenset(watching | {key for key in (job.client_id, job.writer_id) if key is not None})


def around(session: Session, job: Job, *, all_staff: bool = False) -> list[User]:
    """Who hears of what happens to the job: its client, its writer, its manager and the admins, or all staff."""
    those: Iterable[User] = known.of(session).staff
    if not all_staff:
        those = [user for user in those if _cares(user, job)]
    own = [user for user in (job.client, job.writer) if user is not None and user.active]
    return list({user.key: user for user in [*own, *those]}.values())


def caring_staff(session: Session, job: Job) -> list[User]:
    """The job's manager and the admins; all staff when it has none, so that somebody cares."""
    those = known.of(session).staff
    managed = any(user.id == job.manager_id for user in those)
    return [user for user in those if not managed or _cares(user, job)]


def _cares(user: User, job: Job) -> bool:
    return user.role is Role.admin or user.id == job.manager_id
