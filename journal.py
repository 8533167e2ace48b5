"""The journal: each request has an id, for its answer and the log; what failed or was slow has a line there."""

import logging
import secrets
import time
from functools import partial

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from workflow.logs import REQUEST

SLOW = 2.0
"""Seconds after which an answer that has not begun is late. How long a stream goes on afterwards counts for nothing."""

TOLD_ELSEWHERE = frozenset({503, 507})
"""What the storage did not do: its cause has a line a minute, however many ask (models/trouble.py)."""

log = logging.getLogger("docket.request")


class Journal:
    """ASGI middleware in front of everything."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Give a request its id, and see how it ends."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        came = REQUEST.set(secrets.token_hex(8))
        try:
            await self.app(scope, receive, partial(_tell, scope, send, time.monotonic()))
        finally:
            REQUEST.reset(came)


async def _tell(scope: Scope, send: Send, begun: float, message: Message) -> None:
    if message["type"] == "http.response.start":
        message["headers"] = [*message["headers"], (b"x-request-id", REQUEST.get().encode())]
        _note(scope, message["status"], time.monotonic() - begun)
    await send(message)


def _note(scope: Scope, status: int, seconds: float) -> None:
    """A line for what failed or was slow. The query stays out of it, for keys stand there."""
    has_failed = status >= 500 and status not in TOLD_ELSEWHERE
    if has_failed or seconds > SLOW:
        log.warning("%s %s was answered with %s after %.1f s.", scope["method"], scope["path"], status, seconds)
