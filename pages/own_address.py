"""One's own address, on the profile: what it is, and how to have another, to which both mailboxes must agree."""

from fastapi.concurrency import run_in_threadpool
from nicegui import ui

from pages.frame import once, refusals_shown
from pages.live import Live
from pages.parts.words import typed
from workflow.people import addresses

WAITS = "{new} waits for both mailboxes to agree: open the links in the two letters within two days."


class OwnAddress:
    """The address, with a field for another one or what is waited for."""

    def __init__(self, live: Live) -> None:
        self.live = live
        self.box = ui.element("div").classes("panel form")

    async def show(self) -> None:
        """Read how things stand, and show it."""
        waiting = await self.live.read(lambda session: addresses.waiting(session, self.live.user))
        self.box.clear()
        with self.box:
            typed(self.live.user.email)
            self._waiting(waiting) if waiting else self._field()

    def _waiting(self, new: str) -> None:
        ui.label(WAITS.format(new=new)).props("role=status").classes("muted")
        once(ui.button("Keep the present address"), self._take_back).props("no-caps outline color=ink")

    def _field(self) -> None:
        if not addresses.can_be_confirmed():
            ui.label(addresses.NO_MAIL).classes("muted")
            return
        new = ui.input("New e-mail address").props("outlined type=email autocomplete=email maxlength=254")

        async def ask() -> None:
            with refusals_shown(email=new):
                await run_in_threadpool(addresses.ask, new.value, by=await self.live.actor())
                await self.show()

        once(ui.button("Change the address"), ask).props("no-caps unelevated")

    async def _take_back(self) -> None:
        with refusals_shown():
            await run_in_threadpool(addresses.take_back, by=await self.live.actor())
            await self.show()
