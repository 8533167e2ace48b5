"""Setting an order aside: asked why and for whom, and put on hold; or the hold that stands is lifted."""

from typing import Any

from fastapi.concurrency import run_in_threadpool
from nicegui import ui

from models.job import Job
from models.status import Turn
from pages.frame import refusals_shown
from pages.live import Live
from pages.parts import dialogs
from workflow.orders import holds
from workflow.text import characters


async def turn(live: Live, job: Job) -> None:
    """Put this order on hold, or lift its hold."""
    if job.on_hold:
        with refusals_shown():
            await run_in_threadpool(holds.lift, job.key, by=await live.actor())
        return
    said = await _ask(job)
    if said is not None:
        with refusals_shown():
            await run_in_threadpool(holds.put_on_hold, job.key, by=await live.actor(), **said)
            dialogs.sent(live, job)


async def _ask(job: Job) -> dict[str, Any] | None:
    with ui.dialog() as dialog, ui.card().classes("dialog"):
        ui.label("Why is it put on hold?").classes("dialog-title")
        ui.label(f"{job.display_id} · {characters.isolated(job.title)}").classes("muted")
        reason = ui.textarea("Your words").props("outlined autogrow autofocus").classes("full")
        names = {Turn.client.value: job.client.first_name, Turn.writer.value: job.writer and job.writer.first_name}
        known = {turn: characters.isolated(name) for turn, name in names.items() if name}
        ui.label("It waits for")
        awaited = ui.radio(known | {Turn.agency.value: "ourselves"}, value=Turn.client.value)
        awaited.props('inline aria-label="It waits for"')

        def done() -> None:
            dialog.submit({"reason": (reason.value or "").strip(), "waits_for": Turn(awaited.value)})

        with ui.row().classes("dialog-buttons"):
            ui.button("Not now", on_click=dialog.close).props("flat no-caps color=ink")
            go = ui.button("Put on hold", on_click=done).props("no-caps unelevated data-confirm")
            go.bind_enabled_from(reason, "value", lambda text: bool((text or "").strip()))
    return await dialogs.answer(dialog, job.display_id)
