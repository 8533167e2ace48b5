"""What somebody typed and did not send: it stays theirs, and it stays, until it is sent."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from models import Job
from tests.browser.conftest import Opener
from tests.browser.line import Line
from tests.browser.server import Server
from tests.browser.window import Window
from tests.desk import Desk
from workflow.orders import drafts, work_types
from workflow.orders.work_types import Offer

WORDS = "For the team: she always pays late"


@pytest.fixture
def job(desk: Desk) -> Job:
    return desk.job("delivered")


@pytest.fixture
def slow(server: Server) -> Iterator[Line]:
    """A line with 0.3 s each way."""
    line = Line(server, 0.3)
    yield line
    line.close()


def comment(window: Window) -> Locator:
    return window.page.get_by_label("Write a comment")


def test_the_next_person_finds_no_words_of_the_last(desk: Desk, window: Opener, job: Job) -> None:
    bea = window("bea", f"/jobs/{job.display_id}")
    comment(bea).fill(WORDS)
    bea.button("Your account").click()
    bea.button("Sign out").click()
    bea.page.wait_for_url("**/login**")

    cleo = bea.is_live().sign_in("cleo").go(f"/jobs/{job.display_id}")

    cleo.page.wait_for_timeout(500)
    expect(comment(cleo)).to_have_value("")
    assert WORDS not in cleo.page.evaluate("JSON.stringify({...sessionStorage})")


def test_a_tab_that_was_signed_out_elsewhere_forgets_for_another(desk: Desk, window: Opener, job: Job) -> None:
    bea = window("bea", f"/jobs/{job.display_id}")
    comment(bea).fill(WORDS)
    other = bea.second_tab("/manager")
    other.button("Your account").click()
    other.button("Sign out").click()
    bea.page.wait_for_url("**/login?ended=1&next=**")

    cleo = bea.is_live().sign_in("cleo")

    cleo.is_at(f"/jobs/{job.display_id}")
    cleo.page.wait_for_timeout(500)
    expect(comment(cleo)).to_have_value("")
    assert WORDS not in cleo.page.evaluate("JSON.stringify({...sessionStorage})")


def test_whose_sign_in_ends_is_back_with_the_words(desk: Desk, window: Opener, job: Job) -> None:
    bea = window("bea", f"/jobs/{job.display_id}")
    comment(bea).fill(WORDS)
    bea.context.request.post("/logout")
    bea.page.wait_for_url("**/login?ended=1&next=**")

    bea.is_live().sign_in("bea")

    bea.is_at(f"/jobs/{job.display_id}")
    expect(comment(bea)).to_have_value(WORDS)
    bea.page.locator("[data-send]").click()
    expect(bea.page.locator(".talk")).to_contain_text(WORDS)
    bea.go(f"/jobs/{job.display_id}").page.wait_for_timeout(500)
    expect(comment(bea)).to_have_value("")


@pytest.mark.parametrize("leave", ["Escape", "beside", "Not now"])
def test_a_dialog_that_is_left_has_its_words_again(window: Opener, job: Job, leave: str) -> None:
    bea = window("bea", f"/jobs/{job.display_id}")
    words = bea.dialog.get_by_label("A last word")
    bea.action(job, "complete").click()
    words.fill("The second paragraph")

    if leave == "Escape":
        bea.page.keyboard.press("Escape")
    elif leave == "beside":
        bea.page.wait_for_timeout(700)  # what has just come up takes no press
        bea.page.mouse.click(5, 300)
    else:
        bea.button(leave).click()
    expect(bea.dialog).to_have_count(0)

    bea.action(job, "complete").click()
    expect(words).to_have_value("The second paragraph")
    bea.dialog.locator("[data-confirm]").click()
    bea.shows(job, "completed")


def test_a_refused_conflict_keeps_the_words(desk: Desk, window: Opener, job: Job) -> None:
    cleo = window("cleo", f"/jobs/{job.display_id}")
    words = cleo.page.get_by_label("What should be changed?")
    cleo.action(job, "request_revision").click()
    words.fill("The second paragraph")
    desk.put(job, version=job.version + 1)
    cleo.button("Send back").click()
    expect(cleo.toast("has changed in the meantime")).to_be_visible()

    cleo.go(f"/jobs/{job.display_id}").action(job, "request_revision").click()

    expect(words).to_have_value("The second paragraph")


def test_words_that_were_sent_are_gone(desk: Desk, window: Opener, job: Job) -> None:
    bea = window("bea", f"/jobs/{job.display_id}")
    for reason in ("The client is away", "The writer is ill"):
        bea.menu().action(job, "hold").click()
        expect(bea.dialog.get_by_label("Your words")).to_have_value("")
        bea.dialog.get_by_label("Your words").fill(reason)
        bea.dialog.locator("[data-confirm]").click()
        bea.menu().action(job, "release").click()
    expect(bea.action(job, "hold")).to_be_attached()


def test_a_payment_that_was_recorded_is_not_begun_again(window: Opener, job: Job) -> None:
    bea = window("bea", f"/jobs/{job.display_id}")
    reference = bea.dialog.get_by_label("Reference")
    bea.button("Record a payment").click()
    bea.dialog.get_by_label("Amount").fill("5")
    reference.fill("Invoice 12")
    bea.page.keyboard.press("Escape")
    bea.button("Record a payment").click()
    expect(reference).to_have_value("Invoice 12")

    bea.dialog.locator("[data-confirm]").click()
    expect(bea.page.locator(".ledger")).to_contain_text("Invoice 12")

    bea.button("Record a payment").click()
    expect(reference).to_have_value("")


def test_what_is_typed_before_the_page_is_up_is_what_is_ordered(desk: Desk, slow: Line, window: Opener) -> None:
    desk.sql("DELETE FROM drafts", "DELETE FROM draft_files")
    drafts.keep("one", {"title": "Half a ti", "day": "2030-01-01"}, by=desk.who("cleo"))
    cleo = window("cleo")
    cleo.page.goto(f"{slow.url}/new")
    cleo.page.get_by_label("Title", exact=True).fill("A whole title")
    cleo.page.get_by_label("Deadline", exact=True).fill("2031-05-05")
    assert not cleo.page.evaluate("!!window.did_handshake")

    cleo.page.wait_for_timeout(3000)

    expect(cleo.page.get_by_label("Title", exact=True)).to_have_value("A whole title")
    expect(cleo.page.get_by_label("Deadline", exact=True)).to_have_value("2031-05-05")
    cleo.button("Place the order").click()
    expect(cleo.page.get_by_role("heading", name="A whole title")).to_be_visible()
    expect(cleo.page.locator(".facts")).to_contain_text("5 May 2031")


def test_what_is_typed_meanwhile_is_not_set(desk: Desk, slow: Line, window: Opener) -> None:
    desk.sql("DELETE FROM work_types")
    work_types.save(Offer("Article", price=1200, per=100), by=desk.who("ada"))
    bea = window("bea")
    bea.page.goto(f"{slow.url}/new")
    bea.is_live()
    quantity, amount = (bea.page.get_by_label(label) for label in ("Quantity", "Amount"))
    quantity.fill("500")
    expect(amount).to_have_value("60.00")

    quantity.fill("700")
    amount.fill("75")
    expect(bea.page.locator("[data-price]")).to_have_text("Price: 84.00 EUR")
    bea.page.wait_for_timeout(1500)

    expect(amount).to_have_value("75")


@pytest.mark.parametrize(
    "name, path, label", [("wren", "/profile", "Name"), ("ada", "/admin/agency", "The agency's name")]
)
def test_what_is_not_saved_is_there_after_a_reload(
    desk: Desk, window: Opener, name: str, path: str, label: str
) -> None:
    tab = window(name, path)
    field = tab.page.get_by_label(label, exact=True)
    before = field.input_value()
    field.fill("Half a na")
    tab.page.reload()
    expect(tab.is_live().page.get_by_label(label, exact=True)).to_have_value("Half a na")

    field.fill(before)
    with tab.page.expect_navigation():
        tab.page.get_by_role("button", name="Save").first.click()
    tab.is_live()

    assert "Half a na" not in tab.page.evaluate("JSON.stringify({...sessionStorage})")


def test_no_password_is_kept(desk: Desk, window: Opener) -> None:
    wren = window("wren", "/profile")
    for label in ("Present password", "New password"):
        wren.page.get_by_label(label).fill("correct horse")

    assert "correct horse" not in wren.page.evaluate("JSON.stringify({...sessionStorage})")


def test_a_stranger_has_the_words_again(desk: Desk, window: Opener) -> None:
    desk.rules(public_orders=True)
    desk.sql("DELETE FROM work_types")
    for name in ("Article", "Poem"):
        work_types.save(Offer(name, questions=(f"Who reads the {name.lower()}?",)), by=desk.who("ada"))
    sue = window(path="/order")
    sue.page.get_by_role("combobox", name="Kind of work").click()
    sue.page.get_by_role("option", name="Poem").click()
    said = {"Your name": "Sue", "E-mail": "sue@example.com", "Title": "An ode", "Who reads the poem?": "Bees"}
    for label, words in said.items():
        sue.page.get_by_label(label).fill(words)
    sue.page.wait_for_timeout(500)

    sue.page.reload()

    for label, words in said.items():
        expect(sue.page.get_by_label(label)).to_have_value(words)
    sue.is_live().button("Send").click()
    expect(sue.page.get_by_role("heading", name="Look into your mail")).to_be_visible()
    sue.page.reload()
    expect(sue.page.get_by_label("Title")).to_have_value("")


def test_news_leaves_the_table_of_people_to_who_types_in_it(desk: Desk, window: Opener) -> None:
    ada = window("ada", "/admin/people")
    limit = ada.page.get_by_label("Most orders in hand: wren@example.com")
    limit.evaluate("field => field.mine = true")
    limit.press_sequentially("1")

    desk.elsewhere("""
from models.user import User; from workflow.people import administration
db.use(settings.current().database)
with db.reading() as session:
    wolf, ada = (User.by_email(session, f"{name}@example.com") for name in ("wolf", "ada"))
administration.change(wolf.id, {"active": False}, by=ada)
""")
    expect(ada.button("Reopen account: wolf@example.com")).to_be_visible()
    limit.press_sequentially("2")

    expect(limit).to_have_value("12")
    assert limit.evaluate("field => field.mine")
    assert not ada.was_reloaded
