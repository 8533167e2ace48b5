"""The second factor, on the profile: set up, with new recovery codes, or turned off."""

from collections.abc import Callable

from fastapi.concurrency import run_in_threadpool
from nicegui import ui
from sqlmodel import Session

from models.second_factor import RecoveryCode, SecondFactor
from pages.frame import once, refusals_shown
from pages.live import Live
from pages.parts.dialogs import answer
from pages.parts.setup_code import app_setup
from pages.parts.shown_once import show_once
from workflow.people import second_factor

WHAT = "With a second factor, a stolen password alone lets nobody in: each sign-in asks for a code of an app, too."
ONCE = "Each of these codes lets you in once, when you have lost your app. They are shown only now: print or keep them."
OFF = "Then your password, or your mailbox, alone lets you in."


class OwnFactor:
    """How it stands, and what can be done."""

    def __init__(self, live: Live) -> None:
        self.live = live
        self.box = ui.element("div").classes("panel form")

    async def show(self) -> None:
        """Read how it stands, and show it."""

        def look(session: Session) -> int | None:
            return RecoveryCode.left(session, self.live.user) if SecondFactor.of(session, self.live.user) else None

        left = await self.live.read(look)
        self.box.clear()
        with self.box:
            ui.label(WHAT if left is None else f"It is on. You have {left} recovery codes left.").classes("muted")
            with ui.row():
                if left is None:
                    ui.button("Set it up", on_click=self._set_up).props("no-caps unelevated")
                else:
                    ui.button("New recovery codes", on_click=self._fresh).props("no-caps outline color=ink")
                    ui.button("Turn it off", on_click=self._turn_off).props("flat no-caps color=ink")

    async def _set_up(self) -> None:
        with refusals_shown():
            setup = await run_in_threadpool(second_factor.begin, by=await self.live.actor())
            question = "Set up a second factor"
            codes = await self._ask(question, "Turn it on", second_factor.turn_on, lambda: app_setup(setup))
            await self._told(codes)

    async def _fresh(self) -> None:
        codes = await self._ask("New recovery codes", "Make them", second_factor.fresh_codes, lambda: None)
        await self._told(codes)

    async def _turn_off(self) -> None:
        await self._ask("Turn the second factor off?", "Turn it off", second_factor.turn_off, lambda: ui.label(OFF))
        await self.show()

    async def _told(self, codes: list[str]) -> None:
        await self.show()
        if codes:
            with self.live.client:  # the button that was pressed is gone
                await show_once("Your recovery codes", ONCE, "Recovery codes", codes)

    async def _ask(
        self, question: str, button: str, act: Callable[..., list[str] | None], more: Callable[[], object]
    ) -> list[str]:
        """Ask for a code, and do this with it; returns what comes of it."""
        made: list[str] = []
        with self.live.client, ui.dialog() as dialog, ui.card().classes("dialog"):
            ui.label(question).classes("dialog-title")
            more()
            code = ui.input("Code").props("outlined autofocus autocomplete=one-time-code maxlength=20").classes("full")

            async def save() -> None:
                with refusals_shown(code=code):
                    made.extend(await run_in_threadpool(act, code.value, by=await self.live.actor()) or [])
                    dialog.submit(True)

            with ui.row().classes("dialog-buttons"):
                ui.button("Not now", on_click=dialog.close).props("flat no-caps color=ink")
                done = once(ui.button(button), save).props("no-caps unelevated data-confirm")
            code.on("keydown.enter", js_handler=f"() => getHtmlElement({done.id}).click()")
        await answer(dialog)
        return made
