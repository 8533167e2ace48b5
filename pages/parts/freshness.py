"""The line that says when a page was last fresh, and the button that makes it so."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from models import clock
from pages.live import Live
from pages.parts.times import local
from workflow.text import locales


def freshness(live: Live, again: Callable[[], Awaitable[object]]) -> None:
    """Say when the page was last fresh; `again` is how it becomes so, on the button or after a gap."""
    with ui.row().classes("freshness"):
        label = ui.label().classes("muted").props("role=status")
        button = ui.button("Refresh", icon="refresh").props("flat dense no-caps color=ink")

    minute: int | None = None

    def stamp(_news: object = None) -> None:
        nonlocal minute
        now = clock.now()
        if now.minute != minute:
            minute = now.minute
            then = locales.hour(local(now, live.user.time_zone), live.user.locale)
            label.set_text(f"Live · fresh as of {then}")

    async def refresh() -> None:
        await again()
        stamp()

    stamp()
    button.on_click(live.refresh)
    live.refreshers.append(refresh)
    live.job_handlers.append(stamp)
    live.minute_handlers.append(stamp)
