"""The guard: a page listens to its own site, its own sign-in and its own socket, and to nobody else."""

import ast
import itertools
import json
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Self
from urllib.parse import urlencode

import httpx
import pytest
from fastapi import FastAPI
from nicegui import core
from starlette.requests import HTTPConnection
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

from pages.guard import REFUSAL, SameOrigin, install

# NiceGUI keeps one app a process, so the pages under test live in a process of their own.
APP = """
import socket, sys, uvicorn
from collections import Counter
from fastapi import FastAPI
from nicegui import ui
from pages.guard import SameOrigin, install

web, presses = FastAPI(), Counter()

@ui.page("/page/{name}")
def page(name: str) -> None:
    def press() -> None:
        presses[name] += 1
        label.text = f"{name} was pressed"
    label = ui.label(name)
    ui.button("Press", on_click=press)
    ui.upload(on_upload=press)

@web.get("/presses/{name}")
def count(name: str) -> int:
    return presses[name]

@web.post("/orders")
def order() -> str:
    return "ordered"

install()
ui.run_with(web, show_welcome_message=False)
server = uvicorn.Server(uvicorn.Config(SameOrigin(web, "https://desk.example"), timeout_graceful_shutdown=1))
server.run(sockets=[socket.socket(fileno=int(sys.argv[1]))])
"""
ROOT = Path(__file__).parents[2]
FOREIGN = "https://evil.example"
RELOAD = '44{"message":"Implicit handshake failed"}'


class Desk:
    """A real server. Its port is held here, so that nobody takes it while the server restarts."""

    def __init__(self, folder: Path) -> None:
        self.port = socket.create_server(("127.0.0.1", 0))
        self.host = "{}:{}".format(*self.port.getsockname())
        self.http = httpx.Client(base_url=f"http://{self.host}", trust_env=False, timeout=60)
        self.log = folder / "log"

    def __enter__(self) -> Self:
        number = self.port.fileno()
        with self.log.open("a") as log:
            command = [sys.executable, "-c", APP, str(number)]
            self.process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log, pass_fds=[number])
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(60)

    def restart(self) -> None:
        self.__exit__()
        self.__enter__()

    def post(self, path: str, **headers: str) -> int:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.http.post(path, headers=sent, files={"file": b"text"}).status_code


class Page:
    """A page as a browser holds it: what it was told on loading, and the sign-in it was loaded under."""

    names = itertools.count()

    def __init__(self, desk: Desk, user: str | None = None) -> None:
        self.desk, self.name = desk, f"page-{next(self.names)}"
        self.headers = {"Cookie": f"docket_session={user}"} if user else {}
        html = desk.http.get(f"/page/{self.name}", headers=self.headers).text
        self.query = ast.literal_eval(re.findall(r"^\s*query: (\{.*\}),\s*$", html, re.M)[0])
        self.id = self.query["client_id"]
        elements = json.loads(unescape(re.findall(r"String\.raw`(.*?)`", html, re.S)[0]))
        props = {key: element.get("props", {}) for key, element in elements.items()}
        self.button = next(key for key in elements if props[key].get("label") == "Press")
        self.click = elements[self.button]["events"][0]["listener_id"]
        self.upload = next(props[key]["url"] for key in elements if "url" in props[key])

    def presses(self) -> int:
        return self.desk.http.get(f"/presses/{self.name}").json()

    def address(self, transport: str, **changes: str | None) -> str:
        query = {"EIO": "4", "transport": transport, "tab_id": "tab", "document_id": "document"}
        query |= self.query | {"implicit_handshake": "true"} | changes
        return f"/_nicegui_ws/socket.io/?{urlencode({name: value for name, value in query.items() if value})}"

    def poll(self, origin: str | None = None, user: str | None = None, **changes: str | None) -> httpx.Response:
        return self.desk.http.get(self.address("polling", **changes), headers=self.sent(origin, user))

    def connect(self, origin: str | None = None, user: str | None = None, **changes: str | None) -> ClientConnection:
        address = f"ws://{self.desk.host}{self.address('websocket', **changes)}"
        origin = origin or f"http://{self.desk.host}"
        return connect(address, additional_headers=self.sent(origin, user), proxy=None, open_timeout=60)

    def sent(self, origin: str | None, user: str | None) -> dict[str, str]:
        headers = {"Cookie": f"docket_session={user}"} if user else self.headers
        return headers | ({"Origin": origin} if origin else {})

    def refuses(self, **changes: str | None) -> bool:
        """Both ways in answer 403: the websocket and the polling."""
        with pytest.raises(InvalidStatus) as websocket:
            self.connect(**changes)
        return (websocket.value.response.status_code, self.poll(**changes).status_code) == (403, 403)

    @contextmanager
    def socket(self) -> Iterator["Socket"]:
        with self.connect() as line:
            yield Socket(line)


