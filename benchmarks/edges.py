"""Measure what guessing, floods and idle lines do to everybody else: `make bench-edges` prints it beside its bounds."""

import asyncio
import os
import re
import statistics
import sys
import time
from ast import literal_eval
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import aiohttp

from benchmarks.load import Others
from benchmarks.server import PASSWORD, docket

GUESSES = 1000
LARGE = 30_000_000
"""The bytes of the file whose receipt is looked at."""

ADDRESSES = (f"198.{18 + number // 60000}.{number // 250 % 240}.{number % 250}" for number in count())
"""Addresses of callers, of which each is used once; the server believes us, as it believes a proxy on its machine."""

QUERY = re.compile(r"^\s*query: (\{.*\}),\s*$", re.M)


@dataclass
class Desk:
    """A running Docket, and who asks it."""

    base: str
    http: aiohttp.ClientSession
    token: str = ""

    async def sign_in(self, email: str, password: str = PASSWORD, remote: str = "") -> tuple[int, float]:
        """The status of the answer, and the seconds that it took."""
        begun = time.perf_counter()
        headers = {"X-Forwarded-For": remote or next(ADDRESSES)}
        form = {"email": email, "password": password}
        async with self.http.post("/login", data=form, headers=headers, allow_redirects=False) as answer:
            await answer.read()
        return answer.status, time.perf_counter() - begun

    async def call(self, method: str, path: str, **parts: Any) -> Any:
        """A call in a manager's name."""
        headers = {"Authorization": f"Bearer {self.token}"}
        async with self.http.request(method, path, headers=headers, raise_for_status=True, **parts) as answer:
            return await answer.json()

    async def others(self, seconds: float = 4.0) -> float:
        """The p95 of what others ask meanwhile, in seconds: a list of orders and the sign-in page, in turn."""
        taken, until = list[float](), time.perf_counter() + seconds
        while time.perf_counter() < until:
            for path in ("/api/jobs?limit=10", "/login"):
                begun = time.perf_counter()
                headers = {"Authorization": f"Bearer {self.token}", "X-Forwarded-For": next(ADDRESSES)}
                async with self.http.get(path, headers=headers, raise_for_status=True) as answer:
                    await answer.read()
                taken.append(time.perf_counter() - begun)
            await asyncio.sleep(0.02)
        return sorted(taken)[int(len(taken) * 0.95)]

    def memory(self) -> float:
        """What the server holds, in megabytes."""
        said = Path(f"/proc/{_server()}/status").read_text()
        return int(re.findall(r"^VmRSS:\s*(\d+)", said, re.M)[0]) / 1000


def _server() -> int:
    """The one process that this one has started."""
    for process in Path("/proc").glob("[0-9]*/stat"):
        try:
            said = process.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(said[1]) == os.getpid():
            return int(process.parent.name)
    raise LookupError("no server runs")


def told(name: str, value: float, bound: float, others: float) -> bool:
    """Print a line; whether its bound is kept."""
    print(f"{name:62} {value:9.2f} {f'≤ {bound:g}':>8} {others:7.2f}{'' if value <= bound else '  missed'}", flush=True)
    return value <= bound


async def guesses(desk: Desk) -> list[bool]:
    """A thousand guesses of one address, and real sign-ins meanwhile."""
    idle = statistics.median([(await desk.sign_in("client1@example.com"))[1] for _ in range(7)])
    watched, statuses, real = Others(), list[int](), list[float]()
    attack = asyncio.gather(*(_guess(desk, range(n, GUESSES, 20), statuses) for n in range(20)))
    while not attack.done() or len(real) < 7:
        status, seconds = await desk.sign_in("client2@example.com")
        assert status == 303, status
        real.append(seconds)
        await asyncio.sleep(0.1)
    await attack
    ratio, cores = statistics.median(real) / idle, watched.cores()
    return [
        told(f"of {len(statuses)} guesses of one address reached the hash", statuses.count(303), 20, cores),
        told(f"a real sign-in meanwhile / idle ({idle * 1000:.0f} ms)", ratio, 2, cores),
    ]


async def _guess(desk: Desk, numbers: range, statuses: list[int]) -> None:
    for number in numbers:
        status, _ = await desk.sign_in(f"client{number % 12 + 1}@example.com", f"guess {number}", "203.0.113.9")
        statuses.append(status)


async def known_and_unknown(desk: Desk) -> list[bool]:
    """Whether the time of an answer tells who has an account."""
    watched, known, unknown = Others(), list[float](), list[float]()
    for number in range(40):
        known.append((await desk.sign_in(f"client{number % 10 + 3}@example.com", "a guess"))[1])
        unknown.append((await desk.sign_in(f"stranger{number}@example.com", "a guess"))[1])
    apart = abs(statistics.median(known) - statistics.median(unknown)) * 1000
    return [told("known and unknown accounts apart, median in ms", apart, 5, watched.cores())]


async def beside(desk: Desk, name: str, load: Callable[[Desk, AsyncExitStack], Awaitable[object]]) -> list[bool]:
    """What a load does to others, and to memory."""
    idle, before = await desk.others(), desk.memory()
    watched = Others()
    async with AsyncExitStack() as stack:
        burden = await load(desk, stack)
        loaded, more = await desk.others(), desk.memory() - before
        if isinstance(burden, asyncio.Future):
            burden.cancel()
    await asyncio.sleep(2)
    cores = watched.cores()
    return [
        told(f"p95 of others beside {name} / idle ({idle * 1000:.0f} ms)", loaded / idle, 3, cores),
        told(f"memory beside {name}, MB more", more, 100, cores),
    ]


