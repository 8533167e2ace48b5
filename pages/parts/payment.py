"""The dialog that records a payment: what is due stands in it, so that one press more does it."""

from fastapi.concurrency import run_in_threadpool
from nicegui import ui

from models.job import Job
from pages.frame import once, refusals_shown
from pages.live import Live
from pages.parts.confirmation import sure
from pages.parts.dialogs import answer
from pages.parts.times import when
from workflow import money
from workflow.orders import payments
from workflow.text import characters

BUTTON = "Record a payment"
METHODS = ["Bank transfer", "Card", "PayPal", "Cash", "Other"]


async def record(live: Live, job: Job) -> None:
    """Ask what was paid for this order, and record it."""
    with ui.dialog() as dialog, ui.card().classes("dialog"):
        ui.label(BUTTON).classes("dialog-title")
        ui.label(f"{job.display_id} · {characters.isolated(job.title)}").classes("muted")
        due = money.decimal(job.balance_due, job.currency)
        amount = ui.input(f"Amount ({job.currency})", value=due).props("outlined inputmode=decimal autofocus")
        amount.props('hint="With a minus, money that went back."')
        method = ui.select(METHODS, value=METHODS[0], label="Method").props("outlined")
        reference = ui.input("Reference").props("outlined maxlength=200")

        async def save() -> None:
            with refusals_shown(amount=amount, method=method, reference=reference):
                paid = money.typed(amount.value, job.currency)
                said = {"method": str(method.value), "reference": reference.value or ""}
                if not await _is_meant(live, job, paid, **said):
                    return
                await run_in_threadpool(payments.record, job.key, paid, by=await live.actor(), **said)
                dialog.submit(True)

        with ui.row().classes("dialog-buttons"):
            ui.button("Not now", on_click=dialog.close).props("flat no-caps color=ink")
            done = once(ui.button("Record"), save).props("no-caps unelevated data-confirm")
        for field in (amount, reference):
            field.on("keydown.enter", js_handler=f"() => getHtmlElement({done.id}).click()")
    await answer(dialog, job.display_id)


async def _is_meant(live: Live, job: Job, amount: int, method: str, reference: str) -> bool:
    """Ask once when the same payment was booked a short time ago."""
    twin = await live.read(lambda session: payments.twin(session, job, amount, method, reference))
    if twin is None:
        return True
    then = f"{when(twin.created_at, live.user)} by {characters.isolated(twin.recorder.first_name)}"
    return await sure("Is this another payment?", f"The same was recorded {then}.", "Record it too")
