"""The manager's board: cards go from column to column by themselves, and no other card notices."""

from playwright.sync_api import expect

from models import database
from models.order_counts import numbers
from models.status import FINAL
from tests.browser.conftest import Opener
from tests.desk import Desk


def test_approving_moves_one_card(desk: Desk, window: Opener) -> None:
    job, before, there = desk.job(), desk.job(title="Stays pending"), desk.job("approved", title="Is there already")
    bea = window("bea")
    for other in (before, there):
        bea.order(other).evaluate("card => card.mine = true")

    bea.action(job, "approve").click()

    expect(bea.section("Ready to assign").locator(bea.order(job))).to_be_visible()
    bea.shows(job, "approved")
    expect(bea.section("New").locator("[data-job]")).to_have_count(1)
    assert all(bea.order(other).evaluate("card => card.mine") for other in (before, there))
    assert desk.see(job).manager == desk.who("bea")


def test_assigning_asks_for_a_writer(desk: Desk, window: Opener) -> None:
    desk.job("in_progress", writer="wren")
    job = desk.job("approved")
    bea, wren = window("bea"), window("wren")

    bea.action(job, "assign").click()
    expect(bea.dialog.locator(".candidate .person-name")).to_have_text(["Wolf Weber", "Wren Walsh"])
    bea.dialog.get_by_role("button", name="Wren Walsh 1 in hand").click()

    bea.shows(job, "assigned")
    expect(bea.order(job)).to_contain_text("Cleo Clark → Wren Walsh")
    wren.shows(job, "assigned")
    expect(wren.toast("Wren has been assigned to the work")).to_be_visible()
    assert not wren.was_reloaded


def test_a_card_is_dragged_to_where_it_may_go(desk: Desk, window: Opener) -> None:
    job = desk.job()
    bea = window("bea")
    ready, client = bea.column("ready"), bea.column("client")

    bea.order(job).locator(".deadline").hover()
    bea.page.mouse.down()
    client.hover()
    expect(client).to_have_attribute("data-door", "closed")
    expect(client).to_contain_text("An order that is pending can only become approved or cancelled.")
    ready.hover()
    bea.page.mouse.up()

    expect(ready.locator(bea.order(job))).to_be_visible()
    assert desk.see(job).status == "approved"


def test_keys_and_the_menu_do_what_dragging_does(desk: Desk, window: Opener) -> None:
    job = desk.job()
    bea = window("bea")
    title = bea.order(job).locator(".card-title")

    title.press("Shift+ArrowRight")
    expect(bea.column("ready").locator(bea.order(job))).to_be_visible()
    expect(title).to_be_focused()
    bea.order(job).locator("[data-more]").click()
    expect(bea.page.get_by_role("menuitem", name="New")).to_be_disabled()
    bea.page.get_by_role("menuitem", name="In work Assign").press("Enter")

    expect(bea.dialog).to_contain_text("Who writes")


def test_changing_ones_mind_changes_nothing(desk: Desk, window: Opener) -> None:
    job = desk.job("approved")
    bea = window("bea")

    bea.action(job, "assign").click()
    bea.dialog.get_by_role("button", name="Not now").click()

    expect(bea.dialog).to_have_count(0)
    assert desk.see(job).version == job.version


def test_a_new_order_comes_in(desk: Desk, window: Opener) -> None:
    bob = window("bob")
    expect(bob.tile("To approve")).to_have_text("0")

    job = desk.job(title="Fresh from the client")

    expect(bob.section("New").locator(bob.order(job))).to_contain_text("Fresh from the client")
    expect(bob.tile("To approve")).to_have_text("1")
    assert not bob.was_reloaded


def test_the_strip_counts_what_waits_for_the_agency(desk: Desk, window: Opener) -> None:
    for status in ("pending", "approved", "approved", "editing", "revision_pending", "in_progress", "delivered"):
        desk.job(status)

    bea = window("bea")

    for title, number in {
        "To approve": "1",
        "Unassigned": "2",
        "To check": "2",
        "At risk": "0",
        "Stalled": "0",
    }.items():
        expect(bea.tile(title)).to_have_text(number)
    bea.page.locator("a.tile", has_text="To check").click()
    expect(bea.page.locator("tbody tr")).to_have_count(2)


def test_columns_and_tiles_count_all_that_wait(desk: Desk, window: Opener) -> None:
    for number in range(23):
        desk.job(title=f"Waiting {number}")

    bea = window("bea")

    expect(bea.tile("To approve")).to_have_text("23")
    expect(bea.section("New").locator(".section-count")).to_have_text("23")
    expect(bea.section("New").locator("[data-job]")).to_have_count(20)

    bea.section("New").get_by_role("button", name="Show more (3 left)").click()

    expect(bea.section("New").locator("[data-job]")).to_have_count(23)
    expect(bea.section("New").get_by_role("button", name="Show more")).to_have_count(0)


def test_a_column_that_has_half_emptied_is_filled_again(desk: Desk, window: Opener) -> None:
    jobs = [desk.job(title=f"Waiting {number}") for number in range(25)]
    bea = window("bea")
    cards = bea.section("New").locator("[data-job]")
    expect(cards).to_have_count(20)
    shown = cards.evaluate_all("cards => cards.map(card => card.dataset.job)")

    for job in jobs:
        if job.display_id in shown[:11]:
            desk.make(job, "approve", by="bob")

    expect(cards).to_have_count(14)
    expect(bea.section("New").get_by_role("button", name="Show more")).to_have_count(0)


def test_a_client_reaches_the_oldest_order(desk: Desk, window: Opener) -> None:
    jobs = [desk.job("cancelled", title=f"Done {number}") for number in range(22)]
    with database.reading() as session:
        done = numbers(session, desk.who("cleo")).of(FINAL)

    cleo = window("cleo")
    expect(cleo.section("Done").locator(".section-count")).to_have_text(str(done))
    expect(cleo.order(jobs[0])).to_have_count(0)
    cleo.button("Done").click()
    cleo.section("Done").get_by_role("button", name=f"Show more ({done - 20} left)").click()

    expect(cleo.order(jobs[0])).to_be_visible()


FORGE = """press => {
  const {id} = document.querySelector(".sections")
  document.getElementById("app")._vnode.component.proxy.$refs[`r${id.slice(1)}`].$emit("press", press)
}"""
"""Have the board of this page tell the server of a press that none of its buttons made."""


def test_a_forged_press_is_judged_as_any_other(desk: Desk, window: Opener) -> None:
    mine, other = desk.job("pending"), desk.job("pending", client="carl")
    cleo = window("cleo")

    for job, action in ((mine, "approve"), (other, "cancel")):
        forged = {"what": "take", "key": job.id, "version": job.version, "action": action}
        cleo.page.evaluate(FORGE, forged)

    expect(cleo.toast("can approve it.")).to_be_visible()
    expect(cleo.toast("There is no such order.")).to_be_visible()
    assert [desk.see(job).status for job in (mine, other)] == ["pending", "pending"]
