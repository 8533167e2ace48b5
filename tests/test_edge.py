"""The edge: heads, bodies and connections are bounded on a real socket, and who is slow or many shuts nobody out."""

import asyncio
import socket
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from starlette.requests import Request
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.types import Receive, Scope, Send
from websockets.sync.client import connect

import crowd
import edge
import settings

GET = b"GET / HTTP/1.1\r\nHost: x\r\n"
POST = b"POST / HTTP/1.1\r\nHost: x\r\n"


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Says how much has come; at another address refuses before the body, or says much, or goes on saying something."""
    if scope["type"] == "websocket":
        return await _echoed(receive, send)
    if scope["path"] == "/never":
        return await PlainTextResponse("No.", 403)(scope, receive, send)
    if scope["path"] == "/large":
        return await PlainTextResponse("word " * 4_000_000)(scope, receive, send)
    if scope["path"] == "/stream":
        return await StreamingResponse(_said())(scope, receive, send)
    return await PlainTextResponse(str(len(await Request(scope, receive).body())))(scope, receive, send)


async def _echoed(receive: Receive, send: Send) -> None:
    await send({"type": "websocket.accept"})
    while (heard := await receive())["type"] != "websocket.disconnect":
        if "text" in heard:
            await send({"type": "websocket.send", "text": heard["text"]})


async def _said() -> AsyncIterator[str]:
    for _ in range(8):
        yield "word "
        await asyncio.sleep(0.1)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Where a server with our edge listens."""
    settings.use(_env_file=None)
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            port=0,
            log_level="critical",
            http=edge.Connection,
            ws=edge.Socket,
            lifespan="off",
            timeout_keep_alive=1,
        )
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join()


@contextmanager
def line(port: int, *said: bytes) -> Iterator[socket.socket]:
    """A connection on which this was said."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as there:
        for words in said:
            there.sendall(words)
        yield there


def answer(there: socket.socket) -> bytes:
    """All that is said until they hang up."""
    heard = b""
    try:
        while words := there.recv(65536):
            heard += words
    except ConnectionError:
        pass
    return heard


def taken(there: socket.socket, words: bytes) -> int:
    """How often these words are taken until they hang up; more than fits between us and them, at 150."""
    for number in range(150):
        try:
            there.sendall(words)
        except OSError:
            return number
    return 150


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a second is as long as anybody has."""
    monkeypatch.setattr(edge, "SECONDS", 0.5)


def test_a_request_is_answered_also_the_second_on_a_line(port: int) -> None:
    second = POST + b"Content-Length: 5\r\nConnection: close\r\n\r\nhello"

    with line(port, GET + b"\r\n", second) as there:
        assert answer(there).count(b"200 OK") == 2


def test_a_head_without_end_is_cut_off(port: int) -> None:
    with line(port, GET + b"X: ") as there:
        assert taken(there, b"x" * 1_000_000) < 20


@pytest.mark.parametrize("words", [b"X: %b\r\n" % (b"x" * 70_000), b"X: x\r\n" * 15_000])
def test_a_large_head_is_told_so(port: int, words: bytes) -> None:
    with line(port, GET + words + b"\r\n") as there:
        assert answer(there).startswith(b"HTTP/1.1 431 ")


def test_a_head_of_usual_size_comes_in(port: int) -> None:
    with line(port, GET + b"Cookie: %b\r\nConnection: close\r\n\r\n" % (b"x" * 30_000)) as there:
        assert b"200 OK" in answer(there)


def test_what_frames_a_body_is_bounded_too(port: int) -> None:
    trailer = POST + b"Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n"

    with line(port, trailer) as there:
        assert taken(there, b"X: %b\r\n" % (b"x" * 1_000_000)) < 20


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("said", [GET, POST + b"Content-Length: 100000\r\n\r\nslowly"])
def test_who_dribbles_is_hung_up_on(port: int, said: bytes) -> None:
    with line(port, said) as there:
        threading.Thread(target=_dribble, args=[there], daemon=True).start()

        assert answer(there).startswith(b"HTTP/1.1 408 ")


def _dribble(there: socket.socket) -> None:
    try:
        for _ in range(100):
            there.sendall(b"a")
            time.sleep(0.1)
    except OSError:
        pass


