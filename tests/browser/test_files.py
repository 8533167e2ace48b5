"""Files on the page of an order: brought, seen live, fetched whole, counted down; what breaks off leaves nothing."""

import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import psutil
import pytest
from playwright.sync_api import Locator, expect

from api import signed
from models import Job
from tests.browser.conftest import Opener
from tests.browser.server import Server
from tests.browser.window import Window
from tests.desk import Desk, later, people
from tests.workflow.test_files import bring, on_disk
from workflow import files

ESSAY = bytes(range(256)) * 8_000
LARGE = 200_000_000


def at(job: Job) -> str:
    return f"/jobs/{job.display_id}"


def add(window: Window, *brought: tuple[str, bytes]) -> None:
    """Choose files in the page's field for them."""
    chosen = [{"name": name, "mimeType": "text/html", "buffer": content} for name, content in brought]
    window.page.locator(".q-uploader input[type=file]").set_input_files(chosen)  # pyright: ignore[reportArgumentType]


def listed(window: Window) -> Locator:
    """The files on the page, newest first."""
    return window.page.locator("[data-file]")


def test_from_the_brief_to_the_download(desk: Desk, window: Opener) -> None:
    desk.rules(file_before_delivery=True)
    job = desk.job("in_progress")
    cleo, wren = window("cleo", at(job)), window("wren", at(job))

    add(cleo, ("wishes.txt", b"Make it short."))
    expect(listed(wren)).to_contain_text("wishes.txt")
    expect(wren.toast("Cleo added the brief file wishes.txt")).to_be_visible()
    expect(wren.action(job, "deliver")).to_be_disabled()

    add(wren, ("essay.txt", ESSAY))
    expect(wren.action(job, "deliver")).to_be_enabled()
    expect(listed(cleo)).to_have_count(1)
    wren.action(job, "deliver").click()

    expect(listed(cleo)).to_have_count(2)
    with cleo.page.expect_download() as download:
        cleo.page.get_by_role("link", name="essay.txt").click()
    assert download.value.suggested_filename == "essay.txt"
    assert download.value.path().read_bytes() == ESSAY
    assert not any(window_.was_reloaded for window_ in (cleo, wren))


def test_several_at_once(desk: Desk, window: Opener) -> None:
    job = desk.job("in_progress")
    wren, cleo = window("wren", at(job)), window("cleo", at(job))
    wren.page.get_by_role("combobox", name="Kind").click()
    wren.page.get_by_role("option", name="Draft").click()

    add(wren, *((f"page {number}.txt", b"words") for number in range(5)))

    expect(listed(wren)).to_have_count(5)
    expect(wren.page.locator("[data-kind=draft]")).to_have_count(5)
    expect(cleo.page.get_by_text("No file yet.")).to_be_visible()


def test_a_name_is_a_text(desk: Desk, window: Opener) -> None:
    job, name = desk.job("in_progress"), "<img src=x onerror=alert(1)>.html"
    bea = window("bea", at(job))

    add(bea, (name, b"<script>alert(1)</script>"))

    expect(bea.page.get_by_role("link", name=name)).to_be_visible()
    with bea.page.expect_download() as download:
        bea.page.get_by_role("link", name=name).click()
    assert download.value.path().read_bytes() == b"<script>alert(1)</script>"
    bea.is_at(at(job))


def test_one_that_is_too_large_stays_at_home(desk: Desk, window: Opener, tmp_path: Path) -> None:
    wren = window("wren", at(desk.job("in_progress")))
    with (tmp_path / "film.mov").open("wb") as film:
        film.truncate(100_000_001)

    wren.page.locator(".q-uploader input[type=file]").set_input_files(tmp_path / "film.mov")

    expect(wren.toast("A file may have 100 MB at most.")).to_be_visible()
    expect(listed(wren)).to_have_count(0)


def test_what_is_refused_is_said(desk: Desk, window: Opener) -> None:
    job = desk.job("in_progress")
    wren = window("wren", at(job))

    add(wren, ("empty.txt", b""))

    expect(wren.toast("The file is empty.")).to_be_visible()
    expect(listed(wren)).to_have_count(0)


def test_the_week_is_counted_until_staff_keep_them(desk: Desk, window: Opener) -> None:
    job = done(desk)
    cleo, bea = window("cleo", at(job)), window("bea", at(job))
    for reader in (cleo, bea):
        expect(reader.page.get_by_text("These files are deleted in 7 days.")).to_be_visible()
    expect(cleo.button("Keep them")).to_be_hidden()

    bea.button("Keep them").click()

    for reader in (cleo, bea):
        expect(reader.page.get_by_text("These files are deleted")).to_be_hidden()
        expect(reader.page.locator(".timeline li").first).to_contain_text("Bea kept the files")


