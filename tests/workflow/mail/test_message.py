"""The post: how a letter looks when a real mail server gets it, and how it goes there."""

import asyncio
import re
import ssl
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

import aiosmtplib
import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword

import settings
from models import Letter
from settings import Misconfigured
from tests.mailbox import CERTIFICATE, Mailbox, opened, silence
from tests.workflow.people.test_agency import picture
from workflow.mail import message

ADDRESS, NAME = "cleo@example.com", "P & I"
DESK = "Paper & Ink <desk@example.com>"
MOMENT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
BODY = 'Hello Cleo,\n\nWren has delivered "Tea".\n\nOpen the order:\nhttps://desk.example/jobs/DK-2026-0001\n'


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """The server that letters go to."""
    with opened() as box:
        settings.use(_env_file=None, smtp_url=box.url(), reply_to=DESK)
        yield box
    settings.use(_env_file=None)


def send(subject: str = "Tea is ready", body: str = BODY, agency: str = NAME, url: str = "", **more: Any) -> None:
    """Hand a letter over, to the mailbox or at this address."""
    if url:
        settings.use(_env_file=None, smtp_url=url)
    known: dict[str, Any] = {"user_id": 1, "type": "delivered", "message_id": "<7@docket>", "created_at": MOMENT}
    letter = Letter(recipient=ADDRESS, subject=subject, body=body, **known)
    mail = message.message(letter, agency, **more)

    async def hand_over() -> None:
        async with message.Line() as line:
            await line.hand_over(mail)

    asyncio.run(hand_over())


def text(mail: EmailMessage, kind: str) -> str:
    """The part of this kind."""
    part = mail.get_body((kind,))
    assert part
    return part.get_content().replace("\r\n", "\n")


def test_its_head_says_all(mailbox: Mailbox) -> None:
    send()

    (mail,) = mailbox.taken
    said = {"From", "To", "Reply-To", "Subject", "Message-ID", "Date", "Auto-Submitted", "MIME-Version", "Content-Type"}
    assert set(mail) - {"X-Peer", "X-MailFrom", "X-RcptTo"} == said
    assert (mail["From"], mail["To"], mail["Reply-To"]) == (f"{NAME} <docket@localhost>", ADDRESS, DESK)
    assert (mail["Message-ID"], mail["Auto-Submitted"]) == ("<7@docket>", "auto-generated")
    assert mail["Date"].datetime == MOMENT
    assert mailbox.recipients == [ADDRESS]


def test_it_is_text_and_html(mailbox: Mailbox) -> None:
    send()

    (mail,) = mailbox.taken
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert text(mail, "plain") == BODY
    assert 'href="https://desk.example/jobs/DK-2026-0001"' in text(mail, "html")
    assert "Hello Cleo," in text(mail, "html")


def test_the_logo_comes_with_it(mailbox: Mailbox) -> None:
    logo = picture("png")

    send(logo=logo)

    (mail,) = mailbox.taken
    plain, related = mail.iter_parts()
    page, image = related.iter_parts()
    assert (plain.get_content_type(), related.get_content_type()) == ("text/plain", "multipart/related")
    assert (image.get_content_type(), image["Content-ID"], image.get_content()) == ("image/png", "<logo@docket>", logo)
    assert image.get_content_disposition() == "inline"
    assert 'src="cid:logo@docket"' in page.get_content()


def test_it_asks_nobody_for_anything(mailbox: Mailbox) -> None:
    send(logo=picture("jpeg"))

    html = text(mailbox.taken[0], "html")
    assert set(re.findall(r"https?://[^\s\"<]+", html)) == {"https://desk.example/jobs/DK-2026-0001"}
    assert not [part for part in ("<link", "<script", "url(", "@import") if part in html]
    assert re.search('<td [^>]*style="', html)
    assert "@media (prefers-color-scheme: dark)" in html


def test_what_is_optional_can_be_ended(mailbox: Mailbox) -> None:
    send(unsubscribe="https://desk.example/u/1")

    (mail,) = mailbox.taken
    assert 'href="https://desk.example/u/1"' in text(mail, "html")
    assert text(mail, "plain").endswith("\nUnsubscribe from these letters: https://desk.example/u/1\n")


def test_it_says_when_nobody_reads_answers(mailbox: Mailbox) -> None:
    send(url=mailbox.url(), unsubscribe="https://desk.example/u/1")

    (mail,) = mailbox.taken
    assert mail["Reply-To"] is None
    assert f"\n--\n{message.UNREAD}\nUnsubscribe" in text(mail, "plain")
    assert message.UNREAD in text(mail, "html")


def test_somebody_reads_answers(mailbox: Mailbox) -> None:
    send()

    assert message.UNREAD not in text(mailbox.taken[0], "plain") + text(mailbox.taken[0], "html")


def test_without_a_link_there_is_no_button(mailbox: Mailbox) -> None:
    send(body="Only words")

    assert "Only words" in text(mailbox.taken[0], "html")
    assert "<a " not in text(mailbox.taken[0], "html")


def test_the_sender_has_the_name_that_is_set(mailbox: Mailbox) -> None:
    settings.use(_env_file=None, smtp_url=mailbox.url(), mail_from="Schreibbüro 🖋 <desk@example.com>")

    send()

    assert mailbox.taken[0]["From"] == "Schreibbüro 🖋 <desk@example.com>"


