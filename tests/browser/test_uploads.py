"""Files on their way from a page: one after the other, each with its progress and with a word on how it ended."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Opener
from tests.browser.test_files import add, at, listed
from tests.browser.usable import PHONE, usable
from tests.browser.window import Window
from tests.desk import Desk
from tests.workflow.orders.test_files import on_disk

DROP = """(panel) => {
  const carried = new DataTransfer()
  for (const name of ["one.txt", "two.txt"]) carried.items.add(new File(["words"], name))
  for (const type of ["dragover", "drop"])
    panel.dispatchEvent(new DragEvent(type, { dataTransfer: carried, bubbles: true, cancelable: true }))
}"""
"""What a mouse does that lets go of two files over a panel."""


ADDED = "Added. The client gets it with the delivery."


def coming(window: Window, name: str) -> Locator:
    """The line of a file on its way."""
    return window.page.locator(".coming", has_text=name)


def test_each_ends_with_a_word(desk: Desk, window: Opener, mishaps: list[str]) -> None:
    wren = window("wren", at(desk.job("in_progress")))

    add(wren, ("first.txt", b"words"), ("empty.txt", b""), ("last.txt", b"words"))

    expect(coming(wren, "first.txt").get_by_role("status")).to_have_text(ADDED)
    expect(coming(wren, "empty.txt").get_by_role("status")).to_have_text("The file is empty.")
    expect(coming(wren, "last.txt").get_by_role("status")).to_have_text(ADDED)
    expect(listed(wren)).to_have_count(2)
    add(wren, ("LAST.txt", b"more words"))
    expect(coming(wren, "LAST.txt").get_by_role("status")).to_contain_text("Added as version 2.")
    mishaps.clear()  # the browser says that one was refused, too


def test_one_that_is_too_large_stays_at_home(desk: Desk, window: Opener, tmp_path: Path) -> None:
    wren = window("wren", at(desk.job("in_progress")))
    with (tmp_path / "film.mov").open("wb") as film:
        film.truncate(100_000_001)

    wren.page.locator(".bring input[type=file]").set_input_files(tmp_path / "film.mov")

    expect(coming(wren, "film.mov").get_by_role("status")).to_have_text("A file may have 100 MB at most.")
    expect(listed(wren)).to_have_count(0)


def slowly(window: Window) -> None:
    """Let the window's line carry a hundred kilobytes a second."""
    line = window.context.new_cdp_session(window.page)
    speed = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 100_000}
    line.send("Network.emulateNetworkConditions", speed)


def test_a_slow_line_shows_how_far_it_is(desk: Desk, window: Opener) -> None:
    wren = window("wren", at(desk.job("in_progress")))
    slowly(wren)
    before = set(on_disk())

    add(wren, ("film.mov", bytes(5_000_000)), ("essay.txt", b"words"))

    expect(coming(wren, "film.mov").get_by_role("status")).to_have_text(re.compile(r"^[1-9]\d? %$"), timeout=30_000)
    expect(coming(wren, "film.mov").get_by_role("progressbar")).to_be_visible()
    expect(coming(wren, "essay.txt").get_by_role("status")).to_have_text("Waiting")
    wren.button("Stop film.mov").click()
    expect(coming(wren, "film.mov").get_by_role("status")).to_have_text("Stopped; nothing was kept.")
    expect(coming(wren, "essay.txt").get_by_role("status")).to_have_text(ADDED)
    assert len(set(on_disk()) - before) == 1


def test_a_broken_line_can_be_tried_again(desk: Desk, window: Opener, mishaps: list[str]) -> None:
    wren = window("wren", at(desk.job("in_progress")))
    wren.page.route("**/files?*", lambda route: route.abort(), times=1)

    add(wren, ("essay.txt", b"words"))

    expect(coming(wren, "essay.txt").get_by_role("status")).to_have_text("The connection broke off; nothing was kept.")
    wren.button("Try again essay.txt").click()
    expect(listed(wren)).to_contain_text("essay.txt")
    mishaps.clear()


def test_files_are_dropped_anywhere_on_the_panel(desk: Desk, window: Opener) -> None:
    wren = window("wren", at(desk.job("in_progress")))

    wren.page.locator(".panel", has=wren.page.locator(".bring")).evaluate(DROP)

    expect(listed(wren)).to_have_count(2)


def test_what_is_over_takes_nothing_that_is_dropped(desk: Desk, window: Opener) -> None:
    bea = window("bea", at(desk.job("completed")))

    bea.page.locator(".panel", has=bea.page.locator(".bring")).evaluate(DROP)

    expect(bea.page.locator(".coming")).to_have_count(0)
    bea.is_at(bea.page.url.removeprefix(bea.page.url.split("/jobs")[0]))


def test_by_keyboard_on_a_phone(desk: Desk, window: Opener, mishaps: list[str]) -> None:
    wren = window("wren", at(desk.job("in_progress")), viewport=PHONE)
    add(wren, (f"{'a-very-long-name-' * 10}.txt", b"words"), ("empty.txt", b""))
    expect(coming(wren, "empty.txt")).to_have_attribute("data-coming", "refused")

    expect(coming(wren, "a-very-long-name").get_by_role("status")).to_have_text(ADDED)
    expect(listed(wren)).to_have_count(1)

    usable(wren)
    wren.page.get_by_role("combobox", name="Kind").focus()
    wren.page.keyboard.press("Tab")
    expect(wren.page.locator(".bring input[type=file]")).to_be_focused()
    with wren.page.expect_file_chooser() as chooser:
        wren.page.wait_for_timeout(1000)  # from now on choosers are caught; a moment later it is so in the browser, too
        wren.page.keyboard.press("Space")
    chooser.value.set_files([{"name": "essay.txt", "mimeType": "text/plain", "buffer": b"words"}])

    expect(coming(wren, "essay.txt").get_by_role("status")).to_have_text(ADDED)
    mishaps.clear()


def test_who_has_been_signed_out_reads_so(desk: Desk, window: Opener, mishaps: list[str]) -> None:
    wren = window("wren", at(desk.job("in_progress")))

    wren.context.clear_cookies()
    add(wren, ("essay.txt", b"words"))

    expect(coming(wren, "essay.txt").get_by_role("status")).to_contain_text("You have been signed out.")
    mishaps.clear()


@pytest.mark.parametrize("name, status", [("wolf", 404), ("cleo", 403)])
def test_another_cannot_send_to_it_by_hand(desk: Desk, window: Opener, name: str, status: int) -> None:
    job, before = desk.job("in_progress"), set(on_disk())
    other = window(name)

    answer = other.context.request.post(f"/jobs/{job.id}/files?kind=final&name=a.txt", data=b"words")

    assert (answer.status, set(on_disk()) - before) == (status, set())
