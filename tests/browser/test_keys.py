"""Keys: the palette finds, the help tells, letters lead to pages, and none of it gets in the way of typing."""

from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.usable import accessible
from tests.desk import Desk

PALETTE = "dialog.palette"


def test_the_palette_leads_to_an_order(desk: Desk, window: Opener) -> None:
    jobs = [desk.job(title=f"Palette and easel {number}") for number in range(2)]
    desk.job(client="carl", title="Palette of Carl")
    cleo = window("cleo")
    options = cleo.page.get_by_role("option")

    cleo.page.keyboard.press("Control+k")
    cleo.page.keyboard.type("palette")
    expect(options).to_have_text([f"{job.title}{job.display_id} · Received" for job in reversed(jobs)])
    accessible(cleo, place=PALETTE)
    cleo.page.keyboard.press("ArrowDown")
    cleo.page.keyboard.press("Enter")

    cleo.is_at(f"/jobs/{jobs[0].display_id}")


def test_the_palette_takes_a_step(desk: Desk, window: Opener) -> None:
    job = desk.job()
    bea = window("bea", f"/jobs/{job.display_id}")

    bea.page.keyboard.press("Control+k")
    bea.page.keyboard.type("appr")
    expect(bea.page.get_by_role("option", selected=True)).to_have_text("Approve")
    bea.page.keyboard.press("Enter")

    bea.shows(job, "approved")
    expect(bea.action(job, "assign")).to_be_focused()


def test_keys_of_one_character(desk: Desk, window: Opener) -> None:
    jobs = [desk.job("delivered", title=f"Keys {number}") for number in range(2)]
    cleo = window("cleo")
    keyboard = cleo.page.keyboard

    keyboard.press("?")
    expect(cleo.page.get_by_role("dialog", name="Keys")).to_contain_text("g n Notifications".replace(" ", ""))
    accessible(cleo, place=PALETTE)
    keyboard.press("Escape")
    cleo.order(jobs[1]).locator(".card-title").focus()
    keyboard.press("ArrowDown")
    expect(cleo.order(jobs[0]).locator(".card-title")).to_be_focused()
    cleo.action(jobs[0], "request_revision").click()
    keyboard.type("ngp?/z")
    expect(cleo.page.locator(".asking textarea")).to_have_value("ngp?/z")
    cleo.button("Not now").click()
    keyboard.press("g")
    keyboard.press("n")

    cleo.is_at("/notifications")


def test_keys_of_one_character_can_be_switched_off(window: Opener) -> None:
    cleo = window("cleo", "/notifications")

    cleo.button("Your account").click()
    cleo.page.get_by_role("link", name="Keys").click()
    cleo.page.get_by_label("Keys of one character do something").uncheck()
    cleo.page.keyboard.press("Escape")
    expect(cleo.page.locator(".q-menu, .palette")).to_have_count(0)
    cleo.page.keyboard.press("n")
    cleo.page.keyboard.press("?")
    cleo.page.keyboard.press("Control+k")

    expect(cleo.page.get_by_role("dialog")).to_have_count(1)
    expect(cleo.page.get_by_role("combobox", name="Find")).to_be_focused()
