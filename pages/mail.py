"""Mail: the letters that wait, were sent or were given up, and sending one again."""

from collections.abc import Awaitable, Callable

from fastapi.concurrency import run_in_threadpool
from nicegui import ui
from sqlmodel import Session

import settings
from models.letter import Delivery, Letter
from models.user import Role
from pages.frame import frame, page, refusals_shown
from pages.live import Live
from pages.parts.freshness import freshness
from pages.parts.times import when
from workflow import letters

SHOWN = 100
"""How many letters the page goes back."""

STATES = {Delivery.waiting: "Waiting", Delivery.sent: "Sent", Delivery.given_up: "Given up"}

Found = tuple[list[Letter], dict[Delivery, int]]


@page("/admin/mail", Role.admin)
async def mail_page(live: Live) -> None:
    """Mail."""

    def look(session: Session) -> Found:
        return Letter.found(session, SHOWN), Letter.counts(session)

    with frame(live, "Mail"):
        ui.label("Mail").classes("page-title").props("role=heading aria-level=1")
        if not settings.current().smtp_url:
            ui.label(
                "No mail server is set, so letters wait here. Set DOCKET_SMTP_URL, and they go out by themselves."
            ).classes("sentence").props("role=status")
        post = Post(live, lambda: live.read(look))
        post.show(await post.read())
        freshness(live, post.read, post.show)


class Post:
    """The letters, newest on top."""

    def __init__(self, live: Live, read: Callable[[], Awaitable[Found]]) -> None:
        self.live, self.read = live, read
        self.counts = ui.element("div").classes("strip")
        self.box = ui.element("ul").classes("news")

    def show(self, found: Found) -> None:
        """Show these letters."""
        self.counts.clear()
        with self.counts:
            for state, number in found[1].items():
                with ui.element("div").classes("tile"):
                    ui.label(str(number)).classes("tile-number")
                    ui.label(STATES[state]).classes("tile-title")
        self.box.clear()
        with self.box:
            for letter in found[0]:
                self._letter(letter)

    def _letter(self, letter: Letter) -> None:
        moment = letter.sent_at or letter.created_at
        with ui.element("li").props(f'data-read="true" data-letter="{letter.delivery}"'):
            with ui.expansion(letter.subject, caption=f"to {letter.recipient}").classes("news-text"):
                ui.label(letter.body).classes("brief")
                if letter.last_error:
                    ui.label(f"After {letter.tries} tries: {letter.last_error}").classes("muted")
            ui.label(f"{STATES[letter.delivery]}, {when(moment, self.live.user)}").classes("muted")
            if letter.delivery is Delivery.given_up:
                ui.button("Send again", on_click=lambda: self._again(letter)).props("flat dense no-caps color=ink")

    async def _again(self, letter: Letter) -> None:
        with refusals_shown():
            await run_in_threadpool(letters.send_again, letter.id or 0, by=await self.live.actor())
            ui.notify("It goes out with the next round.", type="positive")
            self.show(await self.read())
