"""Putting an order on hold, and lifting the hold: for staff, on the order's page."""

from fastapi.concurrency import run_in_threadpool
from nicegui import ui

from models.job import Job
from models.status import FINAL
from pages.frame import refusals_shown
from pages.live import Live
from pages.parts import dialogs
from pages.parts.more_menu import item
from workflow.orders import holds
from workflow.words import ACTIONS


class Hold:
    """One button: put on hold, or lift the hold."""

    def __init__(self, live: Live, job: Job) -> None:
        self.live, self.job = live, job
        self.button = item(ui.button(on_click=self._press))
        self.show(job)

    def show(self, job: Job) -> None:
        """Show what the button would do now."""
        self.job = job
        words = ACTIONS["release" if job.on_hold else "hold"]
        self.button.set_text(words.button)
        self.button.props(f'icon={words.icon} data-action="{"release" if job.on_hold else "hold"}"')
        self.button.set_visibility(self.live.user.is_staff and job.status not in FINAL)

    async def _press(self) -> None:
        if self.job.on_hold:
            with refusals_shown():
                await run_in_threadpool(holds.lift, self.job.key, by=await self.live.actor())
            return
        said = await dialogs.write("Why is it put on hold?", self.job, "Put on hold", "reason", required=True)
        if said is not None:
            with refusals_shown():
                await run_in_threadpool(holds.put_on_hold, self.job.key, by=await self.live.actor(), **said)
                dialogs.sent(self.live, self.job)
