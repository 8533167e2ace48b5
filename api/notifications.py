"""Notifications: one's own news, and marking it read."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BeforeValidator, Field
from pydantic.json_schema import SkipJsonSchema

from api.door import Actor, SignedInRoute
from api.errors import Refusal
from api.schemas import A_COUNT, Id, Moment, Shape, Time, Wish
from models import database
from models.notification import Notification
from workflow.notifications import inbox
from workflow.refusals import Forbidden

router = APIRouter(prefix="/api/notifications", route_class=SignedInRoute, tags=["Notifications"])


class NotificationOut(Shape):
    """One line of news."""

    id: int
    user_id: int
    job_id: int | None
    type: str
    title: str
    message: str
    read: bool
    created_at: Time


def _plus(value: object) -> object:
    """A `+` that an address turned into a blank is put back; blank means absent."""
    return value.replace(" ", "+") or None if isinstance(value, str) else value


class Wanted(Wish):
    """Whose news, and from when on: `since` itself is left out."""

    user_id: Id
    since: Annotated[Moment | SkipJsonSchema[None], BeforeValidator(_plus)] = None
    limit: Annotated[int, Field(ge=1, le=500), A_COUNT] = 50


@router.get("")
def listed(wanted: Annotated[Wanted, Query()], actor: Actor) -> list[NotificationOut]:
    """One's own news, newest first."""
    if wanted.user_id != actor.id:
        raise Forbidden("You can read your own notifications only.")
    with database.reading() as session:
        lines = Notification.newest(session, actor.key, wanted.limit, wanted.since)
    return [NotificationOut.model_validate(line, extra="ignore") for line in lines]


@router.post("/read-all")
def read_all(actor: Actor) -> dict[str, int]:
    """Mark all of one's news read; answers how many lines were not."""
    return {"updated": inbox.mark_read(actor)}


@router.post("/{notificationId}/read")
def read(notificationId: Id, actor: Actor) -> NotificationOut:  # noqa: N803 - the name in the address
    """Mark one line read."""
    inbox.mark_read(actor, notificationId)
    with database.reading() as session:
        line = session.get(Notification, notificationId)
    if line is None or line.user_id != actor.id:
        raise Refusal(404, "NOT_FOUND", "There is no such notification.")
    return NotificationOut.model_validate(line, extra="ignore")
