"""The desk's own log, for admins: page by page, and as a file."""

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import PlainTextResponse, RedirectResponse, Response
from nicegui import ui
from sqlmodel import Session

from models.desk_log import DeskLog
from models.user import Role
from pages import cookie
from pages.frame import frame, once, page
from pages.http.downloads import AS_A_FILE
from pages.live import Live
from pages.parts import headings
from pages.parts.search import remember
from pages.parts.times import when
from pages.parts.words import typed
from workflow import export
from workflow.history import desk_log
from workflow.history.desk_log import KINDS
from workflow.people import failures, sign_ins
from workflow.refusals import Forbidden

SHOWN = 50
"""How many lines the page begins with, and how many one press adds."""

router = APIRouter(include_in_schema=False)


@page("/admin/log", Role.admin)
async def log_page(live: Live, kind: str = "") -> None:
    """The log, newest first: all of it, or one kind of event."""
    await run_in_threadpool(failures.tell)
    with frame(live, "Desk log"):
        headings.title("Desk log")
        ui.label("Each line is sealed with the one before, and none can be changed.").classes("muted measure")
        await Log(live, kind if kind in KINDS else "").again()


@router.get("/admin/log.csv")
def as_csv(request: Request, kind: str = "") -> Response:
    """The log as a file, for admins."""
    user = sign_ins.signed_in(cookie.key(request))
    if user is None:
        return RedirectResponse("/login", 303)
    failures.tell()
    try:
        content = desk_log.exported(kind if kind in KINDS else "", by=user)
    except Forbidden as refusal:
        return PlainTextResponse(refusal.sentence, refusal.http)
    name = 'attachment; filename="desk-log.csv"'
    return Response(content, media_type=export.TYPES["csv"], headers={**AS_A_FILE, "Content-Disposition": name})


class Log:
    """The lines; *Older* goes on where those that are shown end."""

    def __init__(self, live: Live, kind: str) -> None:
        self.live, self.last = live, 0
        with ui.element("div").classes("filters"):
            kinds = {"": "All events", **{name: kind.called for name, kind in KINDS.items()}}
            self.kind = ui.select(kinds, value=kind, label="Kind", on_change=self.again).props("outlined dense")
            self.file = ui.button("Export", icon="download").props("no-caps outline color=ink")
        self.empty = ui.label("There is no such line.").classes("empty")
        self.box = ui.element("ul").classes("news")
        self.older = once(ui.button("Older lines", icon="expand_more"), self.more)
        self.older.props("no-caps outline color=ink").classes("alone")

    async def again(self) -> None:
        """Begin with the newest; the address says of which kind."""
        remember("/admin/log", kind=self.kind.value)
        self.file.props["href"] = f"/admin/log.csv?kind={self.kind.value}"
        self.last = 0
        self.box.clear()
        await self.more()

    async def more(self) -> None:
        """Show the next ones."""

        def look(session: Session) -> list[DeskLog]:
            return desk_log.page(session, self.live.user, self.kind.value, self.last, SHOWN + 1)

        lines = await self.live.read(look)
        for line in lines[:SHOWN]:
            self._line(line)
        self.empty.set_visibility(not self.last)
        self.older.set_visibility(len(lines) > SHOWN)

    def _line(self, line: DeskLog) -> None:
        self.last = line.id or 0
        with self.box, ui.element("li").props(f'data-read="true" data-line={line.id}'):
            typed(desk_log.sentence(line)).classes("news-text")
            ui.label(when(line.created_at, self.live.user)).classes("muted")
