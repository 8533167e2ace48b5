"""A board: sections of cards. One change puts, moves or drops one card; no list is ever rebuilt for it."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from fastapi.concurrency import run_in_threadpool
from nicegui import background_tasks, json
from sqlmodel import Session

from models.causes import Busy
from models.job import Job, find
from models.listing import Listing
from models.order_counts import Numbers, numbers
from models.rules import Rules
from models.user import Role, User
from pages.board import aside, handed_over
from pages.board.card import Told, Written, card, own, reading_alike
from pages.board.cards import Cards, Press
from pages.board.counts import counts_for
from pages.board.inside import Insides, place_for_work
from pages.board.section import Place, Section
from pages.frame import refusals_shown
from pages.live import Live
from pages.parts import unsent_words
from pages.parts.look import Look
from pages.parts.steps import Steps
from pages.parts.together import read_together
from workflow.orders import comments
from workflow.refusals import Conflict, NotFound

ASKS_FOR_WORDS = "request_revision"
"""The one action whose words are typed on the card; the others ask for what they need."""

AT_FIRST, MORE = 20, 50
"""The most cards that a long section begins with, and those that one press adds."""

WRITTEN = Written()


@dataclass(frozen=True)
class Found:
    """Orders, what stands beside on their cards, and how many there are in all; the same for many pages."""

    jobs: list[Job]
    beside: dict[int, Told]
    numbers: Numbers
    _cards: dict[object, dict[int, Told]] = field(default_factory=dict)

    def cards(self, reader: User, rules: Rules, load: int) -> dict[int, Told]:
        """The cards by their orders' keys."""
        kind = reading_alike(reader, load)
        if kind not in self._cards:
            self._cards[kind] = {job.key: card(job, reader, rules, load) for job in self.jobs}
        return self._cards[kind]


