"""Mail: the letters that wait, were sent, given up or dropped, and sending them again."""

from collections.abc import Awaitable, Callable

from fastapi.concurrency import run_in_threadpool
from nicegui import ui
from sqlmodel import Session

import settings
from models import clock
from models.letter import Delivery, Letter
from models.outage import Outage
from models.user import Role
from pages.frame import frame, once, page, refusals_shown
from pages.live import Live
from pages.parts import headings
from pages.parts.freshness import freshness
from pages.parts.letters import fold
from pages.parts.look import Look
from pages.parts.search import plain, remember
from pages.parts.times import when
from workflow.mail import causes, undelivered

SHOWN = 100
"""How many letters the page begins with, and how many one press adds."""

SECONDS = 2.0
"""How often the page looks: sending a letter rings no bell."""

STATES = {
    Delivery.waiting: "Waiting",
    Delivery.sent: "Sent",
    Delivery.given_up: "Given up",
    Delivery.dropped: "Dropped",
}

ICONS = {Delivery.waiting: "schedule", Delivery.sent: "done", Delivery.given_up: "report", Delivery.dropped: "block"}

COME_BACK = (
    "What a server takes and cannot deliver comes back to {sender}, where somebody should look now and then: a wrong "
    "address is corrected on the page People."
)

STUCK = "The mail server takes no letter since {since}: {error}. {advice} It is asked once a minute; nothing is lost."

Found = tuple[list[Letter], dict[Delivery, int], Outage | None]


@page("/admin/mail", Role.admin)
async def mail_page(live: Live, q: str = "", state: str = "") -> None:
    """Mail: all letters, or those with these words, or of this state."""
    with frame(live, "Mail"):
        headings.title("Mail")
        _say_what_goes_out()
        post = Post(live, plain(q), state if state in set(Delivery) else "")
        await post.look.again()
        freshness(live, post.look.again)
        ui.timer(max(SECONDS, settings.current().timer_seconds), post.look.again)


def _say_what_goes_out() -> None:
    if settings.current().smtp_url:
        ui.label(COME_BACK.format(sender=settings.current().mail_from)).classes("muted")
        return
    if settings.current().demo:
        ui.link("The demo sends no mail; see here what it would have sent.", "/outbox").classes("sentence")
        return
    said = "No mail server is set, so letters wait here. Set DOCKET_SMTP_URL, and they go out by themselves."
    ui.label(said).classes("sentence").props("role=status")


