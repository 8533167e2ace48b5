"""Measure how soon what somebody has open ends with their access, and whether anything has an effect afterwards.

`python -m benchmarks.endings` prints, for each way in which access ends, the seconds until the page's socket, the event
stream and an upload under way were ended, and how many of the tries after that had any effect.
"""

import asyncio
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from ast import literal_eval
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urlencode

import aiohttp

from benchmarks.server import ROOT, served

BOUND = 2.0
SHORT = 10
"""Seconds for which the sign-ins and tokens are good that expire here."""

QUERY = re.compile(r"^\s*query: (\{.*\}),\s*$", re.M)

PREPARE = """
import json, sys
from datetime import timedelta
import main, settings
from api import access_tokens
from sqlmodel import col, update
from models import SignIn, User, clock, database
from models.agency import Agency
from models.user import Role
from pages import cookie
from workflow.orders import placing
from workflow.orders.terms import Order
from workflow.people import sign_ins

main.prepare()
with database.writing() as session:
    session.add(Agency(name="Measured"))
    named = {name: User(email=f"{name}@example.com", name=name, role=role, password_hash="") for name, role in (
        ("cleo", Role.client), ("ada", Role.admin), *((f"bea{n}", Role.manager) for n in range(int(sys.argv[1]))))}
    session.add_all(named.values())
job = placing.place(Order("Measured"), by=named["cleo"])
until = clock.now() + timedelta(seconds=float(sys.argv[2]))
keys = {}
for name, user in named.items():
    is_short, now, key = name == sys.argv[3], clock.now(), sign_ins.sign_in(user)
    if is_short:
        with database.writing() as session:
            mine = update(SignIn).where(col(SignIn.user_id) == user.id)
            session.exec(mine.values(expires_at=until, ends_at=until))
    with clock.at(until - timedelta(hours=settings.current().token_hours) if is_short else now):
        keys[name] = (key, access_tokens.issued(user), user.id)
print(json.dumps({"cookie": cookie.name(), "job": job.id, "keys": keys, "expires": until.timestamp()}))
"""
"""An agency with an order, a client, an admin and so many managers, the named one of whom expires so soon."""


@dataclass
class Desk:
    """A running Docket: the order that all bring to, everybody's keys (of a sign-in, a token) and number.

    `expires` is the moment when those of one manager do.
    """

    base: str
    http: aiohttp.ClientSession
    cookie: str
    job: int
    keys: dict[str, tuple[str, str, int]]
    expires: float

    def headers(self, name: str) -> dict[str, str]:
        """What somebody's browser and program send."""
        key, token, _ = self.keys[name]
        return {"Cookie": f"{self.cookie}={key}", "Authorization": f"Bearer {token}", "Origin": self.base}


@dataclass
class Open:
    """What one manager has open; of each, what waits for its end."""

    desk: Desk
    name: str
    stack: AsyncExitStack
    ends: dict[str, Callable[[], Awaitable[object]]] = field(default_factory=dict)
    sockets: list[str] = field(default_factory=list)

    async def begin(self) -> None:
        """Open a page with its socket, another page without, a stream, and an upload of each kind."""
        self.sockets = [await self._page() for _ in range(2)]
        headers = self.desk.headers(self.name)
        line = await self.stack.enter_async_context(self.desk.http.ws_connect(self.sockets[0], headers=headers))
        await line.send_str("40")
        stream = await self.stack.enter_async_context(self.desk.http.get("/api/jobs/events/subscribe", headers=headers))
        await stream.content.readline()
        self.ends = {"page": partial(self._until_cut, line), "stream": stream.content.read}
        plain = f"/jobs/{self.desk.job}/files?name=a.txt&kind=draft"
        self.ends |= {"upload, page": partial(self._upload, plain, b"words")}
        form = b'--e\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nwords'
        self.ends |= {"upload, API": partial(self._upload, f"/api/jobs/{self.desk.job}/files", form)}

    async def _page(self) -> str:
        async with self.desk.http.get("/manager", headers=self.desk.headers(self.name), raise_for_status=True) as page:
            query = literal_eval(QUERY.findall(await page.text())[0])
        more = {"EIO": "4", "transport": "websocket", "tab_id": "tab", "document_id": "document"}
        return f"/_nicegui_ws/socket.io/?{urlencode(query | more | {'implicit_handshake': 'true'})}"

    async def _until_cut(self, line: aiohttp.ClientWebSocketResponse) -> None:
        while (await line.receive()).type not in {aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED}:
            pass

    async def _upload(self, path: str, begun: bytes) -> int:
        async def slowly() -> AsyncIterator[bytes]:
            yield begun
            while True:
                await asyncio.sleep(0.2)
                yield b"more words"

        headers = self.desk.headers(self.name) | {"Content-Type": "multipart/form-data; boundary=e"}
        async with self.desk.http.post(path, data=slowly(), headers=headers) as answer:
            return answer.status

    async def effects(self) -> int:
        """How many of these tries have an effect: to open the second page's socket, read, speak, move, bring, load."""
        desk, had = self.desk, 0
        jobs, headers = f"/api/jobs/{desk.job}", desk.headers(self.name)
        tries = [("GET", jobs, {}), ("POST", f"{jobs}/comments", {"json": {"body": "Hello"}})]
        tries += [("PATCH", f"{jobs}/status", {"json": {"status": "cancelled"}})]
        tries += [("POST", f"/jobs/{desk.job}/files?name=b.txt&kind=draft", {"data": b"words"})]
        tries += [("GET", "/manager", {"allow_redirects": False}), ("GET", "/files/1", {"allow_redirects": False})]
        for method, path, more in tries:
            async with desk.http.request(method, path, headers=headers, **more) as answer:
                had += answer.status not in {303, 401}
        try:
            async with desk.http.ws_connect(self.sockets[1], headers=headers):
                return had + 1
        except aiohttp.WSServerHandshakeError:
            return had


