"""The stream: every notification of a user as a server-sent event; the table is the buffer."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import closing, suppress
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.sse import EventSourceResponse, ServerSentEvent

from api.door import Actor, SignedInRoute
from api.notifications import NotificationOut
from api.schemas import Shape
from models import database
from models.notification import Notification
from models.status import Status
from models.user import User
from workflow import access, budgets, metrics
from workflow.live import stay
from workflow.live.bell import News, bell


class StreamRoute(SignedInRoute):
    """A route whose answer goes on for as long as the caller listens."""

    async def admit(self, request: Request) -> None:
        """Find out who calls, and that they do not listen too often already."""
        await super().admit(request)
        budgets.STREAMS.check(request.state.actor.id)


router = APIRouter(prefix="/events", route_class=SignedInRoute, tags=["Events"])
streams = APIRouter(prefix="/events", route_class=StreamRoute, tags=["Events"])

REPLAYED = 50
"""How many missed events are replayed; when there were more, `reset` says so: SPEC section 7."""

BATCH = 500
"""How many rows are read at once while a stream catches up."""


class EventOut(NotificationOut):
    """A notification, with the status that its job has had since."""

    status: Status | None


class Stats(Shape):
    """Who listens, in this process; `bufferedEvents` counts the table."""

    total_subscriptions: int
    user_count: int
    buffered_events: int
    subscription_types: dict[str, int]
    open_pages: int


@streams.get("/subscribe", response_class=EventSourceResponse)
async def subscribe(
    actor: Actor,
    last_event_id: Annotated[str | None, Header()] = None,
    lastEventId: Annotated[str | None, Query()] = None,  # noqa: N803 - the name in the address
) -> AsyncIterator[ServerSentEvent]:
    """One event for each of the caller's notifications, from now on, or from the last one that they have seen."""
    with budgets.STREAMS.held(actor.key), closing(Stream(actor)) as stream:
        async for event in stream.events(last_event_id or lastEventId):
            yield event


@router.get("/stats")
def stats(actor: Actor) -> Stats:
    """How many listen."""
    access.only_admins(actor, "see who listens")
    total = sum(budgets.STREAMS.used.values())
    with database.reading() as session:
        buffered = Notification.count(session)
    return Stats(
        total_subscriptions=total,
        user_count=len(budgets.STREAMS.used),
        buffered_events=buffered,
        subscription_types={"order_updates": total},
        open_pages=int(metrics.value(metrics.OPEN_PAGES)),
    )


class Stream:
    """One subscription; it sleeps until the bell rings for its user, then reads on in the table."""

    def __init__(self, user: User) -> None:
        self.user = user
        self._loop = asyncio.get_running_loop()
        self._news = asyncio.Event()
        self._stop_listening = bell.listen(self._hear)
        metrics.STREAMS.inc()

    def _hear(self, news: News) -> None:
        if news.concerns(self.user.key) and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._news.set)

    def close(self) -> None:
        """Free the subscription."""
        self._stop_listening()
        metrics.STREAMS.dec()

    async def events(self, seen: str | None) -> AsyncIterator[ServerSentEvent]:
        """`connected`, what was missed, and then what comes, until the token is good no more."""
        last, missed, was_cut = await run_in_threadpool(self._begin, seen)
        yield ServerSentEvent(event="connected", data={"userId": self.user.id})
        if was_cut:
            yield ServerSentEvent(event="reset", data={"replayed": REPLAYED})
        while True:
            for line in missed:
                last = line.id or last
                yield _event(line)
            if not missed:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._news.wait(), stay.left(self.user))
                if not await run_in_threadpool(access.is_in, self.user):
                    return
            self._news.clear()
            missed = await run_in_threadpool(self._after, last)

    def _begin(self, seen: str | None) -> tuple[int, list[Notification], bool]:
        with database.reading() as session:
            newest = Notification.last_id(session, self.user.key)
            if seen is None or not seen.isascii() or not seen.isdigit() or len(seen) > len(str(2**63)):
                return newest, [], False
            last = min(int(seen), newest)
            missed = Notification.newest_after(session, self.user.key, last, REPLAYED + 1)
        return last, missed[-REPLAYED:], len(missed) > REPLAYED

    def _after(self, last: int) -> list[Notification]:
        with database.reading() as session:
            return Notification.after(session, self.user.key, last, BATCH)


def _event(line: Notification) -> ServerSentEvent:
    data: dict[str, Any] = EventOut.model_validate(line, extra="ignore").model_dump(by_alias=True)
    return ServerSentEvent(event=line.type, id=str(line.id), data=data)
