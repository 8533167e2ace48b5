"""By keyboard alone: from the sign-in to a delivered order, without touching the mouse."""

from playwright.sync_api import expect

from models import clock
from tests.browser.conftest import Opener
from tests.browser.window import Window
from tests.desk import PASSWORD, Desk


def tab_to(window: Window, selector: str, most: int = 40) -> None:
    """Press Tab until the focus is there."""
    for _ in range(most):
        if window.page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        window.page.keyboard.press("Tab")
    raise AssertionError(f"{most} times Tab do not lead to {selector}")


def test_a_writer_delivers_by_keyboard(desk: Desk, window: Opener) -> None:
    job = desk.put(desk.job("in_progress"), final_file_at=clock.now())
    wren = window()

    tab_to(wren, "input[name=email]", most=1)
    wren.page.keyboard.type("wren@example.com")
    tab_to(wren, "input[name=password]")
    wren.page.keyboard.type(PASSWORD)
    with wren.page.expect_navigation():
        wren.page.keyboard.press("Enter")
    wren.is_live()
    tab_to(wren, f'[data-job="{job.display_id}"] button[data-action="deliver"]')
    wren.page.keyboard.press("Enter")

    wren.shows(job, "delivered")


def test_changes_are_asked_for_by_keyboard(desk: Desk, window: Opener) -> None:
    job = desk.job("delivered")
    cleo = window("cleo")

    tab_to(cleo, f'[data-job="{job.display_id}"] button[data-action="request_revision"]')
    cleo.page.keyboard.press("Enter")
    tab_to(cleo, ".asking textarea")
    cleo.page.keyboard.type("Shorter, please.")
    tab_to(cleo, ".asking [data-confirm]")
    cleo.page.keyboard.press("Enter")

    cleo.shows(job, "revision")
    assert desk.see(job).revision_notes == "Shorter, please."


def test_the_first_link_leads_past_the_header(desk: Desk, window: Opener) -> None:
    bea = window("bea")

    bea.page.keyboard.press("Tab")
    bea.page.keyboard.press("Enter")

    expect(bea.page.locator("#content")).to_be_focused()
