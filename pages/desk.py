"""The desk of managers and admins: what needs the agency on top, and the board of all that is running."""

from models.job import Job
from models.status import FINAL, Status
from models.user import Role
from pages.board.board import AT_FIRST, Board, Section
from pages.board.strip import Strip
from pages.frame import frame, page
from pages.live import Live
from pages.parts import headings
from pages.parts.freshness import freshness
from workflow.words import label

RUNNING = tuple(status for status in Status if status not in FINAL)


def _column(status: Status) -> Section:
    return Section(
        label(status, Role.manager),
        (status,),
        lambda job: job.status is status,
        "None",
        rank=_urgency,
        sort="deadline",
        at_first=AT_FIRST,
    )


def _urgency(job: Job) -> float:
    return job.deadline.timestamp() if job.deadline else float("inf")


@page("/manager", Role.manager)
async def manager_page(live: Live) -> None:
    """The manager's desk."""
    await desk(live)


@page("/admin", Role.admin)
async def admin_page(live: Live) -> None:
    """The admin's desk: the manager's, with more in the header."""
    await desk(live)


async def desk(live: Live) -> None:
    """The strip and the board."""
    with frame(live, "Desk"):
        headings.title("Desk")
        strip = Strip(live.voice)
        board = Board(live, [_column(status) for status in RUNNING], classes="board")
        board.counted = strip.show
        await board.refresh()
        live.job_handlers.append(lambda _job: board.counts.soon())  # what is at risk, only the database knows
        freshness(live, board.refresh)