class Post:
    """The letters, those given up on top, then the newest; each keeps its place and its focus when it changes."""

    def __init__(self, live: Live, words: str, state: str) -> None:
        self.live = live
        self.lines: dict[int, Line] = {}
        self.look = Look(live, self.read, self.show)
        self.most = SHOWN
        self.stuck = ui.label().classes("sentence").props("role=status")
        with ui.element("div").classes("strip"):
            self.counts = {state: self._tile(state) for state in Delivery}
        with ui.element("div").classes("filters"):
            self.words = ui.input("Search address or subject", value=words, on_change=self.again)
            self.words.props("outlined dense clearable debounce=300 maxlength=200")
            states = {"": "All letters", **STATES}
            self.state = ui.select(states, value=state, label="State", on_change=self.again).props("outlined dense")
        self.all_again = ui.button("Send all given up again", icon="replay").props("no-caps outline color=ink")
        once(self.all_again.classes("start"), self._all_again)
        self.empty = ui.label("There is no such letter.").classes("empty")
        self.box = ui.element("ul").classes("news")
        self.older = once(ui.button("Older letters", icon="expand_more"), self._older)
        self.older.props("no-caps outline color=ink").classes("alone")

    def _tile(self, state: Delivery) -> ui.label:
        with ui.element("div").classes("tile"):
            ui.icon(ICONS[state]).props("aria-hidden=true")
            number = ui.label().classes("tile-number")
            ui.label(STATES[state]).classes("tile-title")
        return number

    async def read(self) -> Found:
        """What the filters ask for, and how many letters there are of each state."""
        state, words, most = self.state.value, plain(self.words.value).strip(), self.most

        def look(session: Session) -> Found:
            letters = Letter.found(session, most + 1, Delivery(state) if state else None, words)
            return letters, Letter.counts(session), Outage.present(session)

        return await self.live.read(look)

    async def again(self) -> None:
        """Search anew; the address says for what."""
        self.most = SHOWN
        remember("/admin/mail", q=plain(self.words.value).strip(), state=self.state.value)
        await self.look.again()

    async def _older(self) -> None:
        self.most += SHOWN
        await self.look.again()

    def show(self, found: Found) -> None:
        """Show these letters: the lines that stay are not touched where nothing changed."""
        counts, shown = found[1], found[0][: self.most]
        self._show_outage(found[2])
        self.older.set_visibility(len(found[0]) > self.most)
        for state, label in self.counts.items():
            label.set_text(str(counts[state]))
        self.all_again.set_visibility(counts[Delivery.given_up] > 0)
        self.empty.set_visibility(not shown)
        for gone in self.lines.keys() - {letter.id for letter in shown}:
            self.lines.pop(gone).item.delete()
        for place, letter in enumerate(shown):
            line = self.lines.get(letter.key)
            if line is None:
                with self.box:
                    line = self.lines[letter.key] = Line(self.live, letter, self.look.again)
            if self.box.default_slot.children[place] is not line.item:
                line.item.move(target_index=place)
            line.show(letter)

    def _show_outage(self, outage: Outage | None) -> None:
        self.stuck.set_visibility(bool(outage and settings.current().smtp_url))
        if outage:
            since, advice = when(outage.since, self.live.user), causes.advice(outage.cause)
            self.stuck.set_text(STUCK.format(since=since, error=outage.error, advice=advice))

    async def _all_again(self) -> None:
        with refusals_shown():
            number = await run_in_threadpool(undelivered.send_all_again, by=await self.live.actor())
            ui.notify(f"{number} letters go out with the next round.", type="positive")
            await self.look.again()


class Line:
    """One letter."""

    def __init__(self, live: Live, letter: Letter, changed: Callable[[], Awaitable[None]]) -> None:
        self.live, self.letter, self.changed = live, letter, changed
        self.item = ui.element("li").props('data-read="true"')
        with self.item:
            with fold(letter):
                self.body = ui.label().classes("brief")
            with ui.element("div").classes("letter-state"):
                self.state = ui.label().classes("muted")
                self.error = ui.label().classes("muted")
                self.advice = ui.label()
            self.again = ui.button("Send again").props("flat dense no-caps color=ink")
            once(self.again, self._again)

    def show(self, letter: Letter) -> None:
        """Show how far it has come."""
        self.letter = letter
        self.item.props(f'data-letter="{letter.delivery}"')
        self.body.set_text(undelivered.text(letter))
        self.state.set_text(self._how_far(letter))
        self.error.set_text(_why(letter))
        self.advice.set_text(causes.advice(letter.cause))
        later = letter.delivery is Delivery.waiting and letter.next_try_at > clock.now()
        self.again.set_visibility(later or letter.delivery in {Delivery.given_up, Delivery.dropped})

    def _how_far(self, letter: Letter) -> str:
        if letter.delivery is Delivery.waiting and letter.tries:
            return f"Waiting, next try {when(letter.next_try_at, self.live.user)}"
        return f"{STATES[letter.delivery]}, {when(letter.sent_at or letter.created_at, self.live.user)}"

    async def _again(self) -> None:
        with refusals_shown():
            await run_in_threadpool(undelivered.send_again, self.letter.key, by=await self.live.actor())
            ui.notify("It goes out with the next round.", type="positive")
            await self.changed()


def _why(letter: Letter) -> str:
    """Why it was not taken, or not sent at all."""
    if letter.last_error is None or letter.delivery is Delivery.dropped:
        return letter.last_error or ""
    return f"After {letter.tries} {'try' if letter.tries == 1 else 'tries'}: {letter.last_error}"
