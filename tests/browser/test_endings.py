"""Endings at the door: what ends somebody's access ends what they have open, and what is under way has no effect."""

import re
import socket
from ast import literal_eval
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from urllib.parse import urlencode

import httpx
import pytest
from sqlmodel import col, update
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from api import access_tokens
from models import Job, SignIn, clock, keys
from pages import cookie
from tests.browser.server import Server
from tests.desk import Desk, later
from workflow.people import administration, sign_ins

SHORT = 8
"""Seconds for which a sign-in and a token are good that expire in a story: long enough to open all that shall end."""

PATIENCE = 20
FORM = b'--e\r\nContent-Disposition: form-data; name="file"; filename="essay.txt"\r\n\r\nwords'


class Somebody:
    """One of the cast, with a browser and a program, down to the words on the wire."""

    def __init__(self, server: Server, desk: Desk, name: str, seconds: float | None = None) -> None:
        self.server, self.closing = server, ExitStack()
        self.key = sign_ins.sign_in(desk.who(name))
        if seconds is not None:
            ends = clock.now() + timedelta(seconds=seconds)
            with desk.database.writing() as session:
                mine = update(SignIn).where(col(SignIn.key_hash) == keys.hashed(self.key))
                session.exec(mine.values(expires_at=ends, ends_at=ends))
        with later(hours=0 if seconds is None else -12, seconds=seconds or 0):
            self.token = access_tokens.issued(desk.who(name))
        headers = {"Cookie": f"{cookie.name()}={self.key}", "Authorization": f"Bearer {self.token}"}
        self.http = httpx.Client(base_url=server.url, headers=headers, trust_env=False, timeout=PATIENCE)
        self.closing.enter_context(self.http)

    def page(self, path: str) -> str:
        """Load a page; returns where its socket is."""
        html = self.http.get(path).raise_for_status().text
        query = literal_eval(re.findall(r"^\s*query: (\{.*\}),\s*$", html, re.M)[0])
        more = {"EIO": "4", "transport": "websocket", "tab_id": "tab", "document_id": "document"}
        return f"/_nicegui_ws/socket.io/?{urlencode(query | more | {'implicit_handshake': 'true'})}"

    def connect(self, address: str) -> ClientConnection:
        """Open a page's socket."""
        url, headers = f"ws{self.server.url.removeprefix('http')}{address}", {"Cookie": self.http.headers["Cookie"]}
        line = connect(url, additional_headers=headers, origin=self.server.url, proxy=None, open_timeout=PATIENCE)  # pyright: ignore[reportArgumentType]
        self.closing.enter_context(line)
        line.send("40")
        while not str(line.recv(PATIENCE)).startswith("40"):
            pass
        return line

    def stream(self) -> Iterator[str]:
        """Subscribe; the lines that come after the first event."""
        answer = self.closing.enter_context(self.http.stream("GET", "/api/jobs/events/subscribe"))
        lines = answer.iter_lines()
        assert "connected" in next(lines)
        return lines

    def begins(self, path: str, kind: str, body: bytes = b"words") -> socket.socket:
        """Send the head of a request that is let in, and the beginning of its body."""
        line = self.closing.enter_context(socket.create_connection(("localhost", self.server.port), PATIENCE))
        head = [f"POST {path} HTTP/1.1", f"Host: localhost:{self.server.port}", "Expect: 100-continue"]
        head += ["Content-Length: 1000", f"Content-Type: {kind}"]
        head += [f"{name}: {self.http.headers[name]}" for name in ("Cookie", "Authorization")]
        line.sendall("\r\n".join([*head, "", ""]).encode())
        assert line.recv(1000).startswith(b"HTTP/1.1 100 ")
        line.sendall(body)
        return line


def is_cut(line: ClientConnection) -> bool:
    """Whether the server closes a socket, after what else it says."""
    try:
        while line.recv(PATIENCE):
            pass
    except ConnectionClosed:
        return True
    return False


def status(line: socket.socket) -> int:
    """The status that a request is answered with."""
    return int(line.recv(1000).split()[1])


@pytest.fixture
def bob(server: Server, desk: Desk, request: pytest.FixtureRequest) -> Iterator[Somebody]:
    bob = Somebody(server, desk, "bob", getattr(request, "param", None))
    with bob.closing:
        yield bob
        administration.change(desk.who("bob").key, {"active": True, "role": "manager"}, by=desk.who("ada"))


def change(name: str, value: object) -> Callable[[Desk, Somebody], object]:
    """Have Ada change this of Bob's account, elsewhere."""
    return lambda desk, _bob: administration.change(desk.who("bob").key, {name: value}, by=desk.who("ada"))


ENDS: dict[str, tuple[float | None, Callable[[Desk, Somebody], object]]] = {
    "closed": (None, change("active", False)),
    "demoted": (None, change("role", "writer")),
    "expired": (SHORT, lambda _desk, _bob: None),
}


@pytest.mark.parametrize("bob, end", ENDS.values(), ids=ENDS, indirect=["bob"])
def test_an_end_of_access_ends_all_that_is_open(desk: Desk, bob: Somebody, end: Callable[..., object]) -> None:
    job = desk.job("in_progress")
    here, loaded, stream = bob.connect(bob.page("/manager")), bob.page(f"/jobs/{job.display_id}"), bob.stream()
    uploads = [
        bob.begins(f"/jobs/{job.id}/files?name=a.txt&kind=draft", "application/octet-stream"),
        bob.begins(f"/api/jobs/{job.id}/files", "multipart/form-data; boundary=e", FORM),
    ]

    end(desk, bob)

    assert [status(line) for line in uploads] == [401, 401]
    assert is_cut(here)
    assert not [line for line in stream if line.startswith("event: ")]
    with pytest.raises(InvalidStatus, match="403"):
        bob.connect(loaded)
    assert bob.http.get("/api/jobs").status_code == 401
    assert bob.http.get("/manager").headers["location"].startswith("/login")
    assert_untouched(desk, job)


def assert_untouched(desk: Desk, job: Job) -> None:
    """Nobody has brought anything to the order."""
    assert desk.notifications("wren")[-1].type == "order_updated"
    assert desk.history(job)[-1].action == "start"


def test_signing_out_ends_all_that_the_browser_has_open(desk: Desk, bob: Somebody) -> None:
    job = desk.job("in_progress")
    here, loaded = bob.connect(bob.page("/manager")), bob.page(f"/jobs/{job.display_id}")
    upload = bob.begins(f"/jobs/{job.id}/files?name=a.txt&kind=draft", "application/octet-stream")

    assert bob.http.post("/logout").status_code == 303

    with pytest.raises(InvalidStatus, match="403"):
        bob.connect(loaded)
    assert (status(upload), is_cut(here)) == (401, True)
    assert_untouched(desk, job)


def test_words_whose_token_dies_before_they_are_all_there(desk: Desk, bob: Somebody) -> None:
    job, words = desk.job("in_progress"), b'{"body": "Hello"}'
    line = bob.begins(f"/api/jobs/{job.id}/comments", "application/json", words)

    change("active", False)(desk, bob)
    line.sendall(b" " * (1000 - len(words)))

    assert status(line) == 401
    assert_untouched(desk, job)