class Socket:
    """A connected socket. Engine.IO's `0` and Socket.IO's `40` come first; messages are `42[name, content]`."""

    def __init__(self, line: ClientConnection) -> None:
        self.line = line
        self.next("0")
        line.send("40")
        self.welcome = self.next("4")

    def next(self, start: str) -> str:
        while not (text := str(self.line.recv(60))).startswith(start):
            pass
        return text

    def send(self, event: str, *content: object) -> None:
        self.line.send("42" + json.dumps([event, *content]))

    def press(self, page: Page) -> None:
        self.send("event", {"id": int(page.button), "client_id": page.id, "listener_id": page.click, "args": []})

    def shown(self) -> str:
        return self.next('42["update"')


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("guard"))
    with desk.port, desk.http, desk:
        yield desk


def test_a_page_presses_its_button(desk: Desk) -> None:
    page = Page(desk, "ann")

    with page.socket() as socket:
        socket.press(page)
        assert f"{page.name} was pressed" in socket.shown()

    assert page.presses() == 1


def test_a_page_may_poll_instead(desk: Desk) -> None:
    assert Page(desk, "ann").poll().status_code == 200


def test_the_sign_in_page_needs_no_cookie(desk: Desk) -> None:
    with Page(desk).socket() as socket:
        assert socket.welcome.startswith("40")


@pytest.mark.parametrize("origin", [FOREIGN, "null", "http://127.0.0.1:1"])
def test_a_foreign_site_gets_no_socket(desk: Desk, origin: str) -> None:
    assert Page(desk, "ann").refuses(origin=origin)


def test_a_foreign_picture_opens_no_poll(desk: Desk) -> None:
    page = Page(desk, "ann")
    page.headers["Sec-Fetch-Site"] = "cross-site"

    assert page.poll().status_code == 403


def test_another_sign_in_gets_no_socket(desk: Desk) -> None:
    assert Page(desk, "ann").refuses(user="bob")


def test_a_signed_out_browser_gets_no_socket(desk: Desk) -> None:
    page = Page(desk, "ann")
    page.headers.clear()

    assert page.refuses()


def test_the_sign_in_page_is_not_taken_along(desk: Desk) -> None:
    assert Page(desk).refuses(user="ann")


def test_a_socket_must_name_its_page(desk: Desk) -> None:
    assert Page(desk, "ann").refuses(client_id=None)


def test_nobody_presses_another_pages_button(desk: Desk) -> None:
    mine, yours = Page(desk, "ann"), Page(desk, "bob")

    with mine.socket() as socket, yours.socket():
        socket.press(yours)
        socket.press(mine)
        socket.shown()

    assert (mine.presses(), yours.presses()) == (1, 0)


def test_nobody_watches_another_page(desk: Desk) -> None:
    mine, yours = Page(desk, "ann"), Page(desk, "bob")

    with mine.socket() as socket, yours.socket() as other:
        socket.send("handshake", yours.query | {"tab_id": "tab", "document_id": "document"})
        other.press(yours)
        other.shown()
        socket.press(mine)
        assert mine.name in socket.shown()


def test_nobody_takes_over_a_poll(desk: Desk) -> None:
    sid = json.loads(Page(desk, "bob").poll().text[1:])["sid"]

    assert Page(desk, "ann").poll(sid=sid).status_code == 403


