"""The boundary to browsers: by which names this desk is called, which sites may speak to it, and what pages may do.

A browser sends a foreign name's or a foreign site's requests here like any other. So a request is refused unless it
asks for a name of ours and, where it could change something, comes from a page of ours. Every answer says what a page
may load and run: a script that somebody smuggles into one has no nonce, and does not run.
"""

import logging
import re
import secrets
from functools import lru_cache
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

import settings
from doors import Doors

FOREIGN_SITE = "This request did not come from a page of this site."
NO_NAME = "This request does not say in one word which host it is for."
NOT_OURS = (
    "This desk does not answer to the name {name}. If it should, set DOCKET_BASE_URL=http://{host} where Docket is "
    "started, or DOCKET_HOSTS={name} for one more name beside the usual one, and start it again."
)

PORTS = {"http": 80, "https": 443}
OTHER_SITES = {"cross-site", "same-site"}
SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}
HOST = re.compile(r"([A-Za-z0-9_.-]+|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?")

FORWARDED = re.compile(rb"forwarded|via|x-forwarded-.*|x-real-ip|x-client-ip|true-client-ip|cf-connecting-ip")
"""Headers by which a proxy says that the caller is somebody else."""

POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-%s' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
"""What a page may load and run. `unsafe-eval` is for Vue, which makes functions of its templates in the browser."""

BARE = b"default-src 'none'; frame-ancestors 'none'"
"""What is no page may do: nothing."""

ALWAYS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"),
]
HTTPS_ONLY = (b"strict-transport-security", b"max-age=31536000")

log = logging.getLogger("docket.boundary")


class Boundary:
    """ASGI middleware in front of both doors; an answer that has a stricter header of its own keeps it."""

    def __init__(self, doors: Doors) -> None:
        self.doors = doors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it; either way the browser is told what it may do with the answer."""
        if scope["type"] == "lifespan":
            await self.doors(scope, receive, send)
            return
        scope.setdefault("state", {})["nonce"] = secrets.token_urlsafe(16)
        request = HTTPConnection(scope)
        told = _told(request)

        async def tell(message: Message) -> None:
            if message["type"] == "http.response.start":
                said = {name for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(each for each in told if each[0] not in said)]
            await send(message)

        refusal = refused(request)
        answer = self._refusal(scope, *refusal) if refusal else self.doors
        await answer(scope, receive, tell)

    def _refusal(self, scope: Scope, http: int, code: str, sentence: str) -> ASGIApp:
        if scope["type"] == "websocket":
            return WebSocketClose()
        return self.doors.refusal(scope, http, code, sentence, {})


def _told(request: HTTPConnection) -> list[tuple[bytes, bytes]]:
    told = told_of((POLICY % request.scope["state"]["nonce"]).encode())
    return [*told, HTTPS_ONLY] if is_https(request) else told


def told_of(policy: bytes) -> list[tuple[bytes, bytes]]:
    """The headers that every answer has, with this policy."""
    return [(b"content-security-policy", policy), *ALWAYS]


def nonce(request: HTTPConnection) -> str:
    """The word that the scripts of this answer carry."""
    return getattr(request.state, "nonce", "")


def is_https(request: HTTPConnection) -> bool:
    """Whether the browser speaks TLS, to us or to a proxy."""
    return request.scope.get("scheme") in {"https", "wss"} or settings.current().public_url.startswith("https:")


def is_from_here(request: HTTPConnection) -> bool:
    """Whether a program on this machine asks for itself, and no proxy for somebody else."""
    forwarded = any(FORWARDED.fullmatch(name) for name, _ in request.scope["headers"])
    return request.client is not None and is_loopback(request.client.host) and not forwarded


@lru_cache(maxsize=100)
def is_loopback(name: str) -> bool:
    """Whether this name or address is the machine itself."""
    try:
        address = ip_address(name)
    except ValueError:
        return name == "localhost"
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_loopback


def _said(request: HTTPConnection, name: bytes) -> list[str]:
    return [value.decode("latin-1") for header, value in request.scope["headers"] if header == name]


def asked_for(request: HTTPConnection) -> str | None:
    """The name by which a request asks for this desk, without a port; None unless it says one, and properly."""
    hosts = _said(request, b"host")
    return _name_in(hosts[0]) if len(hosts) == 1 else None


@lru_cache(maxsize=100)
def _name_in(host: str) -> str | None:
    if not HOST.fullmatch(host):
        return None
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:  # a number in brackets that is no address
        return None


def refused(request: HTTPConnection) -> tuple[int, str, str] | None:
    """Why a request is not let in: the HTTP status, a code for programs, a sentence; None for one that is."""
    name = asked_for(request)
    if name is None:
        return 400, "WRONG_HOST", NO_NAME
    if name not in settings.current().names and not is_loopback(name):
        return 421, "WRONG_HOST", NOT_OURS.format(name=name, host=request.headers["host"])
    if _could_change(request.scope) and not from_own_site(request):
        return 403, "FOREIGN_ORIGIN", FOREIGN_SITE
    return None


def _could_change(scope: Scope) -> bool:
    """A socket carries what is pressed; so do the polls that may stand in for one."""
    return scope["type"] == "websocket" or "/_nicegui_ws/" in scope["path"] or scope["method"] not in SAFE


def from_own_site(request: HTTPConnection) -> bool:
    """Programs send neither header; a browser sends at least one with whatever another site makes it do."""
    origins, sites = _said(request, b"origin"), _said(request, b"sec-fetch-site")
    own = own_origins(request).issuperset(map(origin_of, origins)) if origins else OTHER_SITES.isdisjoint(sites)
    if not own:
        log.warning("Refused a request from %r for %r.", origins or sites, request.headers.get("host"))
        return False
    return True


def own_origins(request: HTTPConnection) -> set[str | None]:
    """The public address, and the address asked for.

    A proxy that ends TLS makes https look like http, so http may mean either. It never goes the other way, nor for
    a public https address: a page over http can be anybody's on the same network.
    """
    public = origin_of(settings.current().base_url)
    schemes = ["https"] if request.scope["scheme"] in {"https", "wss"} else ["http", "https"]
    asked = {origin_of(f"{scheme}://{request.headers.get('host', '')}") for scheme in schemes}
    if public in asked and str(public).startswith("https:"):
        asked.clear()
    return (asked | {public}) - {None}


def origin_of(url: str) -> str | None:
    """Scheme, host and port, the default port spelt out; None for `null` and whatever else is no origin."""
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS[parts.scheme]
    except (KeyError, ValueError):
        return None
    return f"{parts.scheme}://{parts.hostname}:{port}" if parts.hostname else None
