"""The payments of an order, as the agency and the client see them; staff record one here."""

from fastapi.concurrency import run_in_threadpool
from nicegui import ui

from models.job import Job
from models.payment import Payment
from pages.frame import once, refusals_shown
from pages.live import Live
from pages.parts.dialogs import answer
from pages.parts.times import when
from workflow import characters, money, payments

METHODS = ["Bank transfer", "Card", "PayPal", "Cash", "Other"]


class Ledger:
    """The lines of the ledger, and what is still to be paid."""

    def __init__(self, live: Live) -> None:
        self.live = live
        with ui.element("div").classes("panel ledger"):
            with ui.element("div").classes("section-head"):
                ui.label("Payments").classes("section-title").props("role=heading aria-level=2")
                self.state = ui.label().classes("section-count")
            self.lines = ui.element("ul").classes("plain")
            if live.user.is_staff:
                button = ui.button("Record a payment", icon="payments", on_click=self.record)
                button.props("no-caps outline color=ink data-record-payment")

    def show(self, job: Job, ledger: list[Payment]) -> None:
        """Show these payments."""
        self.job = job
        due = f", {money.shown(job.balance_due, job.currency)} due" if job.balance_due else ""
        self.state.set_text(f"{job.payment_status}{due}")
        self.lines.clear()
        with self.lines:
            for line in ledger:
                with ui.element("li"):
                    ui.label(f"{money.shown(line.amount, job.currency)} {line.method} {line.reference}")
                    told = f"{when(line.created_at, self.live.user)}, {characters.isolated(line.recorder.first_name)}"
                    ui.label(told).classes("muted")

    async def record(self) -> None:
        """Ask what was paid, and record it."""
        with ui.dialog() as dialog, ui.card().classes("dialog"):
            ui.label("Record a payment").classes("dialog-title")
            ui.label("With a minus, money that went back.").classes("muted")
            due = money.decimal(self.job.balance_due, self.job.currency)
            amount = ui.input(f"Amount ({self.job.currency})", value=due).props("outlined inputmode=decimal autofocus")
            method = ui.select(METHODS, value=METHODS[0], label="Method").props("outlined")
            reference = ui.input("Reference").props("outlined maxlength=200")

            async def save() -> None:
                with refusals_shown(amount=amount, method=method, reference=reference):
                    paid = money.typed(amount.value, self.job.currency)
                    said = {"method": str(method.value), "reference": reference.value or ""}
                    await run_in_threadpool(payments.record, self.job.key, paid, by=await self.live.actor(), **said)
                    dialog.close()

            with ui.row().classes("dialog-buttons"):
                ui.button("Not now", on_click=dialog.close).props("flat no-caps color=ink")
                once(ui.button("Record"), save).props("no-caps unelevated data-confirm")
        await answer(dialog)
