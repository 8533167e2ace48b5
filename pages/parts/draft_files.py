"""The files that lie beside an order that is being written."""

from fastapi.concurrency import run_in_threadpool
from nicegui import events, ui

import settings
from models.draft import DraftFile
from pages.frame import refusals_shown
from pages.live import Live
from pages.parts.file_list import size
from workflow import drafts, files


class DraftFiles:
    """The list, and the place to drop more."""

    def __init__(self, live: Live) -> None:
        self.live = live
        most = settings.current().max_file_bytes
        self.lines = ui.element("ul").classes("plain files")
        upload = ui.upload(
            label=f"Files for the brief, up to {size(most)} each",
            multiple=True,
            auto_upload=True,
            max_file_size=most,
            on_upload=self._receive,
            on_rejected=lambda: ui.notify(f"A file may have {size(most)} at most.", type="warning"),
        )
        upload.props("flat bordered color=transparent text-color=ink").classes("full")

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
            button.props(f'flat dense no-caps size=sm color=ink aria-label="Remove {file.id}"')

    async def _receive(self, event: events.UploadEventArguments) -> None:
        with refusals_shown():
            actor = await self.live.actor()
            with files.Incoming() as incoming:
                async for chunk in event.file.iterate():
                    await run_in_threadpool(incoming.write, chunk)
                self._line(await run_in_threadpool(drafts.bring, incoming, event.file.name, by=actor))
