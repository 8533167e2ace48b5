"""The writer's page: changes wanted on top, then what is late, due today, this week and later, then what others do."""

from collections.abc import Callable
from datetime import datetime, timedelta

from nicegui import ui

from models import clock
from models.job import Job
from models.status import Status
from models.user import Role
from pages.board.board import AT_FIRST, Board, Section
from pages.frame import frame, page
from pages.live import Live
from pages.parts import headings
from pages.parts.freshness import freshness

IN_MY_HANDS = (Status.assigned, Status.in_progress, Status.revision)
WITH_OTHERS = (Status.editing, Status.delivered, Status.revision_pending)


def _due(job: Job) -> datetime | None:
    return job.writer_deadline or job.deadline


def _by_deadline(job: Job) -> float:
    due = _due(job)
    return due.timestamp() if due else float("inf")


def _due_within(days: int) -> Callable[[Job], bool]:
    def holds(job: Job) -> bool:
        due = _due(job)
        return job.status in IN_MY_HANDS and due is not None and due < clock.now() + timedelta(days=days)

    return holds


def _in_my_hands(title: str, holds: Callable[[Job], bool], empty: str = "") -> Section:
    return Section(title, IN_MY_HANDS, holds, empty, rank=_by_deadline, sort="deadline")


SECTIONS = [
    _in_my_hands("Changes wanted", lambda job: job.status is Status.revision),
    _in_my_hands("Late", lambda job: job.is_late_by_writer),
    _in_my_hands("Today", _due_within(1), "Nothing is due within a day."),
    _in_my_hands("This week", _due_within(7)),
    _in_my_hands(
        "Later",
        lambda job: job.status in IN_MY_HANDS,
        "No other work is waiting. New orders appear here as soon as they are assigned to you.",
    ),
    Section("Waiting for others", WITH_OTHERS, lambda job: job.status in WITH_OTHERS, at_first=AT_FIRST, folded=True),
    Section(
        "Up for grabs",
        (Status.approved,),
        lambda job: job.is_claimable,
        rank=_by_deadline,
        sort="deadline",
        at_first=AT_FIRST,
    ),
]
"""What is in the writer's hands is shown whole; the pool, and what others look at now, begin with some."""


@page("/writer", Role.writer)
async def writer_page(live: Live) -> None:
    """My work."""
    with frame(live, "My work"):
        with ui.element("div").classes("page-head"):
            headings.title("My work")
            load = ui.label().classes("load").props("role=meter aria-valuemin=0 aria-label='Orders in hand'")
        board = Board(live, SECTIONS, holds_work=True)

        await board.refresh()
        _show_load(live, board, load)
        freshness(live, board.refresh)


def _show_load(live: Live, board: Board, label: ui.label) -> None:
    """Keep saying how much is in the writer's hands; there may be room for an order to be claimed now, or no more."""
    load = len(live.in_hand)

    def show() -> None:
        limit, now = live.rules.limit_of(live.user), len(live.in_hand)
        label.set_text(f"{now}{'' if limit is None else f' of {limit}'} in hand")
        label.props.update({"aria-valuenow": now, "aria-valuemax": limit or max(now, 1), "aria-valuetext": label.text})
        label.style(f"--part: {100 * min(now / (limit or max(now, 1)), 1):.0f}%")

    def hear(_job: Job) -> None:
        nonlocal load
        if len(live.in_hand) != load:
            load = len(live.in_hand)
            show()
            if any(place.status is Status.approved for place in board.places.values()):
                board.orders.soon()

    show()
    live.job_handlers.append(hear)
    live.user_handlers.append(show)
