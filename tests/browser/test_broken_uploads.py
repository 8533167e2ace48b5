"""What never came in whole: a broken line, a killed server, a full disk leave nothing, and the next file comes in."""

import resource
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from api import access_tokens
from models import Job
from pages import cookie
from tests.api.test_files import form
from tests.browser.conftest import Opener, staffed
from tests.browser.server import Server
from tests.browser.test_files import add, at, listed
from tests.browser.test_uploads import coming
from tests.desk import Desk, later
from tests.workflow.orders.test_files import on_disk
from workflow.people import sign_ins
from workflow.storage import sweep

ROOM = 8_000_000
LARGER = bytes(ROOM + 1_000_000)
NO_ROOM = "There is no room left on the server's disk; nothing was kept."
DOORS = {"page": "/jobs/{}/files?kind=final&name=a.txt", "API": "/api/jobs/{}/files"}


def begin(desk: Desk, server: Server, door: str, job: Job, body: bytes, promised: int) -> socket.socket:
    """Begin to send a file of Wren's by this door, of which more is promised."""
    key = f"Cookie: {cookie.name()}={sign_ins.sign_in(desk.who('wren'))}"
    if door == "API":
        key, body = f"Authorization: Bearer {access_tokens.issued(desk.who('wren'))}", form(body, "final")["content"]
    head = f"POST {DOORS[door].format(job.id)} HTTP/1.1\r\nHost: localhost\r\n{key}\r\n"
    head += f"Content-Type: multipart/form-data; boundary=edge\r\nContent-Length: {promised}\r\n\r\n"
    line = socket.create_connection(("localhost", server.port), 10)
    line.sendall(head.encode() + body)
    return line


def soon(true: Callable[[], bool]) -> bool:
    """Whether this comes true within some seconds."""
    give_up = time.monotonic() + 10
    while not true() and time.monotonic() < give_up:
        time.sleep(0.02)
    return true()


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("size", [500, 5_000_000])
def test_what_breaks_off_leaves_nothing(desk: Desk, server: Server, door: str, size: int) -> None:
    job, before = desk.job("in_progress"), set(on_disk())

    with begin(desk, server, door, job, b"x" * size, 3 * size) as line:
        line.shutdown(socket.SHUT_WR)
        while line.recv(1000):
            pass

    assert soon(lambda: set(on_disk()) <= before)


@pytest.mark.parametrize("door", DOORS)
def test_more_than_fits_is_cut_off(desk: Desk, server: Server, door: str) -> None:
    job, before = desk.job("in_progress"), set(on_disk())

    with begin(desk, server, door, job, b"x" * 70_000, 200_000_000) as line:
        assert line.recv(100).startswith(b"HTTP/1.1 413 ")

    assert soon(lambda: set(on_disk()) <= before)


@pytest.mark.parametrize("door", DOORS)
def test_who_may_not_bring_it_hears_so_before_it_is_sent(desk: Desk, server: Server, door: str) -> None:
    job, before = desk.job("in_progress", writer="wolf"), set(on_disk())

    with begin(desk, server, door, job, b"", 100_000_000) as line:
        assert line.recv(100).startswith(b"HTTP/1.1 404 ")

    assert soon(lambda: set(on_disk()) <= before)


def test_another_site_sends_nothing_in_ones_name(desk: Desk, server: Server) -> None:
    address, before = server.url + DOORS["page"].format(desk.job("in_progress").id), set(on_disk())
    headers = {"Cookie": f"{cookie.name()}={sign_ins.sign_in(desk.who('wren'))}"}

    for foreign in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = httpx.post(address, content=b"words", headers=headers | foreign, trust_env=False)
        assert (answer.status_code, set(on_disk()) - before) == (403, set())  # what was left before may be swept


@pytest.fixture
def own(own_server: Callable[[str], Server]) -> Iterator[tuple[Server, Desk]]:
    """A server for this story alone, whose log and database are small, and its agency."""
    server = own_server("run")
    with staffed(server) as desk:
        yield server, desk


@pytest.mark.parametrize("door", DOORS)
def test_a_killed_server_leaves_nothing_for_long(own: tuple[Server, Desk], door: str) -> None:
    server, desk = own
    job = desk.job("in_progress")
    with begin(desk, server, door, job, b"x" * 5_000_000, 10_000_000):
        assert soon(lambda: open_bytes(server) > 3_000_000)
        server.stop(at_once=True)

    with later(hours=2):
        sweep.sweep()

    assert on_disk() == []
    assert list(server.folder.glob("tmp*")) == []


def open_bytes(server: Server) -> int:
    """How much lies in the files that the server has open in its folder for files, with a name there or without."""
    links = Path(f"/proc/{server.process_id}/fd").iterdir()
    return sum(link.stat().st_size for link in links if "/data/files/" in str(link.readlink()))


def leave_room(server: Server, room: int) -> None:
    """Let no file of the server grow beyond this: the system refuses to write what is more."""
    _soft, hard = resource.prlimit(server.process_id, resource.RLIMIT_FSIZE)
    resource.prlimit(server.process_id, resource.RLIMIT_FSIZE, (room, hard))


def test_a_full_disk_is_said_to_programs(own: tuple[Server, Desk]) -> None:
    server, desk = own
    path = f"{server.url}/api/jobs/{desk.job('in_progress').id}/files"
    token = {"Authorization": f"Bearer {access_tokens.issued(desk.who('wren'))}"}
    with httpx.Client(headers=token, timeout=60, trust_env=False) as wren:
        leave_room(server, ROOM)

        refused = wren.post(path, files={"file": LARGER}, data={"kind": "final"})

        assert (refused.status_code, refused.json()["error"], refused.json()["code"]) == (507, NO_ROOM, "STORAGE_FULL")
        assert wren.get(path).json() == []
        assert soon(lambda: on_disk() == [])  # for a moment, the file by which Docket tries the disk
        leave_room(server, resource.RLIM_INFINITY)
        assert wren.post(path, files={"file": LARGER}, data={"kind": "final"}).status_code == 201
    assert soon(lambda: len(on_disk()) == 1)


def test_a_full_disk_is_said_to_people(desk: Desk, server: Server, window: Opener, mishaps: list[str]) -> None:
    wren, before = window("wren", at(desk.job("in_progress"))), set(on_disk())
    leave_room(server, ROOM)

    add(wren, ("film.mov", LARGER))
    expect(coming(wren, "film.mov").get_by_role("status")).to_have_text(NO_ROOM)
    expect(listed(wren)).to_have_count(0)
    assert soon(lambda: set(on_disk()) <= before)

    leave_room(server, resource.RLIM_INFINITY)
    add(wren, ("film.mov", LARGER))
    expect(listed(wren)).to_contain_text("film.mov")
    assert httpx.get(f"{server.url}/readyz", trust_env=False).is_success  # it is over for the stories that follow
    mishaps.clear()
