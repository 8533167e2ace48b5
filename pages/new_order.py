"""The new-order form: what is wanted, what it costs as one types, and a draft that outlives the page."""

from asyncio import Lock
from typing import Any

from fastapi.concurrency import run_in_threadpool
from nicegui import ui
from sqlmodel import Session

from models.agency import Agency
from models.draft import Draft, DraftFile
from models.job import Job, find
from models.user import STAFF, Role, User
from models.work_type import WorkType
from pages.frame import frame, once, page, refusals_shown
from pages.live import Live
from pages.parts import past_deadline
from pages.parts.draft_files import DraftFiles
from pages.parts.order_fields import OrderFields, copied
from pages.parts.times import when
from workflow import drafts, ordering

SAVING_SECONDS = 1.0
"""How often what was typed is kept."""

REPLACED = "What you write here takes the place of your unfinished order, and its files go along."


@page("/new", Role.client, *STAFF)
async def new_order_page(live: Live, copy: str = "") -> None:
    """Place an order: clients for themselves, staff for a client; `copy` names an earlier order to begin with."""

    def look(session: Session) -> tuple[list[User], list[WorkType], str, Job | None, Draft | None, list[DraftFile]]:
        clients = User.active_with(session, [Role.client]) if live.user.is_staff else []
        earlier = find(session, live.user, display_id=copy) if copy.isprintable() and copy else None
        kinds, currency = WorkType.offered(session), Agency.currency_in_force(session)
        return clients, kinds, currency, earlier, *drafts.read(session, live.user)

    clients, kinds, currency, earlier, draft, draft_files = await live.read(look)
    with frame(live, "New order"):
        ui.label("New order").classes("page-title").props("role=heading aria-level=1")
        begun = _copy(earlier, kinds) if earlier else draft.content if draft else {}
        form = Form(live, clients, kinds, currency, begun)
        form.files.show(draft_files)
        if earlier:
            replaced = f" {REPLACED}" if draft or draft_files else ""
            form.say(f"Copied from {earlier.display_id}. Have a look at the deadline.{replaced}")
        elif draft:
            form.say(f"This is your draft of {when(draft.updated_at, live.user)}.")
        elif draft_files:
            form.say("The files of your unfinished order are still here.")


def _copy(job: Job, kinds: list[WorkType]) -> dict[str, Any]:
    return copied(job, kinds) | {"client_id": job.client_id}


class Form:
    """The form, kept as a draft while it is filled in."""

    def __init__(
        self, live: Live, clients: list[User], kinds: list[WorkType], currency: str, begun: dict[str, Any]
    ) -> None:
        self.live, self.is_touched = live, False
        self.turn = Lock()  # a draft that is still being kept must not come back after its order was placed
        self.clients = {client.key: client for client in clients}
        with ui.row().classes("sentence page-head") as self.told:
            self.words = ui.label().props("role=status")
            once(ui.button("Start over", icon="restart_alt"), self.start_over).props("flat dense no-caps color=ink")
        self.told.set_visibility(False)
        with ui.element("div").classes("panel form"):
            self.client = self._whose(begun.get("client_id")) if live.user.is_staff else None
            self.fields = OrderFields(kinds, currency, live.user.time_zone, begun, by_staff=live.user.is_staff)
            self.fields.changed = self._touched
            self.files = DraftFiles(live)
            with ui.row().classes("dialog-buttons"):
                once(ui.button("Place the order", icon="send"), self.place).props("no-caps unelevated")
        self.saving = ui.timer(SAVING_SECONDS, self.save)

    def _whose(self, first: int | None) -> ui.select:
        names = {client.key: f"{client.name} ({client.email})" for client in self.clients.values()}
        known = first if first in names else None
        select = ui.select(names, value=known, label="Client", with_input=True, on_change=self._touched)
        return select.props("outlined").classes("full")

    def say(self, words: str) -> None:
        """Say what the form began with."""
        self.words.set_text(words)
        self.told.set_visibility(True)

    def _touched(self) -> None:
        self.is_touched = True

    async def save(self) -> None:
        """Keep what has changed since it was last kept."""
        async with self.turn:
            if self.is_touched and not self.live.ended:
                self.is_touched = False
                content = self.fields.content() | {"client_id": self.client.value if self.client else None}
                with refusals_shown():
                    await run_in_threadpool(drafts.keep, content, by=await self.live.actor())

    async def start_over(self) -> None:
        """Throw the draft away."""
        async with self.turn:
            with refusals_shown():
                await run_in_threadpool(drafts.start_over, by=await self.live.actor())
                self._leave("/new")

    async def place(self) -> None:
        """Place the order with the files beside it, and go to it."""
        async with self.turn:
            with refusals_shown(**self.fields.named):
                actor = await self.live.actor()
                order = self.fields.order(self.clients.get(self.client.value) if self.client else None)
                if not await past_deadline.is_meant(order.deadline):
                    return
                job = await run_in_threadpool(ordering.place, order, by=actor, with_draft=True)
                self._leave(f"/jobs/{job.display_id}")

    def _leave(self, path: str) -> None:
        """Keep nothing more of this form, and go on to another page."""
        self.saving.cancel()
        self.is_touched = False
        ui.navigate.to(path)
