"""A page that is behind, for an order moved or its server was away: nothing is lost, and nothing overwritten."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener, agency_on, watched
from tests.browser.server import Server
from tests.databases import Copies
from tests.desk import Desk


def test_a_card_that_is_behind_catches_up(desk: Desk, window: Opener) -> None:
    job = desk.job("assigned")
    wren = window("wren")
    desk.put(job, status="in_progress", version=job.version + 1)

    wren.action(job, "start").click()

    expect(wren.toasts).to_have_count(1)
    expect(wren.toasts).to_contain_text("has changed in the meantime")
    wren.shows(job, "in_progress")
    expect(wren.action(job, "deliver")).to_be_enabled()
    assert [line.action for line in desk.history(job)] == ["create", "approve", "assign"]


def test_a_refused_note_is_not_lost(desk: Desk, window: Opener) -> None:
    job = desk.job("assigned")
    wren = window("wren", f"/jobs/{job.display_id}")
    note = wren.page.get_by_label("A note to go with the next step")
    note.fill("I begin on Monday")
    desk.put(job, version=job.version + 1)

    wren.action(job, "start").click()

    expect(wren.toast("has changed in the meantime")).to_be_visible()
    expect(note).to_have_value("I begin on Monday")


def test_a_dialog_is_answered_about_the_order_that_it_showed(desk: Desk, window: Opener) -> None:
    job = desk.job("assigned")
    bea = window("bea", f"/jobs/{job.display_id}")
    bea.menu().action(job, "cancel").click()
    reason = bea.dialog.get_by_label("Reason")
    reason.press_sequentially("Nobody has")

    desk.make(job, "start", by="wren")

    bea.shows(job, "in_progress")
    reason.press_sequentially(" begun")
    expect(reason).to_have_value("Nobody has begun")
    bea.dialog.get_by_role("button", name="Cancel the order").click()
    expect(bea.toast("has changed in the meantime")).to_be_visible()
    bea.shows(job, "in_progress")


def test_a_note_being_written_survives_a_change(desk: Desk, window: Opener) -> None:
    job = desk.job("assigned")
    wren = window("wren", f"/jobs/{job.display_id}")
    note = wren.page.get_by_label("A note to go with the next step")
    note.press_sequentially("I begin on")

    desk.make(job, "start", by="bea")

    wren.shows(job, "in_progress")
    note.press_sequentially(" Monday")
    expect(note).to_have_value("I begin on Monday")


def test_an_order_being_written_survives_news(desk: Desk, window: Opener) -> None:
    job = desk.job("in_progress")
    cleo = window("cleo", "/new")
    title = cleo.page.get_by_label("Title")
    title.press_sequentially("A letter")

    desk.make(job, "deliver", by="wren")

    expect(cleo.toast("Work has been delivered")).to_be_visible()
    title.press_sequentially(" to my aunt")
    expect(title).to_have_value("A letter to my aunt")


class TestItsServerWasAway:
    """These stories have a server of their own, for they pull its plug."""

    @pytest.fixture
    def server(self, sqlite: Copies, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Server]:
        with agency_on(sqlite, tmp_path) as server, watched(server, request.node):
            yield server

    def test_the_page_comes_back_by_itself(
        self, desk: Desk, server: Server, window: Opener, mishaps: list[str]
    ) -> None:
        job = desk.job("in_progress")
        cleo = window("cleo")

        server.stop(at_once=True)
        desk.make(job, "deliver", by="wren")
        server.start()

        cleo.shows(job, "delivered", timeout=30_000)
        cleo.is_live().rings(1)
        desk.make(job, "request_revision", by="cleo", revision_notes="Shorter, please.")
        cleo.shows(job, "revision")
        mishaps.clear()  # the browser says that its connection was lost, and so it was

    def test_what_was_being_typed_is_given_back(
        self, desk: Desk, server: Server, window: Opener, mishaps: list[str]
    ) -> None:
        cleo = window("cleo", f"/jobs/{desk.job('in_progress').display_id}")
        comment = cleo.page.get_by_label("Write a comment")
        comment.fill("Could you please")

        server.stop(at_once=True)
        server.start()

        cleo.page.wait_for_function("!window.marked", timeout=30_000)
        expect(comment).to_have_value("Could you please")
        cleo.is_live().page.locator("[data-send]").click()
        expect(cleo.page.locator(".talk")).to_contain_text("Could you please")
        expect(comment).to_have_value("")
        cleo.go(cleo.page.url)
        expect(comment).to_have_value("")
        mishaps.clear()  # as above
