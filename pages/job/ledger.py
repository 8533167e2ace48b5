"""The payments of an order, as the agency and the client see them; staff record one here."""

from fastapi.concurrency import run_in_threadpool
from nicegui import ui

from models.job import Job
from models.payment import Payment
from models.user import Role
from pages.frame import refusals_shown
from pages.live import Live
from pages.parts import headings, payment
from pages.parts.confirmation import sure
from pages.parts.times import when
from pages.parts.words import Prose
from workflow import money
from workflow.orders import payments
from workflow.paying import HowToPay
from workflow.text import characters

REVERSED = "A line of its own takes it back; both stay in the ledger, and the client hears of it."


class Ledger:
    """The lines of the ledger, and what is still to be paid."""

    def __init__(self, live: Live, how: HowToPay) -> None:
        self.live, self.how = live, how
        with ui.element("div").classes("panel ledger print-hide"):
            with ui.element("div").classes("section-head"):
                headings.section("Payments")
                self.state = ui.label().classes("section-count")
            self.lines = ui.element("ul").classes("plain")
            self.paying = ui.element("div").classes("paying").props("id=pay")
            if live.user.is_staff:
                button = ui.button(payment.BUTTON, icon="payments", on_click=self.record)
                button.props("no-caps outline color=ink data-record-payment")

    def show(self, job: Job, ledger: list[Payment]) -> None:
        """Show these payments."""
        self.job = job
        due = f", {money.shown(job.balance_due, job.currency, self.live.user.locale)} due" if job.balance_due else ""
        self.state.set_text(f"{job.payment_status}{due}")
        self.lines.clear()
        with self.lines:
            for line in ledger:
                self._line(line, self._standing(line, ledger))

        self._show_how(job)

    def _show_how(self, job: Job) -> None:
        """How the client pays what is due."""
        self.paying.clear()
        if self.live.user.role is not Role.client or not self.how or not job.balance_due or job.cancelled_at:
            return
        with self.paying:
            ui.label("How to pay").classes("timeline-what")
            if self.how.words:
                Prose(self.how.words).classes("said")
            if self.how.iban:
                ui.label(f"IBAN: {self.how.spelt}, {characters.isolated(self.how.payee)}")
            ui.label(f"Reference: {job.display_id}")
            if code := self.how.code(job):
                picture = ui.element("img").classes("pay-code")
                picture.props["src"], picture.props["alt"] = code, "QR code for a SEPA transfer"
                ui.label("For your banking app: account, amount and reference.").classes("muted")

    def _line(self, line: Payment, standing: str) -> None:
        with ui.element("li").props(f'data-payment="{line.id}"'):
            ui.label(
                f"{money.shown(line.amount, self.job.currency, self.live.user.locale)} {line.method} {line.reference}"
            )
            told = f"{when(line.created_at, self.live.user)}, {characters.isolated(line.recorder.first_name)}"
            ui.label(f"{told}{standing}").classes("muted")
            if self.live.user.is_staff and not standing:
                button = ui.button("Reverse", icon="undo", on_click=lambda: self._reverse(line))
                button.props("flat dense no-caps color=ink data-reverse")

    def _standing(self, line: Payment, ledger: list[Payment]) -> str:
        if line.reverses_id:
            return " · takes back a line booked by mistake"
        return " · reversed" if any(other.reverses_id == line.id for other in ledger) else ""

    async def _reverse(self, line: Payment) -> None:
        """Take back a line that should not have been booked, when that is meant."""
        sum_ = money.shown(line.amount, self.job.currency, self.live.user.locale)
        with self.live.client:
            if await sure(f"Reverse {sum_}?", REVERSED, "Reverse"):
                with refusals_shown():
                    actor = await self.live.actor()
                    await run_in_threadpool(payments.reverse, self.job.key, line.id or 0, by=actor)

    async def record(self) -> None:
        """Ask what was paid, and record it."""
        await payment.record(self.live, self.job)
