"""The desk of managers and admins: what needs the agency on top, and the board of all that is running."""

from nicegui import ui

from models.job import Job
from models.order_counts import Numbers
from models.status import FINAL, Status
from models.user import Role
from pages.frame import frame, page
from pages.live import Live
from pages.parts import headings
from pages.parts.board import AT_FIRST, Board, Section
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


STRIP = [
    ("To approve", "thumb_up", lambda numbers: numbers.of([Status.pending])),
    ("Unassigned", "person_add", lambda numbers: numbers.of([Status.approved])),
    ("To check", "rate_review", lambda numbers: numbers.of([Status.editing, Status.revision_pending])),
    ("At risk", "alarm", lambda numbers: numbers.at_risk),
]
"""What waits for the agency: title, icon, and its number."""


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
        strip = _Strip()
        board = Board(live, [_column(status) for status in RUNNING], classes="board")
        board.counted = strip.show
        await board.refresh()
        freshness(live, board.refresh)


class _Strip:
    """Four numbers that say what needs the agency now, of all orders there are."""

    def __init__(self) -> None:
        self.numbers: dict[str, ui.label] = {}
        with ui.element("div").classes("strip"):
            for title, icon, _ in STRIP:
                with ui.element("div").classes("tile"):
                    ui.icon(icon).props("aria-hidden=true")
                    self.numbers[title] = ui.label("0").classes("tile-number")
                    ui.label(title).classes("tile-title")

    def show(self, found: Numbers) -> None:
        """Show these numbers."""
        for title, _, number in STRIP:
            self.numbers[title].set_text(str(number(found)))
