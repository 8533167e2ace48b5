"""Times in sentences: how far off a moment is, and when it is on somebody's own clock."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from models import clock
from workflow.text import locales


def ahead(moment: datetime) -> str:
    """How long it is until then: `in 5 hours`, `in 40 minutes`."""
    minutes = max(round((moment - clock.now()) / timedelta(minutes=1)), 1)
    number, unit = (minutes, "minute") if minutes < 60 else (round(minutes / 60), "hour")
    return f"in {number} {unit}{'s' if number > 1 else ''}"


def on(moment: datetime, time_zone: str, locale: str) -> str:
    """The day and the time there: `Tue 3 Nov at 14:30`."""
    then = moment.astimezone(ZoneInfo(time_zone))
    return f"{locales.day(then, locale)} at {locales.hour(then, locale)}"
