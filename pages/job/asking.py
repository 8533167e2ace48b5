"""Asking for changes: the text is opened where one stands, and nothing is sent without words."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from models.job import Job
from pages.frame import once
from pages.parts import unsent_words

ASKED = "What should be changed?"
ACTION = "request_revision"


class Asking:
    """A place for the text; it is made as it opens, so that words which were left there come back."""

    def __init__(self, send: Callable[[Job, dict[str, str]], Awaitable[object]]) -> None:
        """`send` gets the order as it was when the text was opened, and what was typed."""
        self.send = send
        self.box = ui.element("div").classes("asking")
        self.close()

    def open(self, job: Job) -> None:
        """Ask for the words."""
        self.close()
        self.box.set_visibility(True)
        with self.box:
            words = ui.textarea(ASKED).props("outlined autogrow autofocus").classes("full")
            unsent_words.keep(words, f"{job.display_id}\n{ASKED}")

            async def send() -> None:
                await self.send(job, {"revision_notes": (words.value or "").strip()})

            with ui.row():
                done = once(ui.button("Send back", icon="send"), send).props("no-caps unelevated data-confirm")
                done.bind_enabled_from(words, "value", lambda text: bool((text or "").strip()))
                ui.button("Not now", on_click=self.close).props("flat no-caps color=ink")

    def close(self) -> None:
        """Ask no more; what was typed is kept until it is sent."""
        self.box.clear()
        self.box.set_visibility(False)
