"""The agency: its name, logo and colour, which stand on pages and in letters, how it is paid; admins change them."""

from collections.abc import Mapping
from decimal import Decimal

from models import database
from models.agency import COLOURS, Agency
from models.user import User
from workflow import access, checks, money, paying
from workflow.live import rings
from workflow.refusals import Forbidden, InvalidField
from workflow.storage import file_types, pictures

LARGEST_LOGO = 200_000
"""Bytes: it goes out with every letter."""

WIDEST_LOGO = 2000
"""Pixels: what is small in bytes may still be a gigabyte to those who show it."""


def rename(name: str | None, *, by: User) -> None:
    """Give the agency another name. Raises Forbidden or InvalidField."""
    _change({"name": checks.line("name", name, checks.NAME)}, by)


def set_logo(content: bytes, *, by: User) -> None:
    """Show this picture as the agency's logo. Raises Forbidden, and InvalidField unless it is a small PNG or JPEG."""
    if len(content) > LARGEST_LOGO:
        raise InvalidField("logo", f"The logo is too large: at most {LARGEST_LOGO // 1000} kB fit.")
    if file_types.logo_type(content) is None:
        raise InvalidField("logo", "The logo must be a picture of type PNG or JPEG.")
    if not pictures.fits(content, WIDEST_LOGO):
        raise InvalidField("logo", f"The logo is too large: at most {WIDEST_LOGO:,} pixels wide and high.")
    _change({"logo": content}, by)


def remove_logo(*, by: User) -> None:
    """Show the agency's name alone. Raises Forbidden."""
    _change({"logo": None}, by)


def set_colour(colour: str, *, by: User) -> None:
    """Have all pages in this colour. Raises Forbidden, and InvalidField for a colour that we do not have."""
    if colour not in COLOURS:
        raise InvalidField("colour", "There is no such colour.")
    _change({"colour": colour}, by)


def set_how_to_pay(words: str | None, iban: str | None, holder: str | None, *, by: User) -> None:
    """Say how clients pay. Raises Forbidden or InvalidField."""
    _change(paying.checked(words, iban, holder), by)


def put_steps_aside(*, by: User) -> None:
    """Offer the first steps no more. Raises Forbidden."""
    _change({"steps_put_aside": True}, by)


def minor(amount: Decimal, field: str = "amount") -> int:
    """An amount in the agency's currency, in minor units; raises InvalidField for one that this field cannot hold."""
    with database.reading() as session:
        currency = Agency.currency_in_force(session)
    return money.minor(amount, currency, field)


def logo() -> bytes | None:
    """The agency's logo, if it has one."""
    with database.reading() as session:
        agency = Agency.get(session)
        return agency and agency.logo


def _change(values: Mapping[str, str | bytes | bool | None], by: User) -> None:
    with database.writing() as session:
        access.admin(session, by)
        agency = Agency.get(session)
        if agency is None:
            raise Forbidden("This agency is not set up yet.")
        for name, value in values.items():
            setattr(agency, name, value)
        rings.for_everybody(session)


def is_set_up() -> bool:
    """Whether the first start is done."""
    with database.reading() as session:
        return Agency.get(session) is not None
