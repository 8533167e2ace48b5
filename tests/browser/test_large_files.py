"""Large files: however much comes in or goes out, by the API or by a page, the server's memory stays as it is."""

import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import psutil
import pytest

from api import access_tokens
from pages import cookie
from tests.browser.conftest import staffed
from tests.browser.server import Server
from tests.desk import Desk
from workflow.people import sign_ins

LARGE = int(os.environ.get("LARGE_FILE_BYTES", "200000000"))
"""How large; `make test-long` takes a gigabyte."""

GROWTH = 50_000_000


@pytest.fixture
def roomy(own_server: Callable[[str], Server], tmp_path: Path) -> Iterator[tuple[Server, Desk]]:
    """A server where a file may have two gigabytes, and its agency."""
    (tmp_path / ".env").write_text("DOCKET_MAX_FILE_BYTES=2000000000")
    server = own_server("run")
    with staffed(server) as desk:
        yield server, desk


@pytest.fixture
def film(tmp_path: Path) -> Iterator[Path]:
    """A file that takes no room on the disk that it comes from."""
    path = tmp_path / "film.mov"
    with path.open("wb") as film:
        film.truncate(LARGE)
    yield path
    path.unlink()


def growth(server: Server, work: Callable[[], httpx.Response]) -> tuple[httpx.Response, int]:
    """The answer to this call, and by how many bytes the server's memory grew at most meanwhile."""
    process = psutil.Process(server.process_id)
    seen = [process.memory_info().rss]
    with ThreadPoolExecutor(1) as pool:
        call = pool.submit(work)
        while not call.done():
            seen.append(process.memory_info().rss)
            time.sleep(0.01)
    grown = max(seen) - seen[0]
    print(f"{LARGE:,} bytes: the server's memory grew by {grown:,} bytes at most")  # noqa: T201 - shown with -s
    return call.result(), grown


def read_through(client: httpx.Client, path: str) -> httpx.Response:
    """Fetch without holding it here."""
    with client.stream("GET", path) as answer:
        for _chunk in answer.iter_raw():
            pass
    return answer


def test_by_the_api(roomy: tuple[Server, Desk], film: Path) -> None:
    server, desk = roomy
    path = f"/api/jobs/{desk.job('in_progress').id}/files"
    token = {"Authorization": f"Bearer {access_tokens.issued(desk.who('wren'))}"}
    with (
        httpx.Client(base_url=server.url, headers=token, timeout=600, trust_env=False) as wren,
        film.open("rb") as file,
    ):
        brought, grown = growth(server, lambda: wren.post(path, files={"file": file}, data={"kind": "final"}))
        assert (brought.json()["size"], grown < GROWTH) == (LARGE, True)

        fetched, grown = growth(server, lambda: read_through(wren, f"{path}/{brought.json()['id']}"))
        assert (fetched.num_bytes_downloaded, grown < GROWTH) == (LARGE, True)


def test_by_the_page(roomy: tuple[Server, Desk], film: Path) -> None:
    server, desk = roomy
    path, cookies = f"/jobs/{desk.job('in_progress').id}/files", {cookie.name(): sign_ins.sign_in(desk.who("wren"))}
    with (
        httpx.Client(base_url=server.url, cookies=cookies, timeout=600, trust_env=False) as wren,
        film.open("rb") as file,
    ):
        query = {"kind": "final", "name": "film.mov"}

        brought, grown = growth(server, lambda: wren.post(path, params=query, content=file))

        assert (brought.text, grown < GROWTH) == ("Added. The client gets it with the delivery.", True)
        fetched, grown = growth(server, lambda: read_through(wren, "/files/1"))
        assert (fetched.num_bytes_downloaded, grown < GROWTH) == (LARGE, True)
