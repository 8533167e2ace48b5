"""The client's page: what needs them first, then what is running, then what is done."""

from nicegui import ui

from models.status import FINAL, Status
from models.user import Role
from pages.board.board import AT_FIRST, Board, Section
from pages.frame import frame, page
from pages.live import Live
from pages.parts import headings
from pages.parts.freshness import freshness

RUNNING = tuple(status for status in Status if status not in FINAL | {Status.delivered})

SECTIONS = [
    Section(
        "Needs you",
        (Status.delivered,),
        lambda job: job.status is Status.delivered,
        "Nothing waits for you. When work is delivered, you approve it or send it back here.",
        at_first=AT_FIRST,
    ),
    Section(
        "Running",
        RUNNING,
        lambda job: job.status not in FINAL,
        "Nothing is running. Place an order, and watch it move here.",
        at_first=AT_FIRST,
    ),
    Section("Done", tuple(sorted(FINAL)), lambda job: job.status in FINAL, at_first=AT_FIRST),
]


@page("/client", Role.client)
async def client_page(live: Live) -> None:
    """My orders."""
    with frame(live, "My orders"):
        with ui.element("div").classes("page-head"):
            headings.title("My orders")
            ui.button("New order", icon="add", on_click=lambda: ui.navigate.to("/new")).props("no-caps unelevated")
        board = Board(live, SECTIONS)
        await board.refresh()
        freshness(live, board.refresh)
