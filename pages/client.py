"""The client's page: what needs them first, then what is running, then what is done."""

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

SECTIONS = [
    Section(
        "Needs you",
        lambda job: job.status is Status.delivered,
        "Nothing waits for you. When work is delivered, you approve it or send it back here.",
    ),
    Section(
        "Running",
        lambda job: job.status not in FINAL,
        "Nothing is running. Place an order, and watch it move here.",
    ),
    Section("Done", lambda job: job.status in FINAL),
]


@page("/client", Role.client)
async def client_page(live: Live) -> None:
    """My orders."""

    def orders(session: Session) -> list[Job]:
        running, _, _ = Listing(statuses=tuple(set(Status) - FINAL), limit=200).page(session, live.user)
        done, _, _ = Listing(statuses=tuple(FINAL), sort="-updated", limit=20).page(session, live.user)
        return running + done

    jobs = await live.read(orders)
    with frame(live, "My orders"):
        with ui.element("div").classes("page-head"):
            ui.label("My orders").classes("page-title").props("role=heading aria-level=1")
            ui.button("New order", icon="add", on_click=lambda: ui.navigate.to("/new")).props("no-caps unelevated")
        board = Board(live, SECTIONS)
        board.fill(jobs)
        freshness(live, lambda: live.read(orders), board.fill)
