"""Dialogs: what an action needs to know, or that it cannot be undone, asked once.

What is typed into a dialog is kept, by person and tab: closed with Esc, *Not now* or a click beside it, or answered and
then refused, it has the words again when it opens again. They are dropped once they were sent.
"""

from typing import Any

from nicegui import ui

from models.job import Job
from models.user import User
from pages.live import Live
from pages.parts import unsent_words
from pages.parts.choose_writer import choice
from pages.parts.load_bar import in_hand
from workflow import words
from workflow.orders import intentions
from workflow.text import characters

Said = dict[str, Any] | None
"""What was answered, by the names that `moves.make` takes; None when the dialog was closed."""


async def ask(live: Live, job: Job, action: str) -> Said:
    """Ask what this action needs before it can be taken; most need nothing."""
    if action == "assign" and live.user.is_staff:
        return await choose_writer(live, job)
    if action == "request_revision":
        return await write("What should be changed?", job, "Send back", "revision_notes", required=True)
    if action == "cancel":
        question = f"Cancel this order? {intentions.warning(action, live.user)}"
        return await write(question, job, "Cancel the order", "note", word="Reason")
    if action == "complete":
        name = words.button(action, job.status, live.user.role)
        question = f"{name} this order? {intentions.warning(action, live.user)}"
        return await write(question, job, name, "note", word="A last word")
    return {}


def sent(live: Live, job: Job) -> None:
    """What was typed into the dialogs of this order was acted upon."""
    unsent_words.drop(live.client, job.display_id)


async def choose_writer(live: Live, job: Job) -> Said:
    """Who shall do the work."""
    dialog = await choice(live, job)
    return await answer(dialog, job.display_id) if dialog else None


def with_load(writer: User, number: int, live: Live) -> str:
    """A writer's name, and how much they have in hand."""
    limit = live.rules.limit_of(writer)
    return f"{characters.isolated(writer.name)} ({in_hand(number, limit)})"


async def write(
    question: str, job: Job, button: str, field: str, *, word: str = "Your words", required: bool = False
) -> Said:
    """Ask for a few words; without `required` they may be left out."""
    with ui.dialog() as dialog, ui.card().classes("dialog"):
        ui.label(question).classes("dialog-title")
        ui.label(f"{job.display_id} · {characters.isolated(job.title)}").classes("muted")
        typed = ui.textarea(word if required else f"{word} (if you like)").props("outlined autogrow autofocus")
        typed.classes("full")
        with ui.row().classes("dialog-buttons"):
            ui.button("Not now", on_click=dialog.close).props("flat no-caps color=ink")
            done = ui.button(button, on_click=lambda: dialog.submit({field: (typed.value or "").strip() or None}))
            done.props("no-caps unelevated data-confirm")
            if required:
                done.bind_enabled_from(typed, "value", lambda text: bool((text or "").strip()))
    return await answer(dialog, job.display_id)


async def answer(dialog: ui.dialog, about: str = "") -> Any:
    """What was answered; None when the dialog was closed, or its page left. Afterwards the dialog is gone.

    `about` tells dialogs apart that ask the same. The answer True says that all is done; after any other, whoever acts
    upon what was typed drops it, once that was not refused.
    """
    title = dialog.props["aria-label"] = _title(dialog)
    client, name = dialog.client, f"{about}\n{title}"
    unsent_words.keep(dialog, name)
    said = await dialog
    if said is True:
        unsent_words.drop(client, name)
    if not dialog.is_deleted:
        dialog.delete()
    return said


def _title(dialog: ui.dialog) -> str:
    labels = (each for each in dialog.descendants() if isinstance(each, ui.label))
    return next((label.text for label in labels if "dialog-title" in label.classes), "")