@pytest.mark.parametrize(
    "subject",
    ["So schön 🎉👩‍👩‍👧", "\u202eשלום עולם\u202c", "x" * 300, "ö" * 300, 'The "Tea", <b>'],
    ids=["emoji", "right to left", "long", "long and not ASCII", "marks"],
)
def test_any_subject_arrives(mailbox: Mailbox, subject: str) -> None:
    send(subject)

    assert mailbox.taken[0]["Subject"] == subject


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\n\r\n", "\v", "\f", "\x1c", "\x85", "\u2028"], ids=ascii)
def test_a_line_break_injects_no_header(mailbox: Mailbox, end: str) -> None:
    send(f"Tea{end}Bcc: eve@example.com{end}{end}<b>Hi</b>", agency=f"P{end}I")

    (mail,) = mailbox.taken
    assert mail["Subject"] == "Tea Bcc: eve@example.com <b>Hi</b>"
    assert (mail["Bcc"], mail["From"], mailbox.recipients) == (None, "P I <docket@localhost>", [ADDRESS])
    assert text(mail, "plain") == BODY


def test_html_in_a_title_is_only_text(mailbox: Mailbox) -> None:
    title = '<script>alert(1)</script>"><img src=x>'

    send(subject=title, body=f'Wren has delivered "{title}".\n\nhttps://desk.example/jobs/1\n', agency="<i>P</i>")

    html = text(mailbox.taken[0], "html")
    assert title in text(mailbox.taken[0], "plain")
    assert html.count('&lt;script&gt;alert(1)&lt;/script&gt;"&gt;&lt;img src=x&gt;') == 2
    assert not [tag for tag in ("<script", "<img", "<i>") if tag in html]


@pytest.mark.parametrize(
    "body",
    ["a\n.\nb\n", "ö" * 5000 + "\n", "x" * 5000 + "\n", "From me\n\n\n\n🎉\n", "\n"],
    ids=["a dot", "not ASCII", "long", "many lines", "empty"],
)
def test_any_text_arrives(mailbox: Mailbox, body: str) -> None:
    send(body=body)

    assert text(mailbox.taken[0], "plain") == body


def login(_server: Any, _session: Any, _envelope: Any, _mechanism: str, who: LoginPassword) -> AuthResult:
    return AuthResult(success=who == LoginPassword(b"desk@example.com", b"s:/@?#%"), handled=False)


@pytest.mark.parametrize("password, taken", [("s%3A%2F%40%3F%23%25", 1), ("wrong", 0)])
def test_the_password_is_told(password: str, taken: int) -> None:
    with opened(authenticator=login, auth_require_tls=False) as box, ExitStack() as refusal:
        if not taken:
            refusal.enter_context(pytest.raises(aiosmtplib.SMTPAuthenticationError))
        send(url=f"{box.url(who=f'desk%40example.com:{password}@')}?tls=never")

    assert len(box.taken) == taken


def test_no_password_is_told_over_an_open_line() -> None:
    with opened(authenticator=login, auth_require_tls=False) as box:
        with pytest.raises(aiosmtplib.SMTPException, match="STARTTLS"):
            send(url=box.url(who="desk%40example.com:s%3A%2F%40%3F%23%25@"))

        assert not [call for call in box.calls if call.session and call.session.auth_data]


@pytest.mark.parametrize("scheme, option", [("smtps", "ssl_context"), ("smtp", "tls_context")])
@pytest.mark.parametrize("trusted", [True, False])
def test_secrets_stay_secret(monkeypatch: pytest.MonkeyPatch, scheme: str, option: str, trusted: bool) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    with opened(**{option: context}, require_starttls=option == "tls_context") as box, ExitStack() as refusal:
        if trusted:
            monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
        else:
            refusal.enter_context(pytest.raises((aiosmtplib.SMTPException, OSError), match="CERTIFICATE_VERIFY"))
        send(url=box.url(scheme))

    assert len(box.taken) == trusted


@pytest.mark.parametrize("answers", [True, False])
def test_a_slow_server_is_left(mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch, answers: bool) -> None:
    monkeypatch.setattr(message, "PATIENCE", 0.5)
    mailbox.seconds = 0.4

    with silence() as url, pytest.raises((TimeoutError, aiosmtplib.SMTPException)):
        send(url=mailbox.url() if answers else url)


@pytest.mark.parametrize(
    "name, value",
    [
        ("SMTP_URL", "mail.example.com:587"),
        ("SMTP_URL", "https://mail.example.com"),
        ("SMTP_URL", "smtp://:587"),
        ("SMTP_URL", "smtp://mail.example.com?tls=maybe"),
        ("SMTP_URL", "smtp://mail.example.com:99999"),
        ("MAIL_FROM", ""),
        ("MAIL_FROM", "Docket"),
        ("MAIL_FROM", "desk@.example.com"),
        ("REPLY_TO", "desk"),
        ("REPLY_TO", "desk@.example.com"),
    ],
)
def test_a_wrong_address_stops_the_start(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"DOCKET_{name}", value)

    with pytest.raises(Misconfigured, match=rf"^DOCKET_{name}\b"):
        settings.use(_env_file=None)
