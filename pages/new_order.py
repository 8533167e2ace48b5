"""The new-order form: what is wanted, what it costs as one types, and a draft that outlives the page."""

from asyncio import Lock
from dataclasses import dataclass
from typing import Any

from fastapi.concurrency import run_in_threadpool
from nicegui import ui
from sqlmodel import Session

from models.agency import Agency
from models.draft import Draft, DraftFile
from models.job import Job, find
from models.user import STAFF, Role, User
from models.work_type import WorkType
from pages import open_drafts
from pages.draft_files import DraftFiles
from pages.frame import frame, once, page, refusals_shown
from pages.live import Live
from pages.parts import headings, past_deadline, unsent_words
from pages.parts.order_fields import OrderFields, copied
from pages.parts.times import when
from pages.summary import Summary
from workflow.orders import drafts, placing

SAVING_SECONDS = 1.0
"""How often what was typed is kept."""

APART = "Another order that you are writing is open in another window. What you write here is kept apart from it."


@page("/new", Role.client, *STAFF)
async def new_order_page(live: Live, copy: str = "", draft: str = "") -> None:
    """Place an order: clients for themselves, staff for a client.

    `draft` is the key of what this form is kept as, and `copy` names an earlier order to begin with.
    """
    with frame(live, "New order"):
        headings.title("New order")
        key, is_apart = await _choose(live, copy, draft)
        found = await live.read(lambda session: _look(session, live, copy, key))
        form = Form(live, key, found)
        form.files.show(found.files)
        form.say(APART if is_apart else found.told(live.user))
        open_drafts.hold(live, key, form.give_way)


async def _choose(live: Live, copy: str, draft: str) -> tuple[str, bool]:
    """The key of the draft to write, and whether it is a fresh one because others are written elsewhere."""
    if drafts.is_key(draft):
        return draft, False
    return (drafts.fresh_key(), False) if copy else await open_drafts.choose(live)


@dataclass(frozen=True)
class Found:
    """What a form begins with."""

    clients: list[User]
    kinds: list[WorkType]
    currency: str
    earlier: Job | None
    draft: Draft | None
    files: list[DraftFile]

    @property
    def begun(self) -> dict[str, Any]:
        """What the draft says; before anything was typed, what the earlier order did."""
        if self.draft and self.draft.content:
            return self.draft.content
        return copied(self.earlier, self.kinds) | {"client_id": self.earlier.client_id} if self.earlier else {}

    def told(self, user: User) -> str:
        """What the form began with, for its user."""
        if self.draft and self.draft.content:
            return f"This is your draft of {when(self.draft.updated_at, user)}."
        if self.earlier:
            return f"Copied from {self.earlier.display_id}. Have a look at the deadline."
        return "The files of your unfinished order are still here." if self.files else ""


def _look(session: Session, live: Live, copy: str, key: str) -> Found:
    clients = User.active_with(session, [Role.client]) if live.user.is_staff else []
    earlier = find(session, live.user, display_id=copy) if copy.isprintable() and copy else None
    offered, currency = WorkType.offered(session), Agency.currency_in_force(session)
    return Found(clients, offered, currency, earlier, *drafts.read(session, key, live.user))


class Form:
    """The form, kept as a draft while it is filled in."""

    def __init__(self, live: Live, key: str, found: Found) -> None:
        self.live, self.key, self.found, self.is_touched = live, key, found, False
        self.turn = Lock()  # a draft that is still being kept must not come back after its order was placed
        self.clients = {client.key: client for client in found.clients}
        with ui.row().classes("sentence page-head") as self.told:
            self.words = ui.label().props("role=status")
            once(ui.button("Start over", icon="restart_alt"), self.start_over).props("flat dense no-caps color=ink")
        with ui.element("div").classes("panel form"):
            self.summary = Summary()
            begun, by_staff = found.begun, live.user.is_staff
            self.client = self._whose(begun.get("client_id")) if by_staff else None
            self.fields = OrderFields(
                found.kinds,
                found.currency,
                live.user.time_zone,
                begun,
                locale=live.user.locale,
                by_staff=by_staff,
                changed=self._touched,
            )
            self.files = DraftFiles(live, key)
            with ui.row().classes("dialog-buttons"):
                once(ui.button("Place the order", icon="send"), self.place).props("no-caps unelevated data-send")
        self.saving = ui.timer(SAVING_SECONDS, self.save)
        live.partings.append(self._let_go)
        self._stay()

    def _let_go(self) -> None:
        del self.fields

    def give_way(self) -> str:
        """Leave the draft, with its files, to another tab; returns the key of what this form is kept as from now on."""
        self.key = drafts.fresh_key()
        self.files.lie_with(self.key)
        self._stay()
        self.say(APART)
        return self.key

    def _stay(self) -> None:
        """Have a reload, and a sign-in that is needed again, come back to this draft."""
        copy = {"copy": self.found.earlier.display_id} if self.found.earlier else {}
        self.live.address = f"/new{unsent_words.ask_again_for(self.live.client, **copy, draft=self.key)}"

    def _whose(self, first: int | None) -> ui.select:
        names = {client.key: f"{client.name} ({client.email})" for client in self.clients.values()}
        known = first if first in names else None
        select = ui.select(names, value=known, label="Client", with_input=True, on_change=self._touched)
        return select.props("outlined").classes("full")

    def say(self, words: str) -> None:
        """Say what the form began with, if there is anything to say."""
        self.words.set_text(words)
        self.told.set_visibility(bool(words))

    def _touched(self) -> None:
        self.is_touched = True

    async def save(self) -> None:
        """Keep what has changed since it was last kept."""
        async with self.turn:
            if self.is_touched and not (self.live.ended or self.live.client.is_deleted):
                self.is_touched = False
                content = self.fields.content() | {"client_id": self.client.value if self.client else None}
                with refusals_shown():
                    await run_in_threadpool(drafts.keep, self.key, content, by=await self.live.actor())

    async def start_over(self) -> None:
        """Throw the draft away."""
        async with self.turn:
            with refusals_shown():
                await run_in_threadpool(drafts.start_over, self.key, by=await self.live.actor())
                self._leave(f"/new?draft={drafts.fresh_key()}")

    async def place(self) -> None:
        """Place the order with the files beside it, and go to it."""
        async with self.turn:
            whose, fields = {"client_id": self.client} if self.client else {}, self.fields
            with refusals_shown(self.summary, **fields.named, **whose):
                actor = await self.live.actor()
                order = fields.order(self.clients.get(self.client.value) if self.client else None, actor)
                if not await past_deadline.is_meant(order.deadline):
                    return
                job = await run_in_threadpool(placing.place, order, by=actor, draft=self.key)
                self._leave(f"/jobs/{job.display_id}?placed=1")

    def _leave(self, path: str) -> None:
        """Keep nothing more of this form, and go on to another page."""
        self.saving.cancel()
        self.is_touched = False
        ui.navigate.to(path)
