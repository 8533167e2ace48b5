"""Words that people typed, in a browser: from their own side, on their own lines, and never in the way."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Opener
from tests.browser.window import Window
from tests.desk import Desk

ENDS = """(element) => { const node = element.firstChild, x = (place) => { const range = document.createRange();
    range.setStart(node, place); range.setEnd(node, place + 1); return range.getBoundingClientRect().x };
    return x(node.data.trimEnd().length - 1) < x(0) }"""
"""Whether the last letter of an element's text stands left of its first."""

GUIDE = "دليل المستخدم."


@pytest.fixture
def at(window: Opener, desk: Desk) -> Opener:
    """Opens the page of an Arabic order of Cleo's for somebody."""
    job = desk.job("in_progress", title=GUIDE, instructions=GUIDE)
    return lambda name: window(name, f"/jobs/{job.display_id}")


def say(window: Window, words: str) -> Locator:
    """Write a comment; returns it as it is shown."""
    window.page.get_by_label("Write a comment").fill(words)
    window.page.locator("[data-send]").click()
    said = window.page.locator("li[data-comment] .said").first
    expect(said).to_be_visible()
    return said


def test_arabic_stands_from_right_to_left(at: Opener) -> None:
    cleo = at("cleo")

    for selector in (".order .page-title", ".order .later .brief.panel"):
        assert cleo.page.locator(selector).first.evaluate(ENDS)
    expect(cleo.page.get_by_label("Write a comment")).to_have_attribute("dir", "auto")


def test_lines_indents_and_links_are_as_they_were_meant(at: Opener) -> None:
    cleo = at("cleo")

    said = say(cleo, f"Dear team,\n        {'see the page ' * 30}\nhttps://example.com/page")

    assert said.inner_text().count("\n") == 2
    link = said.get_by_role("link", name="https://example.com/page")
    expect(link).to_have_attribute("target", "_blank")
    expect(link).to_have_attribute("rel", "noopener noreferrer nofollow")
    assert cleo.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_an_open_list_of_news_follows_what_is_taken_back(at: Opener, window: Opener) -> None:
    cleo, wren = at("cleo"), window("wren", "/notifications")
    say(cleo, "A secret")
    newest = wren.page.locator(".news li").first
    expect(newest).to_contain_text("Cleo wrote: A secret")

    cleo.button("Delete").click()

    expect(newest).to_contain_text("Cleo wrote: Deleted by its author.")


@pytest.mark.parametrize("words", ['[a](b "' * 1100, ">" * 400 + "a", "*_[" * 6000], ids=["titles", "depth", "stars"])
def test_no_words_stop_the_desk(at: Opener, words: str) -> None:
    cleo, wren = at("cleo"), at("wren")

    expect(say(cleo, words)).to_be_visible()

    wren.go(wren.page.url)
    expect(wren.page.locator("li[data-comment] .said").first).to_be_visible()
