"""Locales: days, times, numbers and money as they are written where a reader is, in English until other languages come.

A locale is Babel's name for it, such as `en_GB` or `en_DE`.
"""

from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.core import get_global, parse_locale
from babel.dates import format_skeleton, format_time
from babel.localedata import exists
from babel.numbers import format_currency, format_decimal

USUAL = "en_GB"
"""For whoever has chosen none: `Tue 3 Nov, 14:30`, `1,234.50`."""

DAY, DAY_OF_YEAR, DATE = "MMMEd", "yMMMEd", "yMMMd"
"""A day with its weekday, the same with its year, and a date: what of a day is said, by CLDR's letters."""


def wanted(languages: str) -> str:
    """The locale of what a browser says it accepts (`de-AT,de;q=0.9`), by its first place; none when it names none."""
    first = languages.partition(",")[0].partition(";")[0].strip()
    try:
        language, place, *_ = parse_locale(first, sep="-")
    except ValueError:
        return ""
    likely = get_global("likely_subtags").get(language, "").rpartition("_")[2]
    found = f"en_{place or likely}"
    return found if found in places() else ""


@lru_cache(1)
def places() -> dict[str, str]:
    """Every locale -> the place where things are so written, in the order of these."""
    names = Locale("en").territories
    found = {f"en_{place}": name for place, name in names.items() if place.isalpha() and exists(f"en_{place}")}
    return dict(sorted(found.items(), key=lambda each: each[1]))


def day(then: datetime, locale: str, how: str = DAY) -> str:
    """The day of a moment: `Tue 3 Nov`."""
    return _day(then.date(), locale or USUAL, how)


def hour(then: datetime, locale: str) -> str:
    """The time of day of a moment: `14:30`."""
    return _hour(then.time().replace(second=0, microsecond=0), locale or USUAL)


def number(value: float, locale: str) -> str:
    """A number: `1,550`."""
    return format_decimal(value, locale=locale or USUAL)


def money(amount: Decimal, currency: str, locale: str) -> str:
    """An amount with its currency: `1,234.50 EUR`."""
    return format_currency(amount, currency, "#,##0.00 ¤¤", locale=locale or USUAL)


@lru_cache(2000)
def _day(then: date, locale: str, how: str) -> str:
    return format_skeleton(how, then, locale=locale)


@lru_cache(5000)
def _hour(then: time, locale: str) -> str:
    return format_time(then, "short", locale=locale)
