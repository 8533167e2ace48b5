"""Second thoughts: edit or delete one's own words for a quarter of an hour; an admin may hide anybody's."""

from collections.abc import Callable

from fastapi.concurrency import run_in_threadpool
from nicegui import ui

from models import clock
from models.comment import Comment
from models.user import Role
from pages.frame import refusals_shown
from pages.live import Live
from pages.parts.dialogs import answer
from workflow.orders import comments


def second_thoughts(live: Live, comment: Comment) -> None:
    """The small buttons under a comment, for those who may press them."""
    if comment.deleted_at or comment.hidden_by:
        return
    own = comment.author_id == live.user.id and clock.now() - comment.created_at < comments.SECOND_THOUGHTS
    with ui.row().classes("small-buttons"):
        if own:
            _button("Edit", lambda: _edit(live, comment))
            _button("Delete", lambda: _do(live, comments.delete, comment))
        elif live.user.role is Role.admin:
            _button("Hide", lambda: _do(live, comments.hide, comment))


def _button(name: str, press: Callable[[], object]) -> None:
    ui.button(name, on_click=press).props("flat dense no-caps color=ink")


async def _do(live: Live, change: Callable[..., Comment], comment: Comment) -> None:
    with refusals_shown():
        await run_in_threadpool(change, comment.key, by=await live.actor())


async def _edit(live: Live, comment: Comment) -> None:
    with ui.dialog() as dialog, ui.card().classes("dialog"):
        ui.label("Edit your comment").classes("dialog-title")
        words = ui.textarea("Your words", value=comment.body).props("outlined autogrow autofocus").classes("full")

        async def save() -> None:
            with refusals_shown():
                await run_in_threadpool(comments.edit, comment.key, words.value or "", by=await live.actor())
                dialog.submit(True)

        with ui.row().classes("dialog-buttons"):
            ui.button("Not now", on_click=dialog.close).props("flat no-caps color=ink")
            ui.button("Save", on_click=save).props("no-caps unelevated data-confirm")
    await answer(dialog, f"comment {comment.id}")
