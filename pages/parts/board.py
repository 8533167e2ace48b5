"""A board: sections of cards. One change moves or updates one card; no list is ever rebuilt for it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from nicegui import ui

from models.job import Job
from pages.live import Live
from pages.parts.card import Card

Rank = Callable[[Job], float]
"""The smaller, the further up."""


@dataclass(frozen=True)
class Section:
    """A list under a title: which orders belong to it, in which order, and what it says when there are none."""

    title: str
    holds: Callable[[Job], bool]
    empty: str = ""
    rank: Rank = lambda job: -job.updated_at.timestamp()


class Board:
    """The sections of a page with their cards; an order stands in the first section that holds it."""

    def __init__(self, live: Live, sections: Iterable[Section], *, classes: str = "sections") -> None:
        self.live = live
        self.cards: dict[int, Card] = {}
        with ui.element("div").classes(classes):
            self.lists = [_List(section) for section in sections]
        live.job_handlers.append(self.put)

    def fill(self, jobs: Iterable[Job]) -> None:
        """Show exactly these orders: cards that are there are kept, others come or go."""
        wanted = {job.key: job for job in jobs}
        for key in self.cards.keys() - wanted.keys():
            self._remove(key)
        for job in wanted.values():
            self.put(job)

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
                card = self.cards[job.key] = Card(self.live, job)
            card.actions.after = self.put
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

    def __init__(self, section: Section) -> None:
        self.section = section
        self.cards: list[Card] = []
        with ui.element("section").classes("section").props(f'aria-label="{section.title}"') as self.element:
            with ui.element("div").classes("section-head"):
                ui.label(section.title).props("role=heading aria-level=2").classes("section-title")
                self.count = ui.label("0").classes("section-count")
            self.empty = ui.label(section.empty).classes("empty")
            self.box = ui.element("div").classes("cards")
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
        self.count.set_text(str(len(self.cards)))
        self.empty.set_visibility(not self.cards and bool(self.section.empty))
        self.element.set_visibility(bool(self.cards) or bool(self.section.empty))
