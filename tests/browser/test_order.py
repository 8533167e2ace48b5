"""The page of an order: what may be done and why not, what was said, and each reader's own words for it."""

from playwright.sync_api import expect

from models import Job, clock
from tests.browser.conftest import Opener
from tests.desk import Desk

LABELS = {"assigned": "Accepted", "editing": "Final checks", "delivered": "Ready for you", "revision": "Being revised"}


def page_of(job: Job) -> str:
    return f"/jobs/{job.display_id}"


def test_on_hold_only_cancelling_is_possible(desk: Desk, window: Opener) -> None:
    job = desk.put(desk.job("in_progress"), hold_reason="waiting for the client")
    bea, wren = window("bea", page_of(job)), window("wren", page_of(job))

    for action in ("submit", "deliver"):
        expect(bea.action(job, action)).to_be_disabled()
        expect(bea.action(job, action)).to_have_accessible_description(
            "The order is on hold: waiting for the client. You can lift the hold."
        )
    expect(bea.menu().action(job, "cancel")).to_be_enabled()
    expect(wren.order(job).locator(".why").first).to_have_text(
        "The order is on hold: waiting for the client. Bea (manager) can lift the hold."
    )


def test_a_note_goes_with_the_step(desk: Desk, window: Opener) -> None:
    job = desk.put(desk.job("in_progress"), final_file_at=clock.now())
    wren, cleo = window("wren", page_of(job)), window("cleo", page_of(job))

    wren.page.get_by_label("A note to go with the next step").fill("The second chapter is new.")
    wren.action(job, "deliver").click()

    for reader in (wren, cleo):
        newest = reader.page.locator(".timeline li").first
        expect(newest).to_contain_text("Wren delivered the work")
        expect(newest).to_contain_text("The second chapter is new.")
    expect(wren.page.get_by_label("A note to go with the next step")).to_have_value("")
    assert not cleo.was_reloaded


def test_what_the_team_says_to_itself_stays_there(desk: Desk, window: Opener) -> None:
    job = desk.job("in_progress")
    desk.make(job, "submit", by="wren", note="Chapter two is thin.")

    bea, cleo = window("bea", page_of(job)), window("cleo", page_of(job))

    expect(bea.page.locator(".timeline li").first).to_contain_text("Chapter two is thin.")
    expect(cleo.page.locator(".timeline li").first).to_be_visible()
    expect(cleo.page.get_by_text("Chapter two is thin.")).to_have_count(0)


def test_the_client_reads_plain_words(desk: Desk, window: Opener) -> None:
    jobs = {status: desk.job(status) for status in LABELS}

    cleo = window("cleo")

    for status, label in LABELS.items():
        expect(cleo.order(jobs[status]).locator(".badge")).to_have_text(label)


def test_a_revision_needs_words(desk: Desk, window: Opener) -> None:
    job = desk.job("delivered")
    cleo, wren = window("cleo", page_of(job)), window("wren", page_of(job))

    cleo.action(job, "request_revision").click()
    send = cleo.page.locator("[data-confirm]")
    expect(send).to_be_disabled()
    cleo.page.get_by_label("What should be changed?").fill("   ")
    expect(send).to_be_disabled()
    cleo.page.get_by_label("What should be changed?").fill("Shorter, please.")
    send.click()

    for window_ in (cleo, wren):
        window_.shows(job, "revision")
        expect(window_.page.get_by_text("To be revised: Shorter, please.")).to_be_visible()
    expect(wren.action(job, "resume")).to_be_enabled()


def test_cancelling_asks_once(desk: Desk, window: Opener) -> None:
    job = desk.job("approved")
    cleo = window("cleo", page_of(job))

    cleo.menu().action(job, "cancel").click()
    expect(cleo.dialog).to_contain_text("This cannot be undone.")
    cleo.dialog.get_by_role("button", name="Not now").click()
    expect(cleo.dialog).to_have_count(0)
    cleo.shows(job, "approved")

    cleo.menu().action(job, "cancel").click()
    cleo.dialog.get_by_label("Reason").fill("We moved the event.")
    cleo.dialog.get_by_role("button", name="Cancel the order").click()

    cleo.shows(job, "cancelled")
    expect(cleo.page.locator(".timeline li").first).to_contain_text("We moved the event.")
    expect(cleo.page.get_by_text("Nothing is left to do.")).to_be_visible()
    expect(cleo.order(job).locator("button[data-action]:visible")).to_have_count(0)
