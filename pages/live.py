"""What keeps an open page fresh: the timer that compares two integers, and the news handed over after a commit."""

import asyncio
import contextlib
import logging
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import TypeVar
from urllib.parse import quote

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from nicegui import background_tasks, core, ui
from sqlmodel import Session
from starlette.types import Send

import settings
from models import database, known
from models.agency import Agency, Face
from models.causes import Busy
from models.intention import Intention
from models.job import Job, in_hand
from models.notification import Notification
from models.rules import Rules
from models.sign_in import SignIn
from models.status import IN_HAND
from models.user import User
from pages.toasts import Toasts
from pages.voice import Voice
from workflow import metrics
from workflow.access import ENDED
from workflow.live.bell import News, bell
from workflow.people import sign_ins
from workflow.refusals import SignedOut

T = TypeVar("T")

log = logging.getLogger("docket.live")

OPEN: defaultdict[int, set["Live"]] = defaultdict(set)
"""User id -> the pages that this user has open in this process."""

PAGES: dict[str, "Live"] = {}
"""The id of NiceGUI's client -> the page, for as long as there is one, also when it has ended."""

ON_ITS_WAY = 0.1
"""How many seconds a page waits for what may just be on its way to it, before it reads afresh."""

GRACE_SECONDS = 0.7
"""How long a browser has to leave a page that has ended, before it is emptied and its line is cut."""

MINUTE = 60.0
"""How often the clock on a page moves. It is the page's one timer that moves it: a timer of a minute would hold on to a
page that was left for as long."""


def asked_for(request: Request) -> str:
    """The page that was asked for, as a sign-in leads back to it."""
    return f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path


