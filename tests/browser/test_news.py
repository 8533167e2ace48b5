"""Notifications: all news on one page, newest on top, and one bell for all tabs."""

from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.desk import Desk


def test_news_comes_in_on_top(desk: Desk, window: Opener) -> None:
    job = desk.job("in_progress")
    cleo = window("cleo", "/notifications")
    lines = cleo.page.locator(".news li")
    expect(lines.first).to_contain_text("Work has started")

    desk.make(job, "deliver", by="wren")

    expect(lines.first).to_contain_text(f"Order {job.display_id} Status Updated")
    expect(lines.first).to_contain_text("Work has been delivered and is ready for review")
    expect(lines.first).to_have_attribute("data-read", "false")
    expect(lines.nth(1)).to_contain_text("Work has started")

    lines.first.get_by_role("link").click()
    expect(cleo.page.get_by_role("heading", name=job.title)).to_be_visible()


def test_reading_all_quiets_the_bell_in_every_tab(desk: Desk, window: Opener) -> None:
    job = desk.job("in_progress")
    cleo = window("cleo")
    desk.make(job, "deliver", by="wren")
    cleo.rings(1)
    tab = cleo.second_tab("/notifications")
    tab.rings(1)

    tab.button("Mark all read").click()

    expect(tab.page.locator('.news li[data-read="false"]')).to_have_count(0)
    tab.rings(0)
    cleo.rings(0)
    assert not cleo.was_reloaded
