"""The post: a letter as a message in text and HTML, handed to the mail server."""

import asyncio
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from urllib.parse import unquote, urlsplit

import aiosmtplib

import settings
from models.letter import Letter
from workflow import envelopes

PATIENCE = 30.0
"""Seconds that one letter may take, with all that the server asks for."""


def message(letter: Letter, agency: str) -> EmailMessage:
    """The letter as it goes out; its Message-ID is the same at every try."""
    mail = EmailMessage()
    name, address = parseaddr(settings.current().mail_from)
    mail["From"] = Address(_one_line(name or agency), addr_spec=address)
    mail["To"] = Address(addr_spec=letter.recipient)
    mail["Subject"] = _one_line(letter.subject)
    mail["Message-ID"] = letter.message_id
    mail["Date"] = format_datetime(letter.created_at)
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(letter.body)
    html = envelopes.TEMPLATES.get_template("letter.html").render(agency=agency, **_parts(letter))
    mail.add_alternative(html, subtype="html")
    return mail


def _parts(letter: Letter) -> dict[str, object]:
    """The letter's paragraphs, and the label and address of its button if its last paragraph is one."""
    paragraphs = [part.strip() for part in letter.body.strip().split("\n\n")]
    label, _, link = paragraphs[-1].partition(":\n")
    if not link.startswith(("http://", "https://")):
        label = link = ""
    return {
        "subject": letter.subject,
        "paragraphs": paragraphs[:-1] if link else paragraphs,
        "label": label,
        "link": link,
    }


def _one_line(text: str) -> str:
    """The text without line breaks of any kind, of which Unicode has ten: a header must not hold one."""
    return " ".join(text.split())


async def hand_over(mail: EmailMessage) -> None:
    """Give the message to the mail server of `DOCKET_SMTP_URL`; raises SMTPException or OSError when it refuses."""
    client, connection = _client(), None
    try:
        async with asyncio.timeout(PATIENCE), client:
            connection = client.transport
            await client.send_message(mail)
    finally:
        if isinstance(connection, asyncio.WriteTransport):
            connection.abort()  # a closing TLS connection waits for the server, longer than our event loop lives


def _client() -> aiosmtplib.SMTP:
    server = urlsplit(settings.current().smtp_url)
    return aiosmtplib.SMTP(
        hostname=server.hostname,
        port=server.port,
        username=unquote(server.username) if server.username else None,
        password=unquote(server.password) if server.password else None,
        use_tls=server.scheme == "smtps",
        tls_context=ssl.create_default_context(),
        timeout=PATIENCE,
    )
