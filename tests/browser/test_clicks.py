"""The clicks of a day's stories, counted by driving the pages; keys, and what is picked among files, are apart.

Each begins on somebody's own page. From the set-up to the desk it is one: `test_first_start.py` presses it.
"""

import pytest
from playwright.sync_api import Locator, expect

from models import Job, clock
from tests.browser.conftest import Opener
from tests.browser.window import Window
from tests.desk import Desk

FILE = {"name": "brief.txt", "mimeType": "text/plain", "buffer": b"Soup, fish, cake."}


class Hand:
    """A hand on somebody's mouse, which counts."""

    def __init__(self, window: Window) -> None:
        self.window, self.clicks = window, 0

    def press(self, *places: Locator | str) -> None:
        """Click on one after the other; a button is known by its name."""
        for place in places:
            (self.window.button(place) if isinstance(place, str) else place).click()
            self.clicks += 1

    def fill(self, label: str, words: str) -> None:
        """Type."""
        self.window.page.get_by_label(label, exact=True).fill(words)

    def bring(self, place: Locator) -> None:
        """Choose a file."""
        with self.window.page.expect_file_chooser() as chooser:
            self.press(place)
        chooser.value.set_files(FILE)  # pyright: ignore[reportArgumentType]


def test_a_client_orders_with_a_file(window: Opener) -> None:
    cleo = Hand(window("cleo"))

    cleo.press("New order")
    cleo.window.is_at("/new")
    cleo.fill("Title", "Menu of five clicks")
    cleo.bring(cleo.window.page.locator(".drop"))
    expect(cleo.window.page.locator("[data-draft-file]")).to_contain_text("brief.txt")
    cleo.press("Place the order")

    expect(cleo.window.page.locator(".badge")).to_have_text("Received")
    assert cleo.clicks == 3


def test_a_manager_approves_and_assigns(desk: Desk, window: Opener) -> None:
    job, bea = desk.job("pending"), Hand(window("bea"))

    bea.press(bea.window.action(job, "approve"), bea.window.action(job, "assign"))
    bea.press(bea.window.dialog.get_by_role("button", name="Wren Walsh"))

    bea.window.shows(job, "assigned")
    assert bea.clicks == 3


def test_a_writer_starts_brings_the_work_and_delivers(desk: Desk, window: Opener) -> None:
    job, wren = desk.job("assigned"), Hand(window("wren"))

    wren.press(wren.window.action(job, "start"))
    wren.window.order(job).locator("input[type=file]").set_input_files(FILE)  # pyright: ignore[reportArgumentType]
    wren.press("Deliver to Cleo")

    expect(wren.window.order(job)).to_have_attribute("data-status", "delivered")
    assert wren.clicks == 2


@pytest.mark.parametrize("status", ["completed", "revision"])
def test_a_client_signs_off_or_sends_back(desk: Desk, window: Opener, status: str) -> None:
    job, cleo = desk.job("delivered"), Hand(window("cleo"))
    card = cleo.window.order(job)

    if status == "completed":
        cleo.press(cleo.window.action(job, "complete"), cleo.window.dialog.get_by_role("button", name="Approve"))
    else:
        cleo.press(cleo.window.action(job, "request_revision"))
        cleo.fill("What should be changed?", "Warmer, please")
        cleo.press(card.locator("[data-confirm]"))

    expect(card).to_have_attribute("data-status", status)
    assert cleo.clicks == 2


def test_a_writer_revises(desk: Desk, window: Opener) -> None:
    job, wren = desk.put(desk.job("revision"), final_file_at=clock.now()), Hand(window("wren"))

    wren.press(wren.window.action(job, "resume"), wren.window.action(job, "deliver"))

    expect(wren.window.order(job)).to_have_attribute("data-status", "delivered")
    assert wren.clicks == 2


@pytest.fixture
def job(desk: Desk) -> Job:
    """An order in work, of which half is paid."""
    return desk.put(desk.job("in_progress", amount=5000), amount_paid=2500)


@pytest.fixture
def bea(job: Job, window: Opener) -> Hand:
    """A manager's hand, on the desk with this order."""
    return Hand(window("bea"))


def test_a_payment_is_recorded(desk: Desk, job: Job, bea: Hand) -> None:
    bea.press(bea.window.order(job).locator("[data-more]"), bea.window.page.locator("[data-aside=pay]"))
    expect(bea.window.dialog.get_by_label("Amount")).to_have_value("25.00")
    bea.window.dialog.get_by_label("Amount").press("Enter")

    expect(bea.window.dialog).to_have_count(0)
    assert (bea.clicks, desk.see(job).balance_due) == (2, 0)


def test_an_order_is_put_on_hold(desk: Desk, job: Job, bea: Hand) -> None:
    bea.press(bea.window.order(job).locator("[data-more]"), bea.window.page.locator("[data-aside=hold]"))
    expect(bea.window.dialog.get_by_label("Your words")).to_be_focused()
    bea.window.page.keyboard.type("The client is away")
    bea.window.page.keyboard.press("Control+Enter")

    expect(bea.window.order(job)).to_contain_text("The client is away")
    assert bea.clicks == 2


def test_something_is_said_within_the_team(job: Job, bea: Hand) -> None:
    bea.press(bea.window.order(job).locator(".card-title"))
    bea.fill("Write a comment", "She pays late")
    bea.press("To the team only")

    expect(bea.window.page.locator(".talk li[data-audience=team]")).to_contain_text("She pays late")
    assert bea.clicks == 2


def test_five_are_moved_at_once(desk: Desk, window: Opener) -> None:
    jobs = [desk.job("pending", title="One of five") for _ in range(5)]
    bea = Hand(window("bea"))

    bea.press(bea.window.page.get_by_role("link", name="To approve"))
    expect(bea.window.page.locator("tbody tr")).to_have_count(5)
    bea.press("Select all that fit", "Approved", "Move 5", "Done")

    assert bea.clicks == 5
    assert {desk.see(job).status for job in jobs} == {"approved"}


def test_a_writer_is_invited(window: Opener) -> None:
    ada = Hand(window("ada"))

    ada.press("Settings", ada.window.page.get_by_role("link", name="People"), "Invite a writer")
    ada.fill("Name", "Will Wood")
    ada.fill("E-mail", "will@wood.example")
    ada.press("Invite")

    expect(ada.window.page.locator('[data-user="will@wood.example"]')).to_contain_text("in hand")
    assert ada.clicks == 4
