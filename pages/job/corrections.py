"""Putting right who works on an order and whose it is: two quiet buttons for staff, beside the order's facts."""

from collections.abc import Callable

from fastapi.concurrency import run_in_threadpool
from nicegui import ui
from sqlmodel import Session

from models.job import Job, loads
from models.status import FINAL
from models.user import Role, User
from pages.frame import once, refusals_shown
from pages.live import Live
from pages.parts.dialogs import answer, with_load
from workflow.orders import corrections
from workflow.words import ACTIONS

NOTE = "Why (if you like; for the team)"


class Corrections:
    """The buttons."""

    def __init__(self, live: Live, job: Job) -> None:
        self.live, self.job = live, job
        with ui.row().classes("small-buttons print-hide") as self.box:
            self.writer = self._button("reassign", self._reassign)
            self._button("change_client", self._change_client)
        self.show(job)

    def _button(self, action: str, press: Callable[[], object]) -> ui.button:
        words = ACTIONS[action]
        button = ui.button(words.button, icon=words.icon, on_click=press)
        return button.props(f'flat dense no-caps color=ink data-action="{action}"')

    def show(self, job: Job) -> None:
        """Offer what can be put right as the order stands; `corrections` judges it again."""
        self.job = job
        self.box.set_visibility(self.live.user.is_staff and job.status not in FINAL)
        self.writer.set_visibility(job.writer_id is not None)

    async def _reassign(self) -> None:
        def look(session: Session) -> dict[int, str]:
            in_hand = loads(session)
            writers = User.active_with(session, [Role.writer])
            return {each.key: with_load(each, in_hand.get(each.key, 0), self.live) for each in writers}

        await self._choose("Who goes on with the work?", "Writer", look, self.job.writer_id, corrections.reassign)

    async def _change_client(self) -> None:
        def look(session: Session) -> dict[int, str]:
            return {each.key: f"{each.name} ({each.email})" for each in User.active_with(session, [Role.client])}

        await self._choose("Whose order is this?", "Client", look, self.job.client_id, corrections.change_client)

    async def _choose(
        self,
        question: str,
        called: str,
        look: Callable[[Session], dict[int, str]],
        now: int | None,
        correct: Callable[..., Job],
    ) -> None:
        job, options = self.job, await self.live.read(look)
        options = {key: words for key, words in options.items() if key != now}
        with self.live.client, ui.dialog() as dialog, ui.card().classes("dialog"):
            ui.label(question).classes("dialog-title")
            ui.label(f"{job.display_id} · {job.title}").classes("muted")
            chosen = ui.select(options, label=called, with_input=True).classes("full")
            note = ui.textarea(NOTE).props("outlined autogrow rows=1").classes("full")

            async def save() -> None:
                with refusals_shown(note=note, writer_id=chosen, client_id=chosen):
                    said = {"note": (note.value or "").strip() or None, "version": job.version}
                    await run_in_threadpool(correct, job.key, chosen.value, by=await self.live.actor(), **said)
                    dialog.submit(True)

            with ui.row().classes("dialog-buttons"):
                ui.button("Not now", on_click=dialog.close).props("flat no-caps color=ink")
                done = once(ui.button("Save"), save).props("no-caps unelevated data-confirm")
                done.bind_enabled_from(chosen, "value", bool)
        await answer(dialog)
