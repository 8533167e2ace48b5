"""Read by looking: who opens an order has read its news, and what comes while they look at it."""

from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.desk import Desk


def test_opening_an_order_reads_its_news_on_every_page(desk: Desk, window: Opener) -> None:
    job, other = desk.job("in_progress"), desk.job("in_progress", title="Another")
    cleo = window("cleo")
    for each in (job, other):
        desk.make(each, "deliver", by="wren")
    cleo.rings(2)
    news = cleo.second_tab("/notifications")
    expect(news.page.locator('.news li[data-read="false"]')).to_have_count(2)

    cleo.second_tab(f"/jobs/{job.display_id}").rings(1)

    cleo.rings(1)
    news.rings(1)
    expect(news.page.locator('.news li[data-read="false"]')).to_have_count(1)
    assert [message.startswith('Order "Another"') for message in desk.news_of("cleo")] == [True]


def test_what_comes_while_one_looks_is_read(desk: Desk, window: Opener) -> None:
    job = desk.job("in_progress")
    cleo = window("cleo", f"/jobs/{job.display_id}")

    desk.make(job, "deliver", by="wren")

    cleo.shows(job, "delivered")
    cleo.rings(0)
    cleo.second_tab("/notifications").rings(0)


def test_a_page_that_nobody_sees_reads_nothing(desk: Desk, window: Opener) -> None:
    job = desk.job("in_progress")
    cleo = window("cleo", f"/jobs/{job.display_id}")
    hide = "Object.defineProperty(document, 'hidden', {value: %s, configurable: true})"
    cleo.page.evaluate(hide % "true")

    desk.make(job, "deliver", by="wren")
    cleo.shows(job, "delivered")
    cleo.page.wait_for_timeout(500)
    cleo.rings(1)

    cleo.page.evaluate(hide % "false")
    cleo.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    cleo.rings(0)
