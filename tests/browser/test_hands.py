"""The main story, from an order to its approval, by keyboard alone and by touch alone."""

from typing import Any, ClassVar

import pytest
from playwright.sync_api import Locator, expect

from models import Job, database
from models.job import find
from tests.browser.conftest import Opener
from tests.browser.test_one_click import REST
from tests.browser.usable import PHONE
from tests.browser.window import Window
from tests.desk import Desk

HERE = "each => each === document.activeElement"


class Keys:
    """Tab leads to a thing, Enter presses it."""

    options: ClassVar[dict[str, Any]] = {}

    def reach(self, window: Window, place: Locator) -> None:
        """Press Tab until the focus is there."""
        expect(place).to_be_visible()
        for _ in range(60):
            if place.evaluate(HERE):
                return
            window.page.keyboard.press("Tab")
        raise AssertionError(f"60 times Tab do not lead to {place}")

    def press(self, window: Window, place: Locator) -> None:
        """Press it."""
        self.reach(window, place)
        window.page.wait_for_timeout(REST)
        window.page.keyboard.press("Enter")


class Finger:
    """A finger on a phone."""

    options: ClassVar[dict[str, Any]] = {"viewport": PHONE, "has_touch": True, "is_mobile": True}

    def reach(self, _window: Window, place: Locator) -> None:
        """Tap on it."""
        place.tap()

    press = reach


def ordered(desk: Desk, cleo: Window) -> Job:
    """The order on whose page she is now."""
    number = cleo.page.locator(".order .number").inner_text()
    with database.reading() as session:
        job = find(session, desk.who("cleo"), display_id=number)
    assert job
    return job


@pytest.mark.parametrize("hand", [Keys(), Finger()], ids=["keys", "touch"])
def test_from_the_order_to_its_approval(desk: Desk, window: Opener, hand: Keys | Finger) -> None:
    cleo = window("cleo", **hand.options)
    hand.press(cleo, cleo.page.locator(".links a[href='/new']"))
    cleo.is_at("/new")
    hand.reach(cleo, cleo.page.get_by_label("Title"))
    cleo.page.keyboard.type("Ten quiet walks")
    hand.press(cleo, cleo.button("Place the order"))
    expect(cleo.page.get_by_text("Thank you, Cleo.")).to_be_visible()
    job = ordered(desk, cleo)

    bea = window("bea", **hand.options)
    hand.press(bea, bea.action(job, "approve"))
    hand.press(bea, bea.action(job, "assign"))
    hand.press(bea, bea.dialog.locator(".candidate", has_text="Wren"))
    bea.shows(job, "assigned")

    wren = window("wren", **hand.options)
    hand.press(wren, wren.action(job, "start"))
    hand.press(wren, wren.action(job, "deliver"))
    hand.press(wren, wren.dialog.locator("[data-confirm]"))
    wren.shows(job, "delivered")

    hand.press(cleo, cleo.action(job, "complete"))
    hand.press(cleo, cleo.dialog.locator("[data-confirm]"))
    cleo.shows(job, "completed")
