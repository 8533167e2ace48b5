"""Live: one change, and within two seconds everybody concerned sees it, without a reload; nobody else sees a thing."""

import time
from dataclasses import dataclass

import httpx
import pytest
from playwright.sync_api import expect

from models import Job, clock
from tests.browser.conftest import Opener
from tests.browser.server import Server
from tests.browser.window import Window
from tests.desk import PASSWORD, Desk

SECONDS = 10
"""Far more than it takes, for a machine with much else to do: how fast it is, the benchmarks tell."""
ON_BOTH = pytest.mark.parametrize("server", ["sqlite", "postgresql"], indirect=True)


@dataclass
class Scene:
    """An order in the writer's hands, and four people before their screens."""

    job: Job
    wren: Window
    cleo: Window
    ada: Window
    carl: Window

    def sees(self, status: str, words: str, since: float, unread: int) -> None:
        """Expect the change on the screens of the client and the admin, in place and in time, and on no other's."""
        for window in (self.cleo, self.ada):
            assert window.seconds_until(f"{self.job.display_id} {status}", since) < SECONDS
            assert window.seconds_until(words, since) < SECONDS
            window.shows(self.job, status)
            window.rings(unread)
            assert not window.was_reloaded
        expect(self.carl.order(self.job)).to_have_count(0)
        expect(self.carl.toasts).to_have_count(0)
        self.carl.rings(0)


@pytest.fixture
def scene(desk: Desk, window: Opener) -> Scene:
    job = desk.put(desk.job("assigned"), final_file_at=clock.now())
    return Scene(job, *(window(name) for name in ("wren", "cleo", "ada", "carl")))


@ON_BOTH
def test_the_writer_clicks(desk: Desk, scene: Scene) -> None:
    since = time.time()
    scene.wren.action(scene.job, "start").click()
    scene.sees("in_progress", "Work has started", since, unread=1)

    since = time.time()
    scene.wren.action(scene.job, "deliver").click()
    scene.sees("delivered", "Work has been delivered and is ready for review", since, unread=2)

    scene.wren.shows(scene.job, "delivered")
    expect(scene.wren.toasts).to_have_count(0)


def test_a_program_of_the_writers_calls(server: Server, scene: Scene) -> None:
    with httpx.Client(base_url=server.url, trust_env=False) as api:
        who = {"email": "wren@example.com", "password": PASSWORD}
        api.headers["Authorization"] = f"Bearer {api.post('/api/auth/token', json=who).json()['accessToken']}"

        since = time.time()
        answer = api.patch(f"/api/jobs/{scene.job.id}/status", json={"status": "in_progress"})

    assert answer.json()["status"] == "in_progress"
    scene.sees("in_progress", "Work has started", since, unread=1)
    scene.wren.shows(scene.job, "in_progress")


@ON_BOTH
def test_another_process_works_on_the_database(desk: Desk, scene: Scene) -> None:
    since = time.time()
    desk.make(scene.job, "start", by="wren")
    scene.sees("in_progress", "Work has started", since, unread=1)

    since = time.time()
    desk.make(scene.job, "deliver", by="wren")
    scene.sees("delivered", "Work has been delivered and is ready for review", since, unread=2)


def test_a_card_changes_in_place(desk: Desk, window: Opener) -> None:
    job, other = desk.job("assigned"), desk.job("assigned", title="Another")
    wren = window("wren")
    wren.order(job).evaluate("card => card.mine = true")
    wren.order(other).evaluate("card => card.mine = true")

    wren.action(job, "start").click()

    wren.shows(job, "in_progress")
    assert wren.order(job).evaluate("card => card.mine")
    assert wren.order(other).evaluate("card => card.mine")


def test_news_made_while_a_page_opens_is_counted_once(desk: Desk, window: Opener) -> None:
    job = desk.job("assigned")
    window("cleo").go("/client")
    desk.make(job, "start", by="wren")
    cleo = window("cleo")
    cleo.rings(1)

    desk.make(job, "deliver", by="wren")

    expect(cleo.toast("Work has been delivered")).to_be_visible()
    cleo.rings(2)
