"""Preferences: how somebody hears of what, which orders they want no fuss about, and when their digest comes."""

from sqlmodel import col, delete

from models import database
from models.preference import TYPES, Channel, Mute, Preference
from models.user import Role, User
from workflow import access, checks
from workflow.live import rings
from workflow.refusals import InvalidField


def offered(role: Role) -> list[str]:
    """The types of news that somebody with this role can choose a way for."""
    return [name for name, news_type in TYPES.items() if role in news_type.roles]


def choose(type_: str, channel: Channel, *, by: User) -> None:
    """Hear of this type of news this way from now on; raises InvalidField for a type that this role never hears of.

    Raises Forbidden once the account is closed.
    """
    if type_ not in offered(by.role):
        raise InvalidField("type", "There is no such type of news.")
    with database.writing() as session:
        user = access.still_active(session, by)
        session.merge(Preference(user_id=user.key, type=type_, channel=channel))
        rings.for_user(session, user)


def mute(job_id: int, *, by: User) -> None:
    """Have no fuss about this order any more. Raises NotFound, or Forbidden once the account is closed."""
    with database.writing() as session:
        user = access.still_active(session, by)
        job = access.opened(session, job_id, user)
        session.merge(Mute(user_id=user.key, job_id=job.key))
        rings.for_user(session, user)


def unmute(job_id: int, *, by: User) -> None:
    """Hear of this order again."""
    with database.writing() as session:
        access.still_active(session, by)
        session.exec(delete(Mute).where(col(Mute.user_id) == by.key, col(Mute.job_id) == job_id))
        rings.for_user(session, by)


def set_digest_hour(hour: int, *, by: User) -> None:
    """Have the daily digest at this hour of one's own day; raises InvalidField for an hour that no day has.

    Raises Forbidden once the account is closed.
    """
    if checks.whole("digest_hour", hour, 0) > 23:
        raise InvalidField("digest_hour", "The hour is between 0 and 23.")
    with database.writing() as session:
        access.own_account(session, by).digest_hour = hour
