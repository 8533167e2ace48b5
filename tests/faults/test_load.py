"""Load beyond measure: who finds no room is told to come again, nothing fails, and afterwards everybody is served."""

import asyncio
import re
import resource
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from pages import cookie
from tests.browser.server import ALARMS, Server
from tests.desk import Desk, on_sqlite
from tests.faults import IS_LONG, times
from workflow.people import sign_ins

DESCRIPTORS = times(560, 1024)
SILENT, SLOW, BURST, SOCKETS = times(240, 1100), times(40, 400), times(25, 200), times(200, 2000)

LINES = "There are too many connections at once"
UPGRADE = (
    "/_nicegui_ws/socket.io/?client_id=nobody&EIO=4&transport=websocket",
    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: http://localhost\r\n",
)

Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Bounded(Server):
    """It has so many descriptors, and gets no more."""

    wrapped = ("sh", "-c", 'ulimit -n "$0" && exec "$@"', str(DESCRIPTORS))

    @property
    def megabytes(self) -> float:
        """What it holds in memory."""
        return int(Path(f"/proc/{self.process_id}/statm").read_text().split()[1]) * resource.getpagesize() / 1e6


@pytest.fixture
def server(desk: Desk) -> Iterator[Bounded]:
    """It serves this desk."""
    server = Bounded(desk.folder, desk.url, DATA_DIR=str(desk.folder))
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 4096)), hard))
    server.start()
    yield server
    server.stop(at_once=True)


async def lines(server: Server, number: int, words: str = "", limit: int = 65536) -> list[Line]:
    """So many connections on which this was said."""
    opened = await asyncio.gather(
        *(asyncio.open_connection("localhost", server.port, limit=limit) for _ in range(number))
    )
    for _, line in opened:
        line.write(words.encode())
    return opened


def request(path: str, more: str = "Connection: close\r\n") -> str:
    """What is said on a line to ask for this."""
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{more}\r\n"


async def answers(opened: list[Line], *, whole: bool = True) -> Counter[str]:
    """The statuses that these lines were answered; a reset is an error."""

    async def heard(reader: asyncio.StreamReader) -> str:
        async with asyncio.timeout(60):
            said = await (reader.read() if whole else reader.readline())
        return said.split(b" ", 2)[1].decode() if said else "nothing"

    return Counter(await asyncio.gather(*(heard(reader) for reader, _ in opened)))


def close(opened: list[Line]) -> None:
    """Leave, without waiting for anybody."""
    for _, line in opened:
        line.transport.abort()


def as_bea(desk: Desk) -> str:
    """What a browser sends along in which Bea has just signed in."""
    return f"Cookie: {cookie.name()}={sign_ins.sign_in(desk.who('bea'))}\r\n"


async def burst(server: Server, path: str, more: str = "") -> set[str]:
    """What so many at once are answered."""
    opened = await lines(server, BURST, request(path, f"{more}Connection: close\r\n"))
    try:
        return set(await answers(opened))
    finally:
        close(opened)


@on_sqlite
def test_nobody_is_shut_out_and_all_is_said(desk: Desk, server: Bounded) -> None:
    async def load() -> None:
        await burst(server, "/manager", as_bea(desk))
        before = server.megabytes
        silent = await lines(server, SILENT)
        assert await burst(server, "/healthz") == {"200"}
        assert await burst(server, "/manager", as_bea(desk)) == {"200"}
        assert LINES in server.log.read_text()
        sockets = await lines(server, SOCKETS, request(*UPGRADE))
        assert set(await answers(sockets, whole=False)) <= {"101", "429", "503"}
        close(sockets + silent)
        slow = await lines(server, SLOW, request("/manager", as_bea(desk)), limit=1)
        assert await burst(server, "/healthz") == {"200"}
        assert await burst(server, "/manager", as_bea(desk)) <= {"200", "429", "503"}
        close(slow)
        await back_to(server, before)

    asyncio.run(load())

    assert not ALARMS.findall(server.log.read_text())
    assert not re.findall(r"with 500", server.log.read_text())


async def back_to(server: Bounded, before: float) -> None:
    """Wait until it answers everybody again; what memory it holds a minute later, the long form prints."""
    give_up, most = time.monotonic() + 60, server.megabytes
    while await burst(server, "/healthz") != {"200"}:
        assert time.monotonic() < give_up
        await asyncio.sleep(1)
    await asyncio.sleep(75 if IS_LONG else 0)
    print(f"{before:.0f} MB before, {most:.0f} during, {server.megabytes:.0f} after")  # noqa: T201 - with -s
