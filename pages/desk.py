"""The desk of managers and admins: what needs the agency on top, and the board of all that is running."""

from typing import Any

from models.job import Job
from models.order_counts import Numbers
from models.status import Status
from models.user import Role
from pages.board import aside
from pages.board.board import AT_FIRST, Board, Section
from pages.board.loads import Loads
from pages.board.strip import Strip
from pages.first_steps import FirstSteps
from pages.frame import frame, page
from pages.live import Live
from pages.parts import headings
from pages.parts.freshness import freshness
from pages.parts.offers import no_way
from workflow.possibilities import ARROWS
from workflow.words import TURNS


def _column(column: str, title: str, *statuses: Status) -> Section:
    return Section(
        title,
        statuses,
        lambda job: job.status in statuses,
        "None",
        rank=_urgency,
        sort="deadline",
        at_first=AT_FIRST,
        column=column,
    )


def _urgency(job: Job) -> float:
    return job.deadline.timestamp() if job.deadline else float("inf")


COLUMNS = (
    _column("new", "New", Status.pending),
    _column("ready", "Ready to assign", Status.approved),
    _column("work", "In work", Status.assigned, Status.in_progress, Status.revision),
    _column("check", "To check", Status.editing, Status.revision_pending),
    _column("client", "With client", Status.delivered),
)
"""All that runs, from left to right as it goes."""


def _ways() -> dict[str, Any]:
    """Where each action leads, why a status leads nowhere else, whose turn is the agency's, and what else there is."""
    place = {status: number for number, column in enumerate(COLUMNS) for status in column.statuses}
    return {
        "leads": {arrow.action: place[arrow.first.target] for arrow in ARROWS if arrow.first.target in place},
        "closed": {status: no_way(status) for status in place},
        "ours": [status for status in place if TURNS[status] == "agency"],
        "aside": aside.MENU,
    }


WAYS = _ways()


@page("/manager", Role.manager)
async def manager_page(live: Live) -> None:
    """The manager's desk."""
    await desk(live)


@page("/admin", Role.admin)
async def admin_page(live: Live) -> None:
    """The admin's desk: the manager's, with the first steps of a new agency, and more in the header."""
    await desk(live)


async def desk(live: Live) -> None:
    """The strip, the board, and who has how much in hand."""
    with frame(live, "Desk"):
        headings.title("Desk")
        steps = FirstSteps(live) if live.user.role is Role.admin else None
        strip = Strip(live.voice)
        board = Board(live, COLUMNS, classes="board", ways=WAYS)
        loads = Loads(live)

        def show(found: Numbers) -> None:
            strip.show(found)
            loads.show(found)

        async def refresh() -> None:
            if steps:
                await steps.refresh()
            await loads.refresh()
            await board.refresh()

        board.counted = show
        await refresh()
        live.job_handlers.append(lambda _job: board.counts.soon())  # what is at risk, only the database knows
        freshness(live, refresh)
