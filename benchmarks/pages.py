"""Open pages: what a change costs on each that shows it, how soon it is there, and what a page holds in memory.

`python -m benchmarks.pages` prints the table of `make bench-pages`; with `--long`, a thousand pages stay open for ten
minutes as well. `--pages 100 --seconds 10` makes all of it smaller.
"""

import argparse
import asyncio
import json
import math
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from benchmarks.dashboards import UNUSED, USED, Dashboards
from benchmarks.load import WAY, Others
from benchmarks.server import PASSWORD, ROOT, served_as
from benchmarks.table import HEAD, Figure, alone, print_line

ORDERS, RATE, REST = 40, 10, 60
"""Orders on a dashboard, changes a second, and seconds after the pages were closed."""

SHARE = 0.06
"""What a change may cost on a page that shows it, of what it costs itself: that holds on a busy machine, too."""

PREPARE = """
import itertools, json, sys
from datetime import timedelta
import main
from sqlmodel import Session
from models import Job, User, clock, database
from models.agency import Agency
from models.status import Status
from models.user import Role
from pages import cookie
from workflow.people import passwords, sign_ins

main.prepare()
clients, orders = int(sys.argv[1]), int(sys.argv[2])
with database.writing() as session:
    session.add(Agency(name="Measured"))
    boss = User(email="boss@example.com", name="The Boss", role=Role.admin, password_hash=passwords.hashed(sys.argv[3]))
    bea = User(email="bea@example.com", name="Bea Holm", role=Role.manager, password_hash="")
    wren = User(email="wren@example.com", name="Wren Abara", role=Role.writer, password_hash="")
    people = [
        User(email=f"c{n}@example.com", name=f"Client {n}", role=Role.client, password_hash="") for n in range(clients)
    ]
    session.add_all([boss, bea, wren, *people])
    session.flush()
    numbers = {f"M-{n:06}": people[n % clients] for n in range(clients * orders)}
    due = clock.now() + timedelta(days=30)  # or the clock of deadlines would be what is measured
    session.add_all(Job(
        display_id=number, year=2000, number=place, title=f"A measured order of some length, no. {place}", version=1,
        status=Status.in_progress, client_id=client.id, writer_id=wren.id, manager_id=bea.id, deadline=due,
    ) for place, (number, client) in enumerate(numbers.items()))
    whose = {number: client.email for number, client in numbers.items()}
sitting = people if sys.argv[4] == "clients" else [bea]
seats = [(user.email, sign_ins.sign_in(user)) for _, user in zip(range(int(sys.argv[5])), itertools.cycle(sitting))]
print(json.dumps({"cookie": cookie.name(), "seats": seats, "whose": whose}))
"""
"""An agency of so many clients with as many orders each, all in progress; so many seats of clients or the manager."""


