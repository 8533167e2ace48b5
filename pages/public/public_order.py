"""The public order form, for people without an account, and the page where they confirm what they filled in."""

from datetime import datetime
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response
from nicegui import ui

from models import database
from models.agency import Agency
from models.order_request import OrderRequest
from models.work_type import WorkType
from pages import building, cookie
from pages.frame import once, refusals_shown
from pages.parts import headings, past_deadline, unsent_words
from pages.parts.order_fields import OrderFields
from pages.parts.times import local
from pages.parts.words import typed
from pages.public import entrance
from pages.summary import Summary
from workflow import checks, money
from workflow.orders import public_orders
from workflow.orders.public_orders import Stranger
from workflow.orders.terms import Order
from workflow.people import accounts, guessing, sign_ins
from workflow.refusals import InvalidField, Refused, TooOften
from workflow.text import locales

router = APIRouter(include_in_schema=False)

CHOSEN = ("work_type", "unit")
"""What of an order is chosen, not typed."""

ZONE = "Intl.DateTimeFormat().resolvedOptions().timeZone"
FILES_LATER = "Files can be added once the order is confirmed."
LOOK = "Look into your mail"
IN_THE_MAIL = "We have sent a letter to {email}. Open its link within 48 hours and place your order there."


@building.at("/order", "Order · Docket")
async def order_page(request: Request) -> Response | None:
    """The form, while the agency takes orders of strangers; who is signed in has a better one.

    What was chosen stands in the address, so that a reload finds it; what was typed, the tab keeps.
    """
    if await run_in_threadpool(sign_ins.signed_in, cookie.key(request)):
        return RedirectResponse("/new", 303)
    agency = await run_in_threadpool(accounts.agency)
    if not await run_in_threadpool(public_orders.are_open):
        _closed(agency)
        return ui.context.client.build_response(request, 404)
    kinds, currency = await run_in_threadpool(_offer)
    with entrance.door(agency, f"Order at {agency.name}" if agency else "Order", "wide"):
        place = ui.element("div").classes("panel form")
        unsent_words.keep_for_nobody(place, "order")
    await ui.context.client.connected()
    if place.is_deleted:  # it was left before it was there
        return None
    zone = await _zone()
    with place:
        Public(place, kinds, currency, zone, request)
    return None


def _closed(agency: Agency | None) -> None:
    with entrance.door(agency):
        entrance.sentence(public_orders.CLOSED)
        ui.link("Sign in, if you have an account", "/login")


def _offer() -> tuple[list[WorkType], str]:
    with database.reading() as session:
        return WorkType.offered(session), Agency.currency_in_force(session)


def _locale(request: Request) -> str:
    return locales.wanted(entrance.languages(request))


async def _zone() -> str:
    """The browser's time zone; UTC for one that we do not know."""
    try:
        return checks.time_zone(str(await ui.run_javascript(ZONE, timeout=5)))
    except (InvalidField, TimeoutError):
        return "UTC"


