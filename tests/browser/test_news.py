"""Notifications: all news on one page, newest on top, and one bell for all tabs."""

from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.desk import Desk
from workflow.orders import comments


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


def test_news_is_filtered_and_read_one_by_one(desk: Desk, window: Opener) -> None:
    tea, milk = desk.job("in_progress", title="Tea"), desk.job("in_progress", title="Milk")
    for job in (tea, milk):
        desk.make(job, "deliver", by="wren")
    cleo = window("cleo", "/notifications?show=unread")
    lines = cleo.page.locator(".news li")
    expect(lines).to_have_count(2)

    cleo.button(f"Mark read: {milk.display_id}").click()

    cleo.rings(1)
    expect(cleo.go(f"/notifications?show=unread&order={tea.display_id}").page.locator(".news li")).to_have_count(1)
    cleo.button(f"Show all orders, not only {tea.display_id}").click()
    expect(lines).to_have_count(1)
    desk.make(milk, "request_revision", by="bea", revision_notes="Shorter")
    expect(lines).to_have_count(2)
    cleo.go(f"/notifications?order={tea.display_id}").page.get_by_role("combobox", name="Show").click()
    cleo.page.get_by_role("option", name="Somebody wrote a comment").click()
    expect(cleo.page.get_by_text("Nothing here.")).to_be_visible()


def test_older_news_comes_when_asked_for(desk: Desk, window: Opener) -> None:
    job = desk.job("in_progress")
    for number in range(60):
        comments.say(job.key, f"Word {number}", by=desk.who("wren"))
    cleo = window("cleo", f"/notifications?order={job.display_id}")
    lines = cleo.page.locator(".news li")
    expect(lines).to_have_count(50)

    cleo.button("Older news").click()

    expect(lines).to_have_count(60 + len(desk.history(job)))
    expect(lines.last).to_contain_text("We have received your order")
    expect(cleo.button("Older news")).to_be_hidden()


def test_an_order_is_muted(desk: Desk, window: Opener) -> None:
    job = desk.job("in_progress")
    cleo = window("cleo", f"/jobs/{job.display_id}")
    cleo.menu().page.locator("[data-mute]").click()
    expect(cleo.menu().page.get_by_role("menuitem", name="Hear of this order again")).to_be_visible()

    desk.make(job, "deliver", by="wren")

    cleo.shows(job, "delivered")
    cleo.rings(0)
    expect(cleo.toasts).to_have_count(0)
    cleo.go(f"/notifications?order={job.display_id}")
    expect(cleo.page.locator(".news li").first).to_have_attribute("data-read", "true")
    cleo.button(f"Hear of it again: {job.display_id}").first.click()
    expect(cleo.button(f"Mute this order: {job.display_id}").first).to_be_visible()
