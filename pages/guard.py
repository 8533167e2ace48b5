"""Who may talk to a page: the sign-in that loaded it, over its own socket. From which sites, `boundary` says.

Whoever knows a page's client id may press its buttons, as far as NiceGUI cares. So a request is refused unless it
carries the cookie of the page it speaks for, and that sign-in stands; a socket message is dropped unless it is for the
socket's own page, and client ids stay out of the log.
"""

import asyncio
import contextlib
import hmac
import inspect
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs

from nicegui import Client, core
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from boundary import SAFE
from pages import cookie, live
from workflow import budgets
from workflow.refusals import TooOften

REFUSAL = "This request did not come from a page that your sign-in opened."
UPLOAD = re.compile(r"/_nicegui/client/([^/]+)/")
UNKNOWN_SECONDS = 5.0
"""How long a socket stays that is for no page of ours: it has heard by then that the page is to be loaded anew."""

SECRET = re.compile(r"(/socket\.io/?\?|/_nicegui/client/|[?&]key=)\S+")

log = logging.getLogger(__name__)


class OwnPages:
    """ASGI middleware: a socket, or a file for a page, only from the browser whose sign-in opened that page."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, unless it speaks for somebody else's page."""
        if scope["type"] == "lifespan" or (is_own(HTTPConnection(scope)) and await is_signed_in(HTTPConnection(scope))):
            with _known_to_its_page(scope, send):
                await self.app(scope, receive, send)
        else:
            answer = PlainTextResponse(REFUSAL, 403) if scope["type"] == "http" else WebSocketClose()
            await answer(scope, receive, send)


def is_own(request: HTTPConnection) -> bool:
    """Whether a request speaks for no page, or for one that its own sign-in opened."""
    path = request.scope["path"]
    if request.scope["type"] == "websocket" or "/_nicegui_ws/" in path:
        return is_own_socket(request)
    upload = UPLOAD.search(path)
    return upload is None or request.scope["method"] in SAFE or is_own_page(request, upload[1])


def is_own_socket(request: HTTPConnection) -> bool:
    """A socket names its page in its address, and each later poll names the page its socket was opened for."""
    query = request.scope["query_string"].decode("latin-1")
    page, sid = first(query, "client_id"), first(query, "sid")
    opened = core.sio.environ.get(sid, {"QUERY_STRING": query})
    return page is not None and is_own_page(request, page) and first(opened["QUERY_STRING"], "client_id") == page


async def is_signed_in(request: HTTPConnection) -> bool:
    """Whether the sign-in still stands that opened the page whose socket this would be; other pages need none."""
    if "/_nicegui_ws/" not in request.scope["path"]:
        return True
    page, query = _page(request.scope), request.scope["query_string"].decode("latin-1")
    if page is None or first(query, "sid"):  # of one that is open already, the page itself hears
        return page is None or not page.ended
    return await page.stands()


def _page(scope: Scope) -> live.Live | None:
    """The page of somebody who is signed in whose socket this is."""
    return live.PAGES.get(first(scope["query_string"].decode("latin-1"), "client_id") or "")


@contextmanager
def _known_to_its_page(scope: Scope, send: Send) -> Iterator[None]:
    """Within the block, the page can close this socket, whatever its other end does."""
    page = _page(scope) if scope["type"] == "websocket" else None
    lines = page.lines if page else set[Send]()
    lines.add(send)
    leaving = None
    if scope["type"] == "websocket" and not _is_open(scope):
        leaving = asyncio.create_task(_hang_up(send))
    try:
        yield
    finally:
        lines.discard(send)
        if leaving:
            leaving.cancel()


def _is_open(scope: Scope) -> bool:
    return first(scope["query_string"].decode("latin-1"), "client_id") in Client.instances


async def _hang_up(send: Send) -> None:
    """Close the socket of a page that there is not (any more), once it was told to load itself anew."""
    await asyncio.sleep(UNKNOWN_SECONDS)
    with contextlib.suppress(RuntimeError, OSError):
        await send({"type": "websocket.close", "code": 1008})


def is_own_page(request: HTTPConnection, page: str) -> bool:
    """An unknown page passes: NiceGUI refuses it in the way that makes the browser reload, as after a restart."""
    client = Client.instances.get(page)
    return client is None or hmac.compare_digest(*(cookie.key(each).encode() for each in (client.request, request)))


def first(query: str, name: str) -> str | None:
    """The first value that is not empty, which is also the one that NiceGUI and Engine.IO read."""
    return parse_qs(query).get(name, [None])[0]


def install() -> None:
    """Guard NiceGUI's socket handlers and uvicorn's log; a second call changes nothing."""
    handlers = core.sio.handlers["/"]
    for event, handler in handlers.items():
        if event not in {"connect", "disconnect"} and handler.__module__ != __name__:
            handlers[event] = own_page_only(handler)
    for name in ("uvicorn.access", "uvicorn.error"):
        logging.getLogger(name).addFilter(hide_client_ids)


def own_page_only(handler: Callable[..., Any]) -> Callable[..., Any]:
    """The handler, for messages that name the page of the socket they came over."""

    async def guarded(sid: str, message: object = None, *_: object) -> object:
        page = first((core.sio.get_environ(sid) or {}).get("QUERY_STRING", ""), "client_id")
        if page is None or not isinstance(message, dict) or message.get("client_id") != page:
            log.warning("Dropped a socket message that was not for the socket's own page.")
            return False
        if _is_over(page) or not _has_words_left(page):
            return False
        answer = handler(sid, message)
        return await answer if inspect.isawaitable(answer) else answer

    return guarded


def _is_over(page: str) -> bool:
    """Whether the sign-in of a page has ended: what it says from now on has no effect."""
    return page in live.PAGES and live.PAGES[page].ended


def _has_words_left(page: str) -> bool:
    """Whether a page may say something more; what it says beyond is not heard."""
    try:
        budgets.WORDS.spend(page)
    except TooOften:
        return False
    return True


def hide_client_ids(record: logging.LogRecord) -> bool:
    """A log filter that shortens addresses: a client id is half of what it takes to drive a page, a link's key all."""
    if isinstance(record.args, tuple):
        record.args = tuple(SECRET.sub(r"\1...", arg) if isinstance(arg, str) else arg for arg in record.args)
    return True
