"""The timeline of an order: who did what, when, with which words, and what people said in between."""

from collections.abc import Sequence

from nicegui import ui

from models.comment import Audience, Comment
from models.status_log import StatusLog
from models.user import User
from pages.live import Live
from pages.parts.second_thoughts import second_thoughts
from pages.parts.times import when
from pages.parts.words import Prose, typed
from workflow import characters
from workflow.timeline import WRITTEN, readable_note
from workflow.words import ACTIONS, label

Entry = StatusLog | Comment


class Timeline:
    """History and talk, newest on top. An entry that is shown is left alone unless it has changed."""

    def __init__(self, live: Live) -> None:
        self.live, self.reader = live, live.user
        self.shown: dict[tuple[str, int], tuple[ui.element, object]] = {}
        self.box = ui.element("ol").classes("timeline")

    def show(self, history: Sequence[StatusLog], talk: Sequence[Comment]) -> None:
        """Show these entries; both come oldest first, and whole."""
        entries = sorted([*history, *talk], key=lambda entry: entry.created_at)
        for place, entry in enumerate(reversed(entries)):
            key, state = (type(entry).__name__, entry.id or 0), _state(entry)
            row, before = self.shown.get(key, (None, None))
            if row is not None and before == state:
                continue
            if row is not None:
                row.delete()
            with self.box:
                new = self._said(entry) if isinstance(entry, Comment) else self._done(entry)
            new.move(self.box, place)
            self.shown[key] = new, state

    def _done(self, line: StatusLog) -> ui.element:
        words = ACTIONS[line.action]
        with ui.element("li").props(f'data-action="{line.action}"') as row:
            ui.icon(words.icon).classes("timeline-icon").props("aria-hidden=true")
            with ui.element("div").classes("timeline-text"):
                ui.label(f"{_first_name(line.actor)} {words.done}").classes("timeline-what")
                status = label(line.new_status, self.reader.role)
                ui.label(f"{status} · {when(line.created_at, self.reader)}").classes("muted")
                if note := readable_note(line, self.reader):
                    (Prose(note).classes("said") if line.action in WRITTEN else typed(note)).classes("note")
        return row

    def _said(self, comment: Comment) -> ui.element:
        within = " to the team" if comment.audience is Audience.team else ""
        edited = ", edited" if comment.edited_at else ""
        with ui.element("li").props(f'data-comment="{comment.id}" data-audience="{comment.audience}"') as row:
            ui.icon("lock" if within else "chat").classes("timeline-icon").props("aria-hidden=true")
            with ui.element("div").classes("timeline-text"):
                ui.label(f"{_first_name(comment.author)} said{within}").classes("timeline-what")
                ui.label(f"{when(comment.created_at, self.reader)}{edited}").classes("muted")
                Prose(comment.shown).classes("note said")
                second_thoughts(self.live, comment)
        return row


def _state(entry: Entry) -> object:
    """What of an entry can change after it was first shown."""
    return (entry.body, entry.deleted_at, entry.hidden_by) if isinstance(entry, Comment) else None


def _first_name(user: User | None) -> str:
    return characters.isolated(user.first_name) if user else "Docket"
