"""The connection is away: soon one is told; what is pressed meanwhile counts once, or is said to be lost."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.api.test_busy import locked
from tests.browser.conftest import Opener, agency_on, watched
from tests.browser.server import Server
from tests.browser.window import Window
from tests.databases import Copies
from tests.desk import Desk
from tests.faults import IS_LONG

SECONDS = 3
OVERLAP = """hint => {
  const a = hint.getBoundingClientRect()
  return [...document.querySelectorAll("button, a[href], input, textarea")].filter((each) => {
    const b = each.getBoundingClientRect()
    return b.width && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
      && !each.matches(".skip")
  }).map((each) => each.outerHTML)
}"""


@pytest.fixture
def server(sqlite: Copies, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Server]:
    """A server of this story alone, for it is stopped in the middle."""
    with agency_on(sqlite, tmp_path) as server, watched(server, request.node):
        yield server


def hint(window: Window) -> Locator:
    return window.page.locator(".away")


def is_told(window: Window) -> None:
    """Expect the hint in time, and over nothing that one could press."""
    since = time.monotonic()
    expect(hint(window)).to_be_visible(timeout=SECONDS * 1000)
    assert time.monotonic() - since < SECONDS
    assert hint(window).evaluate(OVERLAP) == []


def stop(server: Server) -> None:
    os.kill(server.process_id, signal.SIGSTOP)


def go_on(server: Server) -> None:
    os.kill(server.process_id, signal.SIGCONT)


@pytest.mark.parametrize("seconds", [4, 25] if IS_LONG else [4])
def test_what_is_pressed_while_the_server_stands_still_counts_once(
    desk: Desk, window: Opener, server: Server, seconds: int
) -> None:
    job = desk.job("in_progress")
    wren = window("wren", f"/jobs/{job.display_id}")
    stop(server)
    is_told(wren)
    wren.page.get_by_label("Write a comment").fill("Here it is")
    for _ in range(3):
        wren.page.locator("[data-send]").click()
    wren.page.wait_for_timeout(seconds * 1000)
    go_on(server)

    expect(hint(wren)).to_be_hidden()
    expect(wren.page.locator("li[data-comment]")).to_have_count(1)
    wren.page.wait_for_timeout(1000)
    expect(wren.page.locator("li[data-comment]")).to_have_count(1)
    expect(wren.page.get_by_label("Write a comment")).to_have_value("")
    expect(wren.toast("is missing")).to_have_count(0)


def test_a_browser_that_is_offline_is_told_and_its_words_go_out_later(desk: Desk, window: Opener) -> None:
    job = desk.job("assigned")
    wren = window("wren", f"/jobs/{job.display_id}")
    wren.context.set_offline(True)
    is_told(wren)
    wren.action(job, "start").click()
    wren.page.wait_for_timeout(1500)
    wren.context.set_offline(False)

    expect(hint(wren)).to_be_hidden()
    wren.shows(job, "in_progress")
    assert [line.action for line in desk.history(job)].count("start") == 1


def test_what_a_killed_server_never_heard_is_said_to_be_unsent(
    desk: Desk, window: Opener, server: Server, mishaps: list[str]
) -> None:
    job = desk.job("assigned")
    wren = window("wren", f"/jobs/{job.display_id}")
    server.stop(at_once=True)
    is_told(wren)
    wren.page.get_by_label("Write a comment").fill("Half a sen")
    wren.action(job, "start").click()
    server.start()

    expect(wren.toast("Not sent, for the connection was away: “Start”.")).to_be_visible(timeout=20_000)
    expect(wren.page.get_by_label("Write a comment")).to_have_value("Half a sen")
    wren.shows(job, "assigned")
    mishaps.clear()  # the browser complains of a server that is away


def test_what_a_killed_server_had_not_done_is_said_to_be_unanswered(
    desk: Desk, window: Opener, server: Server, mishaps: list[str]
) -> None:
    job = desk.job("assigned")
    wren = window("wren", f"/jobs/{job.display_id}")
    with locked(desk):
        wren.action(job, "start").click()
        assert server.answers()  # it has heard the press by now, and waits
        server.stop(at_once=True)
    is_told(wren)
    server.start()

    expect(wren.toast("before this was answered: “Start”. Please look whether it is done.")).to_be_visible(
        timeout=20_000
    )
    wren.shows(job, "assigned")
    mishaps.clear()  # the browser complains of a server that is away
