"""The status buttons of an order: what may be done now, and under what is closed, why."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from fastapi.concurrency import run_in_threadpool
from nicegui import ui

from models.job import Job
from pages.frame import refusals_shown
from pages.live import Live
from pages.parts import dialogs, past_deadline
from pages.parts.pending_action import under_way
from workflow import moves
from workflow.guards import Ask
from workflow.orders import help_requests, intentions
from workflow.possibilities import Possibility, possibilities
from workflow.refusals import Conflict
from workflow.words import ACTIONS

LOUD = {"approve", "assign", "start", "deliver", "resume", "complete"}
"""The step that usually comes next is the filled button; the others are outlined."""


class Actions:
    """The buttons of one order. `show` draws them anew when the order, or what may be done with it, has changed."""

    def __init__(
        self,
        live: Live,
        job: Job,
        after: Callable[[Job], None],
        *,
        note: Callable[[], str] = str,
        taken: Callable[[], object] = lambda: None,
        give_back: Callable[[str], object] = lambda _words: None,
        leave_out: frozenset[str] = frozenset(),
    ) -> None:
        """`after` hears of the order as it stands then; `note` says what goes along, and comes back by `give_back`."""
        self.live, self.job, self.leave_out = live, job, leave_out
        self.note, self.taken, self.give_back, self.after = note, taken, give_back, after
        self.box = ui.element("div").classes("actions")
        self._drawn: object = None
        self._under_way = False
        self.show(job)

    def let_go(self) -> None:
        """Keep nothing of the page, which was left."""
        self.note, self.taken, self.give_back, self.after = str, lambda: None, lambda _words: None, lambda _job: None

    def show(self, job: Job) -> None:
        """Draw the buttons for the order as it stands now."""
        self.job = job
        offered = possibilities(Ask.before_choosing(job, self.live.user, self.live.rules, len(self.live.in_hand)))
        offered = [choice for choice in offered if choice.ever and choice.action not in self.leave_out]
        wish = self.live.intention(job)
        drawn = (job.version, offered, wish and wish.id)
        if self._drawn == drawn:
            return
        self._drawn = drawn
        self.box.clear()
        with self.box:
            if wish:
                under_way(wish, self._take_back)
                return
            for choice in offered:
                self._button(choice)

    def _button(self, choice: Possibility) -> None:
        words = ACTIONS[choice.action]
        name = "Take this order" if choice.action == "assign" and not self.live.user.is_staff else words.button
        with ui.element("div").classes("action"):
            button = ui.button(name, icon=words.icon, on_click=lambda: self._press(choice.action))
            button.props(f'no-caps unelevated data-action="{choice.action}"')
            button.props("color=primary" if choice.action in LOUD else "outline color=ink")
            if choice.possible:
                return
            button.disable()
            sentence = " ".join(choice.reasons)
            button.props(f'aria-describedby="why-{button.id}"').tooltip(sentence)
            ui.label(sentence).classes("why").props(f'id="why-{button.id}"')
            if choice.askable:
                button = ui.button("Ask them", icon="front_hand", on_click=lambda: self._ask(choice.action))
                button.props(f'flat dense no-caps color=ink data-ask="{choice.action}"')

    async def _ask(self, action: str) -> None:
        """Pass the why-not on to those who could clear it."""
        with refusals_shown():
            asked = await run_in_threadpool(help_requests.ask_for, self.job.key, action, by=await self.live.actor())
            ui.notify(f"Asked {', '.join(user.first_name for user in asked)}.", type="positive")

    async def _press(self, action: str) -> None:
        """Ask what the action needs, then take it; a refusal is shown, and the order as it stands now.

        All of it hangs on the page: the button that was pressed is gone as soon as the order changes. Another press
        does nothing meanwhile.
        """
        if self._under_way:
            return
        self._under_way = True
        try:
            with self.live.client:
                version = self.job.version  # as it was when the button was pressed: a dialog may stand open for long
                said = await dialogs.ask(self.live, self.job, action)
                if said is not None and await self._is_meant(said.get("writer_deadline")):
                    await self._take(action, version, said)
        finally:
            self._under_way = False

    async def _is_meant(self, deadline: datetime | None) -> bool:
        """Ask once about a deadline that a writer is given and that has passed."""
        return deadline == self.job.writer_deadline or await past_deadline.is_meant(deadline)

    async def _take(self, action: str, version: int, said: dict[str, Any]) -> None:
        said["note"] = said.get("note") or self.note() or None
        with refusals_shown():
            actor = await self.live.actor()
            is_final = intentions.can_be_taken_back(action, actor)
            step = partial(intentions.intend if is_final else moves.make, self.job.key, action, by=actor)
            try:
                done = await run_in_threadpool(step, version=version, **said)
            except Conflict as conflict:
                self.after(conflict.job)
                raise
            dialogs.sent(self.live, self.job)
            self.taken()
            if isinstance(done, Job):
                self.after(done)
            else:
                self.live.intentions[self.job.key] = done
                self.show(self.job)

    async def _take_back(self) -> None:
        """Take back what was pressed, words and all; when it is too late, say so."""
        with refusals_shown():
            wish = await run_in_threadpool(intentions.take_back, self.job.key, by=await self.live.actor())
            self.live.intentions.pop(self.job.key, None)
            self.show(self.job)
            self.give_back(wish.note or "")
