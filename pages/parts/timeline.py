"""The timeline of an order: who did what, when, with which words."""

from nicegui import ui

from models.status_log import StatusLog
from models.user import User
from pages.parts.times import when
from workflow.timeline import readable_note
from workflow.words import ACTIONS, label


class Timeline:
    """The history, newest line on top; lines are only ever added."""

    def __init__(self, reader: User) -> None:
        self.reader = reader
        self.shown = 0
        self.box = ui.element("ol").classes("timeline")

    def show(self, history: list[StatusLog]) -> None:
        """Add the lines that are not there yet; `history` is the whole of it, oldest first."""
        for line in history[self.shown :]:
            with self.box:
                self._line(line).move(self.box, 0)
        self.shown = max(self.shown, len(history))

    def _line(self, line: StatusLog) -> ui.element:
        with ui.element("li").props(f'data-action="{line.action}"') as row:
            ui.icon(ACTIONS[line.action].icon).classes("timeline-icon").props("aria-hidden=true")
            with ui.element("div").classes("timeline-text"):
                who = line.actor.first_name if line.actor else "Docket"
                ui.label(f"{who} {ACTIONS[line.action].done}").classes("timeline-what")
                status = label(line.new_status, self.reader.role)
                ui.label(f"{status} · {when(line.created_at, self.reader)}").classes("muted")

                if note := readable_note(line, self.reader):
                    ui.label(note).classes("note")
        return row
