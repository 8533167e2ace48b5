"""The files that lie beside an order that is being written."""

from fastapi.concurrency import run_in_threadpool
from nicegui import ui

from models.draft import DraftFile
from pages.frame import refusals_shown
from pages.live import Live
from pages.parts.sizes import size
from pages.parts.upload_field import UploadField
from workflow.orders import drafts


class DraftFiles:
    """The list, and the place to drop more."""

    def __init__(self, live: Live, key: str) -> None:
        self.live, self.key = live, key
        self.lines = ui.element("ul").classes("plain files")
        self.bring = UploadField("Files for the brief", f"/drafts/{key}/files", on_brought=self._look).classes("full")

    def lie_with(self, key: str) -> None:
        """Go on with the files of another draft, which has none yet."""
        self.key = key
        self.bring.props["address"] = f"/drafts/{key}/files"
        self.show([])

    def show(self, found: list[DraftFile]) -> None:
        """Show exactly these."""
        self.lines.clear()
        for file in found:
            self._line(file)

    def _line(self, file: DraftFile) -> None:
        with self.lines, ui.element("li").props(f'data-draft-file="{file.id}"').classes("page-head") as line:
            ui.label(f"{file.name} · {size(file.size)}")

            async def take_out() -> None:
                with refusals_shown():
                    await run_in_threadpool(drafts.take_out, file.id or 0, by=await self.live.actor())
                    line.delete()

            button = ui.button("Remove", on_click=take_out)
            button.props("flat dense no-caps color=ink")
            button.props["aria-label"] = f"Remove {file.name}"

    async def _look(self) -> None:
        with refusals_shown():
            actor = await self.live.actor()
            self.show(await self.live.read(lambda session: DraftFile.of(session, actor.key, self.key)))
