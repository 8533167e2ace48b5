"""The house of these stories: one server and one browser a worker, a tidy desk and fresh windows for each story."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from models import Agency
from pages import cookie
from tests.browser.chromium import launch
from tests.browser.server import ALARMS, Server
from tests.browser.window import Window
from tests.databases import Copies
from tests.desk import CAST, Desk, people
from workflow.people import sign_ins

expect.set_options(timeout=10_000)


AT_WORK = tuple(f"{name}@example.com" for name in CAST if name != "ivy")
"""Whom a story finds; whoever came in an earlier one is gone."""

TIDY = (
    "UPDATE jobs SET title = 'Long ago', title_folded = 'long ago', status = 'cancelled'",
    "UPDATE notifications SET read = TRUE",
    "UPDATE users SET time_zone = 'UTC', theme = 'auto', locale = '', capacity = NULL",
    f"UPDATE users SET active = email IN {AT_WORK}",
    "DELETE FROM draft_files",
    "DELETE FROM drafts",
    "DELETE FROM intentions",
    "DELETE FROM preferences",
    "DELETE FROM mutes",
    "DELETE FROM rules",
    "DELETE FROM work_types",
    "DELETE FROM guesses",
)
"""What is left of the story before: done with, and read."""

Opener = Callable[..., Window]
"""Opens the window of one of the cast, or of nobody yet, at a path; more arguments go to Playwright's context."""


@pytest.fixture(scope="session")
def kept_browser() -> Iterator[Browser]:
    """The browser of this worker, put away between the stories that use it."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        asyncio._set_running_loop(None)
        yield browser
        asyncio._set_running_loop(browser._loop)


@pytest.fixture
def chromium(kept_browser: Browser) -> Iterator[Browser]:
    """The browser. Playwright's event loop counts as running until it is put away; other stories have their own."""
    asyncio._set_running_loop(kept_browser._loop)
    yield kept_browser
    asyncio._set_running_loop(None)


@contextmanager
def agency_on(copies: Copies, folder: Path, take_back_seconds: int = 0) -> Iterator[Server]:
    """A server for an agency with its cast; stories that are not about second thoughts do not wait for them."""
    (folder / "data").mkdir()
    with copies(folder / "data") as url, ExitStack() as closing:
        server = Server(folder, url, TAKE_BACK_SECONDS=str(take_back_seconds))
        desk = Desk(url, server.data)
        closing.callback(desk.database.dispose)
        with desk.database.writing() as session:
            session.add(Agency(name="Paper & Ink"))
        closing.callback(server.stop)
        server.start()
        yield server


@pytest.fixture(scope="session")
def served_on_sqlite(sqlite: Copies, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """This worker's server with SQLite."""
    with agency_on(sqlite, tmp_path_factory.mktemp("served")) as server:
        yield server


@pytest.fixture(scope="session")
def served_on_postgresql(postgresql: Copies, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """This worker's server with PostgreSQL."""
    with agency_on(postgresql, tmp_path_factory.mktemp("served")) as server:
        yield server


@contextmanager
def watched(server: Server, story: pytest.Item) -> Iterator[Server]:
    """Show what the server says during a story that fails; what a server that is well never says fails it."""
    before = server.log.read_text() if server.log.exists() else ""
    yield server
    said = server.log.read_text().removeprefix(before)
    story.add_report_section("teardown", "server", said)
    assert not ALARMS.findall(said)


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """The server of this story: the worker's, with SQLite unless the story asks for another."""
    shared: Server = request.getfixturevalue(f"served_on_{getattr(request, 'param', 'sqlite')}")
    with watched(shared, request.node) as server:
        yield server


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """This worker's demo: started as people start it, and looked at by several stories."""
    server = Server(tmp_path_factory.mktemp("demo"), command="demo")
    server.start()
    yield server
    server.stop()


@pytest.fixture
def own_server(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Callable[..., Server]]:
    """Starts a server for this story alone, by a command, with an empty folder and more settings if wanted."""
    with ExitStack() as closing:

        def start(command: str, **more: str) -> Server:
            server = Server(tmp_path, command=command, **more)
            closing.enter_context(watched(server, request.node))
            closing.callback(server.stop)
            server.start()
            return server

        yield start


@contextmanager
def staffed(server: Server) -> Iterator[Desk]:
    """The agency of a server that was started with an empty folder, in the hands of this process, with its cast."""
    desk = Desk(server.database, server.data)
    with desk.database.writing() as session:
        session.add_all(people().values())
    yield desk
    desk.database.dispose()


@pytest.fixture
def desk(server: Server) -> Iterator[Desk]:
    """The server's agency, tidied, in the hands of this process: another one on the same database."""
    desk = Desk(server.database, server.data)
    desk.sql(*TIDY)
    yield desk
    desk.database.dispose()


@pytest.fixture
def mishaps() -> Iterator[list[str]]:
    """What went wrong in any window; the story fails unless it takes the line away."""
    lines: list[str] = []
    yield lines
    assert not lines


@pytest.fixture
def window(chromium: Browser, server: Server, mishaps: list[str], request: pytest.FixtureRequest) -> Iterator[Opener]:
    """Opens windows, each with its own cookies, and closes them after the story."""
    contexts: list[BrowserContext] = []
    with ExitStack() as closing:

        def open_window(name: str = "", path: str = "/", **options: Any) -> Window:
            usual: dict[str, Any] = {"base_url": server.url, "service_workers": "block", "locale": "en-GB"}
            context = closing.enter_context(chromium.new_context(**usual | options))
            contexts.append(context)
            _overhear(context, mishaps)
            if name:
                desk: Desk = request.getfixturevalue("desk")
                key = sign_ins.sign_in(desk.who(name))
                server.has_heard_all()  # or what this process did would come to the page as news
                context.add_cookies([{"name": cookie.name(), "value": key, "url": server.url}])
            return Window(context).go(path)

        yield open_window
        is_ordering = any("/new" in page.url for context in contexts for page in context.pages)
    if is_ordering:
        time.sleep(1.5)  # an order form keeps what was typed once more, a second after its window is gone


def _overhear(context: BrowserContext, mishaps: list[str]) -> None:
    context.on("weberror", lambda error: mishaps.append(str(error.error)))
    context.on("console", lambda message: mishaps.append(message.text) if message.type == "error" else None)
