"""All orders: a table that searches, filters, sorts and turns its pages in the database."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Opener
from tests.browser.window import Window
from tests.desk import Desk


@pytest.fixture
def bea(desk: Desk, window: Opener) -> Window:
    for number in range(1, 31):
        desk.job(title=f"Leaflet {number:02}", client="carl" if number == 7 else "cleo", amount=1000 * number)
    desk.job("delivered", title="Brochure")
    return window("bea", "/all")


def rows(bea: Window) -> Locator:
    return bea.page.locator("tbody tr")


def search(bea: Window, words: str) -> None:
    bea.page.get_by_label("Search title, number or name").fill(words)


def test_it_searches_and_turns_pages(bea: Window) -> None:
    search(bea, "leaflet")
    expect(bea.page.get_by_text("1-25 of 30")).to_be_visible()
    expect(rows(bea).first).to_contain_text("Leaflet 30")

    bea.page.get_by_role("button", name="Next page").click()

    expect(bea.page.get_by_text("26-30 of 30")).to_be_visible()
    expect(rows(bea)).to_have_count(5)
    expect(rows(bea).last).to_contain_text("Leaflet 01")

    search(bea, "leaflet carl")
    expect(rows(bea)).to_have_count(1)
    expect(rows(bea)).to_contain_text("Leaflet 07")


def test_a_page_past_the_end_is_the_last(bea: Window) -> None:
    bea.go("/all?q=leaflet&page=9")

    expect(bea.page.get_by_text("26-30 of 30")).to_be_visible()
    expect(rows(bea)).to_have_count(5)


def test_it_sorts(bea: Window) -> None:
    search(bea, "leaflet")
    expect(bea.page.get_by_text("1-25 of 30")).to_be_visible()

    bea.page.get_by_role("columnheader", name="Amount").click()
    expect(rows(bea).first).to_contain_text("10.00 EUR")

    bea.page.get_by_role("columnheader", name="Amount").click()
    expect(rows(bea).first).to_contain_text("300.00 EUR")


def test_it_filters_and_leads_to_the_order(desk: Desk, bea: Window) -> None:
    bea.page.get_by_role("combobox", name="Status").click()
    bea.page.get_by_role("option", name="Delivered").click()
    expect(rows(bea)).to_have_count(1)

    bea.page.get_by_role("link", name="Brochure").click()

    expect(bea.page.get_by_role("heading", name="Brochure")).to_be_visible()


def test_a_row_changes_in_place(desk: Desk, bea: Window) -> None:
    job = desk.job(title="Almanac")
    search(bea, "almanac")
    expect(rows(bea)).to_have_count(1)

    desk.make(job, "approve", by="bob")

    expect(rows(bea).locator(".badge")).to_have_attribute("data-status", "approved")
    assert not bea.was_reloaded


def test_nothing_fits(bea: Window) -> None:
    search(bea, "no such thing anywhere")

    expect(bea.page.get_by_text("No order fits this search.")).to_be_visible()


def test_going_back_brings_the_search_back(bea: Window) -> None:
    search(bea, "leaflet")
    expect(bea.page.get_by_text("1-25 of 30")).to_be_visible()
    bea.page.get_by_role("columnheader", name="Amount").click()
    expect(rows(bea).first).to_contain_text("Leaflet 01")
    bea.page.get_by_role("button", name="Next page").click()
    expect(rows(bea)).to_have_count(5)

    bea.page.get_by_role("link", name="Leaflet 30").click()
    expect(bea.page.get_by_role("heading", name="Leaflet 30")).to_be_visible()
    bea.page.go_back()

    expect(bea.page.get_by_label("Search title, number or name")).to_have_value("leaflet")
    expect(bea.page.get_by_text("26-30 of 30")).to_be_visible()
    expect(rows(bea).last).to_contain_text("Leaflet 30")


def test_more_than_one_operation_takes_is_said(desk: Desk, bea: Window) -> None:
    for number in range(31, 103):
        desk.job(title=f"Leaflet {number}")

    search(bea, "leaflet")
    expect(bea.page.get_by_text("1-25 of 102")).to_be_visible()
    bea.button("Select all that fit").click()

    expect(bea.page.get_by_text("100 of 102 selected")).to_be_visible()