class Board:
    """The sections of a page with their cards; an order stands in the first section that holds it.

    `counted` is called with the numbers of all orders. With `ways` the sections are columns: see `Cards`.
    A board that `holds_work` has brief, files and a place to drop work on what the reader has in hand.
    """

    def __init__(
        self,
        live: Live,
        sections: Iterable[Section],
        *,
        classes: str = "sections",
        ways: dict[str, Any] | None = None,
        holds_work: bool = False,
    ) -> None:
        self.live, self.sections = live, list(sections)
        self.places: dict[int, Place] = {}
        self.beside: dict[int, Told] = {}
        self.said: dict[int, str] = {}
        self.most = [section.at_first for section in self.sections]
        self.cut = list(self.most)
        self.numbers, self.all = Numbers(), [0] * len(self.sections)
        self._is_adding = False
        self._newer: list[Job] = []  # than what a look that is under way will find
        self.counted: Callable[[Numbers], object] = lambda _numbers: None
        self.orders, self.counts = Look(live, self._read, self.fill), counts_for(live.user)
        self.steps = Steps(live, self.put, self._place_anew)
        told = ("title", "empty", "column", "folded", "look", "pays")
        heads = [{name: getattr(section, name) for name in told} for section in self.sections]
        self.insides = Insides(live, self._place_anew)
        self.cards = Cards(live.voice, heads, self._press, ways, place_for_work() if holds_work else None)
        self.cards.classes(classes)
        self.counts.shows.add(self._hear_counts)
        live.job_handlers.append(self.put)
        live.partings.append(self._let_go)

    def _let_go(self) -> None:
        self.counts.shows.discard(self._hear_counts)
        self.places.clear()
        del self.counted

    async def refresh(self) -> None:
        """Look again at all that is shown, and count."""
        await self.orders.again()

    async def _read(self) -> Found:
        wanted = dict.fromkeys(
            Listing(statuses=section.statuses, sort=section.sort, limit=most)
            for section, most in zip(self.sections, self.most, strict=True)
        )
        wanted |= dict.fromkeys(listing for section in self.sections for listing in section.also)

        def look(session: Session) -> Found:
            found = [job for listing in wanted for job in listing.jobs(session, reader)]
            jobs = list({job.key: job for job in found}.values())
            return Found(jobs, handed_over.told(session, jobs, reader), numbers(session, reader))

        reader = self.live.user
        found = await read_together((reader.key, reader.role, *wanted), look)
        if self.live.client.is_deleted:
            raise asyncio.CancelledError
        return found

    def fill(self, found: Found) -> None:
        """Show exactly these orders: cards that are there are kept, others come or go."""
        self.beside = dict(found.beside)
        homes = {job.key: self._home(job) for job in found.jobs}
        self.places = {key: place for key, place in homes.items() if place}
        cards = found.cards(self.live.user, self.live.rules, len(self.live.in_hand))
        self.cards.fill([(cards[key], self._told(key)) for key in self.places])
        self.cut = [
            most if most and there >= most else None for there, most in zip(self._shown(), self.most, strict=True)
        ]
        self._count(found.numbers)
        newer, self._newer = self._newer, []
        for job in newer:
            self.put(job)

    def put(self, job: Job) -> None:
        """Show this order as it stands now, in the section where it belongs, or nowhere."""
        self._newer = [*self._newer, job] if self.orders.is_under_way else []
        before = self.places.get(job.key)
        if before and job.version < before.version:
            return
        if self.live.user.role is Role.client and job.status in handed_over.SHOWN:
            background_tasks.create(self._look_beside(job))
        else:
            self.beside.pop(job.key, None)
        if before and job.version == before.version:
            return
        place = self._home(job)
        if place:
            self.places[job.key] = place
            told = WRITTEN.card(job, self.live.user, self.live.rules, len(self.live.in_hand))
            self.cards.put(told, json.dumps(self._told(job.key)))
        elif before:
            del self.places[job.key]
            self.cards.drop(job.key)
        self._count_move(before, place)

    async def _look_beside(self, job: Job) -> None:
        """See what its client gets with the order, and show it if the order still stands here."""
        try:
            beside = await handed_over.soon(job, self.live.user)
        except Busy:  # the page says so, and looks afresh once it is over
            return
        if self.places.get(job.key) and not self.live.ended and self.beside.get(job.key) != beside:
            self.beside[job.key] = beside
            self._place_anew(job.key)

    def _home(self, job: Job) -> Place | None:
        if not job.is_visible_to(self.live.user, self.live.rules):
            return None
        numbered = enumerate(self.sections)
        found = next(((number, section) for number, section in numbered if section.holds(job)), None)
        return found and Place(found[0], found[1].rank(job), job.version, job.status)

    def _told(self, key: int) -> Told:
        """What is only this page's: where the card stands, and what only this reader finds on it."""
        place = self.places[key]
        wish = self.live.intentions.get(key)
        still = wish if wish and wish.version == place.version else None
        mine = own(still, self.insides.told.get(key))
        said = {"said": self.said[key]} if key in self.said else {}
        return {"section": place.section, "rank": place.rank} | mine | self.beside.get(key, {}) | said

    def _place_anew(self, key: int) -> None:
        if key in self.places:
            self.cards.place(key, json.dumps(self._told(key)))

    def _hear_counts(self, found: Numbers) -> None:
        """Take in what another page's change has brought about; a page that is not built yet counts for itself."""
        if self.live.voice.is_open and not self.live.ended:
            self._count(found)

    def _count_move(self, before: Place | None, now: Place | None) -> None:
        """Count one order elsewhere; one that may have stood where no more cards are shown, the database knows."""
        if before is None and any(self.cut):
            self.counts.soon()
        elif before or now:
            self._count(self.numbers.moved(before and before.status, now and now.status))

    def _count(self, found: Numbers) -> None:
        self.numbers = found
        before, self.all = self.all, self._numbers(found)
        with self.live.voice.in_one():
            if self.all != before:
                pairs = zip(self.all, self.most, strict=True)
                self.cards.count([number if most is not None else None for number, most in pairs])
            self.counted(found)
        if self._is_short():
            self.orders.soon()

    def _numbers(self, found: Numbers) -> list[int]:
        """How many orders belong to each section: some stand elsewhere than their status says."""
        counted = [found.of(section.statuses) for section in self.sections]
        for place in self.places.values() if any(section.also for section in self.sections) else ():
            for number, section in enumerate(self.sections):
                counted[number] += (place.section == number) - (place.status in section.statuses)
        return counted

    def _is_short(self) -> bool:
        """Whether half of the room is empty: so many have left, and there are more behind them.

        Were each looked for that leaves, a change would cost as much as the whole board.
        """
        return any(
            most is not None and there < min(most / 2, number)
            for there, most, number in zip(self._shown(), self.cut, self.all, strict=True)
        )

    def _shown(self) -> list[int]:
        shown = [0] * len(self.sections)
        for place in self.places.values():
            shown[place.section] += 1
        return shown

    async def _press(self, press: Press) -> None:
        match press.what:
            case "take":
                await self._take(press)
            case "say":
                await self._say(press)
            case "ask":
                await self.steps.ask(press.key, press.action)
            case "back":
                await self.steps.take_back(press.key)
            case "open" if press.key in self.places:
                await self.insides.open(press.key)
            case "brought":
                await self._hand_in(press.key)
            case "more" if press.key in range(len(self.sections)) and self.most[press.key] is not None:
                await self._show_more(press.key)
            case _:
                await aside.press(self.live, press)

    async def _take(self, press: Press) -> None:
        """Take the step on the order as it was seen, if it still is so."""
        with self.live.client, refusals_shown():
            job = await self.live.read(lambda session: find(session, self.live.user, job_id=press.key))
            if job is None:
                raise NotFound
            if job.version != press.version:
                self.put(job)
                raise Conflict(job)
            words = {"revision_notes": press.words} if press.words and press.action == ASKS_FOR_WORDS else None
            await self.steps.press(job, press.action, words)

    async def _say(self, press: Press) -> None:
        with self.live.client, refusals_shown():
            await run_in_threadpool(comments.say, press.key, press.words, by=await self.live.actor())
            self.said[press.key] = press.words
            self._place_anew(press.key)
            unsent_words.drop(self.live.client, str(press.key))

    async def _hand_in(self, key: int) -> None:
        """Offer to hand in what was just brought."""
        with self.live.client, refusals_shown():
            job = await self.live.read(lambda session: find(session, self.live.user, job_id=key))
            if job and (action := await self.insides.hands_in(job)):
                await self.steps.press(job, action)

    async def _show_more(self, number: int) -> None:
        if self._is_adding:
            return
        self._is_adding = True
        try:
            self.most[number] = (self.most[number] or 0) + MORE
            await self.orders.again()
        finally:
            self._is_adding = False