async def sign_ins(desk: Desk, _stack: AsyncExitStack) -> object:
    """A hundred people sign in at once."""
    return asyncio.gather(*(desk.sign_in(f"client{number % 12 + 1}@example.com") for number in range(100)))


async def slow_lines(desk: Desk, stack: AsyncExitStack) -> object:
    """Two hundred connections that send a head byte by byte."""
    lines = await _lines(desk, stack, 200, b"GET /login HTTP/1.1\r\nX: ")
    return asyncio.ensure_future(_dribble(lines))


async def _dribble(lines: list[asyncio.StreamWriter]) -> None:
    while True:
        for line in lines:
            line.write(b"x")
        await asyncio.sleep(0.5)


async def idle_lines(desk: Desk, stack: AsyncExitStack) -> object:
    """More connections that say nothing than a process has descriptors by default."""
    return await _lines(desk, stack, 1030)


async def _lines(desk: Desk, stack: AsyncExitStack, number: int, words: bytes = b"") -> list[asyncio.StreamWriter]:
    lines = list[asyncio.StreamWriter]()
    for _ in range(number):
        _reader, line = await asyncio.open_connection("127.0.0.1", urlsplit(desk.base).port)
        stack.callback(line.close)
        line.write(words)
        lines.append(line)
    return lines


async def endless_head(desk: Desk, stack: AsyncExitStack) -> object:
    """A head of 150 MB that does not end."""
    (line,) = await _lines(desk, stack, 1, b"GET / HTTP/1.1\r\nX: ")
    try:
        for _ in range(150):
            line.write(bytes(1_000_000).replace(b"\0", b"x"))
            await line.drain()
    except ConnectionError:
        pass
    return None


async def receipts(desk: Desk, stack: AsyncExitStack) -> object:
    """Forty visits to the receipt of a large file, with their sockets open."""
    code = await _signed_off(desk)
    return await asyncio.gather(*(_visit(desk, stack, code) for _ in range(40)))


async def _signed_off(desk: Desk) -> str:
    users = await desk.call("GET", "/api/users")
    named = {user["email"]: user["id"] for user in users}
    placed = await desk.call("POST", "/api/jobs", json={"title": "Large", "clientId": named["client1@example.com"]})
    way = f"/api/jobs/{placed['id']}"
    await desk.call("PATCH", f"{way}/status", json={"status": "approved"})
    await desk.call("PATCH", f"{way}/status", json={"status": "assigned", "writerId": named["writer1@example.com"]})
    await desk.call("PATCH", f"{way}/status", json={"status": "in_progress"})
    form = aiohttp.FormData({"kind": "final"})
    form.add_field("file", os.urandom(LARGE), filename="film.mov")
    await desk.call("POST", f"{way}/files", data=form)
    await desk.call("PATCH", f"{way}/status", json={"status": "delivered"})
    desk.token, staff = await _token(desk, "client1@example.com"), desk.token
    await desk.call("PATCH", f"{way}/status", json={"status": "completed"})
    desk.token = staff
    receipt = await desk.call("GET", f"{way}/receipt")
    return str(receipt["url"]).rsplit("/", 1)[1]


async def _visit(desk: Desk, stack: AsyncExitStack, code: str) -> None:
    headers = {"X-Forwarded-For": next(ADDRESSES), "Origin": desk.base}
    async with desk.http.get(f"/receipts/{code}", headers=headers, raise_for_status=True) as answer:
        query = literal_eval(QUERY.findall(await answer.text())[0])
    more = {"EIO": "4", "transport": "websocket", "tab_id": "tab", "document_id": "document"}
    asked = urlencode(query | more | {"implicit_handshake": "true"})
    socket = await stack.enter_async_context(desk.http.ws_connect(f"/_nicegui_ws/socket.io/?{asked}", headers=headers))
    await socket.send_str("40")


async def _token(desk: Desk, email: str) -> str:
    headers = {"X-Forwarded-For": next(ADDRESSES)}
    credentials = {"email": email, "password": PASSWORD}
    async with desk.http.post("/api/auth/token", json=credentials, headers=headers, raise_for_status=True) as answer:
        return (await answer.json())["accessToken"]


LOADS = {
    "100 sign-ins": sign_ins,
    "40 receipt visits": receipts,
    "200 slow connections": slow_lines,
    "1,030 idle connections": idle_lines,
    "a head of 150 MB": endless_head,
}


async def measured(base: str) -> list[bool]:
    """Every figure; whether each keeps its bound."""
    jar, connector = aiohttp.DummyCookieJar(), aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(base, cookie_jar=jar, connector=connector) as http:
        desk = Desk(base, http)
        desk.token = await _token(desk, "manager1@example.com")
        kept = await known_and_unknown(desk) + await guesses(desk)
        for name, load in LOADS.items():
            kept += await beside(desk, name, load)
    return kept


def main() -> None:
    """Print the figures; exit 1 when one misses its bound."""
    print(f"{'figure':62} {'value':>9} {'target':>8} {'others':>7}")
    with docket() as base:
        work: Coroutine[Any, Any, list[bool]] = measured(base)
        sys.exit(not all(asyncio.run(work)))


if __name__ == "__main__":
    main()
