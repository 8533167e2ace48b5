"""The focus stays where somebody works: after a step, after a dialog, and when what had it is gone."""

from playwright.sync_api import Locator, expect

from models import clock
from tests.browser.conftest import Opener
from tests.browser.test_one_click import REST
from tests.browser.window import Window
from tests.desk import Desk


def press(window: Window, place: Locator) -> None:
    """Press Enter there, once a press does something new again."""
    window.page.wait_for_timeout(REST)
    place.press("Enter")


def test_it_follows_the_order_over_the_board(desk: Desk, window: Opener) -> None:
    job, bea = desk.job(), window("bea")

    press(bea, bea.action(job, "approve"))
    expect(bea.column("ready").locator(bea.action(job, "assign"))).to_be_focused()

    press(bea, bea.action(job, "assign"))
    expect(bea.dialog).to_contain_text("Who writes")
    bea.page.keyboard.press("Escape")
    expect(bea.dialog).to_have_count(0)
    expect(bea.action(job, "assign")).to_be_focused()

    press(bea, bea.action(job, "assign"))
    press(bea, bea.dialog.locator(".candidate", has_text="Wren"))
    expect(bea.column("work").locator(bea.order(job)).locator(".card-title")).to_be_focused()


def test_it_goes_on_to_the_next_order(desk: Desk, window: Opener) -> None:
    first, second = (desk.job("delivered", title=title) for title in ("Walks", "Talks"))
    cleo = window("cleo")

    press(cleo, cleo.action(second, "request_revision"))
    expect(cleo.page.locator(".asking textarea")).to_be_focused()
    press(cleo, cleo.page.locator(".asking").get_by_role("button", name="Not now"))
    expect(cleo.action(second, "request_revision")).to_be_focused()

    press(cleo, cleo.action(second, "complete"))
    press(cleo, cleo.dialog.locator("[data-confirm]"))
    expect(cleo.section("Needs you").locator(cleo.order(second))).to_have_count(0)
    expect(cleo.action(first, "complete")).to_be_focused()


def test_it_stays_on_the_page_of_an_order(desk: Desk, window: Opener) -> None:
    job = desk.put(desk.job("assigned"), final_file_at=clock.now())
    wren = window("wren", f"/jobs/{job.display_id}")

    press(wren, wren.action(job, "start"))
    expect(wren.action(job, "deliver")).to_be_focused()

    wren.page.get_by_label("Write a comment").fill("Half of it is done")
    wren.page.get_by_label("Write a comment").press("Control+Enter")
    expect(wren.page.locator(".talk")).to_contain_text("Half of it is done")
    expect(wren.page.get_by_label("Write a comment")).to_be_focused()


def test_after_a_mouse_it_goes_to_no_step(desk: Desk, window: Opener) -> None:
    job = desk.job("assigned")
    wren = window("wren", f"/jobs/{job.display_id}")

    wren.action(job, "start").click()

    wren.shows(job, "in_progress")
    expect(wren.page.get_by_role("heading", level=1)).to_be_focused()


def test_it_outlives_a_bulk_operation(desk: Desk, window: Opener) -> None:
    job = desk.job(title="One of many")
    bea = window("bea", "/all?q=one+of+many&status=pending")
    bea.page.get_by_role("checkbox", name=f"Select {job.display_id}").press("Space")
    target = bea.page.locator("[data-bulk=approved]")

    press(bea, target)
    expect(bea.dialog).to_contain_text("can become approved")
    bea.page.keyboard.press("Escape")
    expect(target).to_be_focused()

    press(bea, target)
    press(bea, bea.dialog.locator("[data-confirm]"))
    press(bea, bea.dialog.get_by_role("button", name="Done"))
    expect(bea.page.locator(".bulk")).to_be_hidden()
    expect(bea.page.locator("#content :focus")).to_have_count(1)
