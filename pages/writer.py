"""The writer's page: revisions on top, then what is late, due today and next, and what others look at now."""

from datetime import datetime, timedelta

from nicegui import ui
from sqlmodel import Session

from models import clock
from models.job import Job
from models.listing import Listing
from models.status import FINAL, IN_HAND, Status
from models.user import Role
from pages.frame import frame, page
from pages.live import Live
from pages.parts.board import Board, Section
from pages.parts.freshness import freshness

MINE = (*sorted(IN_HAND), Status.delivered, Status.revision_pending, Status.approved)
IN_MY_HANDS = IN_HAND - {Status.editing}


def _due(job: Job) -> datetime | None:
    return job.writer_deadline or job.deadline


def _by_deadline(job: Job) -> float:
    due = _due(job)
    return due.timestamp() if due else float("inf")


def _due_within_a_day(job: Job) -> bool:
    due = _due(job)
    return due is not None and due < clock.now() + timedelta(days=1)


SECTIONS = [
    Section("Revisions", lambda job: job.status is Status.revision, rank=_by_deadline),
    Section("Overdue", lambda job: job.is_late_by_writer, rank=_by_deadline),
    Section(
        "Today",
        lambda job: job.status in IN_MY_HANDS and _due_within_a_day(job),
        "Nothing is due within a day.",
        rank=_by_deadline,
    ),
    Section(
        "Next",
        lambda job: job.status in IN_MY_HANDS,
        "No other work is waiting. New orders appear here as soon as they are assigned to you.",
        rank=_by_deadline,
    ),
    Section("Up for grabs", lambda job: job.is_claimable, rank=_by_deadline),
    Section("With others", lambda job: job.status not in FINAL),
]


@page("/writer", Role.writer)
async def writer_page(live: Live) -> None:
    """My work."""

    def work(session: Session) -> list[Job]:
        jobs, _, _ = Listing(statuses=MINE, sort="deadline", limit=200).page(session, live.user)
        return jobs

    jobs = await live.read(work)
    with frame(live, "My work"):
        with ui.element("div").classes("page-head"):
            ui.label("My work").classes("page-title").props("role=heading aria-level=1")
            load = ui.label().classes("muted")
        board = Board(live, SECTIONS)

        def show_load(_job: object = None) -> None:
            number = len(live.in_hand)
            for card in board.cards.values():
                if card.job.is_claimable:  # there may be room for it now, or no more
                    card.actions.show(card.job)
            limit = live.user.capacity if live.user.capacity is not None else live.rules.writer_capacity
            load.set_text(f"{number}{'' if limit is None else f' of {limit}'} in hand")

        def fill(found: list[Job]) -> None:
            board.fill(found)
            show_load()

        fill(jobs)
        live.job_handlers.append(show_load)
        freshness(live, lambda: live.read(work), fill)
