"""Rules, holds and payments in open windows: a switch closes a button elsewhere, and the why-not says who can help."""

from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.desk import Desk
from workflow import rules


def test_a_switch_closes_a_button_elsewhere(desk: Desk, window: Opener) -> None:
    job = desk.job("delivered", amount=5000)
    cleo, ada = window("cleo"), window("ada", "/admin/rules")

    ada.page.get_by_role("switch", name="Paid before completion").click()

    expect(cleo.action(job, "complete")).to_be_disabled()
    expect(cleo.order(job).locator(".why")).to_have_text(
        "The order is not paid yet. Bea (manager) can record a payment."
    )
    expect(ada.page.get_by_text("Ada changed “Paid before completion” from off to on")).to_be_visible()
    assert not cleo.was_reloaded


def test_a_rule_of_another_process_binds_here(desk: Desk, window: Opener) -> None:
    job = desk.job("in_progress")
    wren = window("wren")

    rules.change({"editing_is_required": True}, by=desk.who("ada"))

    expect(wren.action(job, "deliver")).to_be_disabled(timeout=5000)
    expect(wren.action(job, "submit")).to_be_enabled()


def test_who_could_help_is_asked(desk: Desk, window: Opener) -> None:
    desk.rules(paid_before_completion=True)
    job = desk.job("delivered", amount=5000)
    cleo, bea = window("cleo"), window("bea")

    cleo.order(job).get_by_role("button", name="Ask them").click()

    expect(cleo.toast("Asked Bea.")).to_be_visible()
    expect(bea.toast("Cleo asks: The order is not paid yet.")).to_be_visible()


def test_a_payment_opens_the_way(desk: Desk, window: Opener) -> None:
    desk.rules(paid_before_completion=True)
    job = desk.job("delivered", amount=5000)
    cleo, bea = window("cleo"), window("bea", f"/jobs/{job.display_id}")

    bea.page.locator("[data-record-payment]").click()
    bea.dialog.get_by_role("button", name="Record").click()

    expect(cleo.action(job, "complete")).to_be_enabled()
    expect(bea.page.locator(".ledger")).to_contain_text("50.00 EUR")


def test_a_hold_and_its_end_are_seen(desk: Desk, window: Opener) -> None:
    job = desk.job("in_progress")
    wren, bea = window("wren"), window("bea", f"/jobs/{job.display_id}")

    bea.menu().action(job, "hold").click()
    bea.dialog.get_by_label("Your words").fill("waiting for the client")
    bea.dialog.get_by_role("button", name="Put on hold").click()
    expect(wren.action(job, "deliver")).to_be_disabled()

    bea.menu().action(job, "release").click()
    expect(wren.action(job, "deliver")).to_be_enabled()
