"""The doors: programs go to the API, people to the pages; what is asked with HEAD is answered as GET is."""

from collections.abc import Callable
from threading import Lock

from anyio import CancelScope
from anyio.to_thread import run_sync
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from workflow import logs

ASKED = "docket.asked"
"""Where a scope keeps the `Head` that it is asked for; others have none."""


FOR_PROGRAMS = ("/api", "/orders", "/healthz", "/readyz", "/metrics")
"""What belongs to programs; everything else is for people."""


class Late:
    """An application that is put together with its first request, or as soon as somebody has time for it."""

    def __init__(self, build: Callable[[], ASGIApp]) -> None:
        self._build, self._one_at_a_time = build, Lock()
        self._app: ASGIApp | None = None

    def made(self) -> ASGIApp:
        """The application itself."""
        with self._one_at_a_time:
            self._app = self._app or self._build()
            return self._app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let it answer."""
        app = self._app or await run_sync(self.made)
        await app(scope, receive, send)


class Doors:
    """Two doors side by side."""

    def __init__(self, app: ASGIApp, api: ASGIApp, prefixes: tuple[str, ...] = FOR_PROGRAMS) -> None:
        self.app, self.api, self.prefixes = app, api, prefixes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send a request through its door."""
        door = self.api if self.is_for_programs(scope) else self.app
        if scope["type"] == "http" and scope["method"] == "HEAD":
            await Head(send).ask(door, scope, receive)
        else:
            await door(scope, receive, send)

    def is_for_programs(self, scope: Scope) -> bool:
        """Whether a request goes to the API."""
        path = scope.get("path", "")
        return scope["type"] == "http" and any(f"{path}/".startswith(f"{start}/") for start in self.prefixes)

    def refusal(self, scope: Scope, http: int, code: str, sentence: str, headers: dict[str, str]) -> Response:
        """What is answered where a request reaches no door: programs have a code, people a sentence."""
        headers = {"Cache-Control": "no-store", **headers}
        if self.is_for_programs(scope):
            return JSONResponse({"error": sentence, "code": code, **logs.named()}, http, headers)
        return PlainTextResponse(sentence, http, headers)


class Head:
    """An answer of which only the head is sent: status and headers as for GET. A long body is not made to its end."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._is_over = False
        self._making = CancelScope()

    async def ask(self, app: ASGIApp, scope: Scope, receive: Receive) -> None:
        """Have the application answer a GET, and send the head of that."""
        with self._making:
            await app({**scope, "method": "GET", ASKED: self}, receive, self.send)

    async def send(self, message: Message) -> None:
        """Send the head, and have no more made than that."""
        if message["type"] != "http.response.body":
            await self._send(message)
        elif not self._is_over:
            self._is_over = True
            await self._send({"type": "http.response.body", "body": b""})
            if message.get("more_body"):
                self._making.cancel()
