"""What people type, checked once for every door: a text must fit and be storable, an address must look like one."""

import re
from datetime import datetime
from zoneinfo import available_timezones

from workflow import numerals
from workflow.refusals import InvalidField

TITLE, NOTE, INSTRUCTIONS, NAME = 200, 20_000, 200_000, 100
"""The longest texts, in characters."""

LARGEST = 2**31 - 1
"""The largest whole number that both databases keep in their integer columns."""

_ADDRESS = re.compile(r"^[^@\s\x00-\x1f<>]+@[^@\s\x00-\x1f<>]+$")


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
    """The text when it fits, None for nothing; raises InvalidField otherwise."""
    if not value or (required and not value.strip()):
        if required:
            raise InvalidField(field, f"{_called(field)} {_are(field)} missing.")
        return None
    if len(value) > longest:
        raise InvalidField(field, f"{_called(field)} {_are(field)} too long: at most {longest:,} characters fit.")
    try:
        return storable(value)
    except ValueError as error:
        raise InvalidField(field, f"{_called(field)} {error}.") from None


def needed(field: str, value: str | None, longest: int) -> str:
    """A text that must be there, without the blanks around it; raises InvalidField otherwise."""
    return (text(field, value, longest, required=True) or "").strip()


def whole(field: str, value: int, least: int) -> int:
    """A whole number that the databases hold, of at least so much; raises InvalidField otherwise."""
    if not least <= value <= LARGEST:
        raise InvalidField(field, f"{_called(field)} must be between {least} and {LARGEST:,}.")
    return value


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
    """An e-mail address in small letters; raises InvalidField when it cannot be one."""
    given = needed("email", value, 254).lower()
    if not _ADDRESS.match(given):
        raise InvalidField("email", "This does not look like an e-mail address.")
    return given


def time_zone(value: str) -> str:
    """The name of a time zone; raises InvalidField when there is no such zone."""
    if value not in available_timezones():
        raise InvalidField("time_zone", f"{value[:64]!r} is not a time zone.")
    return value


CALLED = {"email": "e-mail address", "work_type": "kind of work", "number_of_units": "number of units", "body": "text"}
"""Fields that people know by other names."""


def _called(field: str) -> str:
    return f"The {CALLED.get(field, field.replace('_', ' '))}"


def _are(field: str) -> str:
    return "are" if field in {"instructions", "revision_notes"} else "is"
