"""Looking at an order reads its news: as its page opens, and what comes while somebody has it before their eyes."""

import asyncio
from contextlib import suppress

from fastapi.concurrency import run_in_threadpool
from nicegui import background_tasks, ui

from models.causes import Busy
from models.job import Job
from models.notification import Notification
from pages.live import Live
from workflow.notifications import inbox
from workflow.refusals import Forbidden


async def look_at(live: Live, job: Job) -> None:
    """Read the order's news, if there is any; when the database is busy, the next look does it."""
    with suppress(Busy, Forbidden):
        live.unread -= await run_in_threadpool(inbox.look_at, await live.actor(), job.key)


def keep_looking(live: Live, job: Job) -> None:
    """Read what comes as long as the page is before somebody's eyes, and the rest once it is again."""

    async def look() -> None:
        with suppress(TimeoutError, asyncio.CancelledError):
            if await live.client.run_javascript("!document.hidden"):
                await look_at(live, job)

    def hear(new: list[Notification]) -> None:
        if any(line.job_id == job.key and not line.read for line in new):
            background_tasks.create(look())

    live.news_handlers.append(hear)
    ui.on("looked", look)
