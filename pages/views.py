"""The saved views above the table: each a link, so that an address shares it too; and how one is kept and forgotten."""

from collections.abc import Callable

from fastapi.concurrency import run_in_threadpool
from nicegui import ui

from models.saved_view import SavedView
from pages.frame import refusals_shown
from pages.live import Live
from pages.parts.dialogs import answer
from workflow.orders import saved_views


class Views:
    """The row; `asked` says what the table is asked for now, as it stands in the address."""

    def __init__(self, live: Live, asked: Callable[[], str]) -> None:
        self.live, self.asked = live, asked
        self.all: list[SavedView] = []
        with ui.element("div").classes("views"):
            self.links = ui.element("nav").classes("views").props('aria-label="Saved views"')
            self.keeping = ui.button("Save this view", icon="bookmark_add", on_click=self._keep)
            self.forgetting = ui.button("Forget this view", icon="bookmark_remove", on_click=self._forget)
            for button in (self.keeping, self.forgetting):
                button.props("flat dense no-caps color=ink")
        live.partings.append(self._let_go)

    def _let_go(self) -> None:
        del self.asked

    async def refresh(self) -> None:
        """Read which there are."""
        self.all = await self.live.read(SavedView.everything)
        self.show()

    @property
    def _current(self) -> SavedView | None:
        now = self.asked()
        return next((view for view in self.all if view.asked == now), None)

    def show(self) -> None:
        """Show them, and which one the table shows now."""
        current = self._current
        self.links.clear()
        with self.links:
            for view in self.all:
                link = ui.link(view.name, f"/all?{view.asked}").classes("view").props("dir=auto")
                if view is current:
                    link.props('aria-current="page"')
        self.keeping.set_visibility(current is None and bool(self.asked()))
        self.forgetting.set_visibility(current is not None)

    async def _keep(self) -> None:
        with ui.dialog() as dialog, ui.card().classes("dialog"):
            ui.label("Save this view").classes("dialog-title")
            ui.label("All managers and admins find it above the table; its address can be sent to them.").classes(
                "muted"
            )
            name = ui.input("Name").props("outlined autofocus maxlength=60").classes("full")

            async def save() -> None:
                with refusals_shown(name=name):
                    actor = await self.live.actor()
                    await run_in_threadpool(saved_views.keep, name.value, self.asked(), by=actor)
                    dialog.submit(True)

            name.on("keydown.enter", save)
            with ui.row().classes("dialog-buttons"):
                ui.button("Not now", on_click=dialog.close).props("flat no-caps color=ink")
                ui.button("Save", on_click=save).props("no-caps unelevated data-confirm")
        await answer(dialog)
        await self.refresh()

    async def _forget(self) -> None:
        with refusals_shown():
            actor = await self.live.actor()
            if view := self._current:
                await run_in_threadpool(saved_views.forget, view.name, by=actor)
                await self.refresh()
