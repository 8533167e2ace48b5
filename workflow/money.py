"""Money: whole minor units in the database, decimals for people and programs."""

from decimal import Decimal

from babel.numbers import get_currency_precision

from workflow import checks
from workflow.refusals import InvalidField
from workflow.text import locales, numerals

_AS = "Please write the amount as {} is written."


def digits(currency: str) -> int:
    """How many decimals an amount in this currency has."""
    return get_currency_precision(currency)


def decimal(minor: int, currency: str) -> str:
    """Minor units as a decimal string: 12050 EUR is `120.50`."""
    return str(Decimal(minor).scaleb(-digits(currency)))


def shown(minor: int, currency: str, locale: str = "") -> str:
    """Minor units as people read them there, with the currency: `1,120.50 EUR`."""
    return locales.money(Decimal(minor).scaleb(-digits(currency)), currency, locale)


def sample(currency: str) -> str:
    """How an amount is written, by example: `1234.50`."""
    return f"{Decimal('1234.5000'):.{digits(currency)}f}"


def minor(amount: Decimal, currency: str, field: str = "amount") -> int:
    """A decimal amount in minor units; raises InvalidField when it has too many decimals, or is too large."""
    if abs(amount) > checks.LARGEST:
        raise InvalidField(field, "This is more than an order can cost.")
    scaled = amount.scaleb(digits(currency))
    if scaled != scaled.to_integral_value():
        raise InvalidField(field, f"An amount in {currency} has {digits(currency) or 'no'} decimals.")
    if abs(scaled) > checks.LARGEST:
        raise InvalidField(field, "This is more than an order can cost.")
    return int(scaled)


def typed(words: str | None, currency: str, field: str = "amount") -> int:
    """What somebody typed as an amount, in minor units; raises InvalidField when it is none, or may mean two."""
    try:
        return minor(numerals.read(words or "", digits(currency)), currency, field)
    except ValueError:
        raise InvalidField(field, _AS.format(sample(currency))) from None
