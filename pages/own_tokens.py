"""Tokens of one's own, on the profile: which there are, how to end one, and the dialog that makes one."""

from fastapi.concurrency import run_in_threadpool
from nicegui import ui

from models.api_token import ApiToken
from pages.frame import once, refusals_shown
from pages.live import Live
from pages.parts.dialogs import answer
from pages.parts.shown_once import show_once
from pages.parts.times import when
from pages.parts.words import typed
from workflow.people import api_tokens
from workflow.people.api_tokens import DAYS, NAME, SCOPES

WHAT = "Programs use them in your name: they may do what you may, and no more."
ONCE = "Put it where your program finds it. It is shown only now, and whoever has it acts as you."


class OwnTokens:
    """The list."""

    def __init__(self, live: Live) -> None:
        self.live = live
        ui.label(WHAT).classes("muted")
        self.box = ui.element("ul").classes("news")
        ui.button("Make a token", on_click=self._make).props("no-caps outline color=ink").classes("alone")

    async def refresh(self) -> None:
        """Read which there are, and show them."""
        found = await self.live.read(lambda session: ApiToken.of(session, self.live.user))
        self.box.clear()
        with self.box:
            for token in found:
                self._row(token)

    def _row(self, token: ApiToken) -> None:
        used = f"last used {when(token.used_at, self.live.user)}" if token.used_at else "not used yet"
        with ui.element("li").props('data-read="true" data-token'):
            with ui.element("div").classes("news-text"):
                typed(token.name).classes("person-name")
                until = when(token.expires_at, self.live.user)
                ui.label(f"{SCOPES[token.may_write]} · until {until} · {used}").classes("muted")
            button = ui.button("End", on_click=lambda: self._end(token)).props("flat dense no-caps color=ink")
            button.props["aria-label"] = f"End the token {token.name}"

    async def _end(self, token: ApiToken) -> None:
        with refusals_shown():
            await run_in_threadpool(api_tokens.end, token.id or 0, by=await self.live.actor())
            await self.refresh()

    async def _make(self) -> None:
        made: list[str] = []
        with ui.dialog() as dialog, ui.card().classes("dialog"):
            ui.label("Make a token").classes("dialog-title")
            name = ui.input("Name").props(f"outlined autofocus maxlength={NAME}").classes("full")
            name.props["hint"] = "Which program is it for?"
            scope = ui.select(SCOPES, value=False, label="What it may do").props("outlined").classes("full")
            days = ui.select({each: f"{each} days" for each in DAYS}, value=DAYS[1], label="Good for")
            days.props("outlined").classes("full")

            async def save() -> None:
                with refusals_shown(name=name, days=days):
                    said = {"may_write": scope.value, "by": await self.live.actor()}
                    made.append(await run_in_threadpool(api_tokens.make, name.value, days.value, **said))
                    dialog.submit(True)

            with ui.row().classes("dialog-buttons"):
                ui.button("Not now", on_click=dialog.close).props("flat no-caps color=ink")
                once(ui.button("Make it"), save).props("no-caps unelevated data-confirm")
        await answer(dialog)
        if made:
            await self.refresh()
            await show_once("Your token", ONCE, "Token", made)
