"""Causes: why a letter was not taken, whether that is about the letter or about the server, and what helps."""

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

import aiosmtplib

import settings


class About(Enum):
    """What a failure is about, and so what becomes of it."""

    server = auto()
    """No letter is to blame: all wait, and the server is asked once a minute."""
    either = auto()
    """Only the next letters will tell."""
    letter = auto()
    """This letter is tried again, for three days."""
    letter_for_good = auto()
    """This letter would be refused again: it is given up at once."""


@dataclass(frozen=True)
class Cause:
    """One of them; `advice` is what an admin can do, as a sentence."""

    about: About
    advice: str


AWAY = "Nobody answers at DOCKET_SMTP_URL: see whether its name and port are right, and whether that server runs."
SILENT = "It takes calls and says nothing: see whether that server is well."
UNSAFE = "The line to it cannot be encrypted as it should: its certificate must be one that this machine trusts."
SHUT = "It lets us in no further: see whether user and password in DOCKET_SMTP_URL are right."
SENDER = "It takes no letters from {sender}: set DOCKET_MAIL_FROM to an address that it may send for."
CLOSED = "It takes no letters at the moment; its answer says why."
ADDRESS = "Nobody has this address there: correct it on the page People, and send the letter again."
FULL = "The mailbox there is full: tell its reader in another way, and send the letter again later."
UNTRUSTED = (
    "The receiving side does not trust letters from {sender}: ask who runs your mail server whether it may send for "
    "that address (relaying, SPF, DKIM), and send the letter again."
)
REFUSED = "The answer says why. Once that is mended, send the letter again."
LATER = "Nothing has to be done: it is tried again by itself."
BROKEN = "This is a fault of Docket’s own, and its log says more; it is tried again by itself."

CAUSES = {
    "away": Cause(About.server, AWAY),
    "silent": Cause(About.either, SILENT),
    "unsafe": Cause(About.server, UNSAFE),
    "shut": Cause(About.server, SHUT),
    "sender": Cause(About.server, SENDER),
    "closed": Cause(About.server, CLOSED),
    "address": Cause(About.letter_for_good, ADDRESS),
    "full": Cause(About.letter_for_good, FULL),
    "untrusted": Cause(About.letter_for_good, UNTRUSTED),
    "refused": Cause(About.letter_for_good, REFUSED),
    "later": Cause(About.letter, LATER),
    "broken": Cause(About.letter, BROKEN),
}
"""Each by the name under which it is stored."""

SHUT_CODES = frozenset({530, 534, 535, 538})
"""Answers that ask for a sign-in, or refuse one, wherever they come (RFC 4954)."""

PERMANENT: dict[str, Callable[[int, str], bool]] = {
    "address": lambda code, said: said.startswith(("5.1.", "5.4.4")) or (code in {550, 551, 553} and said[:2] != "5."),
    "full": lambda code, said: said.startswith("5.2.2") or code == 552,
    "untrusted": lambda _code, said: said.startswith("5.7."),
}
"""What a refusal for good means: by its enhanced code (RFC 3463), else by its first three digits."""


def advice(name: str | None) -> str:
    """What to do about this cause; nothing for none."""
    cause = CAUSES.get(name or "")
    return cause.advice.format(sender=settings.current().mail_from) if cause else ""


def of_the_line(error: Exception) -> str:
    """Why we do not get through to the server, or are not let in."""
    if isinstance(error, aiosmtplib.SMTPAuthenticationError) or getattr(error, "code", 0) in SHUT_CODES:
        return "shut"
    if isinstance(error, ssl.SSLError) or isinstance(error.__cause__, ssl.SSLError) or "TLS" in str(error):
        return "unsafe"
    return "closed" if isinstance(error, aiosmtplib.SMTPResponseException) else "away"


def of_the_letter(error: Exception) -> str:
    """Why the server, which has let us in, does not take this letter."""
    answer = _answer(error)
    if answer is not None:
        return _of_answer(answer, answer.code, answer.message)
    if isinstance(error, aiosmtplib.SMTPNotSupported):
        return "address"
    return "silent" if isinstance(error, aiosmtplib.SMTPException | OSError) else "broken"


def said(error: Exception) -> str:
    """What the server said, in whatever character set, as a database can hold it; else what went wrong."""
    answer = _answer(error)
    words = f"{answer.code} {answer.message}" if answer else str(error) or type(error).__name__
    return words.replace("\x00", "").encode(errors="replace").decode()[:500]


def _answer(error: Exception) -> aiosmtplib.SMTPResponseException | None:
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        return error.recipients[0]
    return error if isinstance(error, aiosmtplib.SMTPResponseException) else None


def _of_answer(error: Exception, code: int, said: str) -> str:
    if code in SHUT_CODES:
        return "shut"
    if isinstance(error, aiosmtplib.SMTPSenderRefused) and code != 552:
        return "sender"
    if code == 421:
        return "closed"
    if code < 500:
        return "later"
    return next((name for name, fits in PERMANENT.items() if fits(code, said)), "refused")