async def change(desk: Desk, name: str, **changes: object) -> None:
    """Have Ada change somebody's account."""
    path = f"/api/users/{desk.keys[name][2]}"
    async with desk.http.patch(path, json=changes, headers=desk.headers("ada"), raise_for_status=True):
        pass


async def sign_out(desk: Desk, name: str) -> None:
    """Press the button; tokens stay good."""
    async with desk.http.post("/logout", headers=desk.headers(name), allow_redirects=False) as answer:
        assert answer.status == 303


async def expire(desk: Desk, _name: str) -> None:
    """Wait until the time is over."""
    await asyncio.sleep(max(0.0, desk.expires - time.time()))


WAYS: dict[str, Callable[[Desk, str], Awaitable[None]]] = {
    "deactivated": lambda desk, name: change(desk, name, active=False),
    "demoted": lambda desk, name: change(desk, name, role="writer"),
    "expired": expire,
    "signed out": sign_out,
}
OF_THE_SIGN_IN = ("page", "upload, page")


async def measured(desk: Desk) -> bool:
    """Print the table; whether all of it keeps its bound."""
    kept = True
    ways = sorted(enumerate(WAYS.items()), key=lambda each: each[1][0] != "expired")
    for number, (way, end) in ways:
        async with AsyncExitStack() as stack:
            there = Open(desk, f"bea{number}", stack)
            await there.begin()
            what = there.ends if way != "signed out" else {name: there.ends[name] for name in OF_THE_SIGN_IN}
            taken = await _timed(desk, there.name, end, what)
            effects = await there.effects() if way != "signed out" else await _of_sign_in(there)
        for name, seconds in taken.items():
            kept &= told(way, name, f"ended after {seconds:5.2f} s", seconds <= BOUND)
        kept &= told(way, "afterwards", f"{effects} effects", not effects)
    async with desk.http.get(f"/api/jobs/{desk.job}/files", headers=desk.headers("ada")) as answer:
        files = len(await answer.json())
    return told("all", "uploads", f"{files} kept", not files) and kept


def told(way: str, name: str, figure: str, is_kept: bool) -> bool:
    """Print a line; whether its bound is kept."""
    print(f"{way:12} {name:14} {figure}{'' if is_kept else '  missed'}", flush=True)
    return is_kept


async def _of_sign_in(there: Open) -> int:
    """The same for who signed out of the browser alone, whose program goes on."""
    there.desk.keys[there.name] = (there.desk.keys[there.name][0], "none", 0)
    return await there.effects()


async def _timed(
    desk: Desk, name: str, end: Callable[[Desk, str], Awaitable[None]], what: dict[str, Callable[[], Awaitable[object]]]
) -> dict[str, float]:
    """The seconds from the end of the access to the end of each."""
    ended = dict[str, float]()

    async def wait(called: str, each: Callable[[], Awaitable[object]]) -> None:
        with suppress(aiohttp.ClientError, TimeoutError, ConnectionError):
            await asyncio.wait_for(each(), 60)
        ended[called] = time.perf_counter()

    waiting = [asyncio.create_task(wait(called, each)) for called, each in what.items()]
    await asyncio.sleep(1)
    assert not ended, ended
    await end(desk, name)
    begun = time.perf_counter()
    await asyncio.gather(*waiting)
    return {called: max(0.0, moment - begun) for called, moment in ended.items()}


async def run(base: str, said: dict[str, object]) -> bool:
    """Measure at this address."""
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(base, cookie_jar=aiohttp.DummyCookieJar(), connector=connector) as http:
        return await measured(Desk(base, http, **said))  # pyright: ignore[reportArgumentType]


def main() -> None:
    """Print the figures; exit 1 when one misses its bound."""
    with tempfile.TemporaryDirectory() as folder, served("run", folder) as base:
        short = f"bea{list(WAYS).index('expired')}"
        line = [sys.executable, "-c", PREPARE, str(len(WAYS)), str(SHORT), short]
        own = os.environ | {"DOCKET_DATA_DIR": folder}
        said = subprocess.run(line, env=own, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
        sys.exit(not asyncio.run(run(base, json.loads(said.splitlines()[-1]))))


if __name__ == "__main__":
    main()
