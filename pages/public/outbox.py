"""The outbox of the demo: what would have been sent, as its recipients would see it. Elsewhere it is not there."""

import base64

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, PlainTextResponse, Response
from nicegui import ui

import settings
from models import database
from models.agency import Agency
from models.letter import Delivery, Letter
from pages import building
from pages.frame import once
from pages.parts import headings
from pages.parts.letters import fold
from workflow import checks
from workflow.mail import message
from workflow.storage import file_types

router = APIRouter(include_in_schema=False)

SHOWN = 50
"""How many letters the page begins with, and how many one press adds."""

NOT_HERE = "There is no such page."

CAGE = (
    "sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation; default-src 'none'; "
    "img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
"""Nothing in a letter runs or fetches; its links lead the whole window away."""


@building.at("/outbox", "Outbox · Docket")
async def outbox_page() -> Response | None:
    """The letters, newest first; no sign-in is needed, for in the demo nothing is anybody's."""
    if not settings.current().demo:
        return PlainTextResponse(NOT_HERE, 404)
    with ui.element("div").classes("content"):
        with ui.element("div").classes("page-head"):
            headings.title("Outbox")
            ui.link("Back to Docket", "/")
        ui.label("The demo sends no mail. Here is what it would have sent.").classes("muted")
        outbox = Outbox()
        await outbox.refresh()
        ui.timer(settings.current().timer_seconds, outbox.refresh)
    return None


class Outbox:
    """The list; new letters come in at its top, and nothing else moves."""

    def __init__(self) -> None:
        self.shown: set[int] = set()
        self.most = SHOWN
        self.count = ui.label().classes("muted").props("role=status")
        self.empty = ui.label("Nothing yet: letters come in here a few seconds after they were written.")
        self.empty.classes("empty")
        self.box = ui.element("ul").classes("news")
        self.older = once(ui.button("Older letters", icon="expand_more"), self._older)
        self.older.props("no-caps outline color=ink").classes("alone")

    async def refresh(self) -> None:
        """Look for new ones, and say how many there are."""
        letters, number = await run_in_threadpool(_sent, self.most)
        for place, letter in enumerate(letters):
            if letter.id not in self.shown:
                self.shown.add(letter.key)
                with self.box:
                    self._letter(letter).move(target_index=place)
        self.empty.set_visibility(not number)
        self.count.set_text(f"{len(self.shown)} of {number} letters" if number else "")
        self.older.set_visibility(number > len(self.shown))

    async def _older(self) -> None:
        self.most = len(self.shown) + SHOWN
        await self.refresh()

    def _letter(self, letter: Letter) -> ui.element:
        with ui.element("li").props(f'data-read="true" data-letter="{letter.id}"') as item:
            folded = fold(letter)
            ui.label(f"{letter.sent_at or letter.created_at:%H:%M} UTC").classes("muted")
        folded.on_value_change(lambda: _open(folded, letter))
        return item


def _open(folded: ui.expansion, letter: Letter) -> None:
    """Only what somebody opens is fetched."""
    if not folded.value or len(folded.default_slot.children):
        return
    with folded:
        frame = ui.element("iframe").props(f'src="/outbox/{letter.id}"').classes("letter")
        frame._props["title"] = letter.subject
        with ui.expansion("As text").classes("full").props('toggle-aria-label="As text"'):
            ui.label(letter.body).classes("brief")


def _sent(most: int) -> tuple[list[Letter], int]:
    with database.reading() as session:
        return Letter.sent(session, most), Letter.counts(session)[Delivery.sent]


@router.get("/outbox/{letter_id}")
def letter_as_seen(letter_id: str) -> Response:
    """One letter as its recipient would see it, in a cage."""
    number = checks.number_in(letter_id)
    with database.reading() as session:
        letter, agency = session.get(Letter, number), Agency.get(session)
    if not settings.current().demo or letter is None or agency is None or letter.delivery is not Delivery.sent:
        return PlainTextResponse(NOT_HERE, 404)
    kind = agency.logo and file_types.logo_type(agency.logo)
    logo = f"data:{kind};base64,{base64.b64encode(agency.logo).decode()}" if agency.logo and kind else ""
    page = message.html(letter, agency.name, logo, preview=True)
    safe = {"Content-Security-Policy": CAGE, "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
    return HTMLResponse(page, headers=safe)
