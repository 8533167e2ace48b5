"""Preferences: by which way each user hears of each type of news, and which orders they have muted."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Field, Session, SQLModel, select

from models import rows
from models.columns import choice
from models.user import STAFF, TEAM, Role


class Channel(StrEnum):
    """How somebody hears of news: on screen, also by a letter at once, also in a daily digest, or not at all."""

    in_app = "in_app"
    at_once = "at_once"
    digest = "digest"
    off = "off"


EVERYBODY = frozenset(Role)


@dataclass(frozen=True)
class NotificationType:
    """A type of news: how it is called where people choose, and which roles ever hear of it."""

    called: str
    roles: frozenset[Role] = EVERYBODY


HELP_ASKED = "help_asked"
"""The type of news by which somebody asks for the step that their own waits for."""

TYPES = {
    "order_created": NotificationType("A new order", EVERYBODY - {Role.writer}),
    "order_updated": NotificationType("An order’s status has changed"),
    "comment_added": NotificationType("Somebody wrote a comment"),
    "file_added": NotificationType("Somebody added a file"),
    "file_withdrawn": NotificationType("Somebody removed a file"),
    "payment_recorded": NotificationType("A payment was recorded", EVERYBODY - {Role.writer}),
    HELP_ASKED: NotificationType("Somebody asks for your help"),
    "deadline_near": NotificationType("A deadline is near", TEAM),
    "deadline_missed": NotificationType("A deadline was missed", TEAM),
    "completion_blocked": NotificationType("An order cannot complete by itself", STAFF),
}
"""Every type of news that somebody can choose a way for: SPEC section 5. That an order is about to complete by itself
is no such type: its client must hear of it."""

CALLED = {
    Channel.in_app: "On screen",
    Channel.at_once: "On screen, and by mail at once",
    Channel.digest: "On screen, and in the daily digest",
    Channel.off: "Off",
}


class Preference(SQLModel, table=True):
    """How a user hears of one type of news; without a row, in the app."""

    __tablename__ = "preferences"

    user_id: int = Field(primary_key=True, foreign_key="users.id", sa_column_kwargs={"autoincrement": False})
    type: str = Field(primary_key=True, max_length=30)
    channel: Channel = Field(default=Channel.in_app, sa_type=choice(Channel, "channel"))

    @classmethod
    def of(cls, session: Session, user_id: int) -> dict[str, Channel]:
        """What a user has chosen, by type; a type that is missing is in the app."""
        return {row.type: row.channel for row in session.exec(select(cls).where(cls.user_id == user_id))}


class Mute(SQLModel, table=True):
    """A user wants no fuss about one job: its news is kept for them, already read."""

    __tablename__ = "mutes"

    user_id: int = Field(primary_key=True, foreign_key="users.id", sa_column_kwargs={"autoincrement": False})
    job_id: int = Field(primary_key=True, foreign_key="jobs.id", sa_column_kwargs={"autoincrement": False})

    @classmethod
    def of_user(cls, session: Session, user_id: int) -> set[int]:
        """Which jobs this user has muted."""
        return set(session.exec(select(cls.job_id).where(cls.user_id == user_id)))


_CHANNELS = (
    "SELECT user_id, channel FROM preferences WHERE type = ? AND user_id IN ({users}) "
    "UNION ALL SELECT user_id, NULL FROM mutes WHERE job_id = ?"
)


def chosen(session: Session, type_: str, job_id: int, user_ids: Collection[int]) -> dict[int, Channel]:
    """How these users hear of this type of news about this job; who has chosen nothing is missing, a mute is off."""
    sql = _CHANNELS.format(users=", ".join("?" * len(user_ids)))
    found = rows.ask(session, sql, type_, *user_ids, job_id)
    wished = {user_id: Channel(channel) for user_id, channel in found if channel}
    return wished | {user_id: Channel.off for user_id, channel in found if channel is None and user_id in user_ids}