def test_a_deletion_is_told_by_docket(desk: Desk, window: Opener) -> None:
    job = done(desk)
    cleo = window("cleo", at(job))

    with later(days=8):
        files.delete_due()

    expect(listed(cleo).first).to_contain_text("essay.txt (deleted)")
    expect(cleo.page.get_by_role("link", name="essay.txt")).to_have_count(0)
    expect(cleo.page.locator(".timeline li").first).to_contain_text("Docket deleted the files")
    assert not cleo.was_reloaded


def done(desk: Desk) -> Job:
    """A completed order with two files."""
    job = desk.job("in_progress")
    for kind in ("brief", "final"):
        bring(desk, job, kind)
    desk.make(job, "deliver", by="wren")
    desk.make(job, "complete", by="cleo")
    return job


@pytest.fixture
def post(desk: Desk, window: Opener, server: Server) -> Callable[[bytes, int], socket.socket]:
    """Sends a body to the address where Wren's page sends files, of which more was promised."""
    wren = window("wren", at(desk.job("in_progress")))
    with wren.page.expect_request("**/upload/**") as request:
        add(wren, ("essay.txt", b"words"))
    expect(listed(wren)).to_have_count(1)
    cookies = "; ".join(f"{each.get('name')}={each.get('value')}" for each in wren.context.cookies())

    def send(body: bytes, promised: int) -> socket.socket:
        head = f"POST {httpx.URL(request.value.url).path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookies}\r\n"
        head += f"Content-Type: multipart/form-data; boundary=edge\r\nContent-Length: {promised}\r\n\r\n"
        line = socket.create_connection(("localhost", server.port), 10)
        line.sendall(head.encode() + body)
        return line

    return send


@pytest.mark.parametrize("size", [500, 5_000_000])
def test_what_a_page_breaks_off_leaves_nothing(post: Callable[[bytes, int], socket.socket], size: int) -> None:
    before = on_disk()
    head = b'--edge\r\nContent-Disposition: form-data; name="f"; filename="a.txt"\r\n\r\n'

    with post(head + b"x" * size, 2 * size) as line:
        line.shutdown(socket.SHUT_WR)
        assert line.recv(100) == b""

    assert on_disk() == before


def test_what_is_too_large_for_a_page_is_cut_off(post: Callable[[bytes, int], socket.socket]) -> None:
    before = on_disk()

    with post(b"--edge", 200_000_000) as line:
        assert line.recv(100).startswith(b"HTTP/1.1 413 ")

    assert on_disk() == before


@pytest.fixture
def roomy(own_server: Callable[[str], Server], tmp_path: Path) -> Iterator[tuple[Server, Desk]]:
    """A server where a file may have a gigabyte, and its agency."""
    (tmp_path / ".env").write_text("DOCKET_MAX_FILE_BYTES=1000000000")
    server = own_server("run")
    desk = Desk(server.database, server.data)
    with desk.database.writing() as session:
        session.add_all(people().values())
    yield server, desk
    desk.database.dispose()


def growth(server: Server, work: Callable[[], httpx.Response]) -> tuple[httpx.Response, int]:
    """The answer to this call, and by how many bytes the server's memory grew at most meanwhile."""
    assert server._process
    process = psutil.Process(server._process.pid)
    seen = [process.memory_info().rss]
    with ThreadPoolExecutor(1) as pool:
        call = pool.submit(work)
        while not call.done():
            seen.append(process.memory_info().rss)
            time.sleep(0.01)
    return call.result(), max(seen) - seen[0]


def test_a_large_file_takes_no_memory(roomy: tuple[Server, Desk], tmp_path: Path) -> None:
    server, desk = roomy
    path = f"/api/jobs/{desk.job('in_progress').id}/files"
    token = {"Authorization": f"Bearer {signed.issued(desk.who('wren'))}"}
    with (
        httpx.Client(base_url=server.url, headers=token, timeout=60, trust_env=False) as wren,
        (tmp_path / "film.mov").open("wb+") as film,
    ):
        film.truncate(LARGE)

        brought, grown = growth(server, lambda: wren.post(path, files={"file": film}, data={"kind": "final"}))
        assert (brought.json()["size"], grown < 50_000_000) == (LARGE, True)

        fetched, grown = growth(server, lambda: wren.get(f"{path}/{brought.json()['id']}"))
        assert (len(fetched.content), grown < 50_000_000) == (LARGE, True)