@pytest.mark.usefixtures("quick")
def test_who_says_nothing_is_hung_up_on_in_silence(port: int) -> None:
    with line(port) as there:
        assert answer(there) == b""


@pytest.mark.usefixtures("quick")
def test_a_body_may_take_long_while_it_comes(port: int) -> None:
    with line(port, POST + b"Content-Length: 150000\r\nConnection: close\r\n\r\n") as there:
        for _ in range(15):
            there.sendall(b"x" * 10_000)
            time.sleep(0.1)

        assert answer(there).endswith(b"150000")


@pytest.mark.usefixtures("quick")
def test_an_answer_may_take_long(port: int) -> None:
    with line(port, b"GET /stream HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n") as there:
        assert answer(there).count(b"word ") == 8


def test_who_takes_in_nothing_is_hung_up_on(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowd, "UNTAKEN", 0.5)

    with line(port, b"GET /large HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n") as there:
        there.recv(1, socket.MSG_PEEK)
        _wait_until(lambda: not crowd.OPEN)

        assert len(answer(there)) < 20_000_000


@pytest.mark.usefixtures("quick")
def test_a_line_that_becomes_a_websocket_is_left_alone(port: int) -> None:
    with line(port, GET + b"\r\n") as there:
        assert b"200 OK" in there.recv(65536)
        with connect("ws://x/", sock=there, proxy=None) as page:
            time.sleep(1.5)
            page.send("here")

            assert page.recv(20) == "here"
            _wait_until(lambda: not crowd.WAITING)
            assert crowd.OPEN["127.0.0.1"] >= 1
    _wait_until(lambda: not crowd.OPEN)


def test_a_refusal_is_heard_before_the_body_was_sent(port: int) -> None:
    with line(port, b"POST /never HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000\r\n\r\nx") as there:
        assert there.recv(65536).startswith(b"HTTP/1.1 403 ")


def test_idle_connections_make_room(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowd, "_most", lambda: 5)
    with _many(port, 9) as idle:
        with line(port, GET + b"Connection: close\r\n\r\n") as there:
            assert b"200 OK" in answer(there)

        assert answer(idle[0]).startswith(b"HTTP/1.1 503 ")


def test_where_nobody_is_idle_there_is_no_room(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowd, "_most", lambda: 3)
    with _many(port, 3, POST + b"Content-Length: 5\r\n\r\n") as busy:
        _wait_until(lambda: not crowd.WAITING)
        with line(port, GET + b"\r\n") as there:
            assert there.recv(65536).startswith(b"HTTP/1.1 503 ")
            assert there.recv(65536) == b""  # an end, and no reset, though nobody reads the request
        busy[0].sendall(b"hello")
        assert busy[0].recv(65536).startswith(b"HTTP/1.1 200 ")


def test_one_address_has_so_many_unless_it_is_a_proxy(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowd, "AN_ADDRESS", 3)
    with _many(port, 4) as proxied:
        proxied[-1].sendall(GET + b"Connection: close\r\n\r\n")
        assert b"200 OK" in answer(proxied[-1])

        settings.use(_env_file=None, trusted_proxies="")
        _wait_until(lambda: crowd.OPEN["127.0.0.1"] == 3)
        with line(port) as there:
            assert answer(there).startswith(b"HTTP/1.1 503 ")
    _wait_until(lambda: not crowd.OPEN)


@contextmanager
def _many(port: int, number: int, *said: bytes) -> Iterator[list[socket.socket]]:
    lines = [socket.create_connection(("127.0.0.1", port), timeout=20) for _ in range(number)]
    for there in lines:
        for words in said:
            there.sendall(words)
    try:
        yield lines
    finally:
        for there in lines:
            there.close()


def _wait_until(so: Callable[[], bool]) -> None:
    give_up = time.monotonic() + 20
    while not so():
        assert time.monotonic() < give_up
        time.sleep(0.02)


def test_it_asks_for_all_the_descriptors_it_can_get() -> None:
    script = "import resource as r, crowd; r.setrlimit(r.RLIMIT_NOFILE, (256, 2000)); "
    script += "print(crowd.most(), r.getrlimit(r.RLIMIT_NOFILE)[0])"
    root = Path(__file__).parents[1]

    said = subprocess.check_output([sys.executable, "-c", script], cwd=root, text=True, timeout=60)

    assert said == f"{2000 - crowd.SPARED} 2000\n"
