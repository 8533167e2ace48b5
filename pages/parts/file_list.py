"""The files of an order: bring one, several at once, and fetch what one may see."""

from fastapi.concurrency import run_in_threadpool
from nicegui import events, ui

import settings
from models import clock
from models.file import File, Kind
from models.job import Job
from models.status import FINAL
from pages.frame import refusals_shown
from pages.live import Live
from pages.parts.times import span, when
from workflow import files

NAMES = {Kind.brief: "Brief", Kind.draft: "Draft", Kind.final: "Final"}
UNITS = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")]


class FileList:
    """The list, and the place to drop more."""

    def __init__(self, live: Live, job: Job) -> None:
        self.live, self.job = live, job
        self.state = (0, 0)
        with ui.element("div").classes("panel"):
            with ui.element("div").classes("section-head"):
                ui.label("Files").classes("section-title").props("role=heading aria-level=2")
            self.going = ui.label().classes("sentence")
            self.keep = ui.button("Keep them", icon="inventory_2", on_click=self._keep).props("no-caps flat color=ink")
            self.lines = ui.element("ul").classes("plain files")
            self.empty = ui.label("No file yet.").classes("muted")
            with ui.element("div").classes("bring") as self.bring:
                self._uploader()

    def _uploader(self) -> None:
        kinds = [kind for kind in Kind if kind in files.MAY_BRING.get(self.live.user.role, set(Kind))]
        most = settings.current().max_file_bytes
        self.kind = ui.select({kind: NAMES[kind] for kind in kinds}, value=kinds[-1], label="Kind")
        self.kind.props("outlined dense").set_visibility(len(kinds) > 1)
        upload = ui.upload(
            label=f"Add files, up to {size(most)} each",
            multiple=True,
            auto_upload=True,
            max_file_size=most,
            on_upload=self._receive,
            on_rejected=lambda: ui.notify(f"A file may have {size(most)} at most.", type="warning"),
        )
        upload.props("flat bordered color=transparent text-color=ink").classes("full")

    def show(self, job: Job, found: list[File]) -> None:
        """Show these files, unless they come from an earlier look than those that stand here."""
        state = job.version, len(found)
        if state < self.state:
            return
        self.job, self.state = job, state
        there = [file for file in found if not file.deleted_at]
        self.lines.clear()
        with self.lines:
            for file in reversed(found):
                self._line(file)
        self.empty.set_visibility(not found)
        self.bring.set_visibility(job.status not in FINAL)
        counting = job.delete_files_at is not None and bool(there)
        self.going.set_visibility(counting)
        self.keep.set_visibility(counting and self.live.user.is_staff)
        if job.delete_files_at:
            self.going.set_text(f"These files are deleted in {span(job.delete_files_at - clock.now())}.")

    def _line(self, file: File) -> None:
        with ui.element("li").props(f'data-file="{file.id}" data-kind="{file.kind}"'):
            if file.deleted_at:
                ui.label(f"{file.name} (deleted)").classes("muted")
            else:
                ui.link(file.name, f"/files/{file.id}").classes("row-link")
            about = f"{NAMES[file.kind]} · {size(file.size)} · {file.uploader.first_name}"
            ui.label(f"{about}, {when(file.created_at, self.live.user)}").classes("muted")

    async def _receive(self, event: events.UploadEventArguments) -> None:
        """Take in one file, piece by piece."""
        with refusals_shown():
            actor = await self.live.actor()
            with files.Incoming() as incoming:
                async for chunk in event.file.iterate():
                    await run_in_threadpool(incoming.write, chunk)
                kind = Kind(self.kind.value)
                await run_in_threadpool(incoming.keep, self.job.key, event.file.name, kind, by=actor)

    async def _keep(self) -> None:
        with refusals_shown():
            await run_in_threadpool(files.keep_all, self.job.key, by=await self.live.actor())


def size(number: int) -> str:
    """Bytes in words: `3.4 MB`."""
    for unit, name in UNITS:
        if number >= unit:
            return f"{number / unit:.1f} {name}".replace(".0 ", " ")
    return f"{number} bytes"
