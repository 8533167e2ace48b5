"""Many orders at once: select, see what would happen to each, move them, take the result home."""

from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.desk import Desk


def test_the_manager_moves_what_can_move(desk: Desk, window: Opener) -> None:
    good, bad = desk.job("pending", title="One of two"), desk.job("completed", title="One of two")
    cleo, bea = window("cleo"), window("bea", "/all")
    bea.page.get_by_label("Search title, number or name").fill("one of two")
    expect(bea.button("Save this view")).to_be_visible()
    expect(bea.page.locator("tbody tr")).to_have_count(2)

    bea.button("Select all that fit").click()
    bea.button("Approved").click()
    expect(bea.dialog).to_contain_text("1 of 2 can become approved")
    expect(bea.dialog).to_contain_text("this status is final")
    bea.button("Move 1").click()

    expect(bea.dialog).to_contain_text("1 of 2 moved")
    cleo.shows(good, "approved")
    cleo.shows(bad, "completed")
    with bea.page.expect_download() as download:
        bea.page.get_by_role("link", name="CSV").click()
    assert good.display_id in download.value.path().read_text(encoding="utf-8-sig")


def test_many_news_are_one_toast(desk: Desk, window: Opener) -> None:
    for _ in range(6):
        desk.job("pending", title="One of six")
    ada, bea = window("ada"), window("bea", "/all")
    bea.page.get_by_label("Search title, number or name").fill("one of six")
    expect(bea.button("Save this view")).to_be_visible()
    expect(bea.page.locator("tbody tr")).to_have_count(6)

    bea.button("Select all that fit").click()
    bea.button("Approved").click()
    bea.button("Move 6").click()

    expect(ada.toast("6 new notifications")).to_be_visible()
    expect(ada.toasts).to_have_count(1)
