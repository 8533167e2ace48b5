"""A page that the browser has translated: what changes later is read all the same."""

from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.desk import Desk

TRANSLATE = """() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), nodes = []
  for (let node; (node = walk.nextNode()); )
    if (node.data.trim() && !["SCRIPT", "STYLE"].includes(node.parentElement.tagName)) nodes.push(node)
  for (const each of nodes) {
    const outer = document.createElement("font"), inner = document.createElement("font")
    inner.textContent = `~${each.data}`
    outer.append(inner)
    each.replaceWith(outer)
  }
}"""
"""What translators of browsers do to a page."""


def test_the_badge_says_what_its_colour_says(desk: Desk, window: Opener) -> None:
    job = desk.job("in_progress")
    cleo = window("cleo", f"/jobs/{job.display_id}")
    cleo.page.evaluate(TRANSLATE)
    expect(cleo.order(job).locator(".badge")).to_have_text("~In progress")

    desk.make(job, "deliver", by="wren")

    expect(cleo.order(job).locator(".badge")).to_have_text("Ready for you")
    expect(cleo.page.locator(".turn")).to_contain_text("your turn")
    assert not cleo.was_reloaded


def test_the_desks_numbers_go_on_counting(desk: Desk, window: Opener) -> None:
    job = desk.job("pending")
    bea = window("bea")
    bea.page.evaluate(TRANSLATE)
    expect(bea.tile("To approve")).to_have_text("~1")

    desk.make(job, "approve", by="bob")

    expect(bea.tile("To approve")).to_have_text("0")
    expect(bea.tile("Unassigned")).to_have_text("1")


def test_what_is_translated_twice_is_true_twice(desk: Desk, window: Opener) -> None:
    job = desk.job("assigned")
    cleo = window("cleo", f"/jobs/{job.display_id}")

    for action, word in (("start", "In progress"), ("deliver", "Ready for you")):
        cleo.page.evaluate(TRANSLATE)
        desk.make(job, action, by="wren")
        expect(cleo.order(job).locator(".badge")).to_have_text(word)
