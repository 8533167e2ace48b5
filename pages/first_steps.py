"""The first steps on the desk of admins: four links, ticked as they are done, until all are or they are put aside."""

from fastapi.concurrency import run_in_threadpool
from nicegui import ui

from pages.frame import once, refusals_shown
from pages.live import Live
from pages.parts import headings
from workflow.people import agency, first_steps

WORDS = {
    "face": ("Your logo and colour", "People see whose desk it is.", "/admin/agency"),
    "prices": ("A price list", "Clients see what an order costs while they write it.", "/admin/work"),
    "writer": ("Your first writer", "Somebody whom you can assign an order to.", "/admin/people"),
    "form": ("The public form", "People without an account order at /order.", "/admin/rules"),
}
"""Each step: its title, what it is good for, and where it is done."""


class FirstSteps:
    """The panel; it is not there when nothing is left."""

    def __init__(self, live: Live) -> None:
        self.live = live
        self._shown: dict[str, bool] | None = None
        with ui.element("section").classes("panel first-steps").props('aria-label="First steps"') as self.box:
            with ui.element("div").classes("page-head"):
                headings.section("First steps")
                once(ui.button("Put aside", icon="close"), self._put_aside).props("flat dense no-caps color=ink")
            self.list = ui.element("ol").classes("plain")

    async def refresh(self) -> None:
        """Look what is left, and show it."""
        found = await self.live.read(first_steps.left)
        if found == self._shown:
            return
        self._shown = found
        self.box.set_visibility(bool(found))
        self.list.clear()
        with self.list:
            for name, is_done in found.items():
                _step(name, is_done)

    async def _put_aside(self) -> None:
        with refusals_shown():
            await run_in_threadpool(agency.put_steps_aside, by=await self.live.actor())
            await self.refresh()


def _step(name: str, is_done: bool) -> None:
    title, reason, address = WORDS[name]
    with ui.element("li") as line:
        line.props["data-done"] = str(is_done).lower()
        if is_done:
            ui.label(title)
            ui.label("Done").classes("muted")
        else:
            ui.link(title, address)
            ui.label(reason).classes("muted")
