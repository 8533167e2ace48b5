"""Corrections on pages: another writer, a wrong file, a payment booked twice, an address mistyped, a day long past."""

from datetime import timedelta

from playwright.sync_api import expect

from models import clock
from models.user import Role
from tests.browser.conftest import Opener
from tests.desk import Desk
from tests.workflow.orders.test_files import bring
from workflow.orders import payments
from workflow.people import accounts, sign_ins


def test_staff_give_the_work_to_another(desk: Desk, window: Opener) -> None:
    job = desk.job("in_progress")
    wren, bea = window("wren"), window("bea", f"/jobs/{job.display_id}")
    wren.shows(job, "in_progress")

    bea.button("Reassign").click()
    bea.dialog.get_by_role("combobox", name="Writer").click()
    bea.page.get_by_role("option", name="Wolf Weber").click()
    bea.dialog.get_by_label("Why").fill("Wren is ill")
    bea.dialog.get_by_role("button", name="Save").click()

    expect(bea.page.locator('.timeline [data-action="reassign"]')).to_contain_text("Wren is ill")
    expect(bea.page.locator(".facts")).to_contain_text("Wolf Weber")
    expect(wren.toast("Wolf has taken over the work")).to_be_visible()
    assert desk.see(job).writer_id == desk.who("wolf").id


def test_nobody_else_sees_those_buttons(desk: Desk, window: Opener) -> None:
    job = desk.job("in_progress")
    bring(desk, job, "brief", by="bea")

    for name in ("cleo", "wren"):
        theirs = window(name, f"/jobs/{job.display_id}")
        expect(theirs.page.locator(".files")).to_contain_text("essay.txt")
        for word in ("Reassign", "Change the client", "Remove: essay.txt"):
            expect(theirs.button(word)).to_be_hidden()


def test_a_wrong_file_goes(desk: Desk, window: Opener) -> None:
    job = desk.job()
    bring(desk, job, "brief", by="cleo", name="salaries.txt")
    cleo, bea = window("cleo", f"/jobs/{job.display_id}"), window("bea", f"/jobs/{job.display_id}")
    expect(bea.page.locator("[data-file]")).to_contain_text("salaries.txt")

    cleo.button("Remove: salaries.txt").click()
    cleo.dialog.get_by_role("button", name="Remove").click()

    for page in (cleo.page, bea.page):
        expect(page.locator("[data-file]")).to_have_count(0)
        expect(page.locator('.timeline [data-action="withdraw_file"]')).to_contain_text("Cleo removed a file")


def test_a_payment_is_not_booked_twice_by_mistake(desk: Desk, window: Opener) -> None:
    job = desk.job(amount=1000)
    payments.record(job.key, 500, by=desk.who("bob"), method="Bank transfer")
    bea = window("bea", f"/jobs/{job.display_id}")

    bea.button("Record a payment").click()
    bea.dialog.get_by_role("button", name="Record", exact=True).click()
    expect(bea.page.get_by_text("Is this another payment?")).to_be_visible()
    bea.button("Record it too").click()
    expect(bea.page.locator("[data-payment]")).to_have_count(2)
    bea.page.locator("[data-reverse]").last.click()
    bea.dialog.get_by_role("button", name="Reverse").click()

    expect(bea.page.locator("[data-payment]")).to_have_count(3)
    expect(bea.page.locator("[data-reverse]")).to_have_count(1)
    assert desk.see(job).amount_paid == 500


def test_an_address_is_put_right_and_a_password_set(desk: Desk, window: Opener) -> None:
    accounts.add("Wilma Wood", "wilam@example.com", Role.writer, "correct horse", by=desk.who("ada"))
    ada = window("ada", "/admin/people")

    ada.button("Set a password: wilam@example.com").click()
    ada.dialog.get_by_label("New password").fill("fresh-and-long-enough")
    ada.button("Set it").click()
    expect(ada.dialog).to_have_count(0)
    ada.button("Edit: wilam@example.com").click()
    ada.dialog.get_by_label("E-mail").fill("wilma@example.com")
    ada.dialog.get_by_role("button", name="Save").click()

    expect(ada.page.locator('[data-user="wilma@example.com"]')).to_contain_text("Wilma Wood")
    assert sign_ins.authenticate("wilma@example.com", "fresh-and-long-enough").name == "Wilma Wood"


def test_a_day_long_past_is_asked_about_once(desk: Desk, window: Opener) -> None:
    cleo = window("cleo", "/new")
    cleo.page.get_by_label("Title").fill("Late already")
    cleo.page.get_by_label("Deadline").fill(f"{clock.now() - timedelta(days=3):%Y-%m-%d}")

    cleo.button("Place the order").click()
    expect(cleo.page.get_by_text("This deadline has passed already")).to_be_visible()
    cleo.button("Yes, it is right").click()

    expect(cleo.page.get_by_role("heading", name="Late already")).to_be_visible()


def test_what_was_asked_stays_before_the_writer(desk: Desk, window: Opener) -> None:
    job = desk.job("delivered")
    desk.make(job, "request_revision", by="cleo", revision_notes="Warmer, please")
    desk.make(job, "resume", by="wren")

    wren = window("wren")
    expect(wren.order(job).locator("[data-asked]")).to_have_text("Cleo wants changed: “Warmer, please”")
    wren.go(f"/jobs/{job.display_id}")
    expect(wren.page.locator(".revision")).to_have_text("To be revised: Warmer, please")
    expect(wren.page.locator('.timeline [data-action="request_revision"]')).to_contain_text("Warmer, please")

    desk.make(job, "deliver", by="wren")
    expect(wren.page.locator(".revision")).to_be_hidden()
