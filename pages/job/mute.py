"""The switch that mutes an order for whoever looks at it."""

from fastapi.concurrency import run_in_threadpool
from nicegui import ui

from models.job import Job
from pages.frame import once, refusals_shown
from pages.live import Live
from pages.parts.more_menu import item
from workflow.notifications import preferences


class MuteSwitch:
    """One button: no more fuss about this order, or hear of it again."""

    def __init__(self, live: Live, job: Job) -> None:
        self.live, self.job, self.is_muted = live, job, False
        self.button = item(once(ui.button(), self._press)).props("data-mute")
        with self.button:
            ui.tooltip("A muted order’s news is kept in your list, without toasts and letters.")

    def show(self, *, is_muted: bool) -> None:
        """Show what the button would do now."""
        self.is_muted = is_muted
        self.button.set_text("Hear of this order again" if is_muted else "Mute this order")
        self.button.props(f"icon={'notifications' if is_muted else 'notifications_off'}")

    async def _press(self) -> None:
        with refusals_shown():
            change = preferences.unmute if self.is_muted else preferences.mute
            await run_in_threadpool(change, self.job.key, by=await self.live.actor())
            self.show(is_muted=not self.is_muted)
