"""The edge: what a connection may cost before its request is whole. uvicorn bounds neither heads, nor time, nor number.

A head has so many bytes and seconds, a body goes on coming, an answer is taken in, and there are so many connections
(crowd.py), of which those that wait for a head make room for new ones: who merely holds them open shuts nobody out.
"""

import asyncio

from httptools import HttpParserError
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

import boundary
import crowd
import settings
from crowd import LEAVING, WAITING, Counted

HEAD_BYTES = 65_536
"""The largest head, and the most that may come of a body's frame without any of the body."""

SECONDS = 20.0
"""How long a head may take, and how often a body is looked at."""

LAST_WORDS = 1.0
"""For how many seconds who was refused is listened to: what is unread when a line is closed, resets it."""

BODY_RATE = 500
"""How many bytes of a body come in a second at least, while we listen."""

SENTENCES = {
    400: "This is no request of HTTP.",
    408: "This request took too long to arrive.",
    431: "The head of this request is too large.",
    503: "There are too many connections just now; please try again in a moment.",
}

TOLD = b"".join(b"%b: %b\r\n" % each for each in boundary.told_of(boundary.BARE))
"""What these refusals tell a browser, as all other answers do."""


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
        transport.set_write_buffer_limits(high=0)  # whatever is not taken in at once is waited for, and watched
        if self._has_room():
            WAITING[self] = None
            self._wait()
        else:
            self.refuse(503)

    def _has_room(self) -> bool:
        if self.enter() > crowd.AN_ADDRESS and not crowd.is_proxy(self._peer or "", tuple(settings.current().proxies)):
            return False
        return crowd.has_room(len(self.connections))

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
        LEAVING.pop(self, None)
        self._owes = False
        self._calm()
        self.leave()

    def data_received(self, data: bytes) -> None:
        """Take what has come, unless it is too much of a head, and see to it that the rest comes too."""
        self._silent += len(data)
        self._came += len(data)
        if self in LEAVING:
            if self._came > HEAD_BYTES:
                self.transport.abort()
            return
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
        if not self._owes and self._is_here and self.cycle.response_complete:  # else the next one has begun already
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

    def give_way(self) -> None:
        """Make room: who has not been answered yet is told why, and an idle line ends as idle lines do."""
        if self.cycle is None or self._owes:
            self.refuse(503)
        else:
            self.transport.close()

    def refuse(self, status: int) -> None:
        """Say why not, where nothing else was said, and hang up."""
        WAITING.pop(self, None)
        if self.transport.is_closing() or self in LEAVING:
            return
        is_idle = self.cycle is None or self.cycle.response_complete
        if is_idle or not self.cycle.response_started:
            words = SENTENCES[status].encode()
            retry = b"retry-after: 5\r\n" if status == 503 else b""
            head = b"content-type: text/plain; charset=utf-8\r\ncontent-length: %d\r\n%b%bconnection: close\r\n\r\n"
            self.transport.write(STATUS_LINE[status] + head % (len(words), retry, TOLD) + words)
        if is_idle:
            self._hear_out()
        else:
            self.transport.close()

    def _hear_out(self) -> None:
        """Hang up on our side, and listen to what was on its way here."""
        self._calm()
        self._came = 0
        self.transport.write_eof()
        self._patience = self.loop.call_later(LAST_WORDS, self.transport.abort)
        crowd.see_out(self)

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
