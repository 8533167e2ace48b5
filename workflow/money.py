"""Money: whole minor units in the database, decimals for people and programs."""

from decimal import Decimal

_DIGITS = {"BHD": 3, "CLP": 0, "ISK": 0, "JPY": 0, "KRW": 0, "KWD": 3, "TND": 3, "UGX": 0, "VND": 0, "XAF": 0, "XOF": 0}
"""Currencies whose minor unit is not a hundredth: ISO 4217."""


def digits(currency: str) -> int:
    """How many decimals an amount in this currency has."""
    return _DIGITS.get(currency, 2)


def decimal(minor: int, currency: str) -> str:
    """Minor units as a decimal string: 12050 EUR is `120.50`."""
    return str(Decimal(minor).scaleb(-digits(currency)))


def minor(amount: Decimal, currency: str) -> int:
    """A decimal amount in minor units; raises ValueError when it has more decimals than the currency."""
    scaled = amount.scaleb(digits(currency))
    if scaled != scaled.to_integral_value():
        raise ValueError(f"{currency} has {digits(currency)} decimals")
    return int(scaled)
