"""A writer with full hands reads why an order cannot be taken, on every page, until there is room."""

from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.desk import Desk


def test_an_order_waits_until_there_is_room(desk: Desk, window: Opener) -> None:
    desk.rules(writers_may_claim=True, writer_capacity=1)
    held, free = desk.job("in_progress", title="In hand"), desk.job("approved", title="Up for grabs")
    board, page = window("wren", "/writer"), window("wren", f"/jobs/{free.display_id}")

    expect(board.action(free, "assign")).to_be_disabled()
    expect(page.page.locator("[data-action=assign]")).to_be_disabled()
    expect(page.page.locator(".why").first).to_contain_text("Wren already has 1 of 1 orders in hand.")

    desk.make(held, "deliver", by="wren")

    expect(board.action(free, "assign")).to_be_enabled()
    expect(page.page.locator("[data-action=assign]")).to_be_enabled()
