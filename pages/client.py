"""The client's page: what needs them first, then what is under way, then what is done."""

from nicegui import ui

from models.job import Job
from models.listing import Listing
from models.status import AWAITED, FINAL, Status
from models.user import Role
from pages.board.board import AT_FIRST, Board, Section
from pages.frame import frame, page
from pages.live import Live
from pages.parts import headings
from pages.parts.freshness import freshness
from workflow import paying
from workflow.paying import HowToPay

HELD = Listing(statuses=tuple(sorted(AWAITED)), on_hold=True, limit=None)


def _unpaid(status: Status) -> Listing:
    return Listing(statuses=(status,), payment_statuses=("unpaid", "deposit"), sort="-updated", limit=AT_FIRST)


def sections(live: Live, *, can_pay: bool) -> list[Section]:
    """The lists; where the agency says how to pay, what is to be paid needs its client, too."""

    def needs_them(job: Job) -> bool:
        is_due = can_pay and paying.is_awaited(job, live.rules)
        return job.status is Status.delivered or job.waits_for_client or is_due

    asked = [Status.completed, *([Status.pending] if live.rules.deposit_first else [])] if can_pay else []
    return [
        Section(
            "Needs you",
            (Status.delivered,),
            needs_them,
            "Nothing waits for you. When work is delivered, you approve it or ask for changes here.",
            at_first=AT_FIRST,
            also=(HELD, *map(_unpaid, asked)),
            look="rows",
            pays=can_pay,
        ),
        Section(
            "In progress",
            tuple(sorted(AWAITED)),
            lambda job: job.status not in FINAL,
            "Nothing is in progress. Place an order, and watch it move here.",
            at_first=AT_FIRST,
        ),
        Section("Done", tuple(sorted(FINAL)), lambda job: job.status in FINAL, at_first=AT_FIRST, folded=True),
    ]


@page("/client", Role.client)
async def client_page(live: Live) -> None:
    """My orders."""
    with frame(live, "My orders"):
        with ui.element("div").classes("page-head"):
            headings.title("My orders")
            ui.button("New order", icon="add", on_click=lambda: ui.navigate.to("/new")).props("no-caps unelevated")
        board = Board(live, sections(live, can_pay=bool(await live.read(HowToPay.read))))
        await board.refresh()
        freshness(live, board.refresh)
