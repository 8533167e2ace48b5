"""Second thoughts: a last step is shown as under way, can be taken back, and happens by itself even after a crash."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from models import Job
from tests.browser.conftest import Opener, agency_on, watched
from tests.browser.server import Server
from tests.browser.window import Window
from tests.databases import Copies
from tests.desk import Desk


@pytest.fixture(scope="module")
def patient(sqlite: Copies, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on which a last step can be taken back for three seconds."""
    with agency_on(sqlite, tmp_path_factory.mktemp("patient"), take_back_seconds=3) as server:
        yield server


@pytest.fixture
def server(patient: Server, request: pytest.FixtureRequest) -> Iterator[Server]:
    """The server of these stories."""
    with watched(patient, request.node):
        yield patient


def complete(cleo: Window, job: Job, words: str = "") -> None:
    cleo.action(job, "complete").click()
    expect(cleo.dialog).to_contain_text("take it back for 3 seconds")
    cleo.dialog.get_by_label("A last word").fill(words)
    cleo.dialog.locator("[data-confirm]").click()
    expect(cleo.order(job).locator(".under-way")).to_contain_text("Completing …")


def test_it_happens_after_a_moment(desk: Desk, window: Opener) -> None:
    job = desk.job("delivered")
    cleo, wren = window("cleo"), window("wren", f"/jobs/{job.display_id}")

    complete(cleo, job, "Lovely work")

    wren.shows(job, "delivered")
    expect(wren.toasts).to_have_count(0)
    cleo.shows(job, "completed")
    wren.shows(job, "completed")
    expect(wren.page.locator(".timeline li").first).to_contain_text("Lovely work")


def test_taken_back_it_never_happened(desk: Desk, window: Opener) -> None:
    job = desk.job("delivered")
    cleo = window("cleo", f"/jobs/{job.display_id}")
    lines = len(desk.history(job))
    complete(cleo, job, "Lovely work")
    tab = cleo.second_tab("/client")
    expect(tab.order(job).locator(".under-way")).to_be_visible()

    cleo.page.keyboard.press("z")

    for each in (cleo, tab):
        expect(each.action(job, "complete")).to_be_enabled()
    expect(cleo.page.get_by_label("A note to go with the next step")).to_have_value("Lovely work")
    cleo.page.wait_for_timeout(4000)
    assert (desk.see(job).status, len(desk.history(job))) == ("delivered", lines)


def test_staff_take_back_a_cancelling(desk: Desk, window: Opener) -> None:
    job = desk.job("in_progress")
    bea = window("bea", f"/jobs/{job.display_id}")

    bea.menu().action(job, "cancel").click()
    bea.dialog.get_by_role("button", name="Cancel the order").click()
    expect(bea.order(job).locator(".under-way")).to_contain_text("Cancelling …")
    bea.button("Take back").click()

    expect(bea.action(job, "deliver")).to_be_enabled()
    assert desk.see(job).status == "in_progress"


def test_the_order_moved_and_the_presser_reads_why(desk: Desk, window: Opener) -> None:
    job = desk.job("delivered")
    cleo = window("cleo", f"/jobs/{job.display_id}")
    complete(cleo, job)

    desk.make(job, "request_revision", by="bea", revision_notes="One more look")

    cleo.shows(job, "revision")
    expect(cleo.toast("The order was not completed.")).to_be_visible()


def test_a_crash_and_a_closed_window_lose_nothing(
    desk: Desk, window: Opener, server: Server, mishaps: list[str]
) -> None:
    job = desk.job("delivered")
    cleo = window("cleo")
    complete(cleo, job)
    cleo.context.close()

    server.stop(at_once=True)
    assert desk.see(job).status == "delivered"
    server.start()

    window("bea", f"/jobs/{job.display_id}").shows(job, "completed")
    mishaps.clear()
