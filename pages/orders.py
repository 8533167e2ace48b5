"""All orders: a table to search and filter, one page at a time from the database."""

from dataclasses import dataclass, replace
from typing import Any

from nicegui import ui
from nicegui.events import GenericEventArguments
from sqlmodel import Session

from models.job import Job
from models.listing import Listing, Numbered
from models.status import Status
from models.user import STAFF, User
from pages.bulk_bar import BulkBar, writers_of
from pages.frame import frame, page
from pages.live import Live
from pages.parts import headings, job_facts
from pages.parts.freshness import freshness
from pages.parts.look import Look
from pages.parts.search import plain, remember, said
from pages.parts.times import when
from pages.views import Views
from workflow import checks
from workflow.orders.bulk_wish import MOST as MOST_AT_ONCE
from workflow.words import CONCERNS, label

SORTABLE = {"number", "title", "deadline", "amount", "updated"}
COLUMNS = {
    "number": "Number",
    "title": "Title",
    "client": "Client",
    "writer": "Writer",
    "status": "Status",
    "deadline": "Deadline",
    "amount": "Amount",
    "updated": "Changed",
}
LATE = "<div v-if='props.row.late' class='late'>{{ props.row.late }}</div>"
DUE = f"<q-td :props='props'>{{{{ props.value }}}}{LATE}</q-td>"
SELECT_ALL = "<q-checkbox v-model='props.selected' aria-label='Select all on this page' />"
SELECT = "<q-checkbox v-model='props.selected' :aria-label='`Select ${props.row.number}`' />"
LINKED = (
    "<q-td :props='props'>"
    "<a class='row-link' dir='auto' :href='`/jobs/${props.row.number}`'>{{ props.value }}</a></q-td>"
)
BADGE = "<q-td :props='props'><span class='badge' :data-status='props.row.key'>{{ props.value }}</span></q-td>"
MOST = 200
"""The most rows of one page, when somebody asks for all."""


ROWS = 25
"""How many rows a page begins with."""

NEWEST = "-number"


@page("/all", *STAFF)
async def orders_page(
    live: Live,
    q: str = "",
    status: str = "",
    only: str = "",
    sort: str = NEWEST,
    page: str = "1",
    rows: str = str(ROWS),
) -> None:
    """All orders, or those that fit what the address asks for; `status` is one, or several with commas."""
    writers = await writers_of(live)
    asked = Asked(
        plain(q),
        [each for each in status.split(",") if each in set(Status)],
        only if only in CONCERNS else None,
        sort if sort.removeprefix("-") in SORTABLE else NEWEST,
        checks.number_in(page) or 1,
        checks.number_in(rows) if rows == "0" or 0 < checks.number_in(rows) <= MOST else ROWS,
    )
    with frame(live, "All orders"):
        table = OrderTable(live, writers, asked)
        await table.look.again()
        await table.views.refresh()
        freshness(live, table.look.again)


@dataclass(frozen=True)
class Asked:
    """What the address asks for; `rows` 0 is all that a page may have."""

    words: str
    statuses: list[str]
    concern: str | None
    sort: str
    page: int
    rows: int


