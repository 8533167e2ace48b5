"""The client's page: what needs them stands first, and is done where it stands."""

from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.desk import Desk
from tests.workflow.orders.test_files import bring
from workflow.orders import holds


def test_a_delivery_is_looked_at_and_sent_back_where_it_stands(desk: Desk, window: Opener) -> None:
    job = desk.job("in_progress")
    cleo = window("cleo")
    for name in ("menu.txt", "cover.txt"):
        bring(desk, job, "final", by="wren", name=name)
    desk.make(job, "deliver", by="wren", note="The second page is new.")
    card = cleo.section("Needs you").locator(cleo.order(job))

    expect(card).to_contain_text("Wren has finished")
    expect(card).to_contain_text("The second page is new.")
    expect(card.locator(".chip")).to_have_text(
        ["downloadmenu.txt 5 bytes", "downloadcover.txt 5 bytes", "folder_zipAll as zip"]
    )
    cleo.action(job, "request_revision").click()
    card.get_by_label("What should be changed?").fill("Warmer, please")
    card.locator("[data-confirm]").click()

    cleo.shows(job, "revision")
    expect(cleo.section("In progress").locator(cleo.order(job))).to_contain_text("Wren is going to make your changes.")
    assert desk.see(job).revision_notes == "Warmer, please"


def test_what_is_on_hold_is_answered_where_it_stands(desk: Desk, window: Opener) -> None:
    job = desk.job("in_progress")
    holds.put_on_hold(job.key, "Which of the two menus?", by=desk.who("bea"))
    cleo, bea = window("cleo"), window("bea", f"/jobs/{job.display_id}")
    card = cleo.section("Needs you").locator(cleo.order(job))

    expect(card).to_contain_text("On hold: Which of the two menus?")
    card.locator("[data-answer]").click()
    card.get_by_label("Your answer").fill("The second one")
    card.locator("[data-confirm]").click()

    expect(bea.page.locator(".talk li").first).to_contain_text("The second one")
    expect(card).to_contain_text("You answered: The second one")
    holds.lift(job.key, by=desk.who("bea"))
    expect(cleo.section("In progress").locator(cleo.order(job))).to_have_count(1)