def test_nonsense_is_dropped_quietly(desk: Desk) -> None:
    page, seen = Page(desk, "ann"), len(desk.log.read_text())

    with page.socket() as socket:
        for nonsense in ([], ["text"], [None], [{}], [[page.id]], [{"client_id": [page.id]}]):
            socket.send("event", *nonsense)
        socket.press(page)
        socket.shown()

    news = desk.log.read_text()[seen:]
    assert news.count("Dropped a socket message") == 6
    assert "Traceback" not in news


def test_client_ids_stay_out_of_the_log(desk: Desk) -> None:
    page = Page(desk, "ann")

    with page.socket() as socket:
        socket.send("event", {"client_id": page.id + "0"})
        socket.press(page)
        socket.shown()
    assert page.refuses(origin=FOREIGN)
    assert page.poll().status_code == 200
    assert desk.post(page.upload) == 403

    log = desk.log.read_text()
    assert 'WebSocket /socket.io/?..." [accepted]' in log
    assert "POST /_nicegui/client/..." in log
    assert page.id not in log


def test_a_form_of_our_own_is_taken(desk: Desk) -> None:
    assert desk.post("/orders", Origin=f"http://{desk.host}", Sec_Fetch_Site="same-origin") == 200


def test_a_program_without_origin_is_served(desk: Desk) -> None:
    assert desk.post("/orders") == 200


@pytest.mark.parametrize("origin", [FOREIGN, "null"])
def test_a_foreign_form_is_refused(desk: Desk, origin: str) -> None:
    answer = desk.http.post("/orders", headers={"Origin": origin})

    assert (answer.status_code, answer.text) == (403, REFUSAL)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_neighbours_form_is_refused(desk: Desk, site: str) -> None:
    assert desk.post("/orders", Sec_Fetch_Site=site) == 403


def test_a_foreign_link_may_lead_here(desk: Desk) -> None:
    assert desk.http.get("/page/any", headers={"Origin": FOREIGN, "Sec-Fetch-Site": "cross-site"}).status_code == 200


def test_an_upload_needs_the_pages_sign_in(desk: Desk) -> None:
    page = Page(desk, "ann")

    assert desk.post(page.upload, Cookie="docket_session=bob") == 403
    assert desk.post(page.upload, Cookie="docket_session=ann") == 200
    assert page.presses() == 1


def test_after_a_restart_the_page_reloads(desk: Desk) -> None:
    page = Page(desk, "ann")

    desk.restart()

    with page.socket() as socket:
        assert socket.welcome == RELOAD
    with Page(desk, "ann").socket() as socket:
        assert socket.welcome.startswith("40")


@pytest.mark.parametrize(
    "origin, asked, public, own",
    [
        ("http://desk.example", "http://desk.example", "", True),
        ("http://desk.example:80", "ws://DESK.example", "", True),
        ("http://[::1]:8080", "ws://[::1]:8080", "", True),
        ("http://desk.example:8080", "http://desk.example", "", False),
        ("https://desk.example", "wss://desk.example:443", "", True),
        ("https://desk.example", "http://desk.example", "", True),
        ("http://desk.example", "https://desk.example", "", False),
        ("https://desk.example", "http://10.0.0.7:8080", "https://desk.example/", True),
        ("http://desk.example", "http://desk.example", "https://desk.example", False),
        ("http://localhost:8080", "http://localhost:8080", "https://desk.example", True),
        ("https://desk.example.evil.example", "http://desk.example", "https://desk.example", False),
        ("https://desk.example:x", "http://desk.example", "", False),
        ("http://", "http://", "", False),
    ],
)
def test_which_origin_is_our_own(origin: str, asked: str, public: str, own: bool) -> None:
    scheme, host = asked.split("://")
    headers = [(b"host", host.encode()), (b"origin", origin.encode())]
    request = HTTPConnection({"type": "http", "scheme": scheme, "headers": headers})

    assert SameOrigin(FastAPI(), public).from_own_site(request) is own


def test_a_second_install_changes_nothing() -> None:
    install()
    once = dict(core.sio.handlers["/"])

    install()

    assert core.sio.handlers["/"] == once
