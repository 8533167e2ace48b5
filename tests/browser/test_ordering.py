"""Ordering in the browser: the price as one types, a draft that outlives its page, and changes afterwards."""

import pytest
from playwright.sync_api import Locator, expect

from models import clock
from tests.browser.conftest import Opener
from tests.browser.window import Window
from tests.desk import Desk
from workflow.orders import drafts, work_types
from workflow.orders.work_types import Offer


@pytest.fixture(autouse=True)
def price_list(desk: Desk) -> None:
    """Paper & Ink writes articles, and asks for whom."""
    desk.sql("DELETE FROM drafts", "DELETE FROM draft_files", "DELETE FROM work_types")
    article = Offer("Article", price=1200, per=100, usual_days=5, questions=("Who will read it?",))
    work_types.save(article, by=desk.who("ada"))


def price(window: Window) -> Locator:
    return window.page.locator("[data-price]")


def fill(window: Window, label: str, words: str) -> None:
    window.page.get_by_label(label).fill(words)


def attach(window: Window, name: str) -> None:
    chosen = {"name": name, "mimeType": "text/plain", "buffer": b"words"}
    window.page.locator(".bring input[type=file]").set_input_files(chosen)  # pyright: ignore[reportArgumentType]
    expect(window.page.locator("[data-draft-file]")).to_contain_text(name)


def test_the_price_follows_the_typing(window: Opener) -> None:
    cleo = window("cleo", "/new")
    expect(price(cleo)).to_have_text("Price: 120.00 EUR")
    expect(cleo.page.get_by_label("Amount")).to_be_hidden()

    fill(cleo, "Quantity", "1550")

    expect(price(cleo)).to_have_text("Price: 186.00 EUR")
    expect(cleo.page.get_by_text("Your time (UTC)")).to_be_visible()


def test_from_the_form_to_the_order(desk: Desk, window: Opener) -> None:
    cleo, wren = window("cleo", "/new"), window("wren")
    fill(cleo, "Title", "Ten quiet walks")
    fill(cleo, "Who will read it?", "People with dogs")
    attach(cleo, "map.txt")

    cleo.button("Place the order").click()

    expect(cleo.page.get_by_role("heading", name="Ten quiet walks")).to_be_visible()
    expect(cleo.page.locator(".answers")).to_contain_text("People with dogs")
    expect(cleo.page.locator("[data-file]")).to_contain_text("map.txt")
    expect(cleo.page.locator(".facts")).to_contain_text("120.00 EUR")
    expect(cleo.go("/new").page.locator("[data-draft-file]")).to_have_count(0)
    assert not wren.was_reloaded


def test_a_lost_page_loses_nothing(window: Opener) -> None:
    cleo = window("cleo", "/new")
    fill(cleo, "Title", "Half a ti")
    fill(cleo, "Quantity", "300")
    fill(cleo, "Who will read it?", "Bees")
    attach(cleo, "map.txt")
    cleo.page.wait_for_timeout(2500)  # the draft is kept every second
    cleo.page.close()

    again = cleo.second_tab("/new")
    expect(again.page.get_by_label("Title")).to_have_value("Half a ti")
    expect(again.page.get_by_label("Who will read it?")).to_have_value("Bees")
    expect(price(again)).to_have_text("Price: 36.00 EUR")
    expect(again.page.locator("[data-draft-file]")).to_contain_text("map.txt")
    expect(again.page.get_by_text("This is your draft of today")).to_be_visible()

    again.button("Start over").click()
    expect(again.page.get_by_label("Title")).to_have_value("")
    expect(again.page.locator("[data-draft-file]")).to_have_count(0)


def test_two_tabs_are_two_orders(desk: Desk, window: Opener) -> None:
    one = window("cleo", "/new")
    fill(one, "Title", "One")
    attach(one, "one.txt")
    one.page.wait_for_timeout(2500)
    two = one.second_tab("/new")
    expect(two.page.get_by_text("is open in another window")).to_be_visible()
    fill(two, "Title", "Two")
    attach(two, "two.txt")
    two.page.wait_for_timeout(2500)

    for tab, name in ((one, "One"), (two, "Two")):
        tab.page.reload()
        tab.is_live().button("Place the order").click()
        expect(tab.page.get_by_role("heading", name=name)).to_be_visible()
        expect(tab.page.locator("[data-file]")).to_have_count(1)
        expect(tab.page.locator("[data-file]")).to_contain_text(f"{name.lower()}.txt")


def test_a_tab_that_comes_to_the_draft_of_another_has_its_own(desk: Desk, window: Opener) -> None:
    one = window("cleo", "/new")
    attach(one, "one.txt")
    fill(one, "Title", "One")
    one.page.wait_for_timeout(2500)
    address = one.page.url

    two = one.second_tab(address)
    expect(two.page.get_by_text("is open in another window")).to_be_visible()
    carl = window("carl", address)

    expect(two.page.locator("[data-draft-file]")).to_have_count(0)
    assert two.page.url != address == one.page.url
    expect(carl.page.get_by_label("Title")).to_have_value("")
    expect(carl.page.locator("[data-draft-file]")).to_have_count(0)