class Public:
    """The form: who orders, and what."""

    def __init__(self, place: ui.element, kinds: list[WorkType], currency: str, zone: str, request: Request) -> None:
        self.place, self.zone, self.remote = place, zone, entrance.remote(request)
        self.summary = Summary()
        with ui.element("div").classes("form-row"):
            self.name = ui.input("Your name").props("outlined autofocus autocomplete=name maxlength=100")
            self.email = ui.input("E-mail").props("outlined type=email autocomplete=email maxlength=254")
        begun = {name: said for name, said in request.query_params.items() if name in CHOSEN}
        self.fields = OrderFields(kinds, currency, zone, begun, locale=_locale(request))
        self.fields.work_type.on_value_change(self._stay)
        self.fields.unit.on_value_change(self._stay)
        self.fields.title.props(remove="autofocus")
        self.fields.amount.set_visibility(False)  # what it costs, a stranger does not say
        ui.label(FILES_LATER).classes("muted")
        with ui.row().classes("dialog-buttons"):
            once(ui.button("Send", icon="send"), self.send).props("no-caps unelevated")

    def _stay(self) -> None:
        """Have a reload find what was chosen."""
        said = self.fields.content()
        unsent_words.ask_again_for(self.place.client, **{name: str(said[name] or "") for name in CHOSEN})

    async def send(self) -> None:
        """Keep the order until it is confirmed, and say what comes next."""
        with refusals_shown(self.summary, name=self.name, email=self.email, **self.fields.named):
            by = Stranger(self.name.value or "", self.email.value or "", self.zone, self.remote)
            order: Order = checks.together(who=lambda: public_orders.check(by), order=self.fields.order)["order"]
            if not await past_deadline.is_meant(order.deadline):
                return
            await run_in_threadpool(public_orders.request, order, by)
            unsent_words.drop(self.place.client, "order")
            self.place.clear()
            with self.place:
                headings.section(LOOK)
                ui.label(IN_THE_MAIL.format(email=by.email.strip())).props("role=status")


@building.at("/order/confirm", "Your order · Docket")
async def confirm_page(request: Request, key: str = "") -> None:
    """What the letter's link would order. It does nothing by itself, for mail scanners open links too."""
    agency = await run_in_threadpool(accounts.agency)
    with entrance.door(agency, "Your order", "wide"):
        try:
            wanted = await run_in_threadpool(guessing.with_key, entrance.remote(request), public_orders.look, key)
        except TooOften:
            raise
        except Refused as refusal:
            entrance.sentence(refusal.sentence)
            ui.link("To the order form", "/order")
            return
        _facts(wanted, agency.currency if agency else "", _locale(request))
        with entrance.form("/order/confirm", key=key):
            entrance.send_button("Place the order" if wanted.job_id is None else "Go to the order")
        ui.label(FILES_LATER).classes("muted")


def _facts(wanted: OrderRequest, currency: str, locale: str) -> None:
    said = wanted.content
    with ui.element("dl").classes("answers panel"):
        for name, words in _lines(said, currency, locale):
            with ui.element("div"):
                with ui.element("dt"):
                    typed(name).classes("muted")
                with ui.element("dd"):
                    typed(words).classes("brief")


def _lines(said: dict[str, Any], currency: str, locale: str) -> list[tuple[str, str]]:
    price = money.shown(said["amount"], currency, locale) if said["amount"] else "We will tell you the price."
    lines = [
        ("Title", said["title"]),
        ("Kind of work", said["work_type"]),
        ("Quantity", f"{locales.number(said['quantity'], locale)} {said['unit']}"),
        ("Price", price),
        ("Deadline", _deadline(said, locale)),
        *((each["question"], each["answer"]) for each in said["answers"]),
        ("Instructions", said["instructions"]),
    ]
    return [(name, words) for name, words in lines if words]


def _deadline(said: dict[str, Any], locale: str) -> str:
    if not said["deadline"]:
        return ""
    then = local(datetime.fromisoformat(said["deadline"]), said["time_zone"])
    day, hour = locales.day(then, locale, locales.DAY_OF_YEAR), locales.hour(then, locale)
    return f"{day}, {hour} ({said['time_zone'].replace('_', ' ')})"


@router.post("/order/confirm")
async def confirm(request: Request, key: Annotated[str, Form(max_length=1000)] = "") -> Response:
    """Place the order, sign in, and go to it; a refusal is told by the page itself."""
    try:
        remote, browser = entrance.remote(request), entrance.browser(request)
        job, session_key = await run_in_threadpool(guessing.with_key, remote, public_orders.confirm, key, browser)
    except TooOften:
        raise
    except Refused:
        return RedirectResponse(f"/order/confirm?key={quote(key, safe='', errors='replace')}", 303)
    there = f"/jobs/{job.display_id}"
    return await entrance.let_in(request, session_key, there) if session_key else RedirectResponse(there, 303)
