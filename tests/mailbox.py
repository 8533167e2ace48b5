"""The mailbox: a real mail server of our own, what it was handed, and servers that are none."""

import asyncio
import socket
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope

import settings
from tests.desk import Desk

CERTIFICATE = Path(__file__).with_name("localhost.pem")


class Mailbox(Controller):
    """A mail server on a free port. `answer` is what it says to each letter, after so many `seconds` at each step.

    For one address it can hang, or cut the line.
    """

    def __init__(self, **options: Any) -> None:
        """Not started yet; the options are aiosmtpd's."""
        self.taken: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.calls: list[SMTP] = []
        self.answer: str | bytes = "250 OK"
        self.seconds = 0.0
        self.hangs_for = self.cuts_off = ""
        self.meanwhile: Callable[[], object] = lambda: None
        self.socket = socket.create_server(("127.0.0.1", 0))
        super().__init__(self, "localhost", self.socket.getsockname()[1], **options)

    def url(self, scheme: str = "smtp", who: str = "") -> str:
        """Its address, as DOCKET_SMTP_URL takes it."""
        return f"{scheme}://{who}localhost:{self.port}"

    def factory(self) -> SMTP:
        """One for each call."""
        self.calls.append(super().factory())
        return self.calls[-1]

    def stop(self, no_assert: bool = False) -> None:
        """Hang up on everybody, and end; aiosmtpd itself would leave calls open."""
        for call in self.calls:
            if isinstance(call.transport, asyncio.WriteTransport):
                self.loop.call_soon_threadsafe(call.transport.abort)
        super().stop(no_assert)

    def _create_server(self) -> Coroutine[Any, Any, asyncio.Server]:
        return self.loop.create_server(self._factory_invoker, sock=self.socket, ssl=self.ssl_context)

    async def handle_RCPT(self, server: Any, _session: Any, envelope: Envelope, to: str, _options: Any) -> str:  # noqa: N802
        await asyncio.sleep(self.seconds)
        while to == self.hangs_for:
            await asyncio.sleep(0.01)
        if to == self.cuts_off:
            server.transport.abort()
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str | bytes:  # noqa: N802
        await asyncio.sleep(self.seconds)
        if self.answer == "250 OK":
            assert isinstance(envelope.content, bytes)
            self.taken.append(message_from_bytes(envelope.content, policy=policy.default))
            self.recipients += envelope.rcpt_tos
        self.meanwhile()
        return self.answer


@contextmanager
def opened(**options: Any) -> Iterator[Mailbox]:
    """A mail server that answers within the block."""
    mailbox = Mailbox(**options)
    mailbox.start()
    try:
        yield mailbox
    finally:
        mailbox.stop()


@contextmanager
def nobody() -> Iterator[str]:
    """An address at which no server is."""
    with socket.socket() as kept:
        kept.bind(("127.0.0.1", 0))
        yield f"smtp://127.0.0.1:{kept.getsockname()[1]}"


@contextmanager
def silence() -> Iterator[str]:
    """An address that takes calls and never says a word; at the end it hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"smtp://127.0.0.1:{server.getsockname()[1]}"


def post_to(desk: Desk, url: str, **more: Any) -> None:
    """Have the desk's letters go there."""
    settings.use(_env_file=None, data_dir=desk.folder, database_url=desk.url, smtp_url=url, **more)
