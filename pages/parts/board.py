"""A board: sections of cards. One change moves or updates one card; no list is ever rebuilt for it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from nicegui import ui

from models.job import Job
from models.listing import Listing
from models.order_counts import Numbers, numbers
from models.status import Status
from pages.frame import once
from pages.live import Live
from pages.parts import headings
from pages.parts.card import Card
from pages.parts.look import Look

Rank = Callable[[Job], float]
"""The smaller, the further up."""

AT_FIRST = 50
"""The most cards that a long section begins with, and that one press adds."""


@dataclass(frozen=True)
class Section:
    """A list under a title: which orders belong to it, in which order, and what it says when there are none.

    `statuses` are those at which its orders stand. With `at_first` all orders at these are its own: it begins with so
    many cards, and its count comes from the database. Without, it is shown whole.
    """

    title: str
    statuses: tuple[Status, ...]
    holds: Callable[[Job], bool]
    empty: str = ""
    rank: Rank = lambda job: -job.updated_at.timestamp()
    sort: str = "-updated"
    at_first: int | None = None


class Board:
    """The sections of a page with their cards; an order stands in the first section that holds it.

    `filled` is called when cards may have come or gone by a look, `counted` with the numbers of all orders.
    """

    def __init__(self, live: Live, sections: Iterable[Section], *, classes: str = "sections") -> None:
        self.live = live
        self.cards: dict[int, Card] = {}
        self.filled: Callable[[], object] = lambda: None
        self.counted: Callable[[Numbers], object] = lambda _numbers: None
        self.orders, self.numbers = Look(live, self._read, self.fill), Look(live, self._number, self._count)
        with ui.element("div").classes(classes):
            self.lists = [_List(section, self.orders) for section in sections]
        live.job_handlers.append(self.put)
        live.partings.append(self._let_go)
        live.job_handlers.append(lambda _job: self.numbers.soon())

    def _let_go(self) -> None:
        self.cards.clear()
        self.lists.clear()
        del self.filled, self.counted

    async def refresh(self) -> None:
        """Look again at all that is shown, and count."""
        await self.orders.again()
        await self.numbers.again()

    async def _read(self) -> list[Job]:
        wanted = dict.fromkeys(rows.listing for rows in self.lists)
        return await self.live.read(
            lambda session: [job for listing in wanted for job in listing.jobs(session, self.live.user)]
        )

    async def _number(self) -> Numbers:
        return await self.live.read(lambda session: numbers(session, self.live.user))

    def _count(self, found: Numbers) -> None:
        for rows in self.lists:
            rows.count_all(found)
        self.counted(found)
        if any(rows.is_short for rows in self.lists):
            self.orders.soon()

    def fill(self, jobs: Iterable[Job]) -> None:
        """Show exactly these orders: cards that are there are kept, others come or go."""
        wanted = {job.key: job for job in jobs}
        for key in self.cards.keys() - wanted.keys():
            self._remove(key)
        for job in wanted.values():
            self.put(job)
        self.filled()

    def put(self, job: Job) -> None:
        """Show this order as it stands now, in the section where it belongs, or nowhere."""
        card = self.cards.get(job.key)
        if card and not card.show(job):
            return
        visible = job.is_visible_to(self.live.user, self.live.rules)
        home = next((rows for rows in self.lists if visible and rows.section.holds(job)), None)
        if home is None:
            self._remove(job.key)
        elif card is None:
            with home.box:
                card = self.cards[job.key] = Card(self.live, job, self.put)
            home.take(card)
        else:
            self._leave(card)
            home.take(card)

    def _remove(self, key: int) -> None:
        if card := self.cards.pop(key, None):
            self._leave(card)
            card.element.delete()

    def _leave(self, card: Card) -> None:
        for rows in self.lists:
            rows.leave(card)


class _List:
    """One section on the screen."""

    def __init__(self, section: Section, orders: Look[list[Job]]) -> None:
        self.section, self.orders = section, orders
        self.cards: list[Card] = []
        self.most, self.all = section.at_first, 0
        with ui.element("section").classes("section") as self.element:
            self.element.props["aria-label"] = section.title
            with ui.element("div").classes("section-head"):
                headings.section(section.title)
                self.count = ui.label("0").classes("section-count")
            self.empty = ui.label(section.empty).classes("empty")
            self.box = ui.element("div").classes("cards")
            self.more = once(ui.button("Show more", icon="expand_more"), self._show_more)
            self.more.props("flat no-caps color=ink")
        self._count()

    @property
    def listing(self) -> Listing:
        """What it asks the database for."""
        return Listing(statuses=self.section.statuses, sort=self.section.sort, limit=self.most)

    @property
    def is_short(self) -> bool:
        """Whether fewer cards are shown than there is room for: some have left, and there are more behind them."""
        return self.most is not None and len(self.cards) < min(self.most, self.all)

    async def _show_more(self) -> None:
        self.most = (self.most or 0) + AT_FIRST
        await self.orders.again()

    def count_all(self, found: Numbers) -> None:
        """Take in how many there are in all."""
        self.all = found.of(self.section.statuses)
        self._count()

    def take(self, card: Card) -> None:
        """Put the card where its rank says."""
        rank = self.section.rank(card.job)
        index = sum(self.section.rank(other.job) < rank for other in self.cards)
        self.cards.insert(index, card)
        shown = self.box.default_slot.children
        if card.element not in shown or shown.index(card.element) != index:
            card.element.move(self.box, index)
        self._count()

    def leave(self, card: Card) -> None:
        """Let the card go."""
        if card in self.cards:
            self.cards.remove(card)
            self._count()

    def _count(self) -> None:
        number = len(self.cards) if self.most is None else max(self.all, len(self.cards))
        self.count.set_text(str(number))
        left = number - len(self.cards)
        self.more.set_text(f"Show more ({left} left)")
        self.more.set_visibility(left > 0)
        self.empty.set_visibility(not number and bool(self.section.empty))
        self.element.set_visibility(bool(number) or bool(self.section.empty))
