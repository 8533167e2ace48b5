"""Putting an order on hold, and lifting the hold: for staff, on the order's page."""

from nicegui import ui

from models.job import Job
from models.status import FINAL
from pages.live import Live
from pages.parts import holding
from pages.parts.more_menu import item
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
        await holding.turn(self.live, self.job)
