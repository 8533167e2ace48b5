"""The steps that are pressed on a page's orders: what each needs is asked, then it is taken, and a refusal is shown."""

from collections.abc import Callable
from functools import partial
from typing import Any

from fastapi.concurrency import run_in_threadpool
from nicegui import ui

from models.job import Job
from models.user import User
from pages.frame import refusals_shown
from pages.live import Live
from pages.parts import dialogs, past_deadline, without_file
from workflow import moves
from workflow.orders import help_requests, intentions
from workflow.refusals import Conflict


class Steps:
    """Takes the steps of one person's page, for each order one at a time."""

    def __init__(
        self,
        live: Live,
        after: Callable[[Job], object],
        wished: Callable[[int], object],
        *,
        note: Callable[[], str] = str,
        taken: Callable[[], object] = lambda: None,
        give_back: Callable[[str], object] = lambda _words: None,
    ) -> None:
        """`after` hears of an order as it stands then, `wished` which one is to move soon, or is not any more.

        `note` says what goes along; it comes back by `give_back`.
        """
        self.live, self.after, self.wished = live, after, wished
        self.note, self.taken, self.give_back = note, taken, give_back
        self._under_way: set[int] = set()
        live.partings.append(self._let_go)

    def _let_go(self) -> None:
        self.after, self.wished = (lambda _job: None), (lambda _key: None)
        self.note, self.taken, self.give_back = str, lambda: None, lambda _words: None

    async def ask(self, job_id: int, action: str) -> None:
        """Pass the why-not on to those who could clear it."""
        with refusals_shown():
            asked = await run_in_threadpool(help_requests.ask_for, job_id, action, by=await self.live.actor())
            ui.notify(f"Asked {', '.join(user.first_name for user in asked)}.", type="positive")

    async def press(self, job: Job, action: str, answered: dict[str, Any] | None = None) -> None:
        """Ask what the action needs, unless it is `answered`, and take it; a refusal is shown, and the order as it is.

        The order is as it was when the button was pressed: a dialog may stand open for long. All of it hangs on the
        page, for the button is gone as soon as the order changes. Another press does nothing meanwhile.
        """
        if job.key in self._under_way:
            return
        self._under_way.add(job.key)
        try:
            with self.live.client:
                said = dict(answered) if answered else await dialogs.ask(self.live, job, action)
                if said is not None and await _is_meant(job, action, said, self.live.user):
                    await self._take(job, action, said)
        finally:
            self._under_way.discard(job.key)

    async def _take(self, job: Job, action: str, said: dict[str, Any]) -> None:
        said["note"] = said.get("note") or self.note() or None
        with refusals_shown():
            actor = await self.live.actor()
            is_final = intentions.can_be_taken_back(action, actor)
            step = partial(intentions.intend if is_final else moves.make, job.key, action, by=actor)
            try:
                done = await run_in_threadpool(step, version=job.version, **said)
            except Conflict as conflict:
                self.after(conflict.job)
                raise
            dialogs.sent(self.live, job)
            self.taken()
            if isinstance(done, Job):
                self.after(done)
            else:
                self.live.intentions[job.key] = done
                self.wished(job.key)

    async def take_back(self, job_id: int) -> None:
        """Take back what was pressed, words and all; when it is too late, say so."""
        with refusals_shown():
            wish = await run_in_threadpool(intentions.take_back, job_id, by=await self.live.actor())
            self.live.intentions.pop(job_id, None)
            self.wished(job_id)
            self.give_back(wish.note or "")


async def _is_meant(job: Job, action: str, said: dict[str, Any], actor: User) -> bool:
    """Ask once about a deadline that a writer is given and that has passed, and about work without a file."""
    deadline = said.get("writer_deadline")
    if deadline != job.writer_deadline and not await past_deadline.is_meant(deadline):
        return False
    return await without_file.is_meant(job, action, actor)
