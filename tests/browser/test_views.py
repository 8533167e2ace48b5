"""Saved views: what one manager asks the table for often, others find by its name and its address."""

from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.desk import Desk


def test_a_view_is_saved_shared_and_forgotten(desk: Desk, window: Opener) -> None:
    desk.job("delivered", title="Leaflet of views")
    desk.job("pending", title="Leaflet of views")
    bea = window("bea", "/all?q=leaflet+of+views&status=delivered")

    bea.button("Save this view").click()
    bea.dialog.get_by_label("Name").fill("Leaflets at clients")
    bea.dialog.get_by_label("Name").press("Enter")
    expect(bea.page.get_by_role("link", name="Leaflets at clients")).to_have_attribute("aria-current", "page")

    bob = window("bob", "/all")
    bob.page.get_by_role("link", name="Leaflets at clients").click()
    expect(bob.page.locator("tbody tr")).to_have_count(1)

    bob.button("Forget this view").click()
    expect(bob.page.get_by_role("link", name="Leaflets at clients")).to_have_count(0)
