"""All news of one user, newest on top: filtered, read one by one or at once, and an order muted that asks too much."""

from functools import partial

from fastapi.concurrency import run_in_threadpool
from nicegui import background_tasks, ui
from sqlmodel import Session, col, select

from models.job import Job
from models.notification import Notification, Wanted
from models.preference import TYPES, Mute
from pages.frame import frame, once, page, refusals_shown
from pages.live import Live
from pages.parts import headings
from pages.parts.times import when
from workflow.notifications import inbox, preferences
from workflow.text import characters

SHOWN = 50
"""How many lines come at a time."""

ALL = "all"


@page("/notifications")
async def notifications_page(live: Live, show: str = ALL, order: str = "") -> None:
    """Notifications; `show` is all, unread or a type, `order` the number of the only order to show."""
    about = await live.read(lambda session: _job_id(session, order)) if order.isprintable() and order else None
    wanted = Wanted(
        unread=show == "unread",
        type=show if show in TYPES else None,
        job_id=about if not order else about or 0,
    )
    with frame(live, "Notifications"):
        with ui.element("div").classes("page-head"):
            headings.title("Notifications")
            everything = ui.button("Mark all read", icon="done_all").props("flat no-caps color=ink")
        _filters(live, show, order)
        empty = ui.label("Nothing here. Whatever happens to your orders is told on this page.").classes("empty")
        rows = Rows(live, wanted, empty)
        await rows.older()

    async def mark_all() -> None:
        with refusals_shown():
            await run_in_threadpool(inbox.mark_read, await live.actor())
            rows.all_read()

    live.news_handlers.append(rows.hear)
    live.job_handlers.append(rows.said_otherwise)
    live.refreshers.append(rows.look_again)
    live.refreshers.append(rows.retell)
    once(everything, mark_all)


def _job_id(session: Session, number: str) -> int | None:
    return session.exec(select(Job.id).where(Job.display_id == number)).first()


def _filters(live: Live, show: str, order: str) -> None:
    """The filters stand in the address, so that a link or a reload brings the same list."""
    own = {name: TYPES[name].called for name in preferences.offered(live.user.role)}
    choices = {ALL: "All news", "unread": "Not read yet"} | own

    def go(shown: str, number: str) -> None:
        ui.navigate.to(f"/notifications?show={shown}&order={number}")

    with ui.element("div").classes("filters"):
        chosen = ui.select(choices, value=show if show in choices else ALL, label="Show")
        chosen.props("outlined dense").on_value_change(lambda event: go(event.value, order))
        if order:
            button = ui.button(f"Only {order}", icon="close", on_click=lambda: go(chosen.value or ALL, ""))
            button.props("flat no-caps color=ink")
            button.props["aria-label"] = f"Show all orders, not only {order}"


class Rows:
    """The list of news, as far as it was asked for."""

    def __init__(self, live: Live, wanted: Wanted, empty: ui.label) -> None:
        self.live, self.wanted, self.empty = live, wanted, empty
        self.oldest: int | None = None
        self.muted: set[int] = set()
        self.unread: dict[int, ui.element] = {}
        self.told: dict[int, ui.label] = {}
        self.box = ui.element("ul").classes("news")
        self.more = once(ui.button("Older news", icon="expand_more"), self.older)
        self.more.props("no-caps outline color=ink").classes("alone")

    async def older(self) -> None:
        """Show the next lines further back."""

        def look(session: Session) -> tuple[list[Notification], dict[int, str], set[int]]:
            lines = self.wanted.lines(session, self.live.user.key, SHOWN, before=self.oldest)
            return lines, numbers(session, lines), Mute.of_user(session, self.live.user.key)

        lines, names, self.muted = await self.live.read(look)
        for line in lines:
            with self.box:
                self._row(line, names.get(line.job_id or 0))
            self.oldest = line.id
        self.more.set_visibility(len(lines) == SHOWN)
        self.empty.set_visibility(not self.box.default_slot.children)

    async def look_again(self) -> None:
        """Show as read what was read elsewhere, such as on an order's page."""
        shown = list(self.unread)
        still = await self.live.read(lambda session: Notification.still_unread(session, self.live.user.key, shown))
        for key in self.unread.keys() - still:
            self.unread.pop(key).props('data-read="true"')

    def hear(self, new: list[Notification]) -> None:
        """Put what has just come on top, if it is what is shown here."""
        fitting = [line for line in new if self.wanted.holds(line)]
        if fitting:
            background_tasks.create(self._add(fitting))

    def said_otherwise(self, _job: Job) -> None:
        """What was said about this order may have been changed or taken back: its news says so too."""
        if self.told:
            background_tasks.create(self.retell())

    async def retell(self) -> None:
        """Read again what the lines tell that are shown, as far as they tell of comments."""
        shown = set(self.told)
        for line in await self.live.read(lambda session: Notification.of_comments(session, shown)):
            self.told[line.id or 0].set_text(characters.titled(line.message))

    async def _add(self, lines: list[Notification]) -> None:
        names = await self.live.read(lambda session: numbers(session, lines))
        for line in sorted(lines, key=lambda line: line.id or 0):
            with self.box:
                self._row(line, names.get(line.job_id or 0)).move(self.box, 0)
        self.empty.set_visibility(False)

    def _row(self, line: Notification, number: str | None) -> ui.element:
        with ui.element("li").props(f'data-read="{str(line.read).lower()}"') as row:
            if not line.read:
                self.unread[line.id or 0] = row
            with ui.element("div").classes("news-text"):
                if number:
                    link = ui.link(line.title, f"/jobs/{number}").classes("news-title")
                    link.on("click", partial(self._read, line, row))
                else:
                    ui.label(line.title).classes("news-title")
                told = ui.label(characters.titled(line.message))
                if line.comment_id:
                    self.told[line.id or 0] = told
            ui.label(when(line.created_at, self.live.user)).classes("muted")
            with ui.row().classes("small-buttons"):
                if not line.read:
                    button = ui.button("Mark read", on_click=partial(self._read, line, row)).classes("mark-read")
                    button.props("flat dense no-caps color=ink").props["aria-label"] = f"Mark read: {number or line.id}"
                if number and line.job_id:
                    self._mute_button(line.job_id, number)
        return row

    def _mute_button(self, job_id: int, number: str) -> None:
        muted = job_id in self.muted
        word = "Hear of it again" if muted else "Mute this order"
        button = ui.button(word, icon="notifications" if muted else "notifications_off")
        button.props("flat dense no-caps color=ink").props["aria-label"] = f"{word}: {number}"

        async def press() -> None:
            with refusals_shown():
                change = preferences.unmute if muted else preferences.mute
                await run_in_threadpool(change, job_id, by=await self.live.actor())
                ui.navigate.reload()

        once(button, press)

    async def _read(self, line: Notification, row: ui.element) -> None:
        with refusals_shown():
            await run_in_threadpool(inbox.mark_read, await self.live.actor(), line.id)
            row.props('data-read="true"')

    def all_read(self) -> None:
        """Show every line as read."""
        for row in self.box.default_slot.children:
            row.props('data-read="true"')


def numbers(session: Session, lines: list[Notification]) -> dict[int, str]:
    """The number of each order that the lines are about, by the job's id."""
    wanted = {line.job_id for line in lines if line.job_id}
    return {key or 0: name for key, name in session.exec(select(Job.id, Job.display_id).where(col(Job.id).in_(wanted)))}
