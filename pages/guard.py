"""Who may talk to a page: its own site, under the sign-in that loaded it, over its own socket.

NiceGUI accepts sockets from every origin, and whoever knows a page's client id may press its buttons. So a request is
refused unless it comes from our own site and carries the cookie of the page it speaks for, a socket message is dropped
unless it is for the socket's own page, and client ids stay out of the log.
"""

import hmac
import inspect
import logging
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from nicegui import Client, core
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from pages import cookie

REFUSAL = "This request did not come from a page that your sign-in opened on this site."
PORTS = {"http": 80, "https": 443}
SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}
UPLOAD = re.compile(r"/_nicegui/client/([^/]+)/")
SECRET = re.compile(r"(/socket\.io/?\?|/_nicegui/client/|[?&]key=)\S+")

log = logging.getLogger(__name__)


class SameOrigin:
    """ASGI middleware: sockets and changing requests only from our own site, and only for the sign-in's own pages."""

    def __init__(self, app: ASGIApp, allowed_origin: str | None = None) -> None:
        self.app = app
        self.public = origin_of(allowed_origin or "")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or self.allows(HTTPConnection(scope)):
            await self.app(scope, receive, send)
        else:
            answer = PlainTextResponse(REFUSAL, 403) if scope["type"] == "http" else WebSocketClose()
            await answer(scope, receive, send)

    def allows(self, request: HTTPConnection) -> bool:
        kind, path = request.scope["type"], request.scope["path"]
        if kind == "websocket" or "/_nicegui_ws/" in path:
            return self.from_own_site(request) and is_own_socket(request)
        if request.scope["method"] in SAFE:
            return True
        upload = UPLOAD.search(path)
        return self.from_own_site(request) and (upload is None or is_own_page(request, upload[1]))

    def from_own_site(self, request: HTTPConnection) -> bool:
        """Programs send neither header; a browser sends at least one with whatever another site makes it do."""
        origins, site = request.headers.getlist("origin"), request.headers.get("sec-fetch-site")
        own = self.own_origins(request).issuperset(map(origin_of, origins))
        if not own or (not origins and site in {"cross-site", "same-site"}):
            log.warning("Refused a request from %r for %r.", origins or site, request.headers.get("host"))
            return False
        return True

    def own_origins(self, request: HTTPConnection) -> set[str | None]:
        """The public address, and the address asked for.

        A proxy that ends TLS makes https look like http, so http may mean either. It never goes the other way, nor for
        a public https address: a page over http can be anybody's on the same network.
        """
        schemes = ["https"] if request.scope["scheme"] in {"https", "wss"} else ["http", "https"]
        asked = {origin_of(f"{scheme}://{request.headers.get('host', '')}") for scheme in schemes}
        if self.public in asked and str(self.public).startswith("https:"):
            asked.clear()
        return (asked | {self.public}) - {None}


def origin_of(url: str) -> str | None:
    """Scheme, host and port, the default port spelt out; None for `null` and whatever else is no origin."""
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS[parts.scheme]
    except (KeyError, ValueError):
        return None
    return f"{parts.scheme}://{parts.hostname}:{port}" if parts.hostname else None


def is_own_socket(request: HTTPConnection) -> bool:
    """A socket names its page in its address, and each later poll names the page its socket was opened for."""
    query = request.scope["query_string"].decode("latin-1")
    page, sid = first(query, "client_id"), first(query, "sid")
    opened = core.sio.environ.get(sid, {"QUERY_STRING": query})
    return page is not None and is_own_page(request, page) and first(opened["QUERY_STRING"], "client_id") == page


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
        answer = handler(sid, message)
        return await answer if inspect.isawaitable(answer) else answer

    return guarded


def hide_client_ids(record: logging.LogRecord) -> bool:
    """A log filter that shortens addresses: a client id is half of what it takes to drive a page, a link's key all."""
    if isinstance(record.args, tuple):
        record.args = tuple(SECRET.sub(r"\1...", arg) if isinstance(arg, str) else arg for arg in record.args)
    return True
