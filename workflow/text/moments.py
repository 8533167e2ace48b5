"""Moments within the sentences of a history: kept in UTC, as they are sealed, and told on each reader's own clock."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from workflow.text import locales

KEPT = "%Y-%m-%d %H:%M UTC"

_ONE = r"\d{4}-\d\d-\d\d \d\d:\d\d UTC"
_CHANGED = re.compile(rf"(?<=deadline: )(?:{_ONE}|none) → (?:{_ONE}|none)\Z")
"""A deadline is what our sentences end with; what stands before it may be somebody's words, and is left alone."""


def kept(moment: datetime) -> str:
    """A moment as the history keeps it, to the minute."""
    return moment.astimezone(UTC).strftime(KEPT)


def told(sentence: str, time_zone: str, locale: str) -> str:
    """The sentence with its moments as clocks there say them: `10 Mar 2027, 08:00`."""
    zone = ZoneInfo(time_zone)

    def on_their_clock(one: re.Match[str]) -> str:
        then = datetime.strptime(one[0], KEPT).replace(tzinfo=UTC).astimezone(zone)
        return f"{locales.day(then, locale, locales.DATE)}, {locales.hour(then, locale)}"

    return _CHANGED.sub(lambda change: re.sub(_ONE, on_their_clock, change[0]), sentence)
