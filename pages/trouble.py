"""The banner on every page: what ails the storage, and for a while afterwards, since and until when it did."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from nicegui import ui

from models import clock, trouble
from models.trouble import Trouble
from pages.live import Live

TOLD = timedelta(minutes=5)
"""For how long a page still says that there was something."""

NOW = "{}. What is shown may be out of date, and what you change is not kept."
OVER = "{}, from {} to {}. That is over: please look whether what you did then is there."


def banner(live: Live) -> None:
    """Say it as long as it is so; the page's timer compares what was said with what is so."""
    label = ui.label().classes("trouble").props("role=alert")
    said: list[Trouble | None] = []

    def look() -> None:
        found = _told()
        if said != [found]:
            said[:] = [found]
            label.set_text(_words(live, found))
            label.set_visibility(found is not None)

    look()
    live.trouble_handlers.append(look)


def _told() -> Trouble | None:
    """What a page says something of."""
    found = trouble.current()
    return found if found and (not found.until or clock.now() - found.until < TOLD) else None


def _words(live: Live, found: Trouble | None) -> str:
    if found is None:
        return ""
    if found.until is None:
        return NOW.format(found.cause.what)
    zone = ZoneInfo(live.user.time_zone)
    since, until = (f"{moment.astimezone(zone):%H:%M:%S}" for moment in (found.since, found.until))
    return OVER.format(found.cause.what, since, until)
