"""The dialog that asks who shall do an order: the writers, the likeliest first, each of them one click."""

from typing import Any

from nicegui import ui

from models.job import Job
from pages.frame import refusals_shown
from pages.live import Live
from pages.parts.load_bar import in_hand, load_bar
from pages.parts.moment_field import MomentField
from pages.parts.times import when
from pages.parts.words import typed
from workflow.orders.candidates import Candidate, candidates
from workflow.text import characters


class Choice:
    """The dialog; what is chosen goes by the names that `moves.make` takes."""

    def __init__(self, live: Live, job: Job, found: list[Candidate]) -> None:
        self.job = job
        with ui.dialog() as self.dialog, ui.card().classes("dialog"):
            ui.label(f"Who writes “{characters.isolated(job.title)}”?").classes("dialog-title")
            expected = f"The client expects it by {when(job.deadline, live.user)}." if job.deadline else ""
            ui.label(expected).classes("muted")
            zone = live.user.time_zone
            self.due = MomentField("Their own deadline (if there is one)", job.writer_deadline, zone, "writer_deadline")
            with ui.element("ul").classes("plain candidates"):
                for each in found:
                    with ui.element("li"):
                        self._candidate(each)
            with ui.row().classes("dialog-buttons"):
                ui.button("Not now", on_click=self.dialog.close).props("flat no-caps color=ink")

    def _candidate(self, one: Candidate) -> None:
        button = ui.element("button").classes("candidate").props("type=button data-confirm=assign")
        if one.why:
            button.props["disabled"] = True
        else:
            button.on("click", lambda: self._choose(one.writer.key))
        with button:
            typed(one.writer.name).classes("person-name")
            ui.label(in_hand(one.work.in_hand, one.limit)).classes("muted")
            load_bar(one.work.in_hand, one.limit)
            ui.label(one.why or _words(one, self.job)).classes("muted")

    def _choose(self, writer_id: int) -> None:
        with refusals_shown(writer_deadline=self.due.day):
            self.dialog.submit({"writer_id": writer_id, "writer_deadline": self.due.moment()})


def _words(one: Candidate, job: Job) -> str:
    sooner = [f"{one.work.due_sooner or 'nothing'} due before this"] if job.deadline else []
    done = [f"{one.work.done_lately} × {job.work_type} in the last year"] if one.work.done_lately else []
    return " · ".join(sooner + done)


async def choice(live: Live, job: Job) -> ui.dialog | None:
    """The dialog, unless there is nobody to choose."""
    found: Any = await live.read(lambda session: candidates(session, job, live.user))
    if not found:
        ui.notify("There is no active writer yet; an admin can add one under People.", type="warning")
        return None
    return Choice(live, job, found).dialog