class OrderTable:
    """The search, the filter, and the page of orders that fits them."""

    def __init__(self, live: Live, writers: list[User], asked: Asked) -> None:
        self.live = live
        self.look = Look(live, self.read, self.show)
        self.cursors: dict[tuple[Listing, int], str] = {}
        with ui.element("div").classes("page-head"):
            headings.title("All orders")
            self.views = Views(live, lambda: said(**self._asked()))
        with ui.element("div").classes("filters"):
            self.words = ui.input("Search title, number or name", value=asked.words).props(
                "outlined dense clearable debounce=250 data-search"
            )
            options = {status: label(status, live.user.role) for status in Status}
            self.statuses = ui.select(
                options, value=asked.statuses, label="Status", multiple=True, on_change=self.again
            )
            self.statuses.props("outlined dense use-chips clearable")
            self.concern = ui.select(CONCERNS, value=asked.concern, label="Only", on_change=self.again)
            self.concern.props("outlined dense clearable")
            every = ui.button("Select all that fit", icon="select_all", on_click=self.select_all)
            every.props("flat no-caps color=ink")
        self.bar = BulkBar(live, writers, self.moved)
        columns = [
            {"name": name, "label": title, "field": name, "align": "left", "sortable": name in SORTABLE}
            for name, title in COLUMNS.items()
        ]
        paging = {"rowsPerPage": asked.rows, "page": asked.page, "rowsNumber": 0}
        if asked.sort != NEWEST:
            paging |= {"sortBy": asked.sort.removeprefix("-"), "descending": asked.sort.startswith("-")}
        self.table = ui.table(
            columns=columns, rows=[], row_key="number", pagination=paging, selection="multiple", on_select=self.select
        ).classes("orders full")
        self.table.add_slot("header-selection", SELECT_ALL)
        self.table.add_slot("body-selection", SELECT)
        self.table.add_slot("body-cell-title", LINKED)
        self.table.add_slot("body-cell-status", BADGE)
        self.table.add_slot("body-cell-deadline", DUE)
        self.table.props('flat binary-state-sort no-data-label="No order fits this search."')
        self.table.on("request", self.turn)
        self.words.on_value_change(self.again)
        live.job_handlers.append(self.hear)
        live.partings.append(self._let_go)

    def _let_go(self) -> None:
        del self.bar, self.views

    async def read(self) -> Numbered:
        """The orders of this page of the table, or of the last one when there are fewer; and how many fit in all."""
        asked: dict[str, Any] = self.table.pagination
        wanted = self._wanted()
        number = max(int(asked.get("page") or 1), 1)
        there = replace(wanted, cursor=self.cursors.get((wanted, number)))
        found = await self.live.read(lambda session: there.numbered(session, self.live.user, number))
        if found.next:
            self.cursors[wanted, found.number + 1] = found.next
        return found

    def show(self, found: Numbered) -> None:
        """Show these rows."""
        self.table.rows = [_row(job, self.live) for job in found.jobs]
        self.table.pagination = {**self.table.pagination, "page": found.number, "rowsNumber": found.total}

    async def turn(self, event: GenericEventArguments) -> None:
        """Turn the page, or sort, as the table's head or foot was pressed."""
        self.table.pagination = {**self.table.pagination, **event.args["pagination"]}
        await self._look_there()

    async def again(self) -> None:
        """Begin at the first page, for another search."""
        self.table.pagination = {**self.table.pagination, "page": 1}
        await self._look_there()

    async def _look_there(self) -> None:
        """Look, with what is asked for in the address: a reload, a link and *Back* bring the same."""
        asked: dict[str, Any] = self.table.pagination
        number = asked.get("page") or 1
        remember("/all", **self._asked(), page=number if number != 1 else "")
        self.views.show()
        await self.look.again()

    def _asked(self) -> dict[str, object]:
        """What is asked for, at whichever page it stands: what a saved view keeps."""
        asked: dict[str, Any] = self.table.pagination
        sort, rows = self._sort(), asked.get("rowsPerPage")
        return {
            "q": plain(self.words.value),
            "status": ",".join(self.statuses.value or ()),
            "only": self.concern.value,
            "sort": sort if sort != NEWEST else "",
            "rows": str(rows) if rows != ROWS else "",
        }

    def select(self) -> None:
        """The rows ticked are those that the bulk bar works with, unless the page was left meanwhile."""
        if self.live.client.is_deleted:
            return
        rows = self.table.selected
        self.bar.select({row["id"]: f"{row['number']} {row['title']}" for row in rows}, {row["key"] for row in rows})

    async def select_all(self) -> None:
        """Select every order that fits the search and the filter, up to what one operation may hold, and say so."""
        wanted = replace(self._wanted(), limit=MOST_AT_ONCE)

        def find(session: Session) -> tuple[list[Job], int]:
            jobs, _, total = wanted.page(session, self.live.user)
            return jobs, total

        jobs, total = await self.live.read(find)
        self.table.selected = [_row(job, self.live) for job in jobs]
        self.select()
        if total > len(jobs) and not self.live.client.is_deleted:
            ui.notify(f"{len(jobs)} of {total} are selected: one operation takes {MOST_AT_ONCE}.", type="warning")
            self.bar.say_of(total)

    async def moved(self) -> None:
        """After a bulk operation nothing is selected."""
        self.table.selected = []
        self.select()
        await self.look.again()

    def hear(self, job: Job) -> None:
        """Change the row of an order that is on this page."""
        if any(row["number"] == job.display_id for row in self.table.rows):
            new = _row(job, self.live)
            self.table.rows = [new if row["number"] == job.display_id else row for row in self.table.rows]

    def _wanted(self) -> Listing:
        asked: dict[str, Any] = self.table.pagination
        rows = min(int(asked.get("rowsPerPage") or MOST), MOST)
        return Listing(
            statuses=tuple(Status(status) for status in self.statuses.value or ()),
            words=plain(self.words.value),
            concern=self.concern.value,
            sort=self._sort(),
            limit=rows,
        )

    def _sort(self) -> str:
        asked: dict[str, Any] = self.table.pagination
        if asked.get("sortBy") not in SORTABLE:
            return NEWEST
        return f"{'-' if asked.get('descending') else ''}{asked['sortBy']}"


def _row(job: Job, live: Live) -> dict[str, Any]:
    reader = live.user
    return {
        "id": job.key,
        "number": job.display_id,
        "title": job.title,
        "client": job.client.name,
        "writer": job.writer.name if job.writer else "–",
        "status": label(job.status, reader.role),
        "key": job.status,
        "deadline": when(job.deadline, reader) if job.deadline else "–",
        "late": job_facts.lateness(job, reader),
        "amount": job_facts.price(job, reader),
        "updated": when(job.updated_at, reader),
    }
