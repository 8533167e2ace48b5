"""The timeline is whole: files, payments and who was assigned stand in it, for those who may know."""

from playwright.sync_api import FilePayload, expect

from tests.browser.conftest import Opener
from tests.desk import Desk
from workflow.orders import payments


def test_payments_and_the_assigned_writer_stand_in_it(desk: Desk, window: Opener) -> None:
    job = desk.job("in_progress", amount=10_000)
    payments.record(job.key, 2_500, by=desk.who("bea"), method="Bank", reference="R-7")
    bea, wren = window("bea", f"/jobs/{job.display_id}"), window("wren", f"/jobs/{job.display_id}")

    paid = bea.page.locator('.timeline li[data-event="payment"]')
    expect(paid).to_contain_text("Bea recorded a payment of 25.00 EUR")
    expect(paid).to_contain_text("Bank R-7")
    expect(bea.page.locator('.timeline li[data-action="assign"]')).to_contain_text("to Wren Walsh")
    expect(wren.page.locator('.timeline li[data-action="assign"]')).to_be_visible()
    expect(wren.page.locator('.timeline li[data-event="payment"]')).to_have_count(0)


def test_a_file_stands_in_it_for_those_who_see_it(desk: Desk, window: Opener) -> None:
    job = desk.job("in_progress")
    wren, cleo = window("wren", f"/jobs/{job.display_id}"), window("cleo", f"/jobs/{job.display_id}")
    file = FilePayload(name="walks.txt", mimeType="text/plain", buffer=b"Ten quiet walks")

    wren.page.locator('input[type="file"]').first.set_input_files(file)

    expect(wren.page.locator('.timeline li[data-event="file"]')).to_contain_text("walks.txt")
    expect(cleo.page.locator('.timeline li[data-event="file"]')).to_have_count(0)
