"""Changing what was ordered: for staff until the order is over, for its client until it is accepted."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from fastapi.concurrency import run_in_threadpool
from nicegui import ui
from nicegui.elements.mixins.validation_element import ValidationElement

from models.job import Job
from models.status import FINAL, Status
from models.user import User
from pages.frame import once, refusals_shown
from pages.live import Live
from pages.parts import past_deadline
from pages.parts.dialogs import answer
from pages.parts.moment_field import MomentField
from pages.parts.more_menu import item
from pages.summary import Summary
from workflow import checks, money
from workflow.orders import amending
from workflow.words import ACTIONS


def may_amend(job: Job, reader: User) -> bool:
    """Whether there is anything that this reader could change now; `amending` judges it again."""
    return job.status not in FINAL if reader.is_staff else reader.id == job.client_id and job.status is Status.pending


async def ask_for_changes(live: Live, job: Job) -> None:
    """Show what can be changed, and change it."""
    with live.client, ui.dialog() as dialog, ui.card().classes("dialog wide"):
        ui.label(f"Change {job.display_id}").classes("dialog-title")
        summary = Summary()
        fields = Amendment(job, live.user)

        async def save() -> None:
            with refusals_shown(summary, **fields.named):
                actor, changes = await live.actor(), fields.changes()
                if not await past_deadline.is_meant(*fields.new_deadlines()):
                    return
                await run_in_threadpool(amending.amend, job.key, changes, by=actor, version=job.version)
                dialog.submit(True)

        with ui.row().classes("dialog-buttons"):
            ui.button("Not now", on_click=dialog.close).props("flat no-caps color=ink")
            once(ui.button("Save"), save).props("no-caps unelevated data-confirm")
    await answer(dialog, job.display_id)


class Amendment:
    """The fields that this reader may change, as the order stands."""

    def __init__(self, job: Job, reader: User) -> None:
        self.job, self.reader = job, reader
        self.title = ui.input("Title", value=job.title).props("outlined maxlength=200").classes("full")
        self.instructions = ui.textarea("Instructions", value=job.instructions).props("outlined autogrow")
        self.instructions.classes("full")
        with ui.element("div").classes("form-row"):
            self.quantity = ui.input(f"Quantity ({job.unit})", value=str(job.quantity))
            self.quantity.props("outlined inputmode=numeric")
            if reader.is_staff:
                self.unit = ui.input("Unit", value=job.unit).props("outlined maxlength=30")
                self.work_type = ui.input("Kind of work", value=job.work_type).props("outlined maxlength=60")
                self.amount = ui.input(f"Amount ({job.currency})", value=money.decimal(job.amount, job.currency))
                self.amount.props("outlined inputmode=decimal")
        self.deadline = MomentField("Deadline", job.deadline, reader.time_zone)
        if reader.is_staff:
            self.writer_deadline = MomentField(
                "Writer’s deadline", job.writer_deadline, reader.time_zone, "writer_deadline"
            )

    @property
    def named(self) -> dict[str, ValidationElement[Any]]:
        """The fields, by the names that refusals give them."""
        named = {"title": self.title, "instructions": self.instructions, "quantity": self.quantity}
        named["deadline"] = self.deadline.day
        if self.reader.is_staff:
            named |= {"work_type": self.work_type, "unit": self.unit, "amount": self.amount}
            named["writer_deadline"] = self.writer_deadline.day
        return named

    def changes(self) -> dict[str, Any]:
        """What was changed, for `amending.amend`; raises InvalidField for all that does not fit."""
        words = ("title", "instructions", *(("work_type", "unit") if self.reader.is_staff else ()))
        texts = {name: self.named[name].value or "" for name in words}
        said: dict[str, Callable[[], Any]] = {
            "texts": lambda: amending.check(texts),
            "quantity": lambda: checks.number("quantity", self.quantity.value),
            "deadline": self.deadline.moment,
        }
        if self.reader.is_staff:
            said["writer_deadline"] = self.writer_deadline.moment
            said["amount"] = lambda: money.typed(self.amount.value, self.job.currency)
        changes = checks.together(**said)
        if changes.get("amount") == self.job.amount:
            del changes["amount"]  # a new quantity may bring a new price
        return changes.pop("texts") | changes

    def new_deadlines(self) -> list[datetime | None]:
        """The deadlines that were changed here."""
        fields = [self.deadline, self.writer_deadline] if self.reader.is_staff else [self.deadline]
        return [field.moment() for field in fields if field.is_touched]


class AmendButton:
    """Edit the order: a line of its menu."""

    def __init__(self, live: Live, job: Job) -> None:
        self.live, self.job = live, job
        words = ACTIONS["amend"]
        self.button = item(ui.button(words.button, icon=words.icon, on_click=self._edit)).props("data-amend")
        self.show(job)

    def show(self, job: Job) -> None:
        """Offer it while there is something to change as the order stands now."""
        self.job = job
        self.button.set_visibility(may_amend(job, self.live.user))

    async def _edit(self) -> None:
        await ask_for_changes(self.live, self.job)


def order_again(job: Job) -> ui.button:
    """The button that begins a new order with what this one says."""
    button = ui.button(
        "Order again", icon="content_copy", on_click=lambda: ui.navigate.to(f"/new?copy={job.display_id}")
    )
    return button.props("flat no-caps color=ink")
