"""An order on paper: what it is, where it stands, what is wanted and what has happened; black on white."""

from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.desk import Desk
from workflow.orders import comments


def test_an_order_is_printed(desk: Desk, window: Opener) -> None:
    job = desk.job("delivered", title="Menu translation", instructions="Into Basque")
    comments.say(job.key, "She always pays late", by=desk.who("bea"), audience=comments.Audience.team)
    bea = window("bea", f"/jobs/{job.display_id}", color_scheme="dark")
    bea.page.evaluate("print = () => { window.printed = true }")

    bea.menu().page.get_by_role("menuitem", name="Print").click()
    bea.page.wait_for_function("window.printed")
    bea.page.emulate_media(media="print")

    paper = bea.page.locator("main")
    for words in (job.display_id, "Menu translation", "Delivered", "Amount", "Into Basque", "Wren delivered the work"):
        expect(paper.get_by_text(words).first).to_be_visible()
    expect(paper.get_by_text("pays late")).to_be_hidden()
    expect(bea.page.locator("button:visible, textarea:visible, header:visible")).to_have_count(0)
    expect(bea.page.locator(".page-title")).to_have_css("color", "rgb(0, 0, 0)")
