"""Setting an order aside: asked why, and put on hold; or the hold that stands is lifted."""

from fastapi.concurrency import run_in_threadpool

from models.job import Job
from pages.frame import refusals_shown
from pages.live import Live
from pages.parts import dialogs
from workflow.orders import holds


async def turn(live: Live, job: Job) -> None:
    """Put this order on hold, or lift its hold."""
    if job.on_hold:
        with refusals_shown():
            await run_in_threadpool(holds.lift, job.key, by=await live.actor())
        return
    said = await dialogs.write("Why is it put on hold?", job, "Put on hold", "reason", required=True)
    if said is not None:
        with refusals_shown():
            await run_in_threadpool(holds.put_on_hold, job.key, by=await live.actor(), **said)
            dialogs.sent(live, job)
