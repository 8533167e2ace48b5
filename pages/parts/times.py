"""Times as people say them, in their own time zone."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from models import clock
from models.user import User


def local(moment: datetime, user: User) -> datetime:
    """The moment on this user's clock."""
    return moment.astimezone(ZoneInfo(user.time_zone))


def when(moment: datetime, user: User) -> str:
    """A moment in words: `today, 14:30`, `Tue 3 Nov, 14:30`, and with the year when it is another one."""
    then, now = local(moment, user), local(clock.now(), user)
    days = (then.date() - now.date()).days
    named = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(days)
    year = "" if then.year == now.year else f" {then.year}"
    return f"{named or f'{then:%a} {then.day} {then:%b}{year}'}, {then:%H:%M}"


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
