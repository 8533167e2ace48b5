"""The files of an order: bring some, and fetch what one may see; the newest version stands for those before it."""

from datetime import timedelta
from itertools import groupby

from fastapi.concurrency import run_in_threadpool
from nicegui import ui

from models import clock
from models.file import File, Kind
from models.job import Job
from models.status import FINAL
from pages.frame import refusals_shown
from pages.live import Live
from pages.parts import headings
from pages.parts.dialogs import write
from pages.parts.sizes import size
from pages.parts.times import span, when
from pages.parts.upload_field import NAMES, UploadField
from workflow.history.visibility import first_name_of
from workflow.orders import bundles, files, withdrawals
from workflow.storage import file_types
from workflow.text import characters
from workflow.words import ACTIONS

ICONS = {
    "Word": "description", "Text": "description", "RTF text": "description", "OpenDocument text": "description",
    "PDF": "picture_as_pdf", "Excel": "table_chart", "OpenDocument sheet": "table_chart", "PowerPoint": "slideshow",
    "Image": "image", "Drawing": "image", "Sound": "audio_file", "Film": "movie", "ZIP archive": "folder_zip",
    "Web page": "html", "Script": "terminal", "Program": "terminal",
}  # fmt: skip
"""What a file is -> its icon; whatever else is a file."""


REMOVE = ACTIONS["withdraw_file"]
LITTLE = timedelta(minutes=10)
"""So long it may take until the clock that deletes files comes round."""

GONE = "Remove {name}? It is gone for everybody, for good."


def going(left: timedelta) -> str:
    """When files are deleted whose time is over after this."""
    return f"These files are deleted in {span(left) if left > LITTLE else 'a few minutes'}."


class FileList:
    """The list, and the place to drop more."""

    def __init__(self, live: Live, job: Job) -> None:
        self.live, self.job = live, job
        self.state = (0, 0)
        self.shown: object = None
        with ui.element("div").classes("panel print-hide"):
            with ui.element("div").classes("section-head"):
                headings.section("Files")
            self.going = ui.label().classes("sentence")
            self.keep = ui.button("Keep them", icon="inventory_2", on_click=self._keep).props("no-caps flat color=ink")
            self.bundle = ui.link("Download all as zip", f"/jobs/{job.key}/files.zip").classes("bundle")
            self.lines = ui.element("ul").classes("plain files")
            self.empty = ui.label("No file yet.").classes("muted")
            kinds = [kind for kind in Kind if kind in files.MAY_BRING.get(live.user.role, set(Kind))]
            self.bring = UploadField("Add files", f"/jobs/{job.key}/files", kinds)

    def show(self, job: Job, found: list[File], versions: dict[int, int]) -> None:
        """Show these files, unless they come from an earlier look than those that stand here."""
        state = job.version, len(found)
        if state < self.state:
            return
        self.job, self.state = job, state
        self._show_lines(found, versions)
        self.empty.set_visibility(not found)
        self.bundle.set_visibility(len(bundles.delivered(found)) > 1)
        self.bring.set_visibility(job.status not in FINAL)
        counting = job.delete_files_at is not None and any(not file.deleted_at for file in found)
        self.going.set_visibility(counting)
        self.keep.set_visibility(counting and self.live.user.is_staff)
        if job.delete_files_at:
            self.going.set_text(going(job.delete_files_at - clock.now()))

    def _show_lines(self, found: list[File], versions: dict[int, int]) -> None:
        now = [(file.id, file.deleted_at, self._may_withdraw(file)) for file in found]
        if now == self.shown:  # whoever looks through older versions goes on doing so
            return
        self.shown = now
        self.lines.clear()
        with self.lines:
            for newest, *older in _by_name(found):
                with self._line(newest, versions[newest.key]):
                    if older:
                        self._older(older, versions)

    def _line(self, file: File, version: int) -> ui.element:
        what = file_types.words(file.media_type)
        with ui.element("li").props(f'data-file="{file.id}" data-kind="{file.kind}"') as line:
            with ui.element("div").classes("file-name"):
                ui.icon(ICONS.get(what, "insert_drive_file")).props("aria-hidden=true")
                self._name(file)
                if version > 1:
                    ui.label(f"version {version}").classes("version")
            by = characters.isolated(first_name_of(file.uploader, self.live.user))
            about = f"{NAMES[file.kind]} · {what} · {size(file.size)} · {by}"
            ui.label(f"{about}, {when(file.created_at, self.live.user)}").classes("muted")
            if file_types.is_like_a_program(file.name, file.media_type):
                ui.label("looks like a program").classes("warned")
            if self._may_withdraw(file):
                button = ui.button(REMOVE.button, icon=REMOVE.icon, on_click=lambda: self._withdraw(file))
                button.props("flat dense no-caps color=ink data-withdraw")
                button.props["aria-label"] = f"{REMOVE.button}: {file.name}"
        return line

    def _may_withdraw(self, file: File) -> bool:
        return not file.deleted_at and withdrawals.may_withdraw(file, self.job, self.live.user)

    async def _withdraw(self, file: File) -> None:
        """Take a wrong file back, when that is meant."""
        with self.live.client:
            said = await write(
                GONE.format(name=characters.isolated(file.name)), self.job, REMOVE.button, "note", word="Why"
            )
            if said is not None:
                with refusals_shown():
                    actor = await self.live.actor()
                    await run_in_threadpool(withdrawals.withdraw, self.job.key, file.key, by=actor, **said)

    def _name(self, file: File) -> None:
        if file.deleted_at:
            ui.label(f"{characters.isolated(file.name)} (deleted)").classes("muted")
        else:
            ui.link(file.name, f"/files/{file.id}").classes("row-link").props("dir=auto")

    def _older(self, older: list[File], versions: dict[int, int]) -> None:
        with ui.element("details"):
            with ui.element("summary"):
                ui.label(f"{len(older)} older version{'s' if len(older) > 1 else ''}").classes("muted")
            with ui.element("ul").classes("plain"):
                for file in older:
                    self._line(file, versions[file.key])

    async def _keep(self) -> None:
        with refusals_shown():
            await run_in_threadpool(files.keep_all, self.job.key, by=await self.live.actor())


def _by_name(found: list[File]) -> list[list[File]]:
    """The files in groups of one kind and name, finals before others; in a group, and of groups, the newest first."""
    named = sorted(found, key=lambda file: (file.version_of, -file.key))
    return sorted((list(group) for _name, group in groupby(named, lambda file: file.version_of)), key=_newest)


def _newest(group: list[File]) -> tuple[bool, int]:
    return group[0].kind is not Kind.final, -group[0].key
