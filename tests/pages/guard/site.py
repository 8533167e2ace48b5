"""A guarded site of one button and one upload, and a browser's part in it, down to the words on the wire."""

import ast
import itertools
import json
import os
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
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

# NiceGUI keeps one app a process, so the pages under test live in a process of their own.
APP = """
import socket, sys, uvicorn
from collections import Counter
from fastapi import FastAPI
from nicegui import ui
from boundary import Boundary
from doors import Doors
from pages.guard import OwnPages, install

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
server = uvicorn.Server(uvicorn.Config(Boundary(Doors(OwnPages(web), web, ())), timeout_graceful_shutdown=1))
server.run(sockets=[socket.socket(fileno=int(sys.argv[1]))])
"""
ROOT = Path(__file__).parents[3]
FOREIGN = "https://evil.example"
RELOAD = '44{"message":"Implicit handshake failed"}'


class Desk:
    """A real server. Its port is held here, so that nobody takes it while the server restarts."""

    def __init__(self, folder: Path) -> None:
        self.port = socket.create_server(("127.0.0.1", 0))
        self.host = "{}:{}".format(*self.port.getsockname())
        self.http = httpx.Client(base_url=f"http://{self.host}", trust_env=False, timeout=60)
        self.folder, self.log = folder, folder / "log"

    def __enter__(self) -> Self:
        number = self.port.fileno()
        with self.log.open("a") as log:
            command = [sys.executable, "-c", APP, str(number)]
            own = os.environ | {"DOCKET_DATA_DIR": str(self.folder)}
            self.process = subprocess.Popen(command, cwd=ROOT, env=own, stdout=log, stderr=log, pass_fds=[number])
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
