"""Load: so many callers who move orders, each their own, along statuses that follow each other; and what else ran."""

import asyncio
import contextlib
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

import aiohttp

WAY = ("delivered", "revision", "in_progress")
"""The round on which an order goes, from in_progress on."""


@dataclass
class Load:
    """What came of it: the seconds that each change took, and how long all of it went on."""

    taken: list[float] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Changes a second."""
        return len(self.taken) / self.seconds

    @property
    def p99(self) -> float:
        """The seconds within which 99 of 100 changes were made."""
        return sorted(self.taken)[int(len(self.taken) * 0.99)]


def apply(base: str, ids: Sequence[int], token: str, callers: int, seconds: float) -> Load:
    """Have so many callers move these orders for so long; raises ClientResponseError when a change is refused."""
    return asyncio.run(_apply(base, ids, token, callers, seconds))


async def _apply(base: str, ids: Sequence[int], token: str, callers: int, seconds: float) -> Load:
    load, until = Load(), time.perf_counter() + seconds
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    connector = aiohttp.TCPConnector(limit=callers)
    async with aiohttp.ClientSession(base, headers=headers, connector=connector, raise_for_status=True) as session:
        begun = time.perf_counter()
        await asyncio.gather(*(_move(session, ids[n::callers], until, load) for n in range(callers)))
        load.seconds = time.perf_counter() - begun
    return load


async def _move(session: aiohttp.ClientSession, ids: Sequence[int], until: float, load: Load) -> None:
    """One caller: each order once around, so that the next load finds all of them where they were."""
    for job_id in cycle(ids):
        for status in WAY:
            sent = time.perf_counter()
            async with session.patch(f"/api/jobs/{job_id}/status", json={"status": status}) as answer:
                await answer.read()
            load.taken.append(time.perf_counter() - sent)
        if time.perf_counter() > until:
            return


class Others:
    """How busy the machine was with what is not ours, in cores, from its making until it is asked."""

    def __init__(self) -> None:
        self._begun, self._busy, self._own = time.perf_counter(), _busy(), _family()

    def cores(self) -> float:
        """Cores that others kept busy, on average."""
        foreign = (_busy() - self._busy) - (_family() - self._own)
        return max(foreign / os.sysconf("SC_CLK_TCK") / (time.perf_counter() - self._begun), 0.0)


def _busy() -> int:
    user, nice, system, _idle, _wait, irq, soft, steal = map(int, Path("/proc/stat").read_text().split()[1:9])
    return user + nice + system + irq + soft + steal


def _family() -> int:
    """Ticks that this process and all that it started have spent, the ended ones too; any PostgreSQL counts as ours."""
    parents, ticks, found = {}, {}, {os.getpid()}
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            name, _, rest = (process / "stat").read_text().rpartition(")")
            said = rest.split()
            if name.endswith("(postgres"):
                found.add(int(process.name))
            parents[int(process.name)], ticks[int(process.name)] = int(said[1]), int(said[11]) + int(said[12])
    ours = set[int]()
    while found:
        ours |= found
        found = {child for child, parent in parents.items() if parent in found} - ours
    ended = os.times().children_user + os.times().children_system
    return sum(ticks.get(process, 0) for process in ours) + round(ended * os.sysconf("SC_CLK_TCK"))
