"""The post: a letter as a message in text and HTML, and the line over which it goes to the mail server."""

import asyncio
import contextlib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from typing import Self
from urllib.parse import SplitResult, unquote, urlsplit

import aiosmtplib
import css_inline

import settings
from models.letter import Letter
from workflow import checks
from workflow.mail import templates
from workflow.storage import file_types
from workflow.text import characters

PATIENCE = 30.0
"""Seconds that the server may take to answer a call, and then for each letter, with all that it asks for."""

LOGO = "logo@docket"
"""The Content-ID under which the HTML finds the logo, which comes with the letter: nothing is fetched from us."""

PREHEADER = 140
"""Characters that mail programs show beside a subject."""

UNREAD = "Please do not reply to this letter: nobody reads what comes back."

_INLINER = css_inline.CSSInliner(load_remote_stylesheets=False, keep_at_rules=True)
"""Puts the styles where mail programs heed them; what depends on the screen stays in the head, for those that can."""


def message(letter: Letter, agency: str, logo: bytes | None = None, unsubscribe: str = "") -> EmailMessage:
    """The letter as it goes out; its Message-ID is the same at every try. `unsubscribe` is an address."""
    mail = EmailMessage()
    name, address = parseaddr(settings.current().mail_from)
    mail["From"] = Address(_one_line(name or agency), addr_spec=address)
    mail["To"] = checks.mailed(letter.recipient)
    if settings.current().reply_to:
        mail["Reply-To"] = settings.current().reply_to
    mail["Subject"] = _one_line(letter.subject)
    mail["Message-ID"] = letter.message_id
    mail["Date"] = format_datetime(letter.created_at)
    mail["Auto-Submitted"] = "auto-generated"
    if unsubscribe:
        mail["List-Unsubscribe"] = f"<{unsubscribe}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(letter.body + _foot(unsubscribe))
    kind = logo and file_types.logo_type(logo)
    mail.add_alternative(html(letter, agency, f"cid:{LOGO}" if kind else "", unsubscribe), subtype="html")
    if logo and kind:
        main, sub = kind.split("/")
        *_, part = mail.iter_parts()
        assert isinstance(part, EmailMessage)
        part.add_related(logo, main, sub, cid=f"<{LOGO}>", disposition="inline", filename=f"logo.{sub}")
    return mail


def _foot(unsubscribe: str) -> str:
    lines = [_unread(), f"Unsubscribe from these letters: {unsubscribe}" if unsubscribe else ""]
    return "\n".join(["\n--", *filter(None, lines), ""]) if any(lines) else ""


def _unread() -> str:
    """What a letter says of answers to it: nothing when `DOCKET_REPLY_TO` names who reads them."""
    return "" if settings.current().reply_to else UNREAD


def html(letter: Letter, agency: str, logo: str = "", unsubscribe: str = "", *, preview: bool = False) -> str:
    """The letter as a page of HTML; `logo` is an address. In a preview, links lead the whole window away."""
    page = templates.TEMPLATES.get_template("letter.html").render(
        agency=agency,
        logo=logo,
        unsubscribe=unsubscribe,
        preview=preview,
        why=" ".join(filter(None, [_why(letter, agency), _unread()])),
        **_parts(letter),
    )
    return _INLINER.inline(page)


def _why(letter: Letter, agency: str) -> str:
    if letter.user_id:
        return f"You get this letter because you have an account at {agency}."
    return f"You get this letter because somebody gave this address to {agency}. If that was not you, do nothing."


def _parts(letter: Letter) -> dict[str, object]:
    """The letter's paragraphs, and the label and address of its button if its last paragraph is one."""
    paragraphs = [part.strip() for part in letter.body.strip().split("\n\n")]
    label, _, link = paragraphs[-1].partition(":\n")
    if not link.startswith(("http://", "https://")):
        label = link = ""
    told = paragraphs[:-1] if link else paragraphs
    return {
        "subject": letter.subject,
        "preheader": " ".join(told[1:] or told)[:PREHEADER],  # a greeting says nothing new
        "paragraphs": told,
        "label": label,
        "link": link,
    }


def _one_line(text: str) -> str:
    """The text for a header: without line breaks of any kind (Unicode has ten), nor what begins an encoded word.

    Python's headers decode such a word when they are set, and what it hides would become headers of its own.
    """
    return characters.on_one_line(text).replace("=?", "= ?")


class Line:
    """A line to the mail server of `DOCKET_SMTP_URL`: opened when needed, kept for the letters that follow."""

    def __init__(self) -> None:
        self._client: aiosmtplib.SMTP | None = None
        self._connection: asyncio.BaseTransport | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._client is not None:
            with contextlib.suppress(aiosmtplib.SMTPException, OSError):
                await self._client.quit(timeout=1)
        self.hang_up()

    async def open(self) -> None:
        """Be connected; raises SMTPException or OSError when the server is away, or does not let us in."""
        if self._client is None:
            self._client = _client()
            try:
                async with asyncio.timeout(PATIENCE):
                    await self._client.connect()
            except BaseException:
                self.hang_up()
                raise
            self._connection = self._client.transport

    async def hand_over(self, mail: EmailMessage) -> None:
        """Give the server this message; raises SMTPException or OSError when it refuses, and then hangs up."""
        await self.open()
        assert self._client is not None
        try:
            async with asyncio.timeout(PATIENCE):
                await self._client.send_message(mail)
        except BaseException:
            self.hang_up()
            raise

    def hang_up(self) -> None:
        """End at once: a closing TLS connection waits for the server, longer than our event loop lives."""
        connection = self._connection or (self._client and self._client.transport)
        if isinstance(connection, asyncio.WriteTransport):
            connection.abort()
        self._client = self._connection = None


def _start_tls(server: SplitResult) -> bool | None:
    """Whether the line must be encrypted before anything is said: with a password always, else where the server can.

    Who stands between could hide that the server knows STARTTLS, and read the password.
    """
    if server.query == settings.NO_TLS:
        return False
    return True if server.password and server.scheme == "smtp" else None


def _client() -> aiosmtplib.SMTP:
    server = urlsplit(settings.current().smtp_url.get_secret_value())
    return aiosmtplib.SMTP(
        hostname=server.hostname,
        port=server.port,
        username=unquote(server.username) if server.username else None,
        password=unquote(server.password) if server.password else None,
        use_tls=server.scheme == "smtps",
        start_tls=_start_tls(server),
        tls_context=ssl.create_default_context(),
        timeout=PATIENCE,
    )