@dataclass
class Scene:
    """A server on such an agency; `versions` says as of which version each order stands, and whose it is."""

    base: str
    process: int
    cookie: str
    seats: list[tuple[str, str]]
    whose: dict[str, str]
    ids: dict[str, int] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        """What the server has spent of a processor."""
        said = Path(f"/proc/{self.process}/stat").read_text().rpartition(")")[2].split()
        return (int(said[11]) + int(said[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def megabytes(self) -> float:
        """What it holds in memory."""
        return int(Path(f"/proc/{self.process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6

    def cookies(self, pages: int) -> list[tuple[str, dict[str, str]]]:
        """Who sits before each of so many pages, each in a browser of its own: the name, and the cookie."""
        return [(name, {self.cookie: key}) for name, key in self.seats[:pages]]


@contextmanager
def scene(clients: int, sitting: str, pages: int) -> Iterator[Scene]:
    """Serve an agency of so many clients; before the pages sit these `clients`, or the `manager`."""
    with tempfile.TemporaryDirectory() as folder:
        line = [sys.executable, "-c", PREPARE, str(clients), str(ORDERS), PASSWORD, sitting, str(pages)]
        environment = os.environ | {"DOCKET_DATA_DIR": folder}
        said = subprocess.run(line, env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
        with served_as("run", folder) as (base, process):
            yield Scene(base, process, **json.loads(said.splitlines()[-1]))


@asynccontextmanager
async def manager(there: Scene) -> AsyncIterator[aiohttp.ClientSession]:
    """The connection of the one who changes the orders."""
    async with aiohttp.ClientSession(there.base, raise_for_status=True) as session:
        who = {"email": "boss@example.com", "password": PASSWORD}
        async with session.post("/api/auth/token", json=who) as answer:
            session.headers["Authorization"] = f"Bearer {(await answer.json())['accessToken']}"
        cursor = ""
        while cursor is not None:
            async with session.get("/api/jobs", params={"limit": 100, "cursor": cursor}) as answer:
                found = await answer.json()
            there.ids |= {job["displayId"]: job["id"] for job in found["items"]}
            there.versions |= {job["displayId"]: job["version"] for job in found["items"]}
            cursor = found["nextCursor"]
        yield session


async def change(there: Scene, session: aiohttp.ClientSession, open_ones: Dashboards, seconds: float) -> int:
    """Change orders at the rate for so long; returns how many changes that were."""
    free = list(there.whose)
    for_all = {page.name for page in open_ones.all} == {"bea@example.com"}
    random.shuffle(free)

    async def one(number: str) -> None:
        there.versions[number] += 1
        status = WAY[(there.versions[number] - 2) % len(WAY)]
        open_ones.expect((number, there.versions[number]), "" if for_all else there.whose[number])
        async with session.patch(f"/api/jobs/{there.ids[number]}/status", json={"status": status}) as answer:
            await answer.read()
        free.append(number)

    begun, changes, number = time.perf_counter(), set[asyncio.Task[None]](), 0
    while (passed := time.perf_counter() - begun) < seconds:
        await asyncio.sleep(max(number / RATE - passed, 0))
        changes.add(asyncio.create_task(one(free.pop(0))))
        number += 1
    await asyncio.gather(*changes)
    return number


async def bare(there: Scene, seconds: float) -> float:
    """The seconds of CPU that a change takes which no page shows."""
    async with manager(there) as session:
        before = there.seconds
        changes = await change(there, session, Dashboards(), seconds)
        return (there.seconds - before) / changes


async def loaded(
    there: Scene, name: str, open_ones: Dashboards, seconds: float, bounds: tuple[float, float]
) -> list[Figure]:
    """The lines of a load on pages that are open: how soon, how much of a core, and what got lost."""
    async with manager(there) as session:
        others, before, begun = Others(), there.seconds, time.perf_counter()
        changes = await change(there, session, open_ones, seconds)
        spent, passed, foreign = there.seconds - before, time.perf_counter() - begun, others.cores()
    await asyncio.sleep(3)  # what is late is not lost
    taken = sorted(open_ones.taken)
    print(
        f"  {changes} changes, {len(taken)} updates: p50 {1000 * taken[len(taken) // 2]:.1f} ms, "
        f"{1000 * spent / changes:.1f} ms of CPU a change, {1000 * spent / len(taken):.2f} a change and page"
    )
    return [
        alone(f"{name}: p95 in ms", 1000 * taken[int(len(taken) * 0.95)], bounds[0], foreign),
        alone(f"{name}: % of a core", 100 * spent / passed, bounds[1], foreign),
        alone(f"{name}: updates lost", open_ones.lost, 0, foreign),
    ]


async def idle(there: Scene, name: str, seconds: float, bound: float) -> Figure:
    """What pages cost on which nothing happens."""
    others, before = Others(), there.seconds
    await asyncio.sleep(seconds)
    return alone(f"{name}: % of a core", 100 * (there.seconds - before) / seconds, bound, others.cores())


async def few_concerned(pages: int, seconds: float) -> AsyncIterator[Figure]:
    """Many clients with three pages each; then what the pages hold, and what stays of it when they were left."""
    clients = max(pages // 3, 1)
    with scene(clients, "clients", pages) as there:
        open_ones = Dashboards()
        await open_ones.open(there.base, "/client", there.cookies(30))
        await open_ones.close()
        await asyncio.sleep(20)  # the server keeps a page for a browser that may come back
        others, before = Others(), there.megabytes
        await open_ones.open(there.base, "/client", there.cookies(pages))
        await asyncio.sleep(5)
        yield alone("a dashboard of 40 orders: MB", (there.megabytes - before) / pages, 0.4, others.cores())
        yield await idle(there, f"{pages} pages that nobody touches, idle", seconds, 3)
        open_ones.use(USED)
        await asyncio.sleep(UNUSED)
        yield await idle(there, f"{pages} pages, each used by somebody, idle", seconds, math.inf)
        open_ones.use(UNUSED)
        for figure in await loaded(there, f"{pages} pages, 3 concerned", open_ones, seconds, (8, 12)):
            yield figure
        await open_ones.close()
        await asyncio.sleep(REST)
        yield alone(f"memory {REST} s after they closed, of before", there.megabytes / before, 1.2, others.cores())


async def sixth_concerned(pages: int, seconds: float) -> AsyncIterator[Figure]:
    """Six clients, among whom all pages are shared out."""
    with scene(6, "clients", pages) as there:
        open_ones = Dashboards()
        await open_ones.open(there.base, "/client", there.cookies(pages))
        await asyncio.sleep(3)
        for figure in await loaded(there, f"{pages} pages, a sixth concerned", open_ones, seconds, (40, 35)):
            yield figure
        await open_ones.close()


async def all_concerned(pages: int, seconds: float) -> AsyncIterator[Figure]:
    """The desk, on which every change is seen."""
    with scene(1, "manager", pages) as there:
        open_ones, alone_ms = Dashboards(), 1000 * await bare(there, seconds)
        await open_ones.open(there.base, "/manager", there.cookies(pages))
        await asyncio.sleep(3)
        others, before = Others(), there.seconds
        for figure in await loaded(there, f"{pages} desks, all concerned", open_ones, seconds, (80, 100)):
            yield figure
        more_ms = (1000 * (there.seconds - before) - RATE * seconds * alone_ms) / len(open_ones.taken)
        name = "CPU of a change: on each page / itself, ms"
        yield Figure(name, more_ms, alone_ms, SHARE, is_least=False, others=others.cores())
        await open_ones.close()


async def stays_up(pages: int, minutes: float) -> AsyncIterator[Figure]:
    """A thousand pages for ten minutes, while orders go on changing."""
    with scene(pages // 4, "clients", pages) as there:
        open_ones, others = Dashboards(), Others()
        await open_ones.open(there.base, "/client", there.cookies(pages))
        async with manager(there) as session:
            await change(there, session, open_ones, 60 * minutes)
            await asyncio.sleep(3)
        yield alone(f"{pages} pages, {minutes:.0f} minutes: gone", pages - open_ones.up, 0, others.cores())
        yield alone(f"{pages} pages, {minutes:.0f} minutes: updates lost", open_ones.lost, 0, others.cores())
        await open_ones.close()


async def main() -> None:
    """Print the table; exit 1 when a figure misses its bound."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--pages", type=int, default=500)
    asked.add_argument("--seconds", type=float, default=20)
    asked.add_argument("--long", action="store_true")
    chosen = asked.parse_args()
    parts = [few_concerned(chosen.pages, chosen.seconds), sixth_concerned(chosen.pages, chosen.seconds)]
    parts.append(all_concerned(max(chosen.pages * 2 // 5, 1), chosen.seconds))
    if chosen.long:
        parts.append(stays_up(2 * chosen.pages, 10))
    kept = True
    print(HEAD)
    for part in parts:
        async for figure in part:
            kept &= print_line(figure)
    sys.exit(not kept)


if __name__ == "__main__":
    asyncio.run(main())
