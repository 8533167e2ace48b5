"""The edge: what a connection may cost before its request is whole. uvicorn bounds neither heads, nor time, nor number.

A head has so many bytes and seconds, a body goes on coming, and there are so many connections, of which those that wait
for a head make room for new ones: who merely holds connections open shuts nobody out.
"""

import asyncio
from collections import Counter
from functools import lru_cache
from ipaddress import ip_address, ip_network

from httptools import HttpParserError
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

import boundary
import settings

try:
    import resource
except ImportError:  # where there is no such limit
    resource = None

HEAD_BYTES = 65_536
"""The largest head, and the most that may come of a body's frame without any of the body."""

SECONDS = 20.0
"""How long a head may take, and how often a body is looked at."""

BODY_RATE = 500
"""How many bytes of a body come in a second at least, while we listen."""

CONNECTIONS, AN_ADDRESS = 4000, 500
"""How many connections there may be, and how many of one address that is no proxy."""

SPARED = 300
"""File descriptors that are kept for the database, files and letters."""

SENTENCES = {
    400: "This is no request of HTTP.",
    408: "This request took too long to arrive.",
    431: "The head of this request is too large.",
    503: "There are too many connections just now; please try again in a moment.",
}

TOLD = b"".join(b"%b: %b\r\n" % each for each in boundary.told_of(boundary.BARE))
"""What these refusals tell a browser, as all other answers do."""

WAITING: dict["Connection", None] = {}
"""The connections that wait for a head, those that have waited longest first."""

OPEN: Counter[str] = Counter()
"""How many connections an address has open."""


def most() -> int:
    """How many connections this process may have, after asking for as many descriptors as it can get."""
    if resource is None:
        return CONNECTIONS
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS + SPARED
    if soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(hard, wanted)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return max(min(CONNECTIONS, soft - SPARED), 50)


_most = lru_cache(most)


@lru_cache(1000)
def _is_proxy(peer: str, proxies: tuple[str, ...]) -> bool:
    try:
        return any(ip_address(peer) in ip_network(each) for each in proxies)
    except ValueError:  # a socket of this machine has no address
        return True


class Counted(asyncio.Protocol):
    """A connection that is counted at the address it comes from."""

    client: tuple[str, int] | None
    _peer: str | None = None

    def enter(self) -> int:
        """Count it; returns how many there are now of its address."""
        peer = self._peer = self.client[0] if self.client else ""
        OPEN[peer] += 1
        return OPEN[peer]

    def leave(self) -> None:
        """Count it no more; a second time changes nothing."""
        if self._peer is not None:
            OPEN[self._peer] -= 1
            if not OPEN[self._peer]:
                del OPEN[self._peer]
        self._peer = None


class Socket(Counted, WebSocketsSansIOProtocol):
    """A connection that has become a websocket."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Go on counting it."""
        super().connection_made(transport)
        self.enter()

    def connection_lost(self, exc: Exception | None) -> None:
        """Count it no more."""
        self.leave()
        super().connection_lost(exc)


class Connection(Counted, HttpToolsProtocol):
    """A connection whose requests are bounded in size and time."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Let it in, if there is room or room can be made."""
        super().connection_made(transport)
        self._owes, self._silent, self._came = False, 0, 0
        self._patience: asyncio.TimerHandle | None = None
        if self._has_room():
            WAITING[self] = None
            self._wait()
        else:
            self.refuse(503)

    def _has_room(self) -> bool:
        if self.enter() > AN_ADDRESS and not _is_proxy(self._peer or "", tuple(settings.current().proxies)):
            return False
        return len(self.connections) <= _most() or _has_made_room()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self._is_over()
        super().connection_lost(exc)

    def handle_websocket_upgrade(self) -> None:
        """From here on it is a `Socket`."""
        self._is_over()
        super().handle_websocket_upgrade()

    def _is_over(self) -> None:
        WAITING.pop(self, None)
        self._owes = False
        self._calm()
        self.leave()

    def data_received(self, data: bytes) -> None:
        """Take what has come, unless it is too much of a head, and see to it that the rest comes too."""
        self._silent += len(data)
        self._came += len(data)
        super().data_received(data)
        if self._silent > HEAD_BYTES:
            self.refuse(431)
        elif self._patience is None and self._is_awaited:
            self._wait()

    @property
    def _is_awaited(self) -> bool:
        """Whether the next word is theirs."""
        return self._owes or self in WAITING

    def on_message_begin(self) -> None:
        """A request begins."""
        self._owes = True
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Its head is whole."""
        if self._silent > HEAD_BYTES and sum(len(name) + len(value) + 4 for name, value in self.headers) > HEAD_BYTES:
            raise HttpParserError(SENTENCES[431])
        WAITING.pop(self, None)
        self._silent = self._came = 0
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Some of its body has come."""
        self._silent = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """All of it has come."""
        self._silent, self._owes = 0, False
        self._calm()
        super().on_message_complete()
        if self.cycle and self.cycle.response_complete:
            WAITING[self] = None

    def on_response_complete(self) -> None:
        """It is answered, and the next one may begin."""
        super().on_response_complete()
        if not self._owes and self._is_here:
            WAITING[self] = None

    def timeout_keep_alive_handler(self) -> None:
        """Hang up on who has nothing more to ask; uvicorn would, also where a websocket has taken over meanwhile."""
        if self._is_here:
            super().timeout_keep_alive_handler()

    @property
    def _is_here(self) -> bool:
        return self._peer is not None and not self.transport.is_closing()

    def send_400_response(self, msg: str) -> None:
        """Say what is wrong with what has come."""
        self.refuse(431 if self._silent > HEAD_BYTES else 400)

    def refuse(self, status: int) -> None:
        """Say why not, where nothing else was said, and hang up."""
        WAITING.pop(self, None)
        if self.transport.is_closing():
            return
        if self.cycle is None or self.cycle.response_complete or not self.cycle.response_started:
            words = SENTENCES[status].encode()
            retry = b"retry-after: 5\r\n" if status == 503 else b""
            head = b"content-type: text/plain; charset=utf-8\r\ncontent-length: %d\r\n%b%bconnection: close\r\n\r\n"
            self.transport.write(STATUS_LINE[status] + head % (len(words), retry, TOLD) + words)
        self.transport.close()

    def _wait(self) -> None:
        self._patience = self.loop.call_later(SECONDS, self._look)

    def _calm(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _look(self) -> None:
        """Hang up on who is too slow; while nobody of us listens, that is not their fault."""
        self._patience = None
        if not self._is_awaited:
            return
        if self.flow.read_paused or (self not in WAITING and self._came >= BODY_RATE * SECONDS):
            self._came = 0
            self._wait()
        elif self._came:
            self.refuse(408)
        else:
            self.transport.close()


def _has_made_room() -> bool:
    """Whether a connection that waits for a head was hung up on."""
    if not WAITING:
        return False
    oldest = next(iter(WAITING))
    WAITING.pop(oldest)
    oldest.transport.abort()
    return True
