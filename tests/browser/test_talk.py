"""Talk on an order's page: it arrives while others type, in their own window only if they may read it."""

import pytest
from playwright.sync_api import Locator, expect

from models import Job
from tests.browser.conftest import Opener
from tests.browser.window import Window
from tests.desk import Desk

HOSTILE = """**Bold** and a [link](javascript:window.hurt=1)
<script>window.hurt = 1</script> <img src=x onerror="window.hurt = 1"> <b onclick="window.hurt = 1">plain</b>
"""


@pytest.fixture
def job(desk: Desk) -> Job:
    """Cleo's order, on which Wren works for Bea."""
    return desk.job("in_progress")


@pytest.fixture
def at(window: Opener, job: Job) -> Opener:
    """Opens the order's page for somebody."""
    return lambda name: window(name, f"/jobs/{job.display_id}")


def words(window: Window) -> Locator:
    """The field of the composer."""
    return window.page.get_by_label("Write a comment")


def say(window: Window, what: str, *, within_the_team: bool = False) -> None:
    """Write a comment and send it."""
    words(window).fill(what)
    window.page.locator("[data-send-team]" if within_the_team else "[data-send]").click()
    expect(words(window)).to_have_value("")


def said(window: Window) -> Locator:
    """The comments, newest on top."""
    return window.page.locator(".talk li[data-comment]")


def test_a_comment_arrives_while_the_other_types(at: Opener) -> None:
    cleo, wren = at("cleo"), at("wren")
    words(wren).press_sequentially("I am just ")

    say(cleo, "Is it ready?")

    expect(said(wren)).to_contain_text("Cleo said")
    expect(said(wren)).to_contain_text("Is it ready?")
    expect(wren.toast("Cleo wrote: Is it ready?")).to_be_visible()
    wren.page.keyboard.type("finishing it.")
    expect(words(wren)).to_have_value("I am just finishing it.")
    expect(words(wren)).to_be_focused()
    assert not wren.was_reloaded


def test_the_teams_talk_is_not_the_clients(at: Opener) -> None:
    cleo, wren, bea = at("cleo"), at("wren"), at("bea")
    expect(cleo.button("Send")).to_be_visible()
    expect(cleo.button("To the team only")).to_have_count(0)

    say(wren, "Her cheques bounce", within_the_team=True)
    expect(said(bea)).to_contain_text("Wren said to the team")
    say(bea, "Good morning")

    expect(said(cleo)).to_contain_text("Good morning")
    cleo.rings(0)  # she is looking at it
    cleo.go(cleo.page.url)
    expect(said(cleo)).to_have_count(1)
    for part in (cleo.page.content(), cleo.go("/notifications").page.content()):
        assert "cheques" not in part


def test_markdown_is_shown_and_nothing_runs(at: Opener) -> None:
    cleo, wren = at("cleo"), at("wren")

    say(cleo, HOSTILE)

    shown = said(wren).locator(".said")
    expect(shown.locator("strong")).to_have_text("Bold")
    expect(shown).to_contain_text('<img src=x onerror="window.hurt = 1">')
    expect(shown.locator("script, img, b, [onclick], [href^=javascript]")).to_have_count(0)
    for window in (cleo, wren):
        for link in window.page.locator(".said a").all():
            link.click(no_wait_after=True)
        assert window.page.evaluate("window.hurt === undefined")
        assert not window.was_reloaded


def test_words_are_changed_and_taken_back(at: Opener) -> None:
    cleo, wren = at("cleo"), at("wren")
    say(cleo, "Helo")
    expect(said(wren).get_by_role("button")).to_have_count(0)

    cleo.button("Edit").click()
    cleo.dialog.get_by_label("Your words").fill("Hello")
    cleo.dialog.get_by_role("button", name="Save").click()
    expect(said(wren)).to_contain_text("Hello")
    expect(said(wren)).to_contain_text("edited")

    cleo.button("Delete").click()
    for window in (wren, cleo):
        expect(said(window)).to_contain_text("Deleted by its author.")
        expect(said(window).get_by_role("button")).to_have_count(0)


def test_an_admin_hides_words(at: Opener) -> None:
    cleo, ada = at("cleo"), at("ada")
    say(cleo, "You fool")

    ada.button("Hide").click()

    for window in (cleo, ada):
        expect(said(window)).to_contain_text("Hidden by an admin.")
        expect(window.page.locator(".talk")).not_to_contain_text("You fool")
    expect(ada.page.locator(".timeline li").first).to_contain_text("Ada hid a comment")
    expect(cleo.page.locator('.timeline li[data-action="hide_comment"]')).to_have_count(0)


def test_somebody_is_called_by_name(at: Opener) -> None:
    cleo, wren, bea = at("cleo"), at("wren"), at("bea")
    expect(cleo.button("Mention @Cleo")).to_have_count(0)
    words(cleo).fill("Could you look?")

    cleo.button("Mention @Bea").click()

    expect(words(cleo)).to_have_value("Could you look? @Bea ")
    expect(words(cleo)).to_be_focused()
    cleo.page.locator("[data-send]").click()
    expect(bea.toast("Cleo mentioned you: Could you look? @Bea")).to_be_visible()
    expect(wren.toast("Cleo wrote: Could you look? @Bea")).to_be_visible()


def test_an_empty_comment_says_why_not(at: Opener) -> None:
    cleo = at("cleo")

    words(cleo).fill("  ")
    cleo.page.locator("[data-send]").click()

    expect(cleo.toast("The text is missing.")).to_be_visible()
    expect(said(cleo)).to_have_count(0)
