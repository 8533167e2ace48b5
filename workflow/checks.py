"""What people type, checked once for every door: a text must fit and be seen, an address must be one."""

from collections.abc import Callable, Mapping
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from email_validator import EmailNotValidError, validate_email

from workflow.refusals import InvalidField
from workflow.text import characters, look_alikes, numerals

TITLE, NOTE, INSTRUCTIONS, NAME = 200, 20_000, 200_000, 100
"""The longest texts, in characters."""

LARGEST = 2**31 - 1
"""The largest whole number that both databases keep in their integer columns."""


def together(**asked: Callable[[], Any]) -> dict[str, Any]:
    """What each of these checks gives, by its name here; raises InvalidField once, for all that is wrong."""
    found: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for name, check in asked.items():
        try:
            found[name] = check()
        except InvalidField as refusal:
            wrong |= {field: said for field, said in refusal.fields.items() if field not in wrong}
    refuse(wrong)
    return found


def refuse(wrong: Mapping[str, str]) -> None:
    """Raises InvalidField for these fields, each with its sentence; for none, nothing."""
    if wrong:
        (field, sentence), *others = wrong.items()
        raise InvalidField(field, sentence, dict(others))


def storable(value: str) -> str:
    """The text itself; raises ValueError for what a database cannot hold (NUL, or half of a character pair)."""
    if "\x00" in value:
        raise ValueError("must not contain NUL characters")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ValueError("must not contain half characters (lone surrogates)") from None
    return value


def text(field: str, value: str | None, longest: int, *, required: bool = False) -> str | None:
    """The text, clean, when it fits, None for nothing that could be seen; raises InvalidField otherwise."""
    try:
        clean = characters.clean(storable(value or ""))
    except ValueError as error:
        raise InvalidField(field, f"{_called(field)} {error}.") from None
    if look_alikes.is_blank(clean):
        if required:
            raise InvalidField(field, f"{_called(field)} {_are(field)} missing.")
        return None
    if len(clean) > longest:
        raise InvalidField(field, f"{_called(field)} {_are(field)} too long: at most {longest:,} characters fit.")
    return clean


def needed(field: str, value: str | None, longest: int) -> str:
    """A text that must be there, without the blanks around it; raises InvalidField otherwise."""
    return (text(field, value, longest, required=True) or "").strip()


def line(field: str, value: str | None, longest: int) -> str:
    """A text on one line that must be there, such as a title or a name; raises InvalidField otherwise."""
    needed(field, value, longest)
    return short(field, value, longest)


def short(field: str, value: str | None, longest: int) -> str:
    """The same, or nothing; raises InvalidField for one that is too long."""
    return characters.on_one_line(text(field, value, longest) or "")


def whole(field: str, value: int, least: int) -> int:
    """A whole number that the databases hold, of at least so much; raises InvalidField otherwise."""
    if not least <= value <= LARGEST:
        raise InvalidField(field, f"{_called(field)} must be between {least} and {LARGEST:,}.")
    return value


def number_in(text: str) -> int:
    """The id, or other number, that stands in an address; what is none, or more than a database holds, is 0."""
    found = int(text) if text.isascii() and text.isdigit() and len(text) <= 10 else 0
    return found if found <= LARGEST else 0


def number(field: str, typed: object) -> int:
    """The whole number that somebody typed; raises InvalidField for none, and for what may mean two."""
    try:
        return numerals.whole(typed or "")
    except ValueError:
        raise InvalidField(field, f"{_called(field)} is a whole number such as 1200.") from None


def moment(field: str, value: datetime | None) -> datetime | None:
    """An aware moment of this age, or None; raises InvalidField otherwise."""
    if value is None:
        return None
    if value.tzinfo is None or not 2000 <= value.year < 2200:
        raise InvalidField(field, f"{_called(field)} needs a time zone, and a year between 2000 and 2199.")
    return value


def address(value: str | None) -> str:
    """An e-mail address in small letters, to which a letter can go; raises InvalidField for any other."""
    given = needed("email", value, 254).lower()
    try:
        mailed(given)
        return validate_email(given, check_deliverability=False, allow_smtputf8=False, strict=True).normalized
    except (EmailNotValidError, MessageError, ValueError, IndexError):  # the last: of an address without a domain
        raise InvalidField("email", "This does not look like an e-mail address.") from None


def mailed(address: str) -> Address:
    """The address as it stands in a letter's header: its domain in the letters that every relay knows (IDNA).

    Raises EmailNotValidError, or what the header raises.
    """
    if not address.isascii():
        address = validate_email(address, check_deliverability=False, allow_smtputf8=False).ascii_email or address
    return Address(addr_spec=address)


def same_address(typed: str) -> str:
    """The address as it is stored, to find somebody by it; one that would be refused now may have an account of old."""
    try:
        return address(typed)
    except InvalidField:
        return typed if typed.isprintable() else ""


@cache
def time_zones() -> tuple[str, ...]:
    """The names of all time zones, sorted; the first call reads hundreds of files, so it is made off the event loop."""
    return tuple(sorted(available_timezones()))


def time_zone(value: str) -> str:
    """The name of a time zone; raises InvalidField when there is no such zone."""
    if value not in time_zones():
        raise InvalidField("time_zone", f"{value[:64]!r} is not a time zone.")
    return value


CALLED = {
    "agency": "agency’s name",
    "email": "e-mail address",
    "work_type": "kind of work",
    "number_of_units": "number of units",
    "body": "text",
}
"""Fields that people know by other names."""


def _called(field: str) -> str:
    return f"The {CALLED.get(field, field.replace('_', ' '))}"


def _are(field: str) -> str:
    return "are" if field in {"instructions", "revision_notes"} else "is"
