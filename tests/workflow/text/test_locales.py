"""Locales: days, times, numbers and money as a reader is used to them."""

from datetime import UTC, datetime

import pytest

from workflow import money
from workflow.text import locales

THEN = datetime(2026, 11, 3, 14, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "accepted, locale",
    [
        ("de-AT,de;q=0.9,en;q=0.8", "en_AT"),
        ("de", "en_DE"),
        ("en-US", "en_US"),
        ("zh-Hant-HK", "en_HK"),
        ("eo", ""),
        ("*", ""),
        ("", ""),
        ("x" * 5000, ""),
    ],
)
def test_a_browser_says_where_it_is(accepted: str, locale: str) -> None:
    assert locales.wanted(accepted) == locale


@pytest.mark.parametrize(
    "locale, day, hour, amount",
    [
        ("", "Tue 3 Nov", "14:30", "1,234.50 EUR"),
        ("en_US", "Tue, Nov 3", "2:30\u202fPM", "1,234.50 EUR"),
        ("en_DE", "Tue, 3 Nov", "14:30", "1.234,50 EUR"),
        ("en_SE", "Tue, 3 Nov", "14:30", "1\u00a0234,50 EUR"),
    ],
)
def test_things_are_written_as_there(locale: str, day: str, hour: str, amount: str) -> None:
    assert (locales.day(THEN, locale), locales.hour(THEN, locale)) == (day, hour)
    assert money.shown(1_234_50, "EUR", locale).replace("\u00a0EUR", " EUR") == amount


def test_every_place_can_be_chosen_by_its_name() -> None:
    places = locales.places()

    assert (places["en_DE"], places["en_GB"]) == ("Germany", "United Kingdom")
    assert len(places) > 100
