"""The desk of managers and admins: what needs the agency on top, and the board of all that is running."""

from collections import Counter

from nicegui import ui
from sqlmodel import Session

from models.job import Job
from models.listing import Listing
from models.status import FINAL, Status
from models.user import Role
from pages.frame import frame, page
from pages.live import Live
from pages.parts.board import Board, Section
from pages.parts.freshness import freshness
from workflow.words import label

RUNNING = tuple(status for status in Status if status not in FINAL)
COLUMN = 50
"""The most cards that a column of the board begins with; all orders are on the page of that name."""


def _column(status: Status) -> Section:
    return Section(label(status, Role.manager), lambda job: job.status is status, "None", rank=_urgency)


def _urgency(job: Job) -> float:
    return job.deadline.timestamp() if job.deadline else float("inf")


STRIP = [
    ("To approve", "thumb_up", lambda job: job.status is Status.pending),
    ("Unassigned", "person_add", lambda job: job.status is Status.approved),
    ("To check", "rate_review", lambda job: job.status in {Status.editing, Status.revision_pending}),
    ("At risk", "alarm", lambda job: job.is_at_risk),
]
"""What waits for the agency: title, icon, which orders count."""


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

    def running(session: Session) -> list[Job]:
        columns = (Listing(statuses=(status,), sort="deadline", limit=COLUMN) for status in RUNNING)
        return [job for column in columns for job in column.page(session, live.user)[0]]

    jobs = await live.read(running)
    with frame(live, "Desk"):
        ui.label("Desk").classes("page-title").props("role=heading aria-level=1")
        strip = _Strip()
        board = Board(live, [_column(status) for status in RUNNING], classes="board")

        def fill(found: list[Job]) -> None:
            board.fill(found)
            strip.count(board)

        fill(jobs)
        live.job_handlers.append(lambda _job: strip.count(board))
        freshness(live, lambda: live.read(running), fill)


class _Strip:
    """Four numbers that say what needs the agency now."""

    def __init__(self) -> None:
        self.numbers: dict[str, ui.label] = {}
        with ui.element("div").classes("strip"):
            for title, icon, _ in STRIP:
                with ui.element("div").classes("tile"):
                    ui.icon(icon).props("aria-hidden=true")
                    self.numbers[title] = ui.label("0").classes("tile-number")
                    ui.label(title).classes("tile-title")

    def count(self, board: Board) -> None:
        """Count the cards of the board."""
        jobs = [card.job for card in board.cards.values()]
        counts = Counter(title for title, _, counts in STRIP for job in jobs if counts(job))
        for title, number in self.numbers.items():
            number.set_text(str(counts[title]))
