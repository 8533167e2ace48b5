"""Times as people say them, in their own time zone."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from models import clock
from models.user import User
from workflow.refusals import InvalidField
from workflow.text import locales


def local(moment: datetime, zone: str) -> datetime:
    """The moment on the clocks of this time zone."""
    return moment.astimezone(ZoneInfo(zone))


def in_days(days: int, zone: str) -> datetime:
    """So many days from now on the clocks there: at the same time of day, whatever is done to the clocks meanwhile."""
    return local(clock.now(), zone) + timedelta(days=days)


def at(day: str | None, hour: str | None, zone: str, field: str = "deadline") -> datetime | None:
    """The moment of a day and an hour there, in UTC; None without a day. Raises InvalidField for what is none.

    In the night that summer time ends, an hour comes twice: the first is meant. In the night that it begins, one is
    left out: then the moment is as much later as the clocks are put forward (PEP 495).
    """
    if not day:
        return None
    try:
        return datetime.fromisoformat(f"{day}T{hour or '17:00'}").replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise InvalidField(field, "The deadline is not a date and time.") from None


def when(moment: datetime, user: User) -> str:
    """A moment in words, as the user is used to them: `today, 14:30`, `Tue 3 Nov, 14:30`, with the year of another."""
    then, now = local(moment, user.time_zone), local(clock.now(), user.time_zone)
    days = (then.date() - now.date()).days
    named = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(days)
    how = locales.DAY if then.year == now.year else locales.DAY_OF_YEAR
    return f"{named or locales.day(then, user.locale, how)}, {locales.hour(then, user.locale)}"


def late(deadline: datetime) -> str:
    """How late it is, for a deadline that has passed: in hours, then in days."""
    passed = clock.now() - deadline
    if passed < timedelta(hours=1):
        return "just missed"
    if passed < timedelta(days=1):
        return f"{passed // timedelta(hours=1)} h late"
    days = passed // timedelta(days=1)
    return f"{days} day{'s' if days > 1 else ''} late"


def span(time: timedelta) -> str:
    """A stretch of time in its largest unit: `3 days`, `5 h`, `12 min`."""
    if time >= timedelta(days=2):
        return f"{time / timedelta(days=1):.0f} days"
    return f"{time / timedelta(hours=1):.0f} h" if time >= timedelta(hours=1) else f"{time // timedelta(minutes=1)} min"
