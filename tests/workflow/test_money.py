"""Money: as many decimals as the currency has, and amounts as people write them, or refused, never misread."""

import pytest

from tests.desk import refused
from workflow import checks, money
from workflow.refusals import InvalidField


@pytest.mark.parametrize(
    "currency, minor, shown",
    [
        ("EUR", 12050, "120.50 EUR"),
        ("JOD", 10125, "10.125 JOD"),
        ("OMR", 500, "0.500 OMR"),
        ("PYG", 15000, "15,000 PYG"),
    ],
)
def test_as_many_decimals_as_the_currency_has(currency: str, minor: int, shown: str) -> None:
    assert money.shown(minor, currency) == shown
    assert money.typed(shown.removesuffix(f" {currency}"), currency) == minor


@pytest.mark.parametrize(
    "currency, typed, minor",
    [
        ("EUR", "1,000", 1_000_00),
        ("EUR", "1.000,00", 1_000_00),
        ("EUR", "1.234.567", 1_234_567_00),
        ("EUR", "1'000.5", 1_000_50),
        ("EUR", "1\u202f000,50", 1_000_50),
        ("EUR", "1 000", 1_000_00),
        ("EUR", "1,00,000.50", 1_00_000_50),
        ("EUR", "12,5", 12_50),
        ("EUR", "١٢٫٥", 12_50),
        ("EUR", "١٬٢٣٤٫٥٠", 1_234_50),
        ("EUR", "\u22127", -7_00),
        ("JPY", "１，２００", 1_200),
        ("JPY", "1200.00", 1_200),
        ("KWD", "0,500", 500),
        ("KWD", "1.000", 1_000),
        ("KWD", "1,000.500", 1_000_500),
    ],
)
def test_amounts_are_read_as_they_are_written(currency: str, typed: str, minor: int) -> None:
    assert money.typed(typed, currency) == minor


@pytest.mark.parametrize(
    "currency, typed",
    [
        ("KWD", "1,000"),
        ("EUR", "1.000"),
        ("EUR", "1,00,00"),
        ("EUR", "12.345,678"),
        ("EUR", "0.001"),
        ("JPY", "0.5"),
        ("EUR", "1e5"),
        ("EUR", "²"),
        ("EUR", "NaN"),
        ("EUR", ""),
        ("EUR", "9" * 20),
        ("EUR", "9" * 400),
    ],
)
def test_what_may_mean_another_amount_is_refused(currency: str, typed: str) -> None:
    with pytest.raises(InvalidField):
        money.typed(typed, currency)


def test_a_refusal_shows_how_to_write_it() -> None:
    with refused("Please write the amount as 1234.500 is written."):
        money.typed("1,000", "KWD")


@pytest.mark.parametrize(
    "typed, number", [("1,200", 1200), ("1'200", 1200), ("1 200", 1200), ("١٢", 12), (1000.0, 1000)]
)
def test_quantities_are_read_as_they_are_written(typed: object, number: int) -> None:
    assert checks.number("quantity", typed) == number


@pytest.mark.parametrize("typed", ["12,5", "12.5", "1.000", "", None, "many"])
def test_a_quantity_is_whole(typed: object) -> None:
    with refused("The quantity is a whole number such as 1200."):
        checks.number("quantity", typed)
