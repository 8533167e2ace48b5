"""All news of one user, newest on top."""

from fastapi.concurrency import run_in_threadpool
from nicegui import background_tasks, ui
from sqlmodel import Session, col, select

from models.job import Job
from models.notification import Notification
from pages.frame import frame, page, refusals_shown
from pages.live import Live
from pages.parts.times import when
from workflow import news

SHOWN = 100


@page("/notifications")
async def notifications_page(live: Live) -> None:
    """Notifications."""

    def look(session: Session) -> tuple[list[Notification], dict[int, str]]:
        lines = Notification.newest(session, live.user.key, SHOWN)
        return lines, numbers(session, lines)

    lines, names = await live.read(look)
    with frame(live, "Notifications"):
        with ui.element("div").classes("page-head"):
            ui.label("Notifications").classes("page-title").props("role=heading aria-level=1")
            everything = ui.button("Mark all read", icon="done_all").props("flat no-caps color=ink")
        empty = ui.label("Nothing yet. Whatever happens to your orders is told here.").classes("empty")
        rows = Rows(live)
        rows.add(lines, names)
        empty.set_visibility(not lines)

    async def add(new: list[Notification]) -> None:
        rows.add(new, await live.read(lambda session: numbers(session, new)))
        empty.set_visibility(not rows.box.default_slot.children)

    def hear(new: list[Notification]) -> None:
        background_tasks.create(add(new))

    async def mark_all() -> None:
        with refusals_shown():
            await run_in_threadpool(news.mark_read, await live.actor())
            rows.all_read()

    live.news_handlers.append(hear)
    everything.on_click(mark_all)


def numbers(session: Session, lines: list[Notification]) -> dict[int, str]:
    """The number of each order that the lines are about, by the job's id."""
    wanted = {line.job_id for line in lines if line.job_id}
    return {key or 0: name for key, name in session.exec(select(Job.id, Job.display_id).where(col(Job.id).in_(wanted)))}


class Rows:
    """The list of news."""

    def __init__(self, live: Live) -> None:
        self.live = live
        self.box = ui.element("ul").classes("news")

    def add(self, lines: list[Notification], names: dict[int, str]) -> None:
        """Put these lines on top, the newest first."""
        for line in sorted(lines, key=lambda line: line.id or 0):
            with self.box:
                self._row(line, names.get(line.job_id or 0)).move(self.box, 0)

    def _row(self, line: Notification, number: str | None) -> ui.element:
        with ui.element("li").props(f'data-read="{str(line.read).lower()}"') as row:
            with ui.element("div").classes("news-text"):
                if number:
                    ui.link(line.title, f"/jobs/{number}").classes("news-title")
                else:
                    ui.label(line.title).classes("news-title")
                ui.label(line.message)
            ui.label(when(line.created_at, self.live.user)).classes("muted")
        return row

    def all_read(self) -> None:
        """Show every line as read."""
        for row in self.box.default_slot.children:
            row.props('data-read="true"')
