"""The new-order form: what is wanted, how much of it, and by when."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from fastapi.concurrency import run_in_threadpool
from nicegui import ui

from models import clock
from models.agency import Agency
from models.user import STAFF, Role, User
from pages.frame import frame, once, page, refusals_shown
from pages.live import Live
from pages.parts.ledger import minor
from pages.parts.times import local
from workflow import ordering
from workflow.ordering import Order
from workflow.refusals import InvalidField

UNITS = ["words", "pages", "hours", "pieces"]


@page("/new", Role.client, *STAFF)
async def new_order_page(live: Live) -> None:
    """Place an order: clients for themselves, staff for a client."""
    clients = await live.read(lambda session: User.active_with(session, [Role.client])) if live.user.is_staff else []
    currency = await live.read(Agency.currency_in_force)
    with frame(live, "New order"):
        ui.label("New order").classes("page-title").props("role=heading aria-level=1")
        with ui.element("div").classes("panel form"):
            form = Form(live, clients, currency)
            with ui.row().classes("dialog-buttons"):
                once(ui.button("Place the order", icon="send"), form.place).props("no-caps unelevated")


class Form:
    """The fields of an order."""

    def __init__(self, live: Live, clients: list[User], currency: str) -> None:
        self.live, self.currency = live, currency
        self.client = None
        if live.user.is_staff:
            names = {client.key: f"{client.name} ({client.email})" for client in clients}
            self.client = ui.select(names, label="Client", with_input=True).props("outlined").classes("full")
        self.title = ui.input("Title").props("outlined autofocus maxlength=200").classes("full")
        self.instructions = ui.textarea("Instructions").props("outlined autogrow").classes("full tall")
        with ui.element("div").classes("form-row"):
            self.work_type = ui.input("Kind of work").props("outlined maxlength=60")
            self.quantity = ui.number("Quantity", value=1000, min=1, precision=0).props("outlined")
            self.unit = ui.select(UNITS, value=UNITS[0], label="Unit").props("outlined")
        with ui.element("div").classes("form-row"):
            week = local(clock.now() + timedelta(days=7), live.user)
            self.day = ui.input("Deadline", value=f"{week:%Y-%m-%d}").props("outlined type=date stack-label")
            self.hour = ui.input("At", value="17:00").props("outlined type=time stack-label")
            self.amount = ui.input(f"Amount ({currency})", value="0.00")
            self.amount.props("outlined inputmode=decimal")

    async def place(self) -> None:
        """Place the order, and go to it."""
        with refusals_shown():
            actor = await self.live.actor()
            job = await run_in_threadpool(ordering.place, self._order(), by=actor)
            ui.navigate.to(f"/jobs/{job.display_id}")

    def _order(self) -> Order:
        return Order(
            title=self.title.value or "",
            instructions=self.instructions.value or "",
            work_type=self.work_type.value or "",
            quantity=int(self.quantity.value or 0),
            unit=str(self.unit.value),
            amount=minor(self.amount.value or "0", self.currency),
            deadline=_deadline(self.day.value, self.hour.value, self.live.user),
            client_id=self.client.value if self.client else None,
        )


def _deadline(day: str | None, hour: str | None, user: User) -> datetime | None:
    if not day:
        return None
    try:
        return datetime.fromisoformat(f"{day}T{hour or '17:00'}").replace(tzinfo=ZoneInfo(user.time_zone))
    except ValueError:
        raise InvalidField("deadline", "The deadline is not a date and time.") from None
