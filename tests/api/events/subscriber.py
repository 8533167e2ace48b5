"""A subscriber: what a program hears from the stream, through a client that nobody here wrote."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import islice
from typing import Any

import httpx
from httpx_sse import EventSource, ServerSentEvent, connect_sse

from api import access_tokens
from models import Job, Notification, database
from models.user import User
from workflow import metrics
from workflow.live import rings

SUBSCRIBE = "/api/jobs/events/subscribe"

QUIET = 12
"""Seconds after which a silent stream has failed: fewer than between two signs of life."""


class Stream:
    """One open connection."""

    def __init__(self, source: EventSource) -> None:
        self.answer = source.response
        self._events = (event for event in source.iter_sse() if event.data)

    def take(self, number: int) -> list[ServerSentEvent]:
        """The next so many events, or fewer when the stream ends before."""
        return list(islice(self._events, number))

    def kinds(self, number: int) -> list[str]:
        """What the next so many events are called."""
        return [event.event for event in self.take(number)]

    def data(self) -> dict[str, Any]:
        """What the next event carries."""
        return self.take(1)[0].json()


Subscribe = Callable[..., AbstractContextManager[Stream]]
"""Opens a stream for one of the cast: `with subscribe("cleo", last=7) as stream: ...`."""


@contextmanager
def subscribed(client: httpx.Client, user: User, last: int | None = None, path: str = SUBSCRIBE) -> Iterator[Stream]:
    """A stream of this user's news, from now on or from after this event; it is gone when the block has ended."""
    headers = {"Authorization": f"Bearer {access_tokens.issued(user)}"}
    headers |= {"Last-Event-ID": str(last)} if last is not None else {}
    before = metrics.value(metrics.STREAMS)
    with connect_sse(client, "GET", path, headers=headers, timeout=QUIET) as source:
        yield Stream(source)
    give_up = time.monotonic() + 10
    while metrics.value(metrics.STREAMS) > before:
        assert time.monotonic() < give_up, "the subscription was not freed"
        time.sleep(0.01)


def tell(job: Job, number: int = 1) -> None:
    """Write so many pieces of news for the job's client in one change, and ring the bell."""
    with database.writing() as session:
        session.add_all(news := [_line(job) for _ in range(number)])
        rings.announce(session, job, news)


def _line(job: Job) -> Notification:
    return Notification(user_id=job.client_id, job_id=job.id, type="comment_added", title="News", sentence="A comment")