class Live:
    """One open page: whose it is, what it has seen, and what it does when something is new.

    `in_hand` are the orders that count as a writer's load. `seen` is the bell's number up to which the page is fresh.
    It is read before anything that the page shows, so that whatever happens in between is noticed.
    """

    def __init__(self, user: User, key: str) -> None:
        self.user, self.key = user, key
        self.client = ui.context.client
        self.voice = Voice(self.client)
        self.toasts = Toasts(self.voice)
        self.address = asked_for(self.client.request)
        self.seen = bell.number(user.key)
        self.rules, self.unread, self.newest = Rules(), 0, 0
        self.in_hand: set[int] = set()
        self.intentions: dict[int, Intention] = {}
        self.agency = Face()
        self.lines: set[Send] = set()
        self.ended = self._looking = False
        self._meanwhile: list[tuple[News, int, list[Notification]]] = []
        self.job_handlers: list[Callable[[Job], None]] = []
        self.news_handlers: list[Callable[[list[Notification]], None]] = []
        self.user_handlers: list[Callable[[], object]] = []
        self.minute_handlers: list[Callable[[], object]] = []
        self._minute = time.monotonic()
        self.trouble_handlers: list[Callable[[], object]] = []
        self.partings: list[Callable[[], object]] = []
        self.refreshers: list[Callable[[], Awaitable[None]]] = []

    async def start(self) -> None:
        """Read what every page needs."""

        def look(session: Session) -> tuple[Rules, int, int, Face]:
            self.in_hand = in_hand(session, self.user.key)
            self.intentions = Intention.of_user(session, self.user.key)
            unread = Notification.unread(session, self.user.key)
            newest = Notification.last_id(session, self.user.key)
            return known.of(session).rules, unread, newest, Agency.face(session)

        self.rules, self.unread, self.newest, self.agency = await self.read(look)

    def join(self) -> None:
        """Once the page is built, begin to listen; what was committed meanwhile, the first tick will notice."""
        self.voice.is_open = True
        PAGES[self.client.id] = self
        OPEN[self.user.key].add(self)
        metrics.OPEN_PAGES.inc()
        self.client.on_delete(self._leave)
        ui.timer(settings.current().timer_seconds, self.tick)

    async def read(self, question: Callable[[Session], T]) -> T:
        """Ask the database, off the event loop; raises SignedOut on a page that has ended.

        Whatever waits for the answer on a page that was left meanwhile is cancelled: there is nobody to show it to.
        """
        if self.ended:
            raise SignedOut(ENDED)

        def ask() -> T:
            with database.reading() as session:
                return question(session)

        answer = await run_in_threadpool(ask)
        if self.client.is_deleted:
            raise asyncio.CancelledError
        return answer

    async def actor(self) -> User:
        """Who acts on this page, as they are now; raises SignedOut once the sign-in has ended."""
        user = await self.read(lambda session: sign_ins.acting(session, self.key))
        if user is None or self.ended:
            self.end()
            raise SignedOut(ENDED)
        return user

    async def stands(self) -> bool:
        """Whether the sign-in still stands that opened this page; without one, the page ends."""
        with contextlib.suppress(Busy):  # then whatever is said over it is asked again
            if not self.ended and await run_in_threadpool(sign_ins.signed_in, self.key) is None:
                self.end()
        return not self.ended

    async def tick(self) -> None:
        """Compare two integers; only when they differ, or a sign-in's time seems to be over, look what is new."""
        is_over = self.user.came_with is not None and self.user.came_with.is_over
        for handle in self.trouble_handlers:
            handle()
        if is_over or await self._has_missed_something():
            with contextlib.suppress(Busy):  # the page says so already, and looks again with its next tick
                await self.refresh()
        if time.monotonic() - self._minute >= MINUTE:
            self._minute = time.monotonic()
            for handle in self.minute_handlers:
                handle()

    async def _has_missed_something(self) -> bool:
        """Whether something has changed that is not just being handed over: else a late server had all read at once."""
        number = bell.number(self.user.key)
        if number != self.seen:
            await asyncio.sleep(ON_ITS_WAY)
        return self.seen < number

    async def refresh(self) -> None:
        """Look again at all that the page shows; what is heard meanwhile is taken in afterwards.

        Were it left to the next tick, a page would look without end where something changes all the time.
        """
        if self._looking or self.ended:
            return
        self._looking, number = True, bell.number(self.user.key)
        try:
            await self.look_again()
            self.seen = max(self.seen, number)
        finally:
            self._looking = False
            heard, self._meanwhile = self._meanwhile, []
        for news, number, mine in heard:
            if number > self.seen:
                self.hear(news, number, mine)

    async def look_again(self) -> None:
        """Read afresh all that the page shows; a sign-in that has ended ends the page."""

        def look(session: Session) -> tuple[User | None, Rules, int, list[Notification]]:
            self.in_hand = in_hand(session, self.user.key)
            self.intentions = Intention.of_user(session, self.user.key)
            news = Notification.after(session, self.user.key, self.newest)
            user = SignIn.who(session, self.key)
            return user, known.of(session).rules, Notification.unread(session, self.user.key), news

        user, self.rules, unread, news = await self.read(look)
        if user is None or user.role is not self.user.role:
            self.end()
            return
        self._know(user)
        with self.client:
            for refresh in self.refreshers:
                await refresh()
            self._tell(news, unread)

    def _know(self, user: User) -> None:
        """Have the page's user be as they are now: their name, their clock, their theme, their limit."""
        self.user = user
        with self.client:
            for handle in self.user_handlers:
                handle()

    def hear(self, news: News, number: int, mine: list[Notification]) -> None:
        """Take in what was just committed, with its lines for this user; after a gap, leave it to the timer."""
        if news.job is None:
            background_tasks.create(self.tick())
            return
        if self._looking:
            self._meanwhile.append((news, number, mine))
        elif number == self.seen + 1 and not self.ended:
            self.seen = number
            self._take_in(news.job, news, mine)

    def _take_in(self, job: Job, news: News, mine: list[Notification]) -> None:
        self.rules = news.rules or self.rules
        self._count(job)
        with self.client, self.voice.in_one():
            for handle in self.job_handlers:
                handle(job)
            new = [line for line in mine if (line.id or 0) > self.newest]  # others were counted as the page opened
            self._tell(new, self.unread + sum(not line.read for line in new))

    def intention(self, job: Job) -> Intention | None:
        """What was pressed on the job as it stands now, and can still be taken back."""
        wish = self.intentions.get(job.key)
        return wish if wish and wish.version == job.version else None

    def _count(self, job: Job) -> None:
        is_mine = job.writer_id == self.user.id and job.status in IN_HAND
        (self.in_hand.add if is_mine else self.in_hand.discard)(job.key)

    def _tell(self, lines: list[Notification], unread: int) -> None:
        new = [line for line in lines if (line.id or 0) > self.newest]
        self.newest = max([self.newest, *(line.id or 0 for line in new)])
        self.unread = unread
        for handle in self.news_handlers:
            handle(new)
        self.toasts.show([line for line in new if not line.read])

    def _leave(self) -> None:
        self._close()
        PAGES.pop(self.client.id, None)
        metrics.OPEN_PAGES.dec()
        for let_go in self.partings:
            let_go()
        told = self.job_handlers, self.news_handlers, self.user_handlers, self.minute_handlers, self.trouble_handlers
        for handlers in (*told, self.refreshers, self.partings):
            handlers.clear()

    def _close(self) -> None:
        """Be no open page any more; a user with none has no entry."""
        OPEN[self.user.key].discard(self)
        if not OPEN[self.user.key]:
            del OPEN[self.user.key]

    def end(self) -> None:
        """End this page: from now on it does nothing but lead to the sign-in page."""
        if self.ended:
            return
        self.ended = True
        self.client.open(f"/login?ended=1&next={quote(self.address)}")
        self._close()
        background_tasks.create(self._go_away())

    async def _go_away(self) -> None:
        """Empty the page and cut its line, also for a browser that ignores where it was sent."""
        await asyncio.sleep(GRACE_SECONDS)
        self.client.remove_all_elements()
        for send in tuple(self.lines):
            with contextlib.suppress(RuntimeError, OSError):  # it was just closed at the other end
                await send({"type": "websocket.close", "code": 1008})


def hand_over(news: News) -> None:
    """Give the news to the open pages that it concerns; called in whatever thread rang the bell."""
    numbers = {user_id: bell.number(user_id) for user_id in tuple(OPEN) if news.concerns(user_id)}
    if numbers and core.loop is not None:
        core.loop.call_soon_threadsafe(_hand_over, news, numbers)


def _hand_over(news: News, numbers: dict[int, int]) -> None:
    for user_id, number in numbers.items():
        mine = [line for line in news.notifications if line.user_id == user_id]
        for live in tuple(OPEN.get(user_id, ())):
            try:
                live.hear(news, number, mine)
            except Exception:
                log.exception("A page could not take in a change; it will look for itself.")
                live.seen = number - 1
