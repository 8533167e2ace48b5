"""What happened to an order, and what was said about it: who, when, and with which words."""

from collections.abc import Sequence

from nicegui import ui

from models.comment import Audience, Comment
from models.file import File
from models.job import Job
from models.payment import Payment
from models.status_log import StatusLog
from models.user import User
from pages.job.comment_buttons import second_thoughts
from pages.live import Live
from pages.parts.times import when
from pages.parts.words import Prose, typed
from workflow.history.visibility import WRITTEN, booked, first_name_of, readable_note
from workflow.text import characters
from workflow.words import ACTIONS, label

Entry = StatusLog | Comment | File | Payment
"""All that a timeline tells of: steps, talk, files and money, as far as its reader may know."""


class Timeline:
    """The story, or the talk: newest on top. An entry that is shown is left alone unless it has changed."""

    def __init__(self, live: Live, classes: str = "timeline") -> None:
        self.live = live
        self.shown: dict[tuple[str, int], tuple[ui.element, object]] = {}
        self.box = ui.element("ol").classes(classes)

    @property
    def reader(self) -> User:
        """Whose page it is, as they are now."""
        return self.live.user

    def show(self, job: Job, entries: Sequence[Entry], assigned: str | None) -> None:
        """Show these entries of the job, which come oldest first, and whole; `assigned` is whom it went to at first."""
        there = {(type(entry).__name__, entry.id or 0) for entry in entries}
        for key in self.shown.keys() - there:
            self.shown.pop(key)[0].delete()
        for place, entry in enumerate(reversed(entries)):
            key, state = (
                (type(entry).__name__, entry.id or 0),
                (_state(entry), self.reader.time_zone, self.reader.locale),
            )
            row, before = self.shown.get(key, (None, None))
            if row is not None and before == state:
                continue
            if row is not None:
                row.delete()
            with self.box:
                new = self._row(entry, job, assigned)
            new.move(self.box, place)
            self.shown[key] = new, state

    def _row(self, entry: Entry, job: Job, assigned: str | None) -> ui.element:
        match entry:
            case Comment():
                return self._said(entry)
            case File():
                return self._brought(entry)
            case Payment():
                return self._paid(entry, job)
        return self._done(entry, assigned)

    def _done(self, line: StatusLog, assigned: str | None) -> ui.element:
        words = ACTIONS[line.action]
        to = f" to {characters.isolated(assigned)}" if line.action == "assign" and assigned else ""
        status = label(line.new_status, self.reader.role)
        with ui.element("li").props(f'data-action="{line.action}"') as row:
            ui.icon(words.icon).classes("timeline-icon").props("aria-hidden=true")
            with ui.element("div").classes("timeline-text"):
                self._told(f"{self._who(line.actor)} {words.done}{to}", f"{status} · ", line)
                if note := readable_note(line, self.reader):
                    (Prose(note).classes("said") if line.action in WRITTEN else typed(note)).classes("note")
        return row

    def _said(self, comment: Comment) -> ui.element:
        within = " to the team" if comment.audience is Audience.team else ""
        with ui.element("li").props(f'data-comment="{comment.id}" data-audience="{comment.audience}"') as row:
            ui.icon("lock" if within else "chat").classes("timeline-icon").props("aria-hidden=true")
            with ui.element("div").classes("timeline-text"):
                edited = ", edited" if comment.edited_at else ""
                self._told(f"{self._who(comment.author)} said{within}", "", comment, edited)
                Prose(comment.shown).classes("note said")
                second_thoughts(self.live, comment)
        return row

    def _brought(self, file: File) -> ui.element:
        with ui.element("li").props('data-event="file"') as row:
            ui.icon("attach_file").classes("timeline-icon").props("aria-hidden=true")
            with ui.element("div").classes("timeline-text"):
                self._told(f"{self._who(file.uploader)} added the {file.kind} file", "", file)
                typed(file.name).classes("note")
        return row

    def _paid(self, payment: Payment, job: Job) -> ui.element:
        with ui.element("li").props('data-event="payment"') as row:
            ui.icon("payments").classes("timeline-icon").props("aria-hidden=true")
            with ui.element("div").classes("timeline-text"):
                self._told(
                    f"{self._who(payment.recorder)} {booked(payment, job.currency, self.reader.locale)}", "", payment
                )
                if how := f"{payment.method} {payment.reference}".strip():
                    typed(how).classes("note")
        return row

    def _who(self, user: User | None) -> str:
        return characters.isolated(first_name_of(user, self.reader)) if user else "Docket"

    def _told(self, what: str, before: str, entry: Entry, after: str = "") -> None:
        ui.label(what).classes("timeline-what")
        ui.label(f"{before}{when(entry.created_at, self.reader)}{after}").classes("muted")


def _state(entry: Entry) -> object:
    """What of an entry can change after it was first shown."""
    return (entry.body, entry.deleted_at, entry.hidden_by) if isinstance(entry, Comment) else None