def test_the_same_again(desk: Desk, window: Opener) -> None:
    job = desk.job("completed", title="Newsletter", work_type="Article", quantity=500, instructions="Friendly")
    cleo = window("cleo", f"/jobs/{job.display_id}")

    cleo.button("Order again").click()

    expect(cleo.page.get_by_label("Title")).to_have_value("Newsletter")
    expect(cleo.page.get_by_label("Instructions")).to_have_value("Friendly")
    expect(price(cleo)).to_have_text("Price: 60.00 EUR")
    expect(cleo.page.get_by_text(f"Copied from {job.display_id}.")).to_be_visible()


def test_what_is_offered_no_more_is_something_else(desk: Desk, window: Opener) -> None:
    job = desk.put(desk.job("completed", quantity=20), work_type="Poem", amount=9000)

    cleo = window("cleo", f"/new?copy={job.display_id}")

    expect(price(cleo)).to_have_text("We will tell you the price before any work begins.")
    expect(cleo.page.get_by_label("Quantity")).to_have_value("20")


def test_a_copy_takes_todays_terms(desk: Desk, window: Opener) -> None:
    job = desk.job("completed", work_type="Article", quantity=500)
    desk.sql("UPDATE work_types SET price = 2000")

    bea = window("bea", f"/new?copy={job.display_id}")

    expect(bea.page.get_by_label("Amount")).to_have_value("100.00")


def test_a_quantity_is_typed_as_people_write_it(window: Opener) -> None:
    cleo = window("cleo", "/new")

    for typed, said in (("1,550", "Price: 186.00 EUR"), ("12,5", "The quantity is a whole number such as 1200.")):
        fill(cleo, "Quantity", typed)
        expect(price(cleo)).to_have_text(said)


def test_a_copy_spares_what_is_unfinished(desk: Desk, window: Opener) -> None:
    job = desk.job("completed", title="Newsletter", work_type="Article")
    drafts.keep("one", {"title": "Half a ti"}, by=desk.who("bea"))

    bea = window("bea", f"/new?copy={job.display_id}")

    fill(bea, "Quantity", "700")
    bea.page.wait_for_timeout(2500)  # longer than a draft waits to be kept
    bea.page.reload()
    expect(bea.is_live().page.get_by_label("Title")).to_have_value("Newsletter")
    expect(bea.page.get_by_label("Quantity")).to_have_value("700")
    expect(bea.go("/new?draft=one").page.get_by_label("Title")).to_have_value("Half a ti")


def test_a_refused_order_is_still_kept(window: Opener) -> None:
    cleo = window("cleo", "/new")
    fill(cleo, "Instructions", "Friendly")
    cleo.button("Place the order").click()
    expect(cleo.page.locator(".wrong")).to_be_visible()
    cleo.page.wait_for_timeout(2500)

    expect(cleo.go("/new").page.get_by_label("Instructions")).to_have_value("Friendly")


def test_an_order_is_changed(desk: Desk, window: Opener) -> None:
    job = desk.job(work_type="Article", quantity=500, deadline=clock.now())
    cleo, bea, ada = (window(name, f"/jobs/{job.display_id}") for name in ("cleo", "bea", "ada"))

    cleo.menu().page.locator("[data-amend]").click()
    cleo.dialog.get_by_label("Quantity (words)").fill("1000")
    cleo.dialog.get_by_role("button", name="Save").click()

    expect(bea.page.locator(".facts")).to_contain_text("120.00 EUR")
    expect(bea.page.locator(".timeline")).to_contain_text("quantity: 500 → 1,000")
    expect(ada.toast("What was ordered has been changed")).to_be_visible()
    desk.make(job, "approve", by="bea")
    expect(cleo.menu().page.locator("[data-amend]")).to_be_hidden()
    bea.menu().page.locator("[data-amend]").click()
    bea.dialog.get_by_label("Unit").fill("pages")
    bea.dialog.get_by_role("button", name="Save").click()
    expect(cleo.page.locator(".timeline")).to_contain_text("unit: words → pages")


def test_an_admin_keeps_the_price_list(desk: Desk, window: Opener) -> None:
    ada = window("ada", "/admin/work")
    ada.button("Add a kind of work").click()
    ada.dialog.get_by_label("Name").fill("Poster")
    ada.dialog.get_by_label("Price (EUR)").fill("50")
    ada.dialog.get_by_role("button", name="Save").click()
    expect(ada.page.locator("[data-kind-of-work]")).to_have_count(2)

    ada.button("Offer no more: Article").click()

    expect(ada.page.get_by_text("Article (no longer offered)")).to_be_visible()
    expect(price(window("cleo", "/new"))).to_have_text("Price: 50,000.00 EUR")
