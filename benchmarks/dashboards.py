"""Dashboards as browsers hold them open: the page is fetched, its socket spoken to, and what it shows is noted."""

import asyncio
import json
import re
import time
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode

import aiohttp

USED, UNUSED, ACK = 0.9, 10.0, 3.0
"""Seconds between two beats of a page that is used, and of one that nobody touches (assets/line.js); and between two of
NiceGUI's own answers."""

AT_ONCE = 8
"""So many pages are opened at a time."""

SAID = re.compile(r'\\"version\\":(\d+),\\"number\\":\\"([^"\\]+)')
NUMBER = re.compile(r'"_id":(\d+)')

Seen = tuple[str, int]
"""An order's number, and the version that a page shows."""


@dataclass
class Dashboard:
    """One open page; `shown` hears of each order that it shows in a new version."""

    shown: Callable[["Dashboard", Seen], None]
    name: str = ""
    beat: float = UNUSED
    is_up: bool = False
    heard: int = 0
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def open(self, base: str, path: str, cookie: dict[str, str]) -> None:
        """Fetch the page and open its socket, on connections of its own as a browser does."""
        connector = aiohttp.TCPConnector(force_close=True)
        self._http = aiohttp.ClientSession(base, connector=connector, cookies=cookie, raise_for_status=True)
        async with self._http.get(path) as answer:
            page = await answer.text()
        self._id = re.findall(r"'client_id': '([^']+)'", page)[0]
        said = {"client_id": self._id, "next_message_id": re.findall(r"'next_message_id': (\d+)", page)[0]}
        said |= {"implicit_handshake": "true", "document_id": str(uuid.uuid4()), "tab_id": str(uuid.uuid4())}
        query = urlencode(said | {"old_tab_id": "null", "EIO": 4, "transport": "websocket"})
        self._socket = await self._http.ws_connect(f"/_nicegui_ws/socket.io/?{query}", origin=base, max_msg_size=0)
        await self._socket.send_str("40")
        self.is_up = True
        self._tasks = [asyncio.create_task(each) for each in (self._listen(), self._beat(), self._acknowledge())]

    async def close(self) -> None:
        """Leave the page."""
        for task in self._tasks:
            task.cancel()
        await self._http.close()

    async def _listen(self) -> None:
        async for message in self._socket:
            if message.type is not aiohttp.WSMsgType.TEXT:
                break
            self._hear(message.data)
            if message.data == "2":
                await self._socket.send_str("3")
        self.is_up = False

    def _hear(self, said: str) -> None:
        for number in NUMBER.findall(said[-40:]):
            self.heard = int(number) + 1
        if said.startswith('42["run_javascript"'):
            for version, order in SAID.findall(said):
                self.shown(self, (order, int(version)))

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(self.beat)
            await self._socket.send_str("421" + json.dumps(["beat", {"client_id": self._id}]))

    async def _acknowledge(self) -> None:
        told = -1
        while True:
            await asyncio.sleep(ACK)
            if told < self.heard:
                told = self.heard
                said = ["ack", {"client_id": self._id, "next_message_id": told}]
                await self._socket.send_str("42" + json.dumps(said))


class Dashboards:
    """Many of them, and the changes that they wait for."""

    def __init__(self) -> None:
        self.all: list[Dashboard] = []
        self.waits: dict[Seen, tuple[float, set[int]]] = {}
        self.taken: list[float] = []

    async def open(self, base: str, path: str, cookies: Iterable[tuple[str, dict[str, str]]]) -> None:
        """Open a page for each of these people: their name, and the cookie of their sign-in."""
        turns = asyncio.Semaphore(AT_ONCE)

        async def one(name: str, cookie: dict[str, str]) -> None:
            async with turns:
                page = Dashboard(self._shown, name)
                await page.open(base, path, cookie)
                self.all.append(page)

        await asyncio.gather(*(one(name, cookie) for name, cookie in cookies))

    def use(self, beat: float) -> None:
        """Have all pages beat so often, as if somebody used them, or nobody."""
        for page in self.all:
            page.beat = beat

    async def close(self) -> None:
        """Leave all pages."""
        await asyncio.gather(*(page.close() for page in self.all))
        self.all = []

    def expect(self, seen: Seen, name: str) -> None:
        """From now on the pages of this person (of everybody, without a name) are to show the order in this version."""
        those = {id(page) for page in self.all if name in ("", page.name)}
        self.waits[seen] = (time.perf_counter(), those)

    @property
    def up(self) -> int:
        """How many are still connected."""
        return sum(page.is_up for page in self.all)

    @property
    def lost(self) -> int:
        """How many updates have not come."""
        return sum(len(those) for _, those in self.waits.values())

    def _shown(self, page: Dashboard, seen: Seen) -> None:
        since, those = self.waits.get(seen, (0.0, set[int]()))
        if id(page) in those:
            those.discard(id(page))
            self.taken.append(time.perf_counter() - since)
